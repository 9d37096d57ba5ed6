"""Words of ours as the concepts of the European Union's authority tables, which DCAT-AP asks for.

https://op.europa.eu/en/web/eu-vocabularies/authority-tables: access-right, frequency, file-type, language.
"""

from __future__ import annotations

from collections.abc import Mapping

AUTHORITY = "http://publications.europa.eu/resource/authority"

_ACCESS: Mapping[str, str] = {"public": "PUBLIC", "restricted public": "RESTRICTED", "non-public": "NON_PUBLIC"}

_REPEATS: Mapping[str, str] = {
    "R/PT1S": "UPDATE_CONT", "R/PT1M": "1MIN", "R/PT5M": "5MIN", "R/PT10M": "10MIN", "R/PT15M": "15MIN", "R/PT30M": "30MIN",
    "R/PT1H": "HOURLY", "R/PT2H": "BIHOURLY", "R/PT3H": "TRIHOURLY", "R/PT12H": "12HRS", "R/P1D": "DAILY", "R/P1W": "WEEKLY",
    "R/P7D": "WEEKLY", "R/P2W": "BIWEEKLY", "R/P14D": "BIWEEKLY", "R/P1M": "MONTHLY", "R/P2M": "BIMONTHLY",
    "R/P3M": "QUARTERLY", "R/P4M": "ANNUAL_3", "R/P6M": "ANNUAL_2", "R/P1Y": "ANNUAL", "R/P12M": "ANNUAL",
    "R/P2Y": "BIENNIAL", "R/P3Y": "TRIENNIAL", "R/P4Y": "QUADRENNIAL", "R/P5Y": "QUINQUENNIAL", "R/P10Y": "DECENNIAL",
    "R/P20Y": "BIDECENNIAL", "R/P30Y": "TRIDECENNIAL",
}
_PROMISES_NONE: Mapping[str, str] = {"irregular": "IRREG", "never": "NEVER"}

# By the name that readers know. What the table lacks keeps its name alone.
_FILE_TYPES: Mapping[str, str] = {
    "CSV": "CSV", "TSV": "TSV", "JSON": "JSON", "GeoJSON": "GEOJSON", "XLSX": "XLSX", "XLS": "XLS", "ODS": "ODS",
    "Parquet": "PARQUET", "GeoPackage": "GPKG", "KML": "KML", "KMZ": "KMZ", "SHP": "SHP", "Shapefile": "SHP", "ZIP": "ZIP",
    "GZIP": "GZIP", "PDF": "PDF", "XML": "XML", "RSS": "RSS", "TXT": "TXT", "HTML": "HTML", "DOCX": "DOCX", "PNG": "PNG",
    "JPEG": "JPEG", "TIFF": "TIFF",
}

# ISO 639-1 to the table's codes, which are those of ISO 639-3.
_LANGUAGES: Mapping[str, str] = {
    "am": "AMH", "ar": "ARA", "bg": "BUL", "bn": "BEN", "bs": "BOS", "ca": "CAT", "cs": "CES", "cy": "CYM", "da": "DAN",
    "de": "DEU", "el": "ELL", "en": "ENG", "es": "SPA", "et": "EST", "eu": "EUS", "fa": "FAS", "fi": "FIN", "fr": "FRA",
    "ga": "GLE", "gd": "GLA", "gl": "GLG", "gu": "GUJ", "he": "HEB", "hi": "HIN", "hr": "HRV", "ht": "HAT", "hu": "HUN",
    "hy": "HYE", "id": "IND", "is": "ISL", "it": "ITA", "ja": "JPN", "ka": "KAT", "km": "KHM", "ko": "KOR", "lb": "LTZ",
    "lo": "LAO", "lt": "LIT", "lv": "LAV", "mi": "MRI", "mk": "MKD", "ms": "MSA", "mt": "MLT", "nb": "NOB", "ne": "NEP",
    "nl": "NLD", "nn": "NNO", "no": "NOR", "pa": "PAN", "pl": "POL", "pt": "POR", "ro": "RON", "ru": "RUS", "sk": "SLK",
    "sl": "SLV", "so": "SOM", "sq": "SQI", "sr": "SRP", "sv": "SWE", "sw": "SWA", "ta": "TAM", "th": "THA", "tl": "TGL",
    "tr": "TUR", "uk": "UKR", "ur": "URD", "vi": "VIE", "zh": "ZHO",
}


def access_right(access: str) -> str:
    """The address of "public", "restricted public" or "non-public"."""
    return f"{AUTHORITY}/access-right/{_ACCESS[access]}"


def update_frequency(word: str, repeat: str) -> str:
    """The address of a frequency, given as our word and as an ISO 8601 repeat; "" where nothing is said."""
    code = _REPEATS.get(repeat) or _PROMISES_NONE.get(word) or ("OTHER" if word else "")
    return f"{AUTHORITY}/frequency/{code}" if code else ""


def file_type(name: str) -> str:
    """The address of a file's format, given as readers know it; "" where the table has none."""
    code = _FILE_TYPES.get(name)
    return f"{AUTHORITY}/file-type/{code}" if code else ""


def language(tag: str) -> str:
    """The address of a language given by its tag (BCP 47). What the table of ours lacks is named by the Library of Congress."""
    plain = tag.partition("-")[0].lower()
    if plain in _LANGUAGES:
        return f"{AUTHORITY}/language/{_LANGUAGES[plain]}"
    return f"http://id.loc.gov/vocabulary/iso639-{1 if len(plain) == 2 else 2}/{plain}"
