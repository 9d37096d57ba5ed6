"""The cells of a column with much text, by Arrow, which goes through it about as fast as memory gives it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.privacy.arrow import flags_of, numbers_of, taken, texts_of
from cityfolio.privacy.cells import LONGEST, NO_VALUE, Cells, Holds, Met, Places
from cityfolio.privacy.few_cells import MOST_CHARACTERS, NUMBER, FewCells, are_few
from cityfolio.privacy.seen import SeenColumn

BATCH = 50_000
ROWS_AT_ONCE = 10_000


class ManyCells(Cells):
    """The different texts of a column as Arrow's."""

    def __init__(self, column: SeenColumn) -> None:
        super().__init__()
        coded = column.coded
        texts = pc.utf8_trim_whitespace(coded.dictionary.cast(pa.large_string()))
        codes: npt.NDArray[np.int64] = numbers_of(coded.indices)
        used = np.bincount(codes[codes >= 0], minlength=len(texts))
        is_value = pc.invert(pc.is_in(pc.utf8_lower(texts), texts_of(sorted(NO_VALUE | {""}))))
        keep = np.flatnonzero((used > 0) & flags_of(is_value))
        self._codes, self._keep = codes, keep
        self._texts: pa.Array[pa.LargeStringScalar] = taken(texts, keep)
        self._counts: npt.NDArray[np.int64] = used[keep]
        self.filled = int(self._counts.sum())
        self.distinct = len(self._texts)

    @cached_property
    def is_digits(self) -> bool:
        """Whether each text is a plain number, and there is one."""
        return bool(pc.all(pc.match_substring_regex(self._texts, rf"^(?:{NUMBER.pattern})$")).as_py())

    def holding(self, mark: str) -> Places:
        """Which of the different texts hold a mark."""
        found: list[int] = np.flatnonzero(flags_of(pc.match_substring(self._texts, mark))).tolist()
        return found

    def like(self, form: str, among: Places | None = None) -> Places:
        """Which of the different texts match a regular expression, of all or of some."""
        texts = self._texts if among is None else self._at(among)
        found: list[int] = np.flatnonzero(flags_of(pc.match_substring_regex(texts, form))).tolist()
        return found if among is None else [among[at] for at in found]

    def where(self, holds: Holds, among: Places | None = None) -> Places:
        """Which of the different texts something holds for, of all or of some."""
        among = range(self.distinct) if among is None else among
        parts = (among[at:at + BATCH] for at in range(0, len(among), BATCH))
        return [at for part in parts for at, text in zip(part, self.shortened(part), strict=True) if holds(text)]

    def whole(self, which: Places) -> Iterator[str]:
        """Some of the different texts in full, a few at a time."""
        for at in range(0, len(which), 1_000):
            yield from (text or "" for text in self._at(which[at:at + 1_000]).to_pylist())

    def shortened(self, which: Places) -> list[str]:
        """Some of the different texts, each up to `LONGEST` characters."""
        return [text or "" for text in pc.utf8_slice_codeunits(self._at(which), 0, LONGEST).to_pylist()]

    def _at(self, which: Places) -> pa.Array[pa.LargeStringScalar]:
        return taken(self._texts, np.fromiter(which, dtype=np.int64, count=len(which)))

    def met(self, which: Places) -> Met:
        """How many cells hold one of these texts, and the row of the first."""
        if not len(which):
            return Met(count=0, row=0)
        places = np.fromiter(which, dtype=np.int64, count=len(which))
        is_met = np.zeros(int(self._codes.max()) + 1, dtype=bool)
        is_met[self._keep[places]] = True
        rows = is_met[self._codes] & (self._codes >= 0)
        return Met(count=int(self._counts[places].sum()), row=int(rows.argmax()) + 1)


def cells_of(column: SeenColumn) -> Cells:
    """The cells of a column, held as is faster for so much text."""
    coded = column.coded
    texts = coded.dictionary.cast(pa.large_string())
    size_bytes = texts.nbytes - 8 * len(texts)   # without where each of them ends
    if size_bytes > MOST_CHARACTERS or not are_few(named := [text or "" for text in texts.to_pylist()]):
        return ManyCells(SeenColumn(name=column.name, cells=coded))
    codes = numbers_of(coded.indices)
    counts: list[int] = np.bincount(codes[codes >= 0], minlength=len(named)).tolist()
    used = {text: count for text, count in zip(named, counts, strict=True) if count}
    return FewCells(used, lambda: _rows(codes, (*named, "")))   # -1 is the last, which stands for nothing


def _rows(codes: npt.NDArray[np.int64], texts: Sequence[str]) -> Iterator[str]:
    for at in range(0, len(codes), ROWS_AT_ONCE):
        yield from map(texts.__getitem__, codes[at:at + ROWS_AT_ONCE].tolist())
