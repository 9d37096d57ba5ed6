"""A table as the modules beside this one make it, before it is written in some format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Shape = tuple[str, object]        # a GeoJSON geometry: its type, and its coordinates as texts in lists
Cell = str | int | float | Shape | None


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows.

    Cells are text or whole numbers: numbers with decimals are written by hand, so none drifts. Formats that tell nothing from
    an empty text take None. `types` has a word for each column, where a format stores them by type.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A spreadsheet with several tables, each on a sheet."""

    sheets: Mapping[str, Table]

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows of all sheets."""
        return tuple(row for sheet in self.sheets.values() for row in sheet.rows)


def table(header: str, rows: Iterable[tuple[Cell, ...]], types: str = "") -> Table:
    """Make a table from a header written as words, and its types likewise."""
    return Table(tuple(header.split()), tuple(rows), tuple(types.split()))


def money(cents: int) -> str:
    """An amount in dollars with two decimals."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def truth(value: bool) -> str:
    """`true` or `false`, as the tables write it."""
    return "true" if value else "false"
