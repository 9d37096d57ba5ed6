"""Cityfolio: a city's YAML and data files become its public data portal, a static site."""

__version__ = "0.1.0"
