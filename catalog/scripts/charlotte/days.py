"""The city's calendar: holidays, working days, fiscal years, and clock times with their offset from UTC."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache

LAST_DAY = date(2026, 6, 28)      # the last day that any daily table knows about
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def days(first: date, last: date) -> Iterator[date]:
    """Each day from first to last, both included."""
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def months(first: date, last: date) -> Iterator[date]:
    """The first day of each month from first to last."""
    while first <= last:
        yield first
        first = (first + timedelta(days=31)).replace(day=1)


def fiscal_year(day: date) -> str:
    """The fiscal year a day lies in. It starts on 1 July and is named for the year in which it ends."""
    return f"FY{day.year + (day.month >= 7)}"


@cache
def holidays(year: int) -> tuple[date, ...]:
    """The weekdays of a year on which city offices are closed."""
    fixed = [date(year, 1, 1), date(year, 6, 19), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)]
    thanksgiving = _nth_weekday(year, 11, 3, 4)
    moving = [_nth_weekday(year, 1, 0, 3), _nth_weekday(year, 5, 0, 5), _nth_weekday(year, 9, 0, 1), thanksgiving]
    return tuple(sorted([_observed(day) for day in fixed] + moving + [thanksgiving + DAY]))


def is_working_day(day: date) -> bool:
    """Whether city crews and offices work on a day."""
    return day.weekday() < 5 and day not in holidays(day.year)


@cache
def working_calendar() -> tuple[date, ...]:
    """Every working day that a table may need."""
    return tuple(day for day in days(date(2015, 1, 1), date(2028, 12, 31)) if is_working_day(day))


def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 when both are the same day."""
    return bisect_right(working_calendar(), end) - bisect_right(working_calendar(), start)


def after_working_days(start: date, count: int) -> date:
    """The day that comes `count` working days after `start`; `start` itself for 0 if it is one, else the next one."""
    if count == 0 and is_working_day(start):
        return start
    return working_calendar()[bisect_right(working_calendar(), start) + max(count, 1) - 1]


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A clock time in Charlotte, before its offset is known."""
    return datetime.combine(day, time(hour, minute, second))


def stamp(moment: datetime) -> str:
    """A clock time in Charlotte with its offset: -05:00, or -04:00 while daylight saving time holds."""
    if _spring(moment.year) <= moment < _spring(moment.year) + HOUR:
        moment += HOUR                                  # the hour that clocks skip in March
    summer = _spring(moment.year) <= moment < _autumn(moment.year)
    return f"{moment.isoformat(timespec='seconds')}{'-04:00' if summer else '-05:00'}"


def local_hours(first: date, last: date) -> Iterator[tuple[datetime, str]]:
    """Each hour from the start of first to the end of last, with its stamp; the autumn hour that repeats comes twice."""
    for day in days(first, last):
        for hour in range(24):
            moment = at(day, hour)
            if moment == _spring(day.year):
                continue
            yield moment, stamp(moment)
            if moment == _autumn(day.year) - HOUR:
                yield moment, f"{moment.isoformat(timespec='seconds')}-05:00"


def _spring(year: int) -> datetime:
    return at(_nth_weekday(year, 3, 6, 2), 2)                # second Sunday of March


def _autumn(year: int) -> datetime:
    return at(_nth_weekday(year, 11, 6, 1), 2)               # first Sunday of November


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday of a month, 1 to 4; 5 stands for the last one."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else day - timedelta(days=7)


def _observed(day: date) -> date:
    """The day a holiday is kept on: a Saturday's on Friday, a Sunday's on Monday."""
    return day + {5: -DAY, 6: DAY}.get(day.weekday(), timedelta(0))
