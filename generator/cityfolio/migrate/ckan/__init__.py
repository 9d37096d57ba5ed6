"""CKAN: the answers of a portal's API, or files of them."""
