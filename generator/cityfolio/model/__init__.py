"""Frozen types: what a city writes (records), what a build knows (catalog), what it makes (site)."""
