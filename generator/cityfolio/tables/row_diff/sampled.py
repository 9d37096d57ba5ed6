"""Cells of columns that may be renamed, of tables too large to be held: the same share of rows and of values from both.

Which rows are taken depends on what is in them, so that both tables give the same ones. The more rows there are, the smaller
the share that is taken: those whose number ends in more zeros (Gibbons and Tirthapura, "Estimating simple functions on the
union of data streams", SPAA 2001).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import numpy as np

from cityfolio.frozen import Frozen
from cityfolio.tables.large.letters import Truths, Words
from cityfolio.tables.row_diff.digests import Lane, Matrix, blank, cell_digests, row_digests
from cityfolio.tables.row_diff.matching import matched
from cityfolio.tables.row_diff.opened import Side
from cityfolio.tables.row_diff.pairing import Pairing
from cityfolio.tables.row_diff.renames import ENOUGH_ROWS, MOST_COLUMNS, Evidence

MOST_ROWS = 20_000
MOST_VALUES = 10_000          # of each column


@dataclass(slots=True)
class SampledRows:
    """Rows with the number that they are known by and those of some cells, at most about `MOST_ROWS`."""

    columns: int
    zeros: int = 0                # at which the numbers of all rows end
    _held: list[Matrix] = field(default_factory=list)
    _count: int = 0

    def add(self, rows: Words, cells: Sequence[Words]) -> None:
        """Take some of a portion's rows."""
        chosen = np.flatnonzero(_ends_in(rows, self.zeros))
        self._held.append(np.stack([rows[chosen], *(column[chosen] for column in cells)], axis=1))
        self._count += len(chosen)
        while self._count > MOST_ROWS and self.zeros < 64:
            self.thin(self.zeros + 1)

    def thin(self, zeros: int) -> None:
        """Keep only rows whose number ends in so many zeros."""
        self.zeros = zeros
        rows = self.rows()
        self._held = [rows[_ends_in(rows[:, 0], zeros)]]
        self._count = len(self._held[0])

    def rows(self) -> Matrix:
        """The rows, in their order."""
        return np.concatenate(self._held) if self._held else np.empty((0, self.columns + 1), np.uint64)


@dataclass(slots=True)
class SampledValues:
    """How often values of one column occur, of at most about `MOST_VALUES` values."""

    zeros: int = 0
    counts: Counter[Hashable] = field(default_factory=Counter)

    def add(self, values: Words) -> None:
        """Count some of a portion's values."""
        different, times = np.unique(values[_ends_in(values, self.zeros)], return_counts=True)
        self.counts.update(dict(zip(different.tolist(), times.tolist(), strict=True)))
        while len(self.counts) > MOST_VALUES and self.zeros < 64:
            self.zeros += 1
            self.counts = self.of(self.zeros)

    def of(self, zeros: int) -> Counter[Hashable]:
        """The counts of values that end in so many zeros."""
        rest = (1 << zeros) - 1
        return Counter({value: count for value, count in self.counts.items() if not cast("int", value) & rest})


def _ends_in(numbers: Words, zeros: int) -> Truths:
    return cast("Truths", (numbers & np.uint64((1 << zeros) - 1)) == 0)


def _columns(rows: Matrix, numbers: Sequence[int]) -> dict[int, list[int]]:
    return {number: rows[:, at].tolist() for at, number in enumerate(numbers, 1)}


class _Sampled(Frozen):
    rows: SampledRows
    values: Mapping[int, SampledValues]


class Looked(Frozen):
    """Looks through two tables for what columns hold that one of them alone has."""

    before: Side
    after: Side
    key: Sequence[str]
    lane: Lane

    def __call__(self, pairing: Pairing) -> Evidence:
        """Go through both tables."""
        known = pairing.keys(self.key) or pairing.pairs
        removed, added = pairing.removed[:MOST_COLUMNS], pairing.added[:MOST_COLUMNS]
        olds = self._sampled(self.before, [pair[0] for pair in known], removed)
        news = self._sampled(self.after, [pair[1] for pair in known], added)
        zeros = max(olds.rows.zeros, news.rows.zeros)
        olds.rows.thin(zeros)
        news.rows.thin(zeros)
        same = matched(*(found.rows.rows()[:, [0, 0]] for found in (olds, news)))
        is_sure = int(same.is_single.sum()) >= ENOUGH_ROWS
        chosen = same.is_single if is_sure else np.full(len(same.old), bool(known))

        def values(old: int, new: int) -> tuple[Counter[Hashable], Counter[Hashable]]:
            one, other = olds.values[old], news.values[new]
            both = max(one.zeros, other.zeros)
            return one.of(both), other.of(both)

        return Evidence(rows_before=_columns(olds.rows.rows()[same.old[chosen]], removed),
                        rows_after=_columns(news.rows.rows()[same.new[chosen]], added), values=values, is_sure=is_sure,
                        empty=int(blank(self.lane)))

    def _sampled(self, side: Side, known: Sequence[int], wanted: Sequence[int]) -> _Sampled:
        found = _Sampled(SampledRows(len(wanted)), {number: SampledValues() for number in wanted})
        with side.opened() as table:
            blanks = "" in table.empty
            for portion in table.portions:
                digests = (cell_digests(portion.array(number), self.lane, blanks=blanks) for number in known)
                rows = row_digests(digests, self.lane, portion.rows)
                cells = [cell_digests(portion.array(number), self.lane, blanks=blanks) for number in wanted]
                found.rows.add(rows, cells)
                for number, values in zip(wanted, cells, strict=True):
                    found.values[number].add(values)
        return found
