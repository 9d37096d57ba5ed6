"""The catalog written in the forms that other portals read, and what each cannot carry."""
