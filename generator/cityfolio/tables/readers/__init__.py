"""Readers of data files, one module a format; `READERS` says which formats can be read, by the name readers know."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import BinaryIO

from cityfolio.model.formats import format_of
from cityfolio.tables.readers.csv import read_csv
from cityfolio.tables.readers.gzipped import gzipped
from cityfolio.tables.table import Reader, Reading, TableJob


def _later(module: str, function: str) -> Reader:
    """A reader whose module is imported when it is wanted: a catalog of small CSV files need not pay for the others."""
    def read(stream: BinaryIO, job: TableJob) -> Reading:
        reader: Reader = getattr(import_module(f"cityfolio.tables.readers.{module}"), function)
        return reader(stream, job)

    return read


read_json, read_lines = _later("json_records", "read_json"), _later("json_records", "read_json_lines")
read_geojson, read_kml = _later("geojson", "read_geojson"), _later("kml", "read_kml")

READERS: Mapping[str, Reader] = {
    "CSV": read_csv, "TSV": read_csv, "JSON": read_json, "JSON Lines": read_lines, "GeoJSON": read_geojson,
    "CSV (gzip)": gzipped(read_csv), "TSV (gzip)": gzipped(read_csv), "JSON (gzip)": gzipped(read_json),
    "JSON Lines (gzip)": gzipped(read_lines), "GeoJSON (gzip)": gzipped(read_geojson),
    "XLSX": _later("xlsx", "read_xlsx"), "ODS": _later("ods", "read_ods"), "Parquet": _later("parquet", "read_parquet"),
    "GeoPackage": _later("geopackage", "read_geopackage"), "KML": read_kml, "KMZ": read_kml,
    "Shapefile": _later("shapefile", "read_shapefile"),
}


def reader_of(name: str) -> Reader | None:
    """The reader of a file, by its name (`trees.csv`) or by its format (`CSV`); None when it cannot be read as a table yet."""
    return READERS.get(format_of("", name).name) or READERS.get(format_of(name).name)


def is_table(name: str) -> bool:
    """Whether a file can be read as a table, by its name (`trees.csv`) or by its format (`CSV`)."""
    return reader_of(name) is not None


def reader_for(job: TableJob) -> Reader:
    """The reader of a job's file: of the format that is declared, else of its name. Raises ValueError when there is none."""
    reader = reader_of(job.file.format or job.path)
    if reader is None:
        raise ValueError(f"{job.path} cannot be read as a table")
    return reader
