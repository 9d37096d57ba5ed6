"""Chance, drawn so that the same seed gives the same numbers on every version of Python."""

from __future__ import annotations

import math
from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A stream of chance for one table.

    Only `Random.random` is used: it is the one method whose numbers the language promises never to change. A seed of
    letters goes through SHA-512, so it does not depend on PYTHONHASHSEED.
    """

    def __init__(self, seed: str) -> None:
        self.unit = Random(f"charlotte demonstration: {seed}").random

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in this share of cases."""
        return self.unit() < share

    def between(self, low: float, high: float) -> float:
        """A number from low to high, all equally likely."""
        return low + (high - low) * self.unit()

    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def pick(self, items: Sequence[T]) -> T:
        """One of the items, all equally likely."""
        return items[int(self.unit() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, each as likely as its weight."""
        steps = list(accumulate(weights.values()))
        return list(weights)[min(bisect(steps, self.unit() * steps[-1]), len(steps) - 1)]

    def near(self, mean: float, spread: float) -> float:
        """A number around the mean; `spread` is the standard deviation, and none lies beyond 3.5 of it."""
        return mean + spread * (self.unit() + self.unit() + self.unit() + self.unit() - 2) * 1.7320508

    def long_tail(self, median: float, spread: float) -> float:
        """A number above zero: half lie under the median, a few far above it."""
        return median * math.exp(self.near(0, spread))

    def events(self, mean: float) -> int:
        """How often something happens that happens `mean` times on average."""
        if mean > 30:
            return max(0, round(self.near(mean, math.sqrt(mean))))
        floor, count, product = math.exp(-mean), 0, self.unit()
        while product > floor:
            count, product = count + 1, product * self.unit()
        return count
