"""Places where a site can be put, a module each."""
