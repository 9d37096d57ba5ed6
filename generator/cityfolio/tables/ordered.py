"""Values in order with the rows that hold them: what quartiles and histograms are read from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import mul
from typing import Protocol

from cityfolio.frozen import Frozen

LARGE = 500_000   # distinct values; from about here on importing pandas costs less than it saves


class Ordered(Protocol):
    """Positions on a scale, from the least to the greatest, each with its number of rows. Never empty."""

    @property
    def rows(self) -> int:
        """How many rows there are."""

    @property
    def distinct(self) -> int:
        """How many positions there are."""

    @property
    def total(self) -> int:
        """The sum over all rows."""

    def at(self, rank: int) -> int:
        """The position of the row with this rank, counted from 0."""

    def below(self, position: int) -> int:
        """How many rows lie under a position."""


class PlainOrdered(Frozen):
    """The plain-Python form, for any size of number."""

    positions: Sequence[int]
    cumulative: Sequence[int]
    total: int

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.cumulative[-1]

    @property
    def distinct(self) -> int:
        """How many positions there are."""
        return len(self.positions)

    def at(self, rank: int) -> int:
        """The position of the row with this rank, counted from 0."""
        return self.positions[bisect_right(self.cumulative, rank)]

    def below(self, position: int) -> int:
        """How many rows lie under a position."""
        before = bisect_left(self.positions, position)
        return self.cumulative[before - 1] if before else 0


def plain_ordered(weights: Mapping[int, int], positions: Sequence[int] = ()) -> PlainOrdered:
    """Order positions, each given with its rows, by plain Python; `positions` are the same in order, where they are known."""
    positions = positions or sorted(weights)
    rows = list(map(weights.__getitem__, positions))
    return PlainOrdered(positions, list(accumulate(rows)), sum(map(mul, positions, rows)))


def ordered(weights: Mapping[int, int], positions: Sequence[int] = ()) -> Ordered:
    """Order positions, each given with its rows; by pandas where that pays. `positions` are as those of `plain_ordered`."""
    if len(weights) < LARGE:
        return plain_ordered(weights, positions)
    # Imported here because it takes longer than all the rest of a small catalog's tables.
    from cityfolio.tables.frames import fits, frame_ordered

    return frame_ordered(weights) if fits(weights) else plain_ordered(weights)
