"""The catalog's metadata as a workbook for staff, and their edits back as small changes of YAML."""
