"""Where a measure would be when its target is due, if it went on as it did."""

from __future__ import annotations

from math import fsum, inf, sqrt

from cityfolio.measures.points import Points, period_at, season_of, steps_between
from cityfolio.measures.theil_sen import Line
from cityfolio.measures.way import due_at, end_of, way_of
from cityfolio.model.measured import Forecast
from cityfolio.model.performance import MeasureRecord

NORMAL_90 = 1.2815515655446004   # nine tenths of a normal distribution lie below it: an interval of 80 percent


def forecast(record: MeasureRecord, points: Points, line: Line) -> Forecast | None:
    """The line's value in the period in which the target in force is due, with an interval of 80 percent.

    None where no target is ahead, where it is due later than in as many periods as there are points, or in a season without
    any. A share of rows stays within what a share can be, a count does not fall below 0.
    """
    due = due_at(way_of(record), end_of(points.periods[-1], record.period))
    if due is None or due.target.until is None:
        return None
    period = period_at(due.target.until, record)
    season = season_of(period) if points.is_seasonal else 0
    if season not in line.levels or not 0 < steps_between(points.periods[-1], period, record) <= len(points):
        return None
    time = steps_between(points.periods[0], period, record)
    middle, reach = line.at(time, season), half_width(points, line, time, season)
    least, most = possible(record)
    value, low, high = (min(max(each, least), most) for each in (middle, middle - reach, middle + reach))
    return Forecast(period=period, value=value, low=low, high=high)


def half_width(points: Points, line: Line, time: float, season: int = 0) -> float:
    """Half of the interval in which a new value at a time lies in 80 of 100 cases.

    The prediction interval of least squares with one slope and a level for each season, from what is left of the values beside
    the line: t * s * sqrt(1 + 1/m + (time - mean)^2 / S), where s^2 = sum(residual^2) / (n - seasons - 1), m and mean are
    number and mean of the times of the season, and S = sum((times - mean of their season)^2) (Draper and Smith, Applied
    Regression Analysis, 1998, sections 3.1 and 14.1). A Theil-Sen line strays little from that of least squares where noise is
    even.
    """
    times: dict[int, list[int]] = {}
    for at, _, of in points:
        times.setdefault(of, []).append(at)
    means = {of: fsum(each) / len(each) for of, each in times.items()}
    spread = fsum((at - means[of]) ** 2 for at, _, of in points)
    freedom = len(points) - len(times) - 1
    share = 1 + 1 / len(times[season]) + (time - means[season]) ** 2 / spread
    return student_90(freedom) * sqrt(line.squares(points) / freedom * share)


def student_90(freedom: int) -> float:
    """What nine tenths of Student's t lie below: Abramowitz and Stegun 26.7.5, right to 0.001 from 4 degrees of freedom on."""
    x = NORMAL_90
    return (x + (x**3 + x) / (4 * freedom) + (5 * x**5 + 16 * x**3 + 3 * x) / (96 * freedom**2)
            + (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / (384 * freedom**3))


def possible(record: MeasureRecord) -> tuple[float, float]:
    """The least and the most that a measure can be, as far as its file tells."""
    compute = record.compute
    if record.unit == "percent":
        return 0.0, 100.0
    if compute and compute.ratio:
        return 0.0, 1.0
    counts = compute is not None and (compute.count is not None or (compute.rate is not None and compute.rate.of is None))
    return (0.0 if counts else -inf), inf
