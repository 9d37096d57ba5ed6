"""Whether a measure moved beyond what chance does; that no change is clear is an answer like any other."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.measures.control_limits import control_limits, signals
from cityfolio.measures.course import Bounds, comparison_at
from cityfolio.measures.forecast import forecast
from cityfolio.measures.mann_kendall import Kendall, mann_kendall, seasonal_kendall
from cityfolio.measures.points import Points, points_of
from cityfolio.measures.theil_sen import Line, theil_sen
from cityfolio.measures.way import end_of, way_of
from cityfolio.model.measured import Observation, Trend, TrendWord
from cityfolio.model.performance import MeasureRecord

LEAST_POINTS = 8
# What chance alone gives at least so often is no clear change: a measure on its way must be called worsening in fewer than 1 of
# 100 cases, and on a way that is almost flat chance errs as often to either side.
CHANCE = 0.02


def trend(record: MeasureRecord, observations: Sequence[Observation]) -> Trend:
    """How a measure moved since its last break, of at least eight values; of very long series the newest thousand.

    The slope is Theil and Sen's, the test Mann and Kendall's, both within seasons for months and quarters of enough years.
    Periods without a value are left out and leave the others at their time.
    """
    points = points_of(record, observations)
    since = points.periods[0] if len(points) else ""
    if len(points) < LEAST_POINTS:
        return Trend(word="too-short", points=len(points), since=since)
    line, kendall, limits = theil_sen(points), kendall_of(points), control_limits(points.values)
    return Trend(word=word_for(record, points, line, kendall), points=len(points), since=since, slope=line.slope,
                 p_value=kendall.p_value, center=limits.center, lower=limits.lower, upper=limits.upper,
                 signals=tuple(points.periods[at] for at in signals(points.values, limits)),
                 forecast=forecast(record, points, line))


def kendall_of(points: Points) -> Kendall:
    """The test that fits the points."""
    return seasonal_kendall(points.values, points.seasons) if points.is_seasonal else mann_kendall(points.values)


def word_for(record: MeasureRecord, points: Points, line: Line, kendall: Kendall) -> TrendWord:
    """What the change is called.

    It is clear where chance alone would give it in under 2 of 100 cases, and where slope and test point the same way. More or
    less is then improving or worsening by the direction. A range: improving where the end of the line lies less far outside the
    range of the target in force than its beginning, worsening where farther; inside it, and for measures without a range or
    that are only watched, rising or falling.
    """
    if kendall.p_value >= CHANCE or kendall.score * line.slope <= 0:
        return "no-clear-change"
    rises = line.slope > 0
    if record.direction in ("up", "down"):
        return "improving" if rises == (record.direction == "up") else "worsening"
    nearer = _comes_nearer(record, points, line)
    if nearer:
        return "improving" if nearer > 0 else "worsening"
    return "rising" if rises else "falling"


def _comes_nearer(record: MeasureRecord, points: Points, line: Line) -> float:
    """By how much the line comes nearer to the range that should be kept; 0 where there is none, or all of it lies inside."""
    against = comparison_at(way_of(record), end_of(points.periods[-1], record.period))
    if not isinstance(against, Bounds):
        return 0.0
    low, high = float(against.low), float(against.high)
    begins, ends = (max(low - value, value - high, 0.0)
                    for value in (line.intercept + line.slope * time for time in (points.times[0], points.times[-1])))
    return begins - ends
