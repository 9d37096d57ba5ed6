"""File formats by the ending of a name: the name readers know, and the media type (IANA's where it has one)."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Format(NamedTuple):
    """A format as shown, and as told to machines."""

    name: str
    media_type: str


BY_ENDING: dict[str, Format] = {
    "csv": Format("CSV", "text/csv"),
    "tsv": Format("TSV", "text/tab-separated-values"),
    "json": Format("JSON", "application/json"),
    "jsonl": Format("JSON Lines", "application/x-ndjson"),
    "ndjson": Format("JSON Lines", "application/x-ndjson"),
    "geojson": Format("GeoJSON", "application/geo+json"),
    "csv.gz": Format("CSV (gzip)", "application/gzip"),
    "tsv.gz": Format("TSV (gzip)", "application/gzip"),
    "json.gz": Format("JSON (gzip)", "application/gzip"),
    "jsonl.gz": Format("JSON Lines (gzip)", "application/gzip"),
    "geojson.gz": Format("GeoJSON (gzip)", "application/gzip"),
    "xlsx": Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "xls": Format("XLS", "application/vnd.ms-excel"),
    "ods": Format("ODS", "application/vnd.oasis.opendocument.spreadsheet"),
    "parquet": Format("Parquet", "application/vnd.apache.parquet"),
    "pmtiles": Format("PMTiles", "application/vnd.pmtiles"),
    "gpkg": Format("GeoPackage", "application/geopackage+sqlite3"),
    "kml": Format("KML", "application/vnd.google-earth.kml+xml"),
    "kmz": Format("KMZ", "application/vnd.google-earth.kmz"),
    "shp": Format("SHP", "application/octet-stream"),
    "shp.zip": Format("Shapefile", "application/zip"),
    "zip": Format("ZIP", "application/zip"),
    "gz": Format("GZIP", "application/gzip"),
    "pdf": Format("PDF", "application/pdf"),
    "xml": Format("XML", "application/xml"),
    "rss": Format("RSS", "application/rss+xml"),
    "txt": Format("TXT", "text/plain"),
    "html": Format("HTML", "text/html"),
    "htm": Format("HTML", "text/html"),
    "docx": Format("DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "png": Format("PNG", "image/png"),
    "jpg": Format("JPEG", "image/jpeg"),
    "tif": Format("TIFF", "image/tiff"),
}
BY_NAME: dict[str, Format] = {each.name.casefold(): each for each in BY_ENDING.values()}
UNKNOWN = Format("File", "application/octet-stream")
NAMES = 1_000         # of files, whose formats are known


def format_of(name: str, declared: str | None = None) -> Format:
    """The format of a file by what its record declares, else by the last ending of its name."""
    if declared:
        shown = " ".join(declared.split())
        return BY_NAME.get(shown.casefold()) or Format(shown, UNKNOWN.media_type)
    return _of_last(name.rpartition("/")[2])


@lru_cache(maxsize=NAMES)     # files of many datasets have the same name
def _of_last(part: str) -> Format:
    last = part.lower()
    # Two endings say more than one: trees.csv.gz is a CSV, packed.
    twice = ".".join(last.split(".")[-2:])
    return BY_ENDING.get(twice) or BY_ENDING.get(last.rpartition(".")[2], UNKNOWN)
