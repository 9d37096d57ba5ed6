"""Socrata: its catalog answers, its columns and its rows."""
