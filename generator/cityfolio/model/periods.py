"""Periods by their names: 2026, 2026-Q2, 2026-06, 2026-W07 (ISO 8601), 2026-06-30, and the fiscal year FY2026.

A fiscal year bears the number of the year it ends in. Names of one grain sort as the periods do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from cityfolio.model.performance import Grain

DAY = timedelta(days=1)
FORMS: tuple[tuple[Grain, re.Pattern[str]], ...] = (
    ("fiscal-year", re.compile(r"FY(\d{4})", re.ASCII)), ("year", re.compile(r"(\d{4})", re.ASCII)),
    ("quarter", re.compile(r"(\d{4})-Q([1-4])", re.ASCII)), ("month", re.compile(r"(\d{4})-(\d{2})", re.ASCII)),
    ("week", re.compile(r"(\d{4})-W(\d{2})", re.ASCII)), ("day", re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)),
)


def grain_of(name: str) -> Grain | None:
    """What kind of period a name is; None for a text that names none that exists."""
    for grain, form in FORMS:
        if form.fullmatch(name):
            try:
                first_day(name)
                last_day(name)
            except (ValueError, OverflowError):
                return None
            return grain
    return None


def first_day(name: str, fiscal_start: str = "07-01") -> date:
    """The first day of a period. Raises ValueError for one that does not exist."""
    year = int(name.removeprefix("FY")[:4])
    if name.startswith("FY"):
        begins = date.fromisoformat(f"{year - 1:04}-{fiscal_start}")
        return begins.replace(year=year) if fiscal_start == "01-01" else begins
    rest = name[5:]
    if rest.startswith("Q"):
        return date(year, 3 * int(rest[1:]) - 2, 1)
    if rest.startswith("W"):
        return date.fromisocalendar(year, int(rest[1:]), 1)
    month, _, day_of_month = rest.partition("-")
    return date(year, int(month or 1), int(day_of_month or 1))


def last_day(name: str, fiscal_start: str = "07-01") -> date:
    """The last day of a period. Raises ValueError for one that does not exist."""
    first = first_day(name, fiscal_start)
    if name.startswith("FY"):
        return first.replace(year=first.year + 1) - DAY
    rest = name[5:]
    if rest.startswith("W"):
        return first + 6 * DAY
    if rest.count("-"):
        return first
    months = 3 if rest.startswith("Q") else 1 if rest else 12
    return (first + 31 * months * DAY).replace(day=1) - DAY if months < 12 else first.replace(month=12, day=31)


def period_of(day: date, grain: Grain, fiscal_start: str = "07-01") -> str:
    """The name of the period that a day lies in."""
    match grain:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "year":
            return f"{day.year:04}"
        case "fiscal-year":
            month, start = map(int, fiscal_start.split("-"))
            begins_before = (month, start) != (1, 1) and (day.month, day.day) >= (month, start)
            return f"FY{day.year + begins_before:04}"


def next_period(name: str, fiscal_start: str = "07-01") -> str:
    """The period after one."""
    return period_of(last_day(name, fiscal_start) + DAY, _grain(name), fiscal_start)


def previous_period(name: str, fiscal_start: str = "07-01") -> str:
    """The period before one."""
    return period_of(first_day(name, fiscal_start) - DAY, _grain(name), fiscal_start)


def periods_between(first: str, last: str, fiscal_start: str = "07-01") -> Iterator[str]:
    """Every period from one to another of its grain, both included."""
    name = first
    while name < last:
        yield name
        name = next_period(name, fiscal_start)
    if name == last:
        yield name


def _grain(name: str) -> Grain:
    return next(grain for grain, form in FORMS if form.fullmatch(name))
