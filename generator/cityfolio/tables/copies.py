"""Copies of files without their sensitive columns, in the format of the source where columns can be left out of it.

The copy is all that is published of such a file. So where the format allows, it is written from the source and not from the
table that was read: nothing changes but what is left out.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BufferedWriter
from typing import TYPE_CHECKING, BinaryIO, cast

from cityfolio.files import Tree, naming
from cityfolio.frozen import replace
from cityfolio.model.formats import format_of
from cityfolio.model.profile import TableProfile
from cityfolio.tables.exports.csv import write_copy
from cityfolio.tables.exports.formats import FORMATS
from cityfolio.tables.exports.json_copy import write_geojson_copy, write_json_copy, write_lines_copy
from cityfolio.tables.exports.names import stem_of
from cityfolio.tables.exports.rows import Rows, export_table
from cityfolio.tables.exports.schema import About
from cityfolio.tables.readers.gzipped import unpacked
from cityfolio.tables.table import TableJob

if TYPE_CHECKING:
    from io import RawIOBase

PACKED = " (gzip)"
SHAPES = frozenset(("geometry", "shape"))   # what the reader of GeoJSON calls the shapes
DELIMITED = ("CSV", "TSV")
REWRITTEN = ("JSON", "JSON Lines", "GeoJSON", "Parquet")
# What no program here can take a column out of is written anew, in the nearest open format.
WRITTEN_AS: Mapping[str, str] = {
    "XLSX": "xlsx", "ODS": "xlsx", "Shapefile": "geojson", "GeoPackage": "geojson", "KML": "geojson", "KMZ": "geojson",
}


def can_be_copied(job_format: str) -> bool:
    """Whether columns can be left out of files of a format, given by its name."""
    return job_format.removesuffix(PACKED) in (*DELIMITED, *REWRITTEN, *WRITTEN_AS)


def copy_name(name: str, sheet: str | None, job_format: str) -> str:
    """The name of the copy: that of the source, unless it is of another format or of one sheet among several."""
    written = WRITTEN_AS.get(job_format)
    if written is None or (written == format_of(name).name.lower() and sheet is None):
        return name
    return f"{stem_of(name, sheet)}.{FORMATS[written].ending}"


def write_without(tree: Tree, job: TableJob, profile: TableProfile, stream: BinaryIO) -> None:
    """Copy a file without its sensitive columns.

    Raises Unfit where its format cannot hold what is left, or where a sensitive name stands where no column can be left out.
    """
    name = format_of(job.path, job.file.format).name
    with _packed(stream) if name.endswith(PACKED) else _plain(stream) as target:
        plain = name.removesuffix(PACKED)
        if plain in REWRITTEN:
            _rewrite(tree, job, profile, target)
        elif plain in DELIMITED:
            write_copy(export_table(tree, job, profile, About()), profile.delimiter, target)
        else:
            _export(tree, job, profile, target)


@contextmanager
def _plain(stream: BinaryIO) -> Iterator[BinaryIO]:
    yield stream


@contextmanager
def _packed(stream: BinaryIO) -> Iterator[BinaryIO]:
    # Without a name and a time, so that the bytes are the same in every build.
    with gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0) as packed:
        # Rows come in many small pieces, each of which would be packed on its own.
        held = BufferedWriter(cast("RawIOBase", packed), 1 << 16)
        try:
            yield cast("BinaryIO", held)
        finally:
            held.detach()


def _rewrite(tree: Tree, job: TableJob, profile: TableProfile, stream: BinaryIO) -> None:
    """Write the source once more, and leave out what is sensitive on the way."""
    name = format_of(job.path, job.file.format).name
    with naming(job.path), tree.open(job.path) as file:
        source = unpacked(file, job) if name.endswith(PACKED) else file
        plain = name.removesuffix(PACKED)
        if plain == "Parquet":
            # Imported here because Arrow takes longer than a catalog of small files.
            from cityfolio.tables.exports.parquet_copy import write_parquet_copy

            write_parquet_copy(source, job, profile.left_out, stream)
        elif plain == "GeoJSON":
            write_geojson_copy(source, job, stream, hides_shapes=_hides_shapes(tree, job, profile))
        else:
            (write_json_copy if plain == "JSON" else write_lines_copy)(source, job, stream)


def _hides_shapes(tree: Tree, job: TableJob, profile: TableProfile) -> bool:
    """Whether the shapes of a GeoJSON file are left out. They are its last column, by a name that a property may have, too."""
    left_out = frozenset(profile.left_out)
    return not SHAPES.isdisjoint(left_out) and Rows(tree, job).opened().header[-1] in left_out


def _export(tree: Tree, job: TableJob, profile: TableProfile, stream: BinaryIO) -> None:
    """Write the rows in another format, or as a workbook of their own, where a word for "no value" stays a text."""
    words = frozenset(job.file.empty) - {""}   # an empty text in a sheet is no value, whatever is declared
    table = replace(export_table(tree, job, profile, About()), words=words)
    FORMATS[WRITTEN_AS[format_of(job.path, job.file.format).name]].write(table, stream)
