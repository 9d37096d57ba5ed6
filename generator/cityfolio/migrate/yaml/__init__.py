"""YAML written as a person would, and edited in place with its comments kept."""
