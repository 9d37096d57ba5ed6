"""The rows of an indicator made ready to be measured: each in its period, with its value as a number, beside what was there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from cityfolio.frozen import Frozen
from cityfolio.migrate.open_sdg.table import Table
from cityfolio.migrate.open_sdg.years import Times, times_of
from cityfolio.migrate.report import Ledger
from cityfolio.model.performance import Grain
from cityfolio.model.periods import period_of
from cityfolio.tables.types import parse

PERIOD = "Period"
NUMBER = "Value as a number"
GROUPED = re.compile(r"[+-]?\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?:\.\d+)?", re.ASCII)
MOST_NAMED = 20                   # cells of one kind that the report names


class Rows(Frozen, kw_only=True):
    """A table with a column that says when and one that says how much."""

    table: Table
    grain: Grain
    dated: str                    # the column that says when
    is_year: bool                 # it is the column of years itself
    measured: str                 # the column of numbers
    periods: tuple[str, ...]      # of each row; "" where it is in none
    numbers: tuple[Decimal | None, ...]


def made_ready(table: Table, ledger: Ledger) -> Rows:
    """Find the period and the number of each row. Where they cannot be read as they are, a column is added that says them."""
    roles = table.roles
    cells = table.column(roles.year)
    times = times_of(cells)
    _told_of_times(roles.year, times, ledger)
    dated, measured = roles.year, roles.value
    if not times.is_plain:
        table, dated = table.having(PERIOD, [_day(cell, times) for cell in cells])
        ledger.note("mended", roles.year, "a column added that says the period of each row as a day in it", roles.year, dated)
    given = table.column(roles.value)
    if any(cell and parse(cell, "number") is None for cell in given):
        read = {cell: _number(cell) for cell in given if cell}
        _told_of_numbers(roles.value, read, ledger)
        table, measured = table.having(NUMBER, [read.get(cell, "") for cell in given])
        ledger.note("mended", roles.value, "a column added that has its numbers alone", roles.value, measured)
    periods = tuple(period_of(times.days[cell], times.grain) if cell in times.days else "" for cell in cells)
    return Rows(table=table, grain=times.grain, dated=dated, is_year=dated == roles.year, measured=measured, periods=periods,
                numbers=tuple(_exact(cell) for cell in table.column(measured)))


def _day(cell: str, times: Times) -> str:
    return times.days[cell].isoformat() if cell in times.days else ""


def _exact(cell: str) -> Decimal | None:
    value = parse(cell, "number") if cell else None
    return value if isinstance(value, Decimal) else None


def _number(cell: str) -> str:
    """A number as it can be read: without commas between its digits, and without a sign for percent; "" where it is none."""
    bare = cell.removesuffix("%").strip()
    bare = re.sub(r"[ ,\u00a0\u202f]", "", bare) if GROUPED.fullmatch(bare) else bare
    return bare if parse(bare, "number") is not None else ""


def _told_of_times(field: str, times: Times, ledger: Ledger) -> None:
    _named(field, times.unread, "doubtful", "a time that cannot be read, so no measure counts its rows", ledger)
    _named(field, times.others, "doubtful", "a time of another length than that of most rows, so no measure counts its rows",
           ledger)
    _named(field, times.spans, "doubtful", "several years at once, which are counted in the last of them", ledger)
    if times.grain == "fiscal-year":
        ledger.note("doubtful", field, "two years that follow each other, read as one fiscal year; look on which day it starts",
                    next(iter(times.days), ""))


def _told_of_numbers(field: str, read: Mapping[str, str], ledger: Ledger) -> None:
    _named(field, [cell for cell, number in read.items() if not number], "doubtful",
           "no number, so it stays in its column and no measure counts it", ledger)
    _named(field, [cell for cell, number in read.items() if number and number != cell], "mended",
           "a number written with commas or a sign for percent", ledger)


def _named(field: str, cells: Sequence[str], kind: str, why: str, ledger: Ledger) -> None:
    for cell in cells[:MOST_NAMED]:
        ledger.note("mended" if kind == "mended" else "doubtful", field, why, cell)
    if len(cells) > MOST_NAMED:
        ledger.note("doubtful", field, f"{why} (others)", f"{len(cells) - MOST_NAMED:,} more")
