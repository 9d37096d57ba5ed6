"""Copies of files without their sensitive columns, in the format of the source where columns can be left out of it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import BinaryIO, cast

from cityfolio.files import Tree
from cityfolio.model.formats import format_of
from cityfolio.model.profile import TableProfile
from cityfolio.tables.exports.csv import write_copy
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.json_array import json_objects
from cityfolio.tables.exports.names import stem_of
from cityfolio.tables.exports.rows import export_table
from cityfolio.tables.exports.schema import About, ExportTable
from cityfolio.tables.table import TableJob

PACKED = " (gzip)"
DELIMITED = ("CSV", "TSV")
LINES = "JSON Lines"
# What no program here writes becomes the nearest open format.
WRITTEN_AS: Mapping[str, str] = {
    "JSON": "json", "GeoJSON": "geojson", "Parquet": "parquet", "XLSX": "xlsx", "ODS": "xlsx", "Shapefile": "geojson",
    "GeoPackage": "geojson", "KML": "geojson", "KMZ": "geojson",
}


def can_be_copied(job_format: str) -> bool:
    """Whether columns can be left out of files of a format, given by its name."""
    plain = job_format.removesuffix(PACKED)
    return plain in DELIMITED or plain == LINES or plain in WRITTEN_AS


def copy_name(name: str, sheet: str | None, job_format: str) -> str:
    """The name of the copy: that of the source, unless it is of another format or of one sheet among several."""
    written = WRITTEN_AS.get(job_format.removesuffix(PACKED))
    if written is None or (written == format_of(name).name.lower() and sheet is None):
        return name
    return f"{stem_of(name, sheet)}.{FORMATS[written].ending}"


def write_without(tree: Tree, job: TableJob, profile: TableProfile, stream: BinaryIO) -> None:
    """Copy a file without its sensitive columns. Raises Unfit where its format cannot hold what is left."""
    name = format_of(job.path, job.file.format).name
    table = export_table(tree, job, profile, About())
    if not name.endswith(PACKED) or name.removesuffix(PACKED) in WRITTEN_AS:
        _write(table, name.removesuffix(PACKED), profile.delimiter, stream)
        return
    # Without a name and a time, so that the bytes are the same in every build.
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
        _write(table, name.removesuffix(PACKED), profile.delimiter, cast("BinaryIO", packed))


def _write(table: ExportTable, name: str, delimiter: str, stream: BinaryIO) -> None:
    if name in DELIMITED:
        write_copy(table, delimiter, stream)
    elif name == LINES:
        for portion in table.portions:
            stream.writelines(line.encode() + b"\n" for line in json_objects(table.columns, portion, table.empty))
    else:
        FORMATS[WRITTEN_AS[name]].write(table, stream)
