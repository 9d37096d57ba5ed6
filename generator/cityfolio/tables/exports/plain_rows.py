"""The rows of a table as Python has values: for formats that are written in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from cityfolio.tables.exports.schema import ExportTable
from cityfolio.tables.types import Value, parser


def typed_rows(table: ExportTable) -> Iterator[dict[str, Value | None]]:
    """Each row by the names of its columns. Numbers keep their digits, a shape is a text of GeoJSON, no value is None."""
    names = [each.name for each in table.columns]
    parsers = [parser(each.type, each.format) for each in table.columns]
    for portion in table.portions:
        columns = [[None if text is None or text in table.empty else parse(text) for text in portion.texts(number)]
                   for number, parse in enumerate(parsers)]
        for row in zip(*columns, strict=True):
            yield dict(zip(names, row, strict=True))
