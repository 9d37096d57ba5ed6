"""A line through points that a few wild ones do not bend, and that seasons do not either."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from math import fsum
from statistics import median

import numpy as np

from cityfolio.frozen import Frozen
from cityfolio.measures.points import Points


class Line(Frozen, kw_only=True):
    """Straight lines through time with one slope, one for each season; a single one where seasons are left aside."""

    slope: float                    # per period
    intercept: float                # at time 0, of all seasons together
    levels: Mapping[int, float]     # season -> its own intercept

    def at(self, time: float, season: int = 0) -> float:
        """The value of a season's line at a time."""
        return self.levels[season] + self.slope * time

    def squares(self, points: Points) -> float:
        """The sum of squares of what is left of values beside the line."""
        return fsum((value - self.at(time, season)) ** 2 for time, value, season in points)


def theil_sen(points: Points) -> Line:
    """The line whose slope is the median of the slopes between all pairs of points of one season.

    Theil, A rank-invariant method of linear and polynomial regression analysis (1950); Sen, Estimates of the regression
    coefficient based on Kendall's tau (1968); within seasons: Hirsch, Slack and Smith, Techniques of trend analysis for monthly
    water quality data (1982). It goes through the median of what is left of the values when the slope is taken off.
    """
    times, values, seasons = (np.asarray(each) for each in (points.times, points.values, points.seasons))
    first, second = np.triu_indices(len(points), 1)
    in_one_season = seasons[first] == seasons[second]
    first, second = first[in_one_season], second[in_one_season]
    slope = float(np.median((values[second] - values[first]) / (times[second] - times[first])))
    rest: dict[int, list[float]] = {}
    for time, value, season in points:
        rest.setdefault(season, []).append(value - slope * time)
    return Line(slope=slope, intercept=median(chain.from_iterable(rest.values())),
                levels={season: median(each) for season, each in rest.items()})
