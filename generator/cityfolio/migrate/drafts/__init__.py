"""What an importer has found so far, mended to fit the keys, and made into the files of a catalog folder."""
