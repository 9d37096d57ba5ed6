"""A copy of delimited text without some columns; every other cell is the text that stands in the source."""

from __future__ import annotations

import csv
from io import TextIOWrapper
from typing import BinaryIO

from cityfolio.tables.exports.schema import ExportTable


def write_copy(table: ExportTable, delimiter: str, stream: BinaryIO) -> None:
    """Write a table in UTF-8 with the delimiter of its source and the line ends of RFC 4180."""
    if not table.columns:
        return
    text = TextIOWrapper(stream, "utf-8", newline="", write_through=True)
    names = [column.name for column in table.columns]
    if names[0].startswith("\ufeff"):
        # A text that itself begins with a byte order mark would lose it to the next reader.
        text.write("\ufeff")
    # With these line ends the writer also quotes fields that hold a CR or LF alone.
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(names)
    for portion in table.portions:
        writer.writerows(zip(*map(portion.texts, range(len(names))), strict=True))
    text.detach()
