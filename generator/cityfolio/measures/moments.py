"""Moments by the clock of a zone, days between them, and working days by a calendar; whole arrays at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from cityfolio.frozen import Frozen
from cityfolio.measures.columns import NO_OFFSET, Held, Ints, Truths
from cityfolio.tables.scales import DAY, EPOCH, MICROSECOND, SECOND

UNIX_DAYS = date(1970, 1, 1).toordinal()


class Moments(Frozen):
    """Moments by the clock that counts, and in UTC where it is known how far that clock was from it."""

    clock: Ints                   # microseconds since 0001-01-01, as in `tables.scales`
    utc: Ints | None = None
    zoned: Truths | None = None   # which of them `utc` holds for; None with `utc`: all


def moments_of(held: Held, timezone: str | None) -> Moments:
    """The moments of a column. One with an offset is told by the clock of the zone, where one is given; else as written."""
    if held.offsets is None:
        return Moments(held.at)
    zoned = held.offsets != NO_OFFSET
    utc = held.at - np.where(zoned, held.offsets, 0).astype(np.int64) * SECOND
    clock = held.at if timezone is None else np.where(zoned, in_zone(utc, zoned & ~held.missing, timezone), held.at)
    return Moments(clock, utc, None if bool((zoned | held.missing).all()) else zoned)


def in_zone(utc: Ints, chosen: Truths, timezone: str) -> Ints:
    """What the clock of a zone showed at some moments in UTC; the others are left as they are."""
    zone = ZoneInfo(timezone)
    shown = utc.copy()
    rows = np.flatnonzero(chosen)
    days, of_row = np.unique(utc[rows] // DAY, return_inverse=True)
    first = np.array([_offset(int(day) * DAY, zone) for day in days], np.int64)
    last = np.array([_offset((int(day) + 1) * DAY - SECOND, zone) for day in days], np.int64)
    shown[rows] += first[of_row]
    for row in rows[(first != last)[of_row]]:   # clocks were set on that day
        shown[row] = utc[row] + _offset(int(utc[row]), zone)
    return shown


def _offset(utc: int, zone: ZoneInfo) -> int:
    """How far a zone's clock was ahead of UTC, in microseconds."""
    try:
        moment = (EPOCH + timedelta(microseconds=utc)).replace(tzinfo=UTC).astimezone(zone)
    except OverflowError:         # on the first or last day of the calendar
        return 0
    return (moment.utcoffset() or timedelta()) // MICROSECOND


def microseconds_between(start: Moments, end: Moments) -> Ints:
    """How long after one moment another was: by UTC where that is known of both, so that a night in which clocks are set has 23
    or 25 hours; else by the clock."""
    by_clock: Ints = end.clock - start.clock
    if start.utc is None or end.utc is None:
        return by_clock
    exact: Ints = end.utc - start.utc
    known = [each.zoned for each in (start, end) if each.zoned is not None]
    return np.where(np.logical_and.reduce(known), exact, by_clock) if known else exact


def days_of(clock: Ints) -> Ints:
    """The days of moments, as numbers since 0001-01-01, which is 1."""
    return clock // DAY + 1


def business_days(start: Ints, end: Ints, holidays: Collection[date]) -> Ints:
    """How many working days lie after one day, up to and with another; below 0 where the other is earlier.

    Saturdays and Sundays are none, nor are the holidays.
    """
    everything = np.concatenate([start.reshape(-1), end.reshape(-1)])
    if not len(everything):
        return np.zeros(0, np.int64)
    first = int(everything.min())
    days = np.arange(first, int(everything.max()) + 1, dtype=np.int64)
    off = np.array([each.toordinal() - UNIX_DAYS for each in holidays], "datetime64[D]")
    working = np.is_busday((days - UNIX_DAYS).astype("datetime64[D]"), holidays=off)
    until = np.cumsum(working)
    found: Ints = until[end - first] - until[start - first]
    return found


def years_of(days: Ints) -> Ints:
    """The year of each day."""
    years: Ints = (days - UNIX_DAYS).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    return years


def months_of(days: Ints) -> Ints:
    """The month of each day, counted on from January of the year 0, so that 12 of them are a year."""
    months: Ints = (days - UNIX_DAYS).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) + 1970 * 12
    return months


def moment_of(value: datetime, timezone: str | None) -> Moments:
    """One moment that stands in an expression."""
    clock = (value.replace(tzinfo=None) - EPOCH) // MICROSECOND
    if value.tzinfo is None:
        return Moments(np.array(clock, np.int64))
    utc = clock - (value.utcoffset() or timedelta()) // MICROSECOND
    shown = clock if timezone is None else utc + _offset(utc, ZoneInfo(timezone))
    return Moments(np.array(shown, np.int64), np.array(utc, np.int64))
