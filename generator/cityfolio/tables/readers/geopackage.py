"""GeoPackage: a layer of an SQLite database, its values as they are stored and its shapes with every bit of theirs.

Read through SQLite itself, since it keeps values of any type in any column, and a library of map formats makes zero of a text
in a column of numbers.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from typing import Any, BinaryIO

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.tables.readers.arrow_table import RowSource, header_places
from cityfolio.tables.readers.header import refuse_names
from cityfolio.tables.readers.layers import START, TO_WGS_84, WGS_84, chosen_layer, whole
from cityfolio.tables.readers.wkb import ShapeUnfit, geojson_text, number_text
from cityfolio.tables.table import Cell, Place, Portion, Reading, Table, TableJob, Unreadable, in_portions

MAGIC = b"SQLite format 3\0"
WRITE_AHEAD, PLAIN = b"\2\2", b"\1\1"        # bytes 18 and 19: a database with a log beside it, and one without
ENVELOPES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
KINDS: Mapping[str, ColumnType] = {
    "BOOLEAN": "boolean", "TINYINT": "integer", "SMALLINT": "integer", "MEDIUMINT": "integer", "INT": "integer",
    "INTEGER": "integer", "FLOAT": "number", "DOUBLE": "number", "REAL": "number", "DATE": "date", "DATETIME": "datetime",
    "TEXT": "string",
}
# What SQLite may store for values of a kind, beside null.
STORED: Mapping[ColumnType, frozenset[str]] = {
    "boolean": frozenset(("integer",)), "integer": frozenset(("integer",)), "number": frozenset(("integer", "real")),
    "date": frozenset(("text",)), "datetime": frozenset(("text",)), "string": frozenset(("text",)),
}
# The message of an error quotes what is broken, and may not be text.
BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
SAVE_AGAIN = "Export it again from the program it comes from."
REGISTERED = "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') ORDER BY table_name"
SHAPE_OF = """SELECT g.column_name, s.organization, s.organization_coordsys_id, s.srs_name FROM gpkg_geometry_columns g
LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?"""


class LayerColumn(Frozen, kw_only=True):
    """A column of a layer: how it is called, what its values are and how one becomes text."""

    name: str
    kind: ColumnType | None
    text: Callable[[Any], Cell]   # Any: SQLite may hold a value of any type in any column


def read_geopackage(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a GeoPackage."""
    try:
        with closing(_opened(stream, job)) as database:
            layer = chosen_layer(_layers(database, job), job)
            columns = _columns(database, layer, job)
    except BROKEN:
        return Reading(table=None, problems=_damaged(job).problems)
    except Unreadable as refusal:
        return Reading(table=None, problems=refusal.problems)
    return Reading(table=Table(header=tuple(column.name for column in columns), portions=_portions(stream, layer, columns, job),
                               source=RowSource(header_places(len(columns))), sheet=layer,
                               kinds=tuple(column.kind for column in columns)))


def _opened(stream: BinaryIO, job: TableJob) -> sqlite3.Connection:
    body = whole(stream, job)
    if not body.startswith(MAGIC) or len(body) < 100:
        raise job.refusal(START, "table-syntax", "the file is not a GeoPackage", SAVE_AGAIN)
    if body[18:20] == WRITE_AHEAD:        # its log was merged when it was closed, and SQLite would look for it in vain
        body = body[:18] + PLAIN + body[20:]
    database = sqlite3.connect(":memory:")
    database.deserialize(body)
    # A file must not bring functions along that run when it is read.
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA query_only = ON")
    return database


