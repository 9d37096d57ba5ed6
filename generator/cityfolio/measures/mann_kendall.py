"""Whether values go up or down through time, by comparing each pair and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from itertools import accumulate
from math import erfc, sqrt

import numpy as np

from cityfolio.frozen import Frozen

MOST_EXACT = 10   # so many points without ties are counted out


class Kendall(Frozen, kw_only=True):
    """The outcome of the test."""

    score: int          # pairs that go up, less pairs that go down
    p_value: float      # two-sided: how often chance alone gives a score as far from 0


def mann_kendall(values: Sequence[float]) -> Kendall:
    """Test values in order of time for a trend (Mann 1945, Kendall 1975).

    Up to ten different values: exact, by counting permutations. Else by the normal distribution, its variance corrected for
    ties and the score by 1 for continuity (Kendall, Rank Correlation Methods, 1975, chapter 4).
    """
    found = score(values)
    if len(values) <= MOST_EXACT and len(set(values)) == len(values):
        return Kendall(score=found, p_value=_exact_p(len(values), found))
    return Kendall(score=found, p_value=_normal_p(found, variance(values)))


def seasonal_kendall(values: Sequence[float], seasons: Sequence[int]) -> Kendall:
    """Test for a trend that seasons do not hide: values are compared within each season alone, and scores and variances added.

    Hirsch, Slack and Smith, Techniques of trend analysis for monthly water quality data (1982). Seasons count as independent.
    """
    groups: dict[int, list[float]] = {}
    for season, value in zip(seasons, values, strict=True):
        groups.setdefault(season, []).append(value)
    found = score(values, seasons)
    return Kendall(score=found, p_value=_normal_p(found, sum(map(variance, groups.values()), start=Fraction(0))))


def score(values: Sequence[float], seasons: Sequence[int] = ()) -> int:
    """How many more pairs go up than down (Kendall's S); where seasons are given, of pairs within one season alone."""
    array = np.asarray(values, dtype=np.float64)
    first, second = np.triu_indices(len(array), 1)
    steps = np.sign(array[second] - array[first])
    if seasons:
        of = np.asarray(seasons)
        steps = steps[of[first] == of[second]]
    return int(steps.sum())


def variance(values: Iterable[float]) -> Fraction:
    """The variance of the score where there is no trend, corrected for ties."""
    ties = Counter(values)
    count = sum(ties.values())
    spread = count * (count - 1) * (2 * count + 5) - sum(tied * (tied - 1) * (2 * tied + 5) for tied in ties.values())
    return Fraction(spread, 18)


def _normal_p(found: int, spread: Fraction) -> float:
    if found == 0 or spread == 0:
        return 1.0
    return erfc((abs(found) - 1) / sqrt(spread) / sqrt(2))


def _exact_p(count: int, found: int) -> float:
    """Twice the share of all orders whose score is at least as high, at most 1."""
    orders = _orders_by_inversions(count)
    pairs = count * (count - 1) // 2
    as_far = sum(orders[:(pairs - abs(found)) // 2 + 1])   # a score is the pairs less twice the inversions
    return min(1.0, float(Fraction(2 * as_far, sum(orders))))


@cache
def _orders_by_inversions(count: int) -> tuple[int, ...]:
    """How many orders of so many different values have 0, 1, 2, ... pairs that go down (Mahonian numbers)."""
    if count < 2:
        return (1,)
    fewer = _orders_by_inversions(count - 1)
    sums = list(accumulate((*fewer, *(0,) * (count - 1))))
    return tuple(total - (sums[at - count] if at >= count else 0) for at, total in enumerate(sums))
