"""Eight bytes a row on disk, for columns of too many different values to be counted in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

import numpy as np

from cityfolio.tables.large.letters import Ints

MOST_LOADED = 1 << 24         # values that are looked at together: 128 MiB
READ_AT_ONCE = 1 << 20
LIMIT = 2**63 - 1


class TooWide(Exception):
    """Brought to the most decimals that occur, a value does not fit into 64 bits."""


@dataclass(slots=True)
class Spill:
    """Whole numbers in the order they came, in a file that is gone when it is closed."""

    rows: int = 0
    decimals: int = 0                                   # the most that occur
    _file: IO[bytes] | None = None                      # made with the first values
    _parts: list[tuple[int, int]] = field(default_factory=list)   # how many values have so many decimals

    def add(self, values: Ints, decimals: int = 0) -> None:
        """Append values, each of which stands for itself by 10 to the minus `decimals`."""
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` gives it back
        self._file.write(np.ascontiguousarray(values).data)
        self.rows += len(values)
        self.decimals = max(self.decimals, decimals)
        if self._parts and self._parts[-1][1] == decimals:
            self._parts[-1] = (self._parts[-1][0] + len(values), decimals)
        else:
            self._parts.append((len(values), decimals))

    @property
    def step(self) -> int:
        """One in how many values is loaded: 1 where all of them are."""
        return -(-self.rows // MOST_LOADED) or 1

    def load(self) -> Ints:
        """The values, brought to one number of decimals; of more than can be held, one in `step`. Raises TooWide."""
        values = np.empty(-(-self.rows // self.step), np.int64)
        at = 0
        for piece in self._read(self.step):
            values[at : at + len(piece)] = piece
            at += len(piece)
        return values

    def _read(self, step: int) -> Iterator[Ints]:
        if self._file is None:
            return
        self._file.seek(0)
        skipped = 0
        for count, decimals in self._parts:
            left = count
            while left:
                some = min(left, READ_AT_ONCE)
                values = np.fromfile(self._file, np.int64, some)[-skipped % step if step > 1 else 0 :: step]
                skipped += some
                left -= some
                yield _rescaled(values, self.decimals - decimals)

    def repeats(self) -> int:
        """How many values came before, exactly, however many there are."""
        if self.step == 1:
            return _repeats_in(self.load())
        # Equal values fall into one share, so each share can be looked at alone.
        shares = self.step * 2
        return sum(_repeats_in(np.concatenate([values[_share(values, shares) == at] for values in self._read(1)]))
                   for at in range(shares))

    def first_repeats(self, most: int) -> list[int]:
        """The first places of values that came before, exactly, however many there are; no more than some."""
        # Sorting takes five times the memory of what is sorted, so no share is larger than a quarter of what may be loaded.
        shares, found = -(-self.rows * 4 // MOST_LOADED), list[int]()
        for at in range(shares):
            places, values = self._shared(at, shares)
            found += places[_first_repeats_in(values, most)].tolist()
        return sorted(found)[:most]

    def _shared(self, at: int, shares: int) -> tuple[Ints, Ints]:
        """The values of one share, each with its place among all."""
        places, chosen, above = list[Ints](), list[Ints](), 0
        for values in self._read(1):
            here = np.flatnonzero(_share(values, shares) == at)
            places.append(here + above)
            chosen.append(values[here])
            above += len(values)
        return np.concatenate(places), np.concatenate(chosen)

    def close(self) -> None:
        """Give the file back."""
        if self._file is not None:
            self._file.close()


def _share(values: Ints, shares: int) -> Ints:
    share: Ints = np.remainder(values, shares)
    return share


def _rescaled(values: Ints, by: int) -> Ints:
    if not by or not len(values):
        return values
    if by > 18 or max(-int(values.min()), int(values.max())) > LIMIT // 10**by:
        raise TooWide
    rescaled: Ints = values * 10**by
    return rescaled


def _first_repeats_in(values: Ints, most: int) -> Ints:
    order = np.argsort(values, kind="stable")
    again = order[1:][values[order[1:]] == values[order[:-1]]]
    if len(again) > most:
        again = np.partition(again, most)[:most]
    return np.sort(again)


def _repeats_in(values: Ints) -> int:
    values.sort()
    return int(np.count_nonzero(values[1:] == values[:-1]))
