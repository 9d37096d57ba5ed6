"""Pages: every HTML page and asset of the site, drawn from one frozen catalog."""
