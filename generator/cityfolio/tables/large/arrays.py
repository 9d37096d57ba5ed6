"""Places in order as a sorted array, a place for every row: what quartiles, bars and leading values are read from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cityfolio.frozen import Frozen
from cityfolio.tables.large.letters import Ints

HALF_BITS = 32
STRETCH = 1 << 20


class ArrayOrdered(Frozen):
    """The same answers as `PlainOrdered`, from every row's place in order."""

    places: Ints

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self.places)

    @property
    def distinct(self) -> int:
        """How many different places there are."""
        # No run of equal places crosses from one stretch to the next.
        return sum(int(np.count_nonzero(some[1:] != some[:-1])) + 1 for some in self._stretches())

    @property
    def total(self) -> int:
        """The sum over all rows, which may be more than 64 bits hold."""
        high = low = 0
        for some in self._stretches():
            high += int((some >> HALF_BITS).sum())
            low += int((some & (2**HALF_BITS - 1)).sum())
        return (high << HALF_BITS) + low

    def at(self, rank: int) -> int:
        """The place of the row with this rank, counted from 0."""
        return int(self.places[rank])

    def below(self, position: int) -> int:
        """How many rows lie under a place."""
        return int(np.searchsorted(self.places, position, side="left"))

    def commonest(self, most: int) -> list[tuple[int, int]]:
        """The places with most rows, each with its rows: most first, then in order."""
        found = [each for some in self._stretches() for each in _commonest(some, most)]
        return sorted(found, key=lambda each: (-each[1], each[0]))[:most]

    def _stretches(self) -> Iterator[Ints]:
        """The places in stretches that no run of equal ones crosses, so that little is held beside them."""
        start = 0
        while start < len(self.places):
            last = self.places[min(start + STRETCH, len(self.places)) - 1]
            end = int(np.searchsorted(self.places, last, side="right"))
            yield self.places[start:end]
            start = end

    def different(self, width: int) -> set[int]:
        """The multiples of a width in which places lie."""
        return {each for some in self._stretches() for each in np.unique(some // width).tolist()}


def _commonest(places: Ints, most: int) -> Iterator[tuple[int, int]]:
    starts = np.flatnonzero(np.append(True, places[1:] != places[:-1]))
    counts = np.diff(np.append(starts, len(places)))
    # What is as common as the last that is wanted has to be there to be put in order.
    least = np.partition(counts, -most)[-most] if len(counts) > most else 0
    chosen = np.flatnonzero(counts >= least)
    chosen = chosen[np.argsort(-counts[chosen], kind="stable")][:most]
    yield from zip(places[starts[chosen]].tolist(), counts[chosen].tolist(), strict=True)


def ordered_array(places: Ints) -> ArrayOrdered:
    """Put places in order. The array is sorted where it lies."""
    places.sort()
    return ArrayOrdered(places)
