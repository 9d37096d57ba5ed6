"""Stretches of days without a row, where rows are otherwise regular enough for their absence to mean something."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from cityfolio.model.profile import Gap

FEWEST_DAYS = 10              # under so many different days nothing is regular
REGULAR_SHARE = 0.8           # of the distances, within a tenth of the usual one: months differ in length
HABIT_SHARE = 0.02            # a distance that recurs is no gap: weekends, holidays
MOST_GAPS = 3
LONGER, MUCH_LONGER = 1.5, 10


def gaps(days: Iterable[int]) -> tuple[Gap, ...]:
    """The longest gaps between days (as `date.toordinal` counts them) that have rows, the longest first.

    The usual distance is the median. Where four fifths of the distances are about as long, one that is half as long again is a
    gap; where they are not, it has to be ten times as long. A distance that makes up a fiftieth of all is a habit.
    """
    placed = sorted(set(days))
    if len(placed) < FEWEST_DAYS:
        return ()
    steps = [later - earlier for earlier, later in pairwise(placed)]
    ordered = sorted(steps)
    usual = ordered[len(steps) // 2]
    if ordered[-1] <= LONGER * usual:
        return ()
    alike = bisect_right(ordered, 1.1 * usual) - bisect_left(ordered, 0.9 * usual)
    least = usual * (LONGER if alike >= REGULAR_SHARE * len(steps) else MUCH_LONGER)
    if ordered[-1] <= least:
        return ()
    often = Counter(steps)
    habit = max(1, HABIT_SHARE * len(steps))
    found = [(-step, day) for day, step in zip(placed, steps, strict=False) if step > least and often[step] <= habit]
    return tuple(Gap(after=_day(day), before=_day(day - step), days=-step - 1) for step, day in sorted(found)[:MOST_GAPS])


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).isoformat()
