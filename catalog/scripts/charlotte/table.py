"""A table of text, as it goes into a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

Cell = str | int


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows. Cells are text or whole numbers: numbers with decimals are written by hand, so none drifts."""

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def table(header: str, rows: Iterable[tuple[Cell, ...]]) -> Table:
    """Make a table from a header written as words."""
    return Table(tuple(header.split()), tuple(rows))


def csv_bytes(content: Table) -> bytes:
    """Write a table as CSV: UTF-8, LF, commas, quotes only where they are needed."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(content.header)
    writer.writerows(content.rows)
    return text.getvalue().encode()


def money(cents: int) -> str:
    """An amount in dollars with two decimals."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def truth(value: bool) -> str:
    """`true` or `false`, as the tables write it."""
    return "true" if value else "false"
