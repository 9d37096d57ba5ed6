"""An invented year-by-year record of the City of Charlotte: one module for each family of tables."""
