"""Rows kept aside while a sheet is read, since its last row may still change what is said of a column.

A sheet may have a million rows. So they are kept by the thousands and packed, and leave memory for a temporary file when
they are many.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping, Sequence
from tempfile import SpooledTemporaryFile
from weakref import finalize

from cityfolio.frozen import Frozen
from cityfolio.tables.table import PORTION_ROWS, Cell, Portion, TextPortion

IN_MEMORY_BYTES = 32 << 20
PORTION_CELLS = 500_000
Mend = Callable[[str], str]


class Spool:
    """Rows of one width, put in one after the other and taken out by column."""

    __slots__ = ("__weakref__", "_file", "_held", "_lengths", "_portion_rows", "_width")

    def __init__(self, width: int) -> None:
        self._width = width
        self._portion_rows = max(1, min(PORTION_ROWS, PORTION_CELLS // max(1, width)))
        self._held: list[Sequence[Cell]] = []
        self._lengths: list[int] = []   # of each packed portion
        self._file = SpooledTemporaryFile[bytes](max_size=IN_MEMORY_BYTES)
        finalize(self, self._file.close)

    def add(self, row: Sequence[Cell]) -> None:
        """Put in one row."""
        self._held.append(row)
        if len(self._held) == self._portion_rows:
            packed = marshal.dumps(self._columns())
            self._file.write(packed)
            self._lengths.append(len(packed))
            self._held = []

    def packed(self) -> Iterator[tuple[tuple[Cell, ...], ...]]:
        """The columns of one portion after the other."""
        start = 0
        for length in self._lengths:
            self._file.seek(start)
            # The bytes are our own, and nobody else could reach them.
            yield marshal.loads(self._file.read(length))   # noqa: S302
            start += length
        yield self._columns()

    def _columns(self) -> tuple[tuple[Cell, ...], ...]:
        return tuple(zip(*self._held, strict=True)) or ((),) * self._width


class SpooledPortions(Frozen, kw_only=True):
    """The first rows of a spool, with some columns mended cell by cell. Can be gone through as often as is wanted."""

    spool: Spool
    rows: int
    mends: Mapping[int, Mend]     # by the number of the column

    def __iter__(self) -> Iterator[Portion]:
        left = self.rows
        for columns in self.spool.packed():
            rows = min(left, len(columns[0]))
            if rows:
                yield _portion(columns, rows, self.mends)
            left -= rows


def _portion(columns: tuple[tuple[Cell, ...], ...], rows: int, mends: Mapping[int, Mend]) -> Portion:
    if rows < len(columns[0]):
        columns = tuple(column[:rows] for column in columns)
    if mends:
        columns = tuple(_mended(column, mends.get(number)) for number, column in enumerate(columns))
    return TextPortion(columns, rows)


def _mended(column: tuple[Cell, ...], mend: Mend | None) -> tuple[Cell, ...]:
    return column if mend is None else tuple(mend(cell) if cell else cell for cell in column)
