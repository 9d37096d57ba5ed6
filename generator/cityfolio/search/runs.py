"""Rows of numbers about terms, more than memory should hold: sorted in runs, which lie aside, and merged term by term."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from cityfolio.annex import Annex, Laid
from cityfolio.search.laid_columns import Column
from cityfolio.search.occurrences import Numbers

__all__ = ["Runs", "stretches"]

AT_ONCE = 1 << 16             # rows that are worked on together
READ_AT_ONCE = 1 << 12        # rows of a run


class Runs:
    """Some runs of rows. Each is laid at once, and all are read once, from the first term to the last."""

    def __init__(self, terms: int, *kinds: type[np.generic]) -> None:
        self.held = np.zeros(terms, np.int64)     # rows of each term
        self._aside, self._runs = Annex(), list[_Run]()
        self._row = np.dtype([(str(at), kind) for at, kind in enumerate(kinds)])

    def lay(self, *columns: Column) -> None:
        """Lay a run of rows, by the column of each number. The first is of terms, which ascend."""
        self.held += np.bincount(columns[0], minlength=len(self.held))
        rows = np.empty(len(columns[0]), self._row)
        for at, column in enumerate(columns):
            rows[str(at)] = column
        pieces = (self._aside.laid(rows[at:at + READ_AT_ONCE].tobytes()) for at in range(0, len(rows), READ_AT_ONCE))
        self._runs.append(_Run(self._row, pieces))

    def before(self, term: int) -> Sequence[Column]:
        """The columns of all rows of terms below a number that were not read before: by term, and then as they were laid."""
        found = [rows for run in self._runs for rows in run.before(term)]
        rows = np.concatenate([np.empty(0, self._row), *found])
        order = np.argsort(rows["0"], kind="stable")
        return [np.ascontiguousarray(rows[name])[order] for name in rows.dtype.names or ()]


class _Run:
    """One run, of which a piece is in memory."""

    def __init__(self, row: np.dtype[Any], pieces: Iterable[Laid]) -> None:
        self._pieces, self._read = deque(pieces), np.empty(0, row)

    def before(self, term: int) -> Sequence[Column]:
        """The rows of terms below a number that were not read before, piece by piece."""
        found = []
        while True:
            cut = int(np.searchsorted(self._read["0"], term))
            found.append(self._read[:cut])
            self._read = self._read[cut:]
            if len(self._read) or not self._pieces:
                return found
            self._read = np.frombuffer(self._pieces.popleft().read(), self._read.dtype)


def stretches(bounds: Numbers, at_once: int = 0) -> Sequence[tuple[int, int]]:
    """Some terms at a time, by where the rows of each begin."""
    cuts = np.flatnonzero(np.diff(bounds // (at_once or AT_ONCE), prepend=-1))
    return list(pairwise(sorted({*cuts.tolist(), len(bounds) - 1})))
