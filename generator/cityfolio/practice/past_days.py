"""How long ago days are: in days, and in months of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date


def days_since(day: date | None, today: date) -> int | None:
    """How many days ago a day was; below 0 where it is still to come."""
    return (today - day).days if day else None


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; its last day where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def newest_until(days: Iterable[date | None], today: date) -> date | None:
    """The newest of some days that is not in the future."""
    return max((day for day in days if day and day <= today), default=None)
