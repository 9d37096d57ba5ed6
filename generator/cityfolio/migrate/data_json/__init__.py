"""DCAT-US 1.1 and 3.0: a data.json."""
