"""Single facts as other catalogs give them: dates, addresses, names, languages, HTML; read and mended."""
