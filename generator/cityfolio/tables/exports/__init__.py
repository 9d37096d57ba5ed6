"""Copies of data files that are made for publication, one module a format."""
