"""What people write into the column `Year`: years, fiscal years, spans of years, quarters, months and days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.model.performance import Grain

Kind = Literal["year", "span", "fiscal-year", "quarter", "month", "day"]

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEAR = re.compile(r"(\d{4})(?:\.0+)?", re.ASCII)
SHORT = re.compile(r"(\d{4})-(\d{2})", re.ASCII)          # 2003-05: a month, or the years 2003 to 2005
YEARS = re.compile(r"(\d{4})\s*(?:/|-|–|—|\bto\b)\s*(\d{4}|\d{2})", re.ASCII | re.IGNORECASE)
QUARTER = re.compile(r"(\d{4})[\s-]*Q([1-4])|Q([1-4])[\s-]*(\d{4})", re.ASCII | re.IGNORECASE)
MONTH = re.compile(r"(\d{4})[\s-]*([A-Za-z]{3})[a-z]*|([A-Za-z]{3})[a-z]*[\s-]*(\d{4})", re.ASCII)
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]00:00.*)?", re.ASCII)
CENTURY = 100


class Moment(Frozen):
    """What one cell says: a kind of time, and a day that lies in it."""

    kind: Kind
    day: date


class Times(Frozen, kw_only=True):
    """What all cells of a column say."""

    grain: Grain
    days: Mapping[str, date]      # cell -> a day in its period; cells of another length than most are not there
    is_plain: bool                # every cell is four digits, so the column can be read as it is
    unread: tuple[str, ...] = ()  # cells that say no time
    others: tuple[str, ...] = ()  # cells that say a time of another length than most
    spans: tuple[str, ...] = ()   # cells of several years, which stand in the last one


def times_of(cells: Sequence[str]) -> Times:
    """Read a column. Where cells differ in kind, the kind that most rows have is what counts."""
    filled = [cell for cell in cells if cell]
    different = list(dict.fromkeys(filled))
    are_spans = _are_spans([cell for cell in different if SHORT.fullmatch(cell)])
    found = {cell: moment for cell in different if (moment := moment_of(cell, are_spans=are_spans))}
    counts: Counter[Kind] = Counter(_counted_as(found[cell].kind) for cell in filled if cell in found)
    chosen: Kind = max(counts, key=lambda kind: counts[kind]) if counts else "year"
    days = {cell: each.day for cell, each in found.items() if _counted_as(each.kind) == chosen}
    return Times(
        grain=_grain(chosen, days.values()), days=days,
        is_plain=bool(different) and all(re.fullmatch(r"\d{4}", cell, re.ASCII) for cell in different),
        unread=tuple(cell for cell in different if cell not in found),
        others=tuple(cell for cell in found if cell not in days),
        spans=tuple(cell for cell in days if found[cell].kind == "span"),
    )


def moment_of(text: str, *, are_spans: bool = False) -> Moment | None:
    """What one cell says; None where it says no time. `are_spans`: 2003-05 means 2003 to 2005, not May 2003."""
    try:
        return _moment(text.strip(), are_spans=are_spans)
    except ValueError:            # a year 0, or a month 13
        return None


def _moment(text: str, *, are_spans: bool) -> Moment | None:
    if match := YEAR.fullmatch(text):
        return Moment("year", date(int(match[1]), 1, 1))
    if match := DAY.fullmatch(text):
        return Moment("day", date.fromisoformat(match[1]))
    if match := QUARTER.fullmatch(text):
        return Moment("quarter", date(int(match[1] or match[4]), 3 * int(match[2] or match[3]) - 2, 1))
    if (match := SHORT.fullmatch(text)) and not are_spans:
        return Moment("month", date(int(match[1]), int(match[2]), 1))
    if match := YEARS.fullmatch(text):
        return _years(int(match[1]), match[2])
    if (match := MONTH.fullmatch(text)) and (match[2] or match[3]).lower() in MONTHS:
        return Moment("month", date(int(match[1] or match[4]), MONTHS.index((match[2] or match[3]).lower()) + 1, 1))
    return None


def _years(first: int, written: str) -> Moment | None:
    """Two years: one after the other are a fiscal or school year, which bears the number of the later; more are a span."""
    last = int(written) if len(written) > 2 else first + (int(written) - first) % CENTURY
    if last <= first:
        return None
    # A fiscal year that begins on any day but the first of January has the first of January of its second year in it.
    return Moment("fiscal-year" if last == first + 1 else "span", date(last, 1, 1))


def _are_spans(cells: Iterable[str]) -> bool:
    """Whether cells such as 2003-05 mean years: one of them can be no month, or all are equally long."""
    pairs = [(int(cell[:4]), int(cell[5:])) for cell in cells]
    lengths = {(second - first) % CENTURY for first, second in pairs}
    return any(not 1 <= second <= len(MONTHS) for _, second in pairs) or (len(pairs) > 1 and len(lengths) == 1)


def _counted_as(kind: Kind) -> Kind:
    return "year" if kind == "span" else kind


def _grain(kind: Kind, days: Iterable[date]) -> Grain:
    if kind == "span":
        return "year"
    if kind != "day":
        return kind
    found = list(days)
    return "year" if len({day.year for day in found}) == len(found) else "day"
