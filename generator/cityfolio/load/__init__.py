"""A catalog folder becomes typed values, with file, line and column kept for each of them."""
