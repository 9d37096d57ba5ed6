"""Rows of numbers on disk, in shares that can be looked at one by one: equal rows are always in the same share."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from typing import IO

import numpy as np

from cityfolio.tables.row_diff.digests import Matrix

SHARES = 256                  # of five million rows each holds 20,000
SHIFT = np.uint64(56)         # the first number's highest bits say which share a row is in
HELD_BYTES = 16 << 20         # before they are written
NUMBER_BYTES = 8


@dataclass(slots=True)
class Shares:
    """Rows of `width` numbers, told apart by their first, in a file that is gone when it is closed."""

    width: int
    rows: int = 0
    _file: IO[bytes] | None = None
    _held: list[Matrix] = field(default_factory=list)
    _written: int = 0
    _places: list[tuple[int, list[int]]] = field(default_factory=list)   # of each writing: rows above, where shares begin

    def add(self, rows: Matrix) -> None:
        """Append rows. Within a share their order is kept."""
        self._held.append(rows)
        self.rows += len(rows)
        if (self.rows - self._written) * self.width * NUMBER_BYTES >= HELD_BYTES:
            self._write()

    def share(self, number: int) -> Matrix:
        """The rows of a share, in the order they came."""
        self._write()
        pieces = [self._read(above + starts[number], starts[number + 1] - starts[number]) for above, starts in self._places]
        return np.concatenate(pieces) if pieces else np.empty((0, self.width), np.uint64)

    def _write(self) -> None:
        if self.rows == self._written:
            return
        rows = np.concatenate(self._held)
        self._held.clear()
        shares = (rows[:, 0] >> SHIFT).astype(np.uint8)
        order = np.argsort(shares, kind="stable")
        starts = np.searchsorted(shares[order], np.arange(SHARES + 1)).tolist()
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` gives it back
        self._file.write(rows[order].data)
        self._places.append((self._written, starts))
        self._written = self.rows

    def _read(self, row: int, rows: int) -> Matrix:
        assert self._file is not None     # it was made with the first rows
        self._file.seek(row * self.width * NUMBER_BYTES)
        return np.fromfile(self._file, np.uint64, rows * self.width).reshape(rows, self.width)

    def close(self) -> None:
        """Give the file back."""
        if self._file is not None:
            self._file.close()
