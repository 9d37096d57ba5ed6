"""Data files: read strictly as text, typed, checked against their dictionary, profiled and copied."""
