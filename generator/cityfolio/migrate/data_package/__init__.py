"""Data Package: descriptors with Table Schema."""
