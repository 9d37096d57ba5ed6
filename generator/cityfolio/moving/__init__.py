"""The commands that move a catalog's metadata: in from other portals, through a spreadsheet, and out again."""
