"""CSV: every cell as the text that stands in the source, in UTF-8 with commas, after RFC 4180.

A cell that has no value is an empty field. Where an empty text is a value, it is `""`, so that whoever looks can tell them
apart. In a table of one column both are `""`: an empty line at the end of a file is no row to most readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from cityfolio.tables.exports.schema import ExportColumn, ExportTable, Unfit
from cityfolio.tables.exports.wkt import wkt
from cityfolio.tables.table import Cell, Portion

SPECIAL = ('"', ",", "\r", "\n")
NEEDS_MARKS = re.compile('["\r\n,]')
# A single column has no comma to show what separates, and a reader might take another sign for it.
NEEDS_MARKS_ALONE = re.compile('["\r\n,;|\t]')


def write_csv(table: ExportTable, stream: BinaryIO) -> None:
    """Write a table as CSV. Raises Unfit for a text that no CSV file can hold."""
    needs = NEEDS_MARKS if len(table.columns) > 1 else NEEDS_MARKS_ALONE
    header = [column.name for column in table.columns]
    _is_plain(header, needs)   # which refuses what no file can hold
    names = [_field(name, needs) for name in header]
    # A byte order mark at the very start of a file would be taken for one, and be lost.
    names[:1] = [f'"{name}"' if name.startswith("\ufeff") else name for name in names[:1]]
    stream.write(f"{','.join(names)}\r\n".encode())
    stream.writelines("".join(_lines(table, portion, needs)).encode() for portion in table.portions)


def _lines(table: ExportTable, portion: Portion, needs: re.Pattern[str]) -> Iterator[str]:
    fields = [_fields(column, portion.texts(number), table.empty, needs) for number, column in enumerate(table.columns)]
    return (f"{','.join(row)}\r\n" for row in zip(*fields, strict=True))


def _fields(column: ExportColumn, texts: Sequence[Cell], empty: frozenset[Cell], needs: re.Pattern[str]) -> Sequence[str]:
    if column.type == "geometry":
        texts = [text if text in empty or text is None else wkt(text) for text in texts]
    nothing = "" if needs is NEEDS_MARKS else '""'
    blank = nothing if "" in empty else '""'
    if _is_plain(texts, needs):
        return [text or (nothing if text is None else blank) for text in texts]
    return [_field(text, needs) if text else nothing if text is None else blank for text in texts]


def _is_plain(texts: Sequence[Cell], needs: re.Pattern[str]) -> bool:
    """Whether no text needs quotation marks; asked of all at once, which is far faster than of each."""
    joined = "\0".join(filter(None, texts))
    # The texts are joined by a sign that none of them may hold.
    if joined.count("\0") != max(0, sum(map(bool, texts)) - 1):
        raise Unfit("a text holds a NUL character, which CSV cannot hold")
    return needs is NEEDS_MARKS and not any(sign in joined for sign in SPECIAL)


def _field(text: str, needs: re.Pattern[str]) -> str:
    return '"' + text.replace('"', '""') + '"' if needs.search(text) else text
