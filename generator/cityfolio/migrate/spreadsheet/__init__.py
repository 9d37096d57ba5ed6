"""An inventory kept as a spreadsheet, whatever its headings are called."""
