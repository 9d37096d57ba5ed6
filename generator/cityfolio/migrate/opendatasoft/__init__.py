"""Opendatasoft: the answers of its catalog API, version 2.1."""
