"""What is counted, added up and put in order of many groups at once, exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from cityfolio.measures.columns import MOST, Ints

EXACT = 1 << 52                   # a sum of doubles that stay under it is a whole number
HALF_BITS = 26


def counts(codes: Ints, size: int) -> Ints:
    """How many rows each group has; `codes` names the group of each row."""
    return np.bincount(codes, minlength=size)


def sums(codes: Ints, numbers: Ints, size: int) -> Ints:
    """The sum of each group, in Python's own whole numbers where 64 bits are too few."""
    if not len(numbers):
        return np.zeros(size, np.int64)
    most = 0 if numbers.dtype == np.object_ else max(abs(int(numbers.max())), abs(int(numbers.min())))
    if numbers.dtype == np.object_ or most * len(numbers) >= MOST:
        return _exact_sums(codes, numbers, size)
    if most * len(numbers) < EXACT:
        return _weighed(codes, numbers, size)
    # In two halves, each of which stays exact; the lower is never negative.
    low, high = numbers & ((1 << HALF_BITS) - 1), numbers >> HALF_BITS
    if max(most >> HALF_BITS, 1 << HALF_BITS) * len(numbers) >= EXACT:
        return _exact_sums(codes, numbers, size)
    return (_weighed(codes, high, size) << HALF_BITS) + _weighed(codes, low, size)


def _weighed(codes: Ints, numbers: Ints, size: int) -> Ints:
    found: Ints = np.bincount(codes, weights=numbers, minlength=size).astype(np.int64)
    return found


def _exact_sums(codes: Ints, numbers: Ints, size: int) -> Ints:
    totals = [0] * size
    for code, number in zip(codes.tolist(), numbers.tolist(), strict=True):
        totals[code] += number
    return np.array(totals, np.object_)


class Ordered:
    """The rows of each group in the order of a value. `ranks` are places of values in `values`, which is in order."""

    def __init__(self, codes: Ints, ranks: Ints, values: Ints, rows: Ints) -> None:
        self.values = values
        self.width = max(len(values), 1)
        self.keys = np.sort(codes.astype(np.int64) * self.width + ranks)
        self.rows = rows              # of each group
        self.starts = np.cumsum(rows) - rows

    def nth(self, number: Ints) -> Ints:
        """The value of the row with a number in each group, counted from 0; anything for a group without rows."""
        if not len(self.keys):
            return np.zeros(len(self.rows), np.int64)
        at = np.minimum(self.starts + np.clip(number, 0, None), len(self.keys) - 1)
        found: Ints = self.values[self.keys[at] % self.width]
        return found

    def different(self) -> Ints:
        """How many different values each group has."""
        is_first = np.append(True, self.keys[1:] != self.keys[:-1]) if len(self.keys) else np.zeros(0, np.bool_)
        return counts(self.keys[is_first] // self.width, len(self.rows))


def rank_of(share: Fraction, rows: Ints) -> Ints:
    """The number, counted from 0, of the row that a share of the rows does not pass: the nearest rank, ceil(share * rows)."""
    found: Ints = np.maximum(-(-rows * share.numerator // share.denominator) - 1, 0)
    return found
