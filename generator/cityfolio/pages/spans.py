"""Bars of a column as the values in them: "0 to 2" and "May to August 2024", where the edges are 0, 3, May 1 and September 1.

A bar does not hold its upper edge, so the last value under it is named where there is one: the whole number, year, day,
minute or second before. Decimals have none; their edge is named as one that is not reached. Edges are round and may lie
beyond the values; the least and the greatest value are named in their place.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from markupsafe import Markup

from cityfolio.frozen import Frozen
from cityfolio.model.profile import Bin, ColumnProfile
from cityfolio.pages.day_spans import ends, within
from cityfolio.pages.words import Words

DAY, MINUTE, SECOND, MICROSECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1), timedelta(microseconds=1)
CLOCKS = ((MINUTE, "minutes"), (SECOND, "seconds"), (MICROSECOND, "microseconds"))


class Span(Frozen, kw_only=True):
    """A range of values in words. One value, day, month or year is its own `low` and `high`."""

    low: Markup
    high: Markup
    is_open: bool = False     # values come close to `high` and do not reach it


class _Ends(Frozen):
    """A range as it stands in a profile, with its upper end in it or not."""

    low: str
    high: str
    is_open: bool


def span(profile: ColumnProfile, first: int, last: int, words: Words) -> Span:
    """The values in the bars from one through another, both counted from 0. At least one row must be in them."""
    ends = _ends(profile, first, last)
    if profile.type == "datetime":
        return _moments(profile, ends, profile.bins[first: last + 1], words)
    if profile.type == "date":
        return _days(date.fromisoformat(ends.low), date.fromisoformat(ends.high) - DAY * ends.is_open, words)
    if profile.type == "time":
        return _times(profile.bins, ends)
    if profile.type == "year":
        return Span(low=Markup.escape(ends.low), high=Markup(f"{int(ends.high) - ends.is_open:04}"))
    is_open = ends.is_open and profile.type == "number"
    high = str(int(ends.high) - 1) if ends.is_open and not is_open else ends.high
    # With the column's own ends beside them, all figures of a column are grouped alike.
    whole = _ends(profile, 0, len(profile.bins) - 1)
    low, high, *_ = words.figures(ends.low, high, whole.low, whole.high)
    return Span(low=Markup.escape(low), high=Markup.escape(high), is_open=is_open)


def _ends(profile: ColumnProfile, first: int, last: int) -> _Ends:
    """The edges of some bars; the least and greatest value instead where no row lies outside of them."""
    bins = profile.bins
    least, greatest = profile.minimum, profile.maximum
    if profile.shape == "text":
        least, greatest = str(profile.shortest), str(profile.longest)
    is_first = not any(each.rows for each in bins[:first])
    is_last = not any(each.rows for each in bins[last + 1:])
    return _Ends(least if is_first and least is not None else bins[first].low,
                 greatest if is_last and greatest is not None else bins[last].high, not is_last)


def _days(low: date, high: date, words: Words) -> Span:
    """Days, or whole months or whole years where that is the same."""
    if low.day != 1 or high.day != monthrange(high.year, high.month)[1]:
        return _between(low.isoformat(), high.isoformat(), words)
    # 2024 and 2024-05 are the parts of a date in ISO 8601.
    length = 4 if (low.month, high.month) == (1, 12) else 7
    return _between(low.isoformat()[:length], high.isoformat()[:length], words)


def _between(low: str, high: str, words: Words) -> Span:
    start, end = ends(low, high, words)
    return Span(low=start, high=end)


def _moments(profile: ColumnProfile, ends: _Ends, bins: Sequence[Bin], words: Words) -> Span:
    edges = [_clock(each.low) for each in profile.bins]
    low, high, first, end = _clock(ends.low), _clock(ends.high), _clock(bins[0].low), _clock(bins[-1].high)
    is_in_days = all(edge.time() == time() for edge in edges)
    is_mixed = _has_offset(profile.minimum) and not _has_offset(profile.bins[0].low)
    last = high - MICROSECOND * ends.is_open
    if (is_mixed and not is_in_days) or not first <= low <= high <= end:
        # Where offsets differ the earliest moment need not be the earliest by the clock, which is what bars go by. An hour
        # more or less shows in bars of hours only.
        low, last = first, end - MICROSECOND
    return _days(low.date(), last.date(), words) if is_in_days else _clocks(low, last, _unit(edges), words)


def _clocks(low: datetime, high: datetime, unit: str, words: Words) -> Span:
    """Two moments; the day is named once when they share it."""
    start, end = (words.gettext("%(day)s, %(time)s", day=within(each.date().isoformat(), words), time=_shown(each, unit))
                  for each in (low, high))
    is_one_day = low.date() == high.date() and start != end
    return Span(low=start, high=Markup(_shown(high, unit)) if is_one_day else end)


def _times(bins: Sequence[Bin], ends: _Ends) -> Span:
    unit = _unit([_of_day(each.low) for each in bins])
    last = _of_day(ends.high) - MICROSECOND * ends.is_open
    return Span(low=Markup(_shown(_of_day(ends.low), unit)), high=Markup(_shown(last, unit)))


def _clock(text: str) -> datetime:
    """A moment by the clock as written."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _has_offset(text: str | None) -> bool:
    return text is not None and datetime.fromisoformat(text).tzinfo is not None


def _of_day(text: str) -> datetime:
    """A time of day on a day of its own; 24:00 is the midnight that ends it."""
    if text.startswith("24"):
        return datetime(2000, 1, 2)  # noqa: DTZ001 - a place on a clock, no moment
    return datetime.combine(date(2000, 1, 1), time.fromisoformat(text))


def _unit(edges: Sequence[datetime]) -> str:
    """The coarsest unit of time that tells all edges."""
    return next(name for unit, name in CLOCKS if not any((edge - datetime.combine(edge, time())) % unit for edge in edges))


def _shown(moment: datetime, unit: str) -> str:
    return moment.time().isoformat(timespec=unit)
