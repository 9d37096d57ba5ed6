"""YAML files as one hand would have written them all."""
