"""Readers of data files, one module a format; `READERS` says which formats can be read, by the name readers know."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import BinaryIO

from cityfolio.model.formats import format_of
from cityfolio.tables.readers.csv import read_csv
from cityfolio.tables.readers.gzipped import gzipped
from cityfolio.tables.table import Reader, Reading, TableJob

READERS: dict[str, Reader] = {}
PACKED = " (gzip)"


def register(format_name: str, reader: Reader) -> None:
    """Make files of a format readable, by the name that readers know. What comes with Cityfolio comes in the same way."""
    if format_name in READERS:
        raise ValueError(f"two readers of {format_name}")
    READERS[format_name] = reader


def later(module: str, function: str) -> Reader:
    """A reader whose module is imported when it is wanted: a catalog of small CSV files need not pay for the others."""
    def read(stream: BinaryIO, job: TableJob) -> Reading:
        reader: Reader = getattr(import_module(module), function)
        return reader(stream, job)

    return read


TEXT: Mapping[str, Reader] = {
    "CSV": read_csv, "TSV": read_csv, "JSON": later(f"{__name__}.json_records", "read_json"),
    "JSON Lines": later(f"{__name__}.json_records", "read_json_lines"), "GeoJSON": later(f"{__name__}.geojson", "read_geojson"),
}
OTHERS: Mapping[str, Reader] = {
    "XLSX": later(f"{__name__}.xlsx", "read_xlsx"), "ODS": later(f"{__name__}.ods", "read_ods"),
    "Parquet": later(f"{__name__}.parquet", "read_parquet"), "GeoPackage": later(f"{__name__}.geopackage", "read_geopackage"),
    "KML": later(f"{__name__}.kml", "read_kml"), "KMZ": later(f"{__name__}.kml", "read_kml"),
    "Shapefile": later(f"{__name__}.shapefile", "read_shapefile"),
}
for name, each in TEXT.items():
    register(name, each)
    register(name + PACKED, gzipped(each))
for name, each in OTHERS.items():
    register(name, each)


def reader_of(name: str) -> Reader | None:
    """The reader of a file, by its name (`trees.csv`) or by its format (`CSV`); None when it cannot be read as a table yet."""
    return READERS.get(format_of("", name).name) or READERS.get(format_of(name).name)


def is_table(name: str) -> bool:
    """Whether a file can be read as a table, by its name (`trees.csv`) or by its format (`CSV`)."""
    return reader_of(name) is not None


def reader_for(job: TableJob) -> Reader:
    """The reader of a job's file: of the format that is declared, else of its name. Raises ValueError when there is none."""
    reader = job.added.reader if job.added else reader_of(job.file.format or job.path)
    if reader is None:
        raise ValueError(f"{job.path} cannot be read as a table")
    return reader
