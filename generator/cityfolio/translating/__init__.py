"""The words of the interface in further languages: gathered for translators, begun, and looked through."""
