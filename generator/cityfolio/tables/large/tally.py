"""One column of a large file, portion by portion: counted while it has few different values, on disk when it has many."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import cast

import numpy as np
import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.formulas import STARTS, is_formula_like
from cityfolio.tables.large.checks import WITHOUT_SCALE, Checks, Treatment
from cityfolio.tables.large.letters import Ints, Truths, Words, different, fingerprints, letters
from cityfolio.tables.large.placing import Placed, Unplaceable, placed
from cityfolio.tables.large.spill import Spill
from cityfolio.tables.table import Cell
from cityfolio.tables.types import found_type

COUNTED = 1 << 14             # different values of one column that are counted in memory, at about 170 bytes each
SAMPLED = 200_000
FIRST_LETTERS = np.array([ord(start) for start in STARTS], np.uint8)


@dataclass(slots=True)
class Tally:
    """What is known of a column up to some row."""

    treatment: Treatment
    empty: frozenset[Cell]
    rows: int = 0
    without: int = 0                                     # rows without a value
    counts: Counter[str] | None = field(default_factory=Counter)   # None once the values are on disk
    kind: ColumnType | None = None                       # of what is on disk
    spill: Spill = field(default_factory=Spill)          # places; of text fingerprints
    marks: Spill | None = None                           # fingerprints beside a sample
    suffix: str | None = None
    formulas: int = 0                                    # texts that a spreadsheet would run
    lengths: Counter[int] = field(default_factory=Counter)
    extremes: tuple[str, str] | None = None              # of text
    sample: list[str] = field(default_factory=list)
    every: int = 1                                       # one in how many values is in the sample
    checks: Checks = field(init=False)
    lacking: list[Ints] = field(default_factory=list)    # rows without a value, where repeated ones are traced
    is_left: bool = False         # the file has to be gone through once more for this column
    is_wide: bool = False         # because its values have no places in 64 bits

    def __post_init__(self) -> None:
        self.checks = Checks(self.treatment)
        if self.treatment.keeps_order or self.treatment.is_wide:
            self._to_disk()

    def add(self, texts: pa.StringArray) -> tuple[Truths, Words]:
        """Take in the next rows. Says which have no value, and gives a number that stands for each cell."""
        counts_all = self._counting(texts) if self.counts is not None else None
        if counts_all is not None:
            missing, marks = counts_all
        else:
            missing, marks = self._missing(texts), fingerprints(texts)
            filled = texts.filter(pa.array(~missing)) if missing.any() else texts
            if len(filled):
                self._spill(filled, marks[~missing] if len(filled) < len(texts) else marks)
                if not self.is_left:
                    self.checks.look_at(filled, texts)
        self.checks.require(missing)
        if self.treatment.keeps_order and missing.any():
            self.lacking.append(np.flatnonzero(missing) + self.rows)
        self.rows += len(texts)
        self.checks.rows = self.rows
        self.without += int(np.count_nonzero(missing))
        return missing, marks

    def close(self) -> None:
        """Give back what lies on disk."""
        self.spill.close()
        if self.marks is not None:
            self.marks.close()

    def _missing(self, texts: pa.StringArray) -> Truths:
        missing = np.zeros(len(texts), np.bool_)
        if texts.null_count:
            missing |= texts.is_null().to_numpy(zero_copy_only=False)
        if "" in self.empty:
            missing |= letters(texts).lengths == 0
        words = [word for word in self.empty if word]
        if words:
            found = pc.is_in(texts, value_set=pa.array(words, pa.string()))
            missing |= found.to_numpy(zero_copy_only=False)
        return missing

    def _counting(self, texts: pa.StringArray) -> tuple[Truths, Words]:
        encoded = texts.dictionary_encode(null_encoding="encode")
        different: list[Cell] = encoded.dictionary.to_pylist()
        indices = encoded.indices.to_numpy()
        rows = dict(zip(different, np.bincount(indices, minlength=len(different)).tolist(), strict=True))
        is_empty = np.fromiter((text in self.empty for text in different), np.bool_, len(different))
        here = Counter({text: count for text, count in rows.items() if text is not None and text not in self.empty})
        assert self.counts is not None   # `add` looked
        self.checks.look_at_counted(here, self.counts, texts)
        self.counts.update(here)
        if len(self.counts) > COUNTED:
            self._to_disk()
        return is_empty[indices], fingerprints(cast("pa.StringArray", encoded.dictionary))[indices]

    def row_of(self, value: int) -> int:
        """The row of a value, given by its place among the values. Only where the order was kept."""
        if not self.lacking:
            return value
        rows = np.concatenate(self.lacking)
        # How many values come before each row that has none.
        return value + int(np.searchsorted(rows - np.arange(len(rows)), value, side="right"))

    # -- to disk

    def _to_disk(self) -> None:
        """Leave counting, and write out what was counted."""
        counts, self.counts = self.counts or Counter(), None
        self.kind = self.treatment.kind or (found_type(counts.keys()) if counts else None)
        if not counts:
            return
        texts = pa.array(list(counts), pa.string())
        self._spill(texts, fingerprints(texts), np.fromiter(counts.values(), np.int64, len(counts)))

    def _spill(self, texts: pa.StringArray, marks: Words, times: Ints | None = None) -> None:
        if self.is_left:
            self._learn(texts)
        elif self.treatment.is_wide:
            self._learn(texts)
            self._sample(texts, marks)
        elif self.kind in WITHOUT_SCALE:
            self._spill_text(texts, marks, times)
        else:
            self._spill_places(texts, times)

    def _learn(self, texts: pa.StringArray) -> None:
        """Where the type is not settled, find the one that these texts agree on with all before them."""
        if self.treatment.kind is None:
            now = found_type(different(texts))
            self.kind = now if self.kind in (None, now) else "number" if {self.kind, now} == {"number", "integer"} else "string"

    def _spill_text(self, texts: pa.StringArray, marks: Words, times: Ints | None) -> None:
        values = marks.view(np.int64)
        self.spill.add(values if times is None else np.repeat(values, times))
        sizes = pc.utf8_length(texts).to_numpy().astype(np.int64)
        counted = np.bincount(sizes, times)
        for size in np.flatnonzero(counted).tolist():
            self.lengths[size] += int(counted[size])
        self.formulas += _formulas(texts, times)
        least, most = pc.min_max(texts).values()
        found = (least.as_py(), most.as_py())
        self.extremes = found if self.extremes is None else (min(found[0], self.extremes[0]), max(found[1], self.extremes[1]))

    def _spill_places(self, texts: pa.StringArray, times: Ints | None) -> None:
        found = self._placed(texts)
        if self.treatment.kind is None and not (found and found.is_plain):
            before = self.kind
            self._learn(texts)
            if self.kind != before:
                # A whole number is a decimal one; any other change needs what was not kept.
                found = self._placed(texts) if self.kind == "number" else None
                self.is_left = self.kind != "number"
        if self.is_left:
            return
        if found is None or (len(found.at) and self.suffix not in (None, found.suffix)):
            self.is_left = self.is_wide = True
            return
        self.suffix = found.suffix if len(found.at) else self.suffix
        if times is not None:
            times = times if found.right is None else times[found.right]
        self.spill.add(found.at if times is None else np.repeat(found.at, times), found.decimals)

    def _placed(self, texts: pa.StringArray) -> Placed | None:
        assert self.kind is not None   # set on the way to disk
        try:
            return placed(texts, self.kind, self.treatment.record.format)
        except Unplaceable:
            return None

    def _sample(self, texts: pa.StringArray, marks: Words) -> None:
        if self.marks is None:
            self.marks = Spill()
        start = -self.marks.rows % self.every
        self.marks.add(marks.view(np.int64))
        self.sample += cast("list[str]", texts.slice(start)[:: self.every].to_pylist()) if start < len(texts) else []
        while len(self.sample) > SAMPLED:
            self.sample = self.sample[::2]
            self.every *= 2


def _formulas(texts: pa.StringArray, times: Ints | None) -> int:
    found = letters(texts)
    padded = np.append(found.body, np.uint8(0))
    likely = np.flatnonzero(np.isin(padded[found.starts], FIRST_LETTERS) & (found.lengths > 0))
    meant = [at for at in likely.tolist() if is_formula_like(str(texts[at]))]
    return len(meant) if times is None else int(times[meant].sum())
