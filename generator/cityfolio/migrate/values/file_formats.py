"""Names of file formats as communities write them, and as they are shown here."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.migrate.report import Ledger
from cityfolio.migrate.values.texts import NO_WORDS, fitted
from cityfolio.model.formats import BY_ENDING, BY_NAME
from cityfolio.model.records import FileRecord

# Names beside those of model.formats, as the communities that use them write them.
MORE_FORMATS = ("API", "App", "Application", "ECW", "Esri REST", "GDB", "GeoParquet", "GeoService", "GTFS", "GTFS-RT", "IMG",
                "JPEG2000", "LAS", "LAZ", "MDB", "N-Triples", "RDF", "SPARQL", "SQLite", "Tableau", "WFS", "WMS", "WMTS",
                "YAML")
MISTYPED = {"xslx": "XLSX", "xlxs": "XLSX", "cvs": "CSV", "geojon": "GeoJSON", "shapefile": "SHP", "esri shapefile": "SHP"}
KNOWN: Mapping[str, str] = (
    {name.casefold(): name for name in MORE_FORMATS} | {key: each.name for key, each in BY_NAME.items()}
    | {ending: each.name for ending, each in BY_ENDING.items()} | MISTYPED
)


def shown_format(given: str, place: str, ledger: Ledger) -> str | None:
    """A format as it is shown here; None where the words say nothing."""
    if not given or given.lower() in NO_WORDS:
        return None
    text = given.lstrip(".")
    shown = KNOWN.get(text.casefold()) or KNOWN.get(text.replace(" ", "").casefold()) or text
    if shown != given:
        ledger.note("mended", place, "a format written as others write it", given, shown)
    return fitted(shown, FileRecord, "format", ledger)


# Media types that are not those of model.formats, as catalogs write them.
MORE_MEDIA_TYPES: Mapping[str, str] = {
    "application/vnd.geo+json": "GeoJSON", "application/rdf+xml": "RDF", "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "text/xml": "XML", "application/x-zip-compressed": "ZIP", "application/x-shapefile": "SHP", "application/csv": "CSV",
    "application/msexcel": "XLS", "application/excel": "XLS", "application/vnd.ogc.wms_xml": "WMS", "text/plain": "TXT",
    "application/sparql-query": "SPARQL", "application/x-sqlite3": "SQLite", "application/vnd.sqlite3": "SQLite",
    "application/x-parquet": "Parquet", "application/atom+xml": "Atom", "image/geotiff": "TIFF",
}
_BY_MEDIA_TYPE: Mapping[str, str] = {
    **{each.media_type: each.name for each in reversed(BY_ENDING.values()) if each.media_type != "application/octet-stream"},
    **MORE_MEDIA_TYPES,
}


def format_for_media_type(given: str) -> str | None:
    """The format that a media type certainly means; also one written as IANA's address of it."""
    bare = given.partition(";")[0].strip().casefold()
    return _BY_MEDIA_TYPE.get(bare.partition("/media-types/")[2] or bare)
