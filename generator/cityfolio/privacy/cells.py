"""The cells of one column for searching: each different text once, with how often and where it is first met."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from cityfolio.model.records import ColumnType
from cityfolio.privacy.arrow import flags_of, numbers_of, taken, texts_of

NO_VALUE = frozenset((
    "na", "n/a", "n.a.", "#n/a", "nan", "null", "(null)", "<null>", "none", "nil", "-", "--", "---", ".", "..", "...", "?",
    "unknown", "unk", "missing", "tbd", "not available", "not applicable", "not given", "not provided", "anonymous", "redacted",
    "withheld", "confidential", "x", "xx", "xxx",
))
LONGEST = 1_000               # characters of a text that is judged as a whole; nothing short is so long
BATCH = 50_000
PILOT = 100
SAMPLE = 2_000                # different texts by which a column is judged; all are counted once it is found to be personal


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenColumn:
    """A column as the detector gets it: its name, its type where that is known, and its cells. None is an empty cell."""

    name: str
    type: ColumnType | None = None
    cells: pa.Array[Any]          # Any: of texts, or a dictionary of texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Met:
    """Where some texts are met in a column."""

    count: int                    # cells
    row: int                      # of the first of them, counted from 1; 0 where there is none


class Cells:
    """The different texts of a column. Blank ones, and words that stand for no value, are left out."""

    def __init__(self, column: SeenColumn) -> None:
        coded = _coded(column.cells)
        texts = pc.utf8_trim_whitespace(coded.dictionary.cast(pa.large_string()))
        codes: npt.NDArray[np.int64] = numbers_of(coded.indices)
        used = np.bincount(codes[codes >= 0], minlength=len(texts))
        is_value = pc.invert(pc.is_in(pc.utf8_lower(texts), texts_of(sorted(NO_VALUE | {""}))))
        keep = np.flatnonzero((used > 0) & flags_of(is_value))
        self._codes, self._keep = codes, keep
        self.texts: pa.Array[pa.LargeStringScalar] = taken(texts, keep)
        self.counts: npt.NDArray[np.int64] = used[keep]
        self.filled = int(self.counts.sum())
        self.distinct = len(self.texts)

    @cached_property
    def sample(self) -> tuple[str, ...]:
        """Up to `SAMPLE` different texts, evenly spread over the column."""
        spread = np.linspace(0, self.distinct - 1, min(SAMPLE, self.distinct)).astype(np.int64)
        return tuple(self._shortened(spread))

    @cached_property
    def is_digits(self) -> bool:
        """Whether each text is a plain number."""
        return bool(pc.all(pc.match_substring_regex(self.texts, r"^[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?$")).as_py())

    def share(self, holds: Callable[[str], object]) -> float:
        """The share of the different texts for which something holds, by the sample."""
        # What holds for one in ten is met among a hundred, but for three times in 100,000.
        if len(self.sample) > 2 * PILOT and not any(map(holds, self.sample[::len(self.sample) // PILOT])):
            return 0.0
        return sum(1 for text in self.sample if holds(text)) / len(self.sample) if self.sample else 0.0

    def like(self, form: str) -> npt.NDArray[np.int64]:
        """Which of the different texts match a regular expression that Arrow runs, in time that grows with their length."""
        return np.flatnonzero(flags_of(pc.match_substring_regex(self.texts, form)))

    def where(self, holds: Callable[[str], object], among: npt.NDArray[np.int64] | None = None) -> npt.NDArray[np.int64]:
        """Which of the different texts something holds for, of all or of some."""
        among = np.arange(self.distinct) if among is None else among
        parts = (among[at:at + BATCH] for at in range(0, len(among), BATCH))
        found = [part[[at for at, text in enumerate(self._shortened(part)) if holds(text)]] for part in parts]
        return np.concatenate(found) if found else among

    def whole(self, which: npt.NDArray[np.int64]) -> Iterator[str]:
        """Some of the different texts in full, a few at a time."""
        for at in range(0, len(which), 1_000):
            yield from (text or "" for text in taken(self.texts, which[at:at + 1_000]).to_pylist())

    def _shortened(self, which: npt.NDArray[np.int64]) -> list[str]:
        return [text or "" for text in pc.utf8_slice_codeunits(taken(self.texts, which), 0, LONGEST).to_pylist()]

    def met(self, which: npt.NDArray[np.int64]) -> Met:
        """How many cells hold one of these texts, and the row of the first."""
        if not len(which):
            return Met(count=0, row=0)
        is_met = np.zeros(int(self._codes.max()) + 1, dtype=bool)
        is_met[self._keep[which]] = True
        rows = is_met[self._codes] & (self._codes >= 0)
        return Met(count=int(self.counts[which].sum()), row=int(rows.argmax()) + 1)



def _coded(cells: pa.Array[Any]) -> pa.DictionaryArray[Any, Any]:   # Any: texts by numbers of any width
    return cells if isinstance(cells, pa.DictionaryArray) else cells.dictionary_encode()


def as_columns(header: Sequence[str], columns: Sequence[Sequence[str | None]]) -> tuple[SeenColumn, ...]:
    """Columns from Python's texts."""
    return tuple(SeenColumn(name=name, cells=texts_of(cells)) for name, cells in zip(header, columns, strict=True))


def codes_of(column: SeenColumn) -> npt.NDArray[np.int64]:
    """A number for each cell, the same for the same text; 0 for all blank ones."""
    coded = _coded(column.cells)
    trimmed = pc.utf8_trim_whitespace(coded.dictionary.cast(pa.large_string()))
    texts = pc.coalesce(trimmed, texts_of([""])[0]).dictionary_encode()
    again = numbers_of(texts.indices) + 1
    blank = texts.dictionary.to_pylist().index("") + 1 if "" in texts.dictionary.to_pylist() else 0
    again[again == blank] = 0
    codes = numbers_of(coded.indices)
    return np.append(again, 0)[codes]   # -1 is the last, which stands for blank
