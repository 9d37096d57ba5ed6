"""Importers: other catalogs' files to the files of a catalog folder, with a report of what became of each record."""
