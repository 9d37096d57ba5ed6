"""JSON: one array of objects, a record a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from cityfolio.tables.exports.json_values import json_texts, quoted
from cityfolio.tables.exports.schema import ExportColumn, ExportTable
from cityfolio.tables.table import Cell, Portion


def write_json(table: ExportTable, stream: BinaryIO) -> None:
    """Write a table as JSON. A cell without a value is null, and its key is there all the same."""
    stream.write(b"[")
    before = "\n"
    for portion in table.portions:
        if portion.rows:
            stream.write((before + ",\n".join(json_objects(table.columns, portion, table.empty))).encode())
            before = ",\n"
    stream.write(b"\n]\n")


def json_objects(columns: Sequence[ExportColumn], portion: Portion, empty: frozenset[Cell]) -> Iterator[str]:
    """Each row as an object on one line."""
    return objects_of(columns, [portion.texts(number) for number in range(len(columns))], empty)


def objects_of(columns: Sequence[ExportColumn], cells: Sequence[Sequence[Cell]], empty: frozenset[Cell]) -> Iterator[str]:
    """Each row as an object on one line, from the cells of each column."""
    # A format with all the keys in it is filled faster than keys and values are joined.
    line = "{" + ",".join(quoted(column.name).replace("%", "%%") + ":%s" for column in columns) + "}"
    pieces = [json_texts(column, texts, empty) for column, texts in zip(columns, cells, strict=True)]
    return (line % row for row in zip(*pieces, strict=True))
