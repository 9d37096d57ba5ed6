"""The way from a baseline through each target in turn: what is expected in a period, and which target is in force.

Time is counted at the ends of periods: in months where the measure's periods are months or longer, else in days.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cityfolio.frozen import Frozen
from cityfolio.model.performance import MeasureRecord, PeriodRecord, TargetRecord
from cityfolio.model.periods import last_day


class Knot(Frozen, kw_only=True):
    """A point that the way goes through: a value at the end of a period."""

    time: int
    value: Fraction


class Due(Frozen, kw_only=True):
    """A standing target with the time at which it should be reached."""

    time: int
    target: TargetRecord
    low: Fraction       # of a range; else both are the value
    high: Fraction


class Way(Frozen, kw_only=True):
    """How a measure should go, as far as its file says."""

    record: MeasureRecord
    baseline: Knot | None = None
    knots: tuple[Knot, ...] = ()   # in order of time, the baseline first; none for a range
    dues: tuple[Due, ...] = ()     # in order of time, one at a time


class Stretch(Frozen, kw_only=True):
    """The part of the way that a time lies in; one knot twice where it lies before the first or after the last."""

    start: Knot
    end: Knot
    time: int


def end_of(period: str, cut: PeriodRecord) -> int:
    """The end of a period as a number of months or days, by the grain of the measure."""
    day = last_day(period, cut.fiscal_year_start)
    return day.toordinal() if cut.grain in ("day", "week") else day.year * 12 + day.month


def way_of(record: MeasureRecord) -> Way:
    """The way that a measure's file describes. Targets and values that lack what the direction needs take no part."""
    dues = tuple(_dues(record))
    baseline = _knot(record.baseline.period, record.baseline.value, record.period) if record.baseline else None
    if record.direction not in ("up", "down"):
        return Way(record=record, baseline=baseline, dues=dues if record.direction == "range" else ())
    return Way(record=record, baseline=baseline, knots=_knots(record, baseline, dues), dues=dues)


def due_at(way: Way, time: int) -> Due | None:
    """The target in force: the first that is not over before this time, else the last."""
    ahead = (due for due in way.dues if due.time >= time)
    return next(ahead, way.dues[-1] if way.dues else None)


def stretch_at(way: Way, time: int) -> Stretch | None:
    """Where on the way a time lies; None where there is none."""
    if not way.dues or not way.knots:
        return None
    if time >= way.dues[-1].time:
        last = Knot(time=way.dues[-1].time, value=way.dues[-1].low)
        return Stretch(start=last, end=last, time=time)
    after = bisect_right(way.knots, time, key=lambda knot: knot.time)
    start = way.knots[max(after - 1, 0)]
    end = way.knots[after] if 0 < after < len(way.knots) else start
    return Stretch(start=start, end=end, time=time)


def expected_at(way: Way, time: int) -> Fraction | None:
    """The value that is expected at a time.

    The baseline's before it, the last target's after that. Between two knots it goes in equal steps, or with
    `trajectory: step` stays where it was until the next is due.
    """
    stretch = stretch_at(way, time)
    if stretch is None:
        return None
    start, end = stretch.start, stretch.end
    if start is end or way.record.trajectory == "step":
        return start.value
    return start.value + (end.value - start.value) * Fraction(time - start.time, end.time - start.time)


def _dues(record: MeasureRecord) -> Iterator[Due]:
    """Standing targets: of those that are due at one time the one that was set last."""
    latest: dict[int, Due] = {}
    for target in sorted(record.targets, key=lambda each: each.set_on or date.min):   # equal days stay in the file's order
        low, high = (target.low, target.high) if record.direction == "range" else (target.value, target.value)
        if target.until is not None and low is not None and high is not None:
            time = end_of(target.until, record.period)
            latest[time] = Due(time=time, target=target, low=Fraction(low), high=Fraction(high))
    yield from (latest[time] for time in sorted(latest))


def _knots(record: MeasureRecord, baseline: Knot | None, dues: tuple[Due, ...]) -> tuple[Knot, ...]:
    if not dues:
        return ()
    steps = record.steps if record.trajectory == "listed" else ()
    listed = filter(None, (_knot(step.period, step.value, record.period) for step in steps))
    by_time = {knot.time: knot for knot in listed if knot.time < dues[-1].time}
    by_time |= {due.time: Knot(time=due.time, value=due.low) for due in dues}
    later = [by_time[time] for time in sorted(by_time) if baseline is None or time > baseline.time]
    return (*((baseline,) if baseline else ()), *later)


def _knot(period: str | None, value: Decimal | None, cut: PeriodRecord) -> Knot | None:
    return Knot(time=end_of(period, cut), value=Fraction(value)) if period is not None and value is not None else None
