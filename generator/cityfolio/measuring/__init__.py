"""The commands about measures: what they are now, how that comes about, and the closing of periods."""
