"""The commands that make a site: what each takes, and what it calls."""
