"""Commands that say how a catalog is kept: assess, health, privacy, links, usage. One module a command."""