def _layers(database: sqlite3.Connection, job: TableJob) -> list[str]:
    """The layers that are tables. A view could be made to compute for ever."""
    known = {name for (name,) in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND upper(sql) NOT LIKE 'CREATE VIRTUAL%'")}
    if not {"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= known:
        raise job.refusal(START, "table-shape", "the file is a database, and not a GeoPackage with layers", SAVE_AGAIN)
    return [name for (name,) in database.execute(REGISTERED) if name in known]


def _columns(database: sqlite3.Connection, layer: str, job: TableJob) -> tuple[LayerColumn, ...]:
    """The columns in their order, with the shape as the last."""
    shape = database.execute(SHAPE_OF, (layer,)).fetchone()
    declared: dict[str, str] = {}
    for _, name, kind, *_, hidden in database.execute(f"PRAGMA table_xinfo({_quoted(layer)})"):
        if hidden:   # what computes it could take for ever, and leaving it out would lose it without a word
            raise job.refusal(START, "table-shape", f"column `{name[:80]}` is computed by the database and not stored in it",
                              "Export the layer with the values of that column.")
        declared[name] = str(kind).upper()
    shape_name = shape[0] if shape else None
    if shape is not None:
        _refuse_system(shape, layer, job)
    names = [*(name for name in declared if name != shape_name), *(name for name in declared if name == shape_name)]
    refuse_names(names, header_places(len(names)), job)
    return tuple(
        LayerColumn(name=name, kind="geometry", text=_shape) if name == shape_name else
        _column(name, declared[name].partition("(")[0], _stored(database, layer, name), job) for name in names
    )


def _stored(database: sqlite3.Connection, layer: str, name: str) -> frozenset[str]:
    """Which types values of a column are stored in, whatever is declared."""
    found = database.execute(f"SELECT DISTINCT typeof({_quoted(name)}) FROM {_quoted(layer)}")   # noqa: S608
    return frozenset(kind for (kind,) in found) - {"null"}


def _column(name: str, declared: str, stored: frozenset[str], job: TableJob) -> LayerColumn:
    if "blob" in stored:
        raise job.refusal(START, "table-shape", f"column `{name[:80]}` holds bytes, which cannot be shown in a table",
                          "Leave the column out.")
    kind = KINDS.get(declared)
    if not stored:
        return LayerColumn(name=name, kind=None, text=_plain)
    if kind is None or not stored <= STORED[kind]:
        kind = next((each for each in ("integer", "number") if stored <= STORED[each]), "string")
    return LayerColumn(name=name, kind=kind, text=_boolean if kind == "boolean" else _plain)


def _plain(value: Any) -> Cell:
    return None if value is None else number_text(value) if isinstance(value, float) else str(value)


def _boolean(value: Any) -> Cell:
    return {None: None, 0: "false", 1: "true"}.get(value, str(value))


def _shape(value: Any) -> Cell:
    """The shape in a value, which has a head of its own before it."""
    if value is None:
        return None
    if not isinstance(value, bytes) or len(value) < 8 or value[:2] != b"GP":
        raise ShapeUnfit("the bytes are no shape, or are cut short")
    envelope = ENVELOPES.get(value[3] >> 1 & 7)
    if envelope is None:
        raise ShapeUnfit("the bytes are no shape, or are cut short")
    return geojson_text(value[8 + envelope :])


def _refuse_system(shape: Sequence[Any], layer: str, job: TableJob) -> None:
    _, organization, number, name = shape
    if (str(organization).upper(), number) not in WGS_84:
        raise job.refusal(START, "table-shape", f'the shapes of the layer "{layer[:60]}" are of another system than longitude '
                          f"and latitude in WGS 84, {str(name or 'not told')[:80]}", TO_WGS_84.format("new.gpkg old.gpkg"))


def _portions(stream: BinaryIO, layer: str, columns: tuple[LayerColumn, ...], job: TableJob) -> Iterator[Portion]:
    yield from in_portions(_rows(stream, layer, columns, job), len(columns))


def _rows(stream: BinaryIO, layer: str, columns: tuple[LayerColumn, ...], job: TableJob) -> Iterator[list[Cell]]:
    names = ", ".join(_quoted(column.name) for column in columns)
    number = 0
    try:
        with closing(_opened(stream, job)) as database:
            for row in database.execute(f"SELECT {names} FROM {_quoted(layer)}"):   # noqa: S608
                yield [column.text(value) for column, value in zip(columns, row, strict=True)]
                number += 1
    except BROKEN:
        raise _damaged(job) from None
    except ShapeUnfit as unfit:
        raise job.refusal(Place(line=number + 1, column=len(columns)), "table-shape", f"row {number + 1:,}: {unfit}",
                          "Export it as shapes of GeoJSON's kinds, without measures.") from None


def _quoted(name: str) -> str:
    """A name as SQL writes it, whatever is in it."""
    doubled = name.replace('"', '""')
    return f'"{doubled}"'


def _damaged(job: TableJob) -> Unreadable:
    return job.refusal(START, "table-syntax", "the GeoPackage is damaged", SAVE_AGAIN)
