"""Rows of two shares that are the same, by the 128 bits they begin with: one by one, the first with the first."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cityfolio.frozen import Frozen
from cityfolio.tables.large.letters import Ints, Truths
from cityfolio.tables.row_diff.digests import Matrix

NONE = np.empty(0, np.int64)
LOOKED_AT = 1_000             # rows, for one that is common
COMMON = 10                   # one in so many


class Matched(Frozen, kw_only=True):
    """Places of rows in two shares."""

    old: Ints                     # rows that are in both; at the same place in `new` stands their counterpart
    new: Ints
    old_alone: Ints               # rows beyond those that the other share has: of equal ones the last
    new_alone: Ints
    is_single: Truths             # of the rows that are in both: whether neither share has another that is equal
    has_repeats: bool             # whether any two rows of one share are equal


def matched(before: Matrix, after: Matrix) -> Matched:
    """Match the rows of two shares."""
    if not len(before) and not len(after):
        return Matched(old=NONE, new=NONE, old_alone=NONE, new_alone=NONE, is_single=NONE > 0, has_repeats=False)
    first = np.concatenate((before[:, 0], after[:, 0]))
    second = np.concatenate((before[:, 1], after[:, 1]))
    order = np.lexsort((second, first))        # stable: of equal rows the older table's come first, each in its order
    first, second = first[order], second[order]
    begins = np.append(True, (first[1:] != first[:-1]) | (second[1:] != second[:-1]))
    group = np.cumsum(begins) - 1
    is_new = order >= len(before)
    groups = int(group[-1]) + 1
    olds, news = np.bincount(group[~is_new], minlength=groups), np.bincount(group[is_new], minlength=groups)
    rank = np.arange(len(order)) - np.flatnonzero(begins)[group] - np.where(is_new, olds[group], 0)
    is_paired = rank < np.minimum(olds, news)[group]
    return Matched(old=order[~is_new & is_paired], new=order[is_new & is_paired] - len(before),
                   old_alone=order[~is_new & ~is_paired], new_alone=order[is_new & ~is_paired] - len(before),
                   is_single=((olds == 1) & (news == 1))[group[~is_new & is_paired]],
                   has_repeats=bool((olds > 1).any() or (news > 1).any()))


def common(before: Matrix, after: Matrix) -> tuple[Truths, Truths] | None:
    """Which rows of two shares are equal to the one that is most common, if any is: sorting so many would take much memory."""
    some = np.concatenate([rows[:: len(rows) // LOOKED_AT + 1, :2] for rows in (before, after)])
    different, times = np.unique(some, axis=0, return_counts=True)
    if not len(some) or times.max() * COMMON < len(some):
        return None
    row = different[times.argmax()]
    return _equal(before, row), _equal(after, row)


def _equal(rows: Matrix, row: NDArray[np.uint64]) -> Truths:
    found: Truths = (rows[:, 0] == row[0]) & (rows[:, 1] == row[1])
    return found
