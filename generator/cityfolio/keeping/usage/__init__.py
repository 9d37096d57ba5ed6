"""`cityfolio usage`: access logs in their formats, what counts as use, and the table of it."""
