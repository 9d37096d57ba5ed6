"""Which values stand out from what a process gives when nothing changes: a chart of single values and moving ranges (XmR)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from math import fsum

from cityfolio.frozen import Frozen

MOVING_RANGES = 2.66   # 3 / 1.128: three standard deviations, as the mean distance of neighbors tells them
RUN = 8                # so many in a row on one side of the center do not come by chance
ROUNDING = 1e-9        # what floating point adds to values that are equal


class Limits(Frozen, kw_only=True):
    """The mean, and the limits between which a process that does not change stays."""

    center: float
    lower: float
    upper: float


def control_limits(values: Sequence[float]) -> Limits:
    """The natural process limits of at least two values in order of time: the mean and 2.66 mean moving ranges around it.

    Wheeler, Understanding Variation (1993). Neighbors are the values before and after, whatever is missing between them.
    """
    center = fsum(values) / len(values)
    reach = MOVING_RANGES * fsum(abs(after - before) for before, after in pairwise(values)) / (len(values) - 1)
    return Limits(center=center, lower=center - reach, upper=center + reach)


def signals(values: Sequence[float], limits: Limits) -> tuple[int, ...]:
    """Positions of values outside the limits, and of all in a run of eight or more on one side of the center.

    Wheeler's first and last rule of detection. A value on the center ends a run.
    """
    slack = ROUNDING * max(map(abs, values), default=0.0)
    outside = {at for at, value in enumerate(values) if not limits.lower - slack <= value <= limits.upper + slack}
    sides = [(value > limits.center + slack) - (value < limits.center - slack) for value in values]
    for side, places in groupby(range(len(values)), key=sides.__getitem__):
        run = tuple(places)
        outside.update(run if side and len(run) >= RUN else ())
    return tuple(sorted(outside))
