"""Periods of the calendar by their keys: 2024, 2024-Q3, 2024-07, 2024-W07 (ISO 8601), 2024-07-09."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import islice

from cityfolio.model.questions import Period

DAY = timedelta(days=1)
MOST_PERIODS = 20_000             # a slip such as the year 0202 must not fill a page; the explorer names no more either


def period_of(day: date, per: Period) -> str:
    """The key of the period that a day lies in."""
    if per == "day":
        return day.isoformat()
    if per == "week":
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if per == "month":
        return f"{day.year:04}-{day.month:02}"
    return f"{day.year:04}-Q{(day.month + 2) // 3}" if per == "quarter" else f"{day.year:04}"


def first_day(key: str, per: Period) -> date:
    """The first day of a period."""
    if per == "day":
        return date.fromisoformat(key)
    year, _, part = key.partition("-")
    if per == "week":
        return date.fromisocalendar(int(year), int(part[1:]), 1)
    month = {"month": lambda: int(part), "quarter": lambda: 3 * int(part[1:]) - 2}.get(per, lambda: 1)()
    return date(int(year), month, 1)


def periods_between(first: str, last: str, per: Period) -> Iterator[str]:
    """Every period from one to another, both included."""
    key = first
    while key != last:
        yield key
        key = period_of(_after(first_day(key, per), per), per)
    yield last


def with_missing(keys: Collection[str], per: Period) -> list[str]:
    """Periods in their order, with those between them; without, where these are too many."""
    ordered = sorted(keys)
    every = list(islice(periods_between(ordered[0], ordered[-1], per), MOST_PERIODS + 1)) if ordered else []
    return every if len(every) <= MOST_PERIODS else ordered


def _after(start: date, per: Period) -> date:
    """A day of the period after the one that begins here."""
    days = {"day": 1, "week": 7, "month": 31, "quarter": 93, "year": 366}
    return start + days[per] * DAY
