"""A few rows on their way to Parquet: what Python knows of them sooner than Arrow has begun.

Each call of Arrow's takes some microseconds before it looks at the first cell, and a small table has a dozen columns. What is
told of few rows is the same as what is told of many.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.arrow_values import Values, typed_array
from cityfolio.tables.exports.forms import LENGTHS_WITHOUT_OFFSET, form_of
from cityfolio.tables.exports.schema import ExportColumn, Form
from cityfolio.tables.table import Cell, Portion
from cityfolio.tables.types import BOOLEANS, parser

FEW_ROWS = 1_000
REPEATED = 2                  # a list of values pays where each occurs this often
HEAD = 5                      # cells that tell of nearly every column that it is in no order
ORDERED = frozenset(("integer", "number", "year", "date", "datetime"))
FIRST_DAY = "0001-01-01"


@dataclass(frozen=True)       # without slots, so that Arrow's texts can be kept
class FewCells:
    """The cells of a column in a few rows, None where there is no value."""

    column: ExportColumn
    cells: Sequence[Cell]
    filled: Sequence[str]     # those with a value

    @cached_property
    def texts(self) -> pa.StringArray:
        """The same as Arrow's texts."""
        return pa.array(self.cells, pa.string())

    @property
    def form(self) -> Form:
        """How they are written, as `form_of` tells it."""
        look = FORMS.get(self.column.type)
        if look is None or not self.filled:
            return Form()
        return look(self) or form_of(self.texts, self.column)

    def values(self, kind: pa.DataType) -> Values:
        """The values of a stored type, as `typed_array` makes them."""
        make = VALUES.get(self.column.type) if not self.column.format else None
        made = make(self, kind) if make and self.filled else None
        return typed_array(self.texts, self.column, kind) if made is None else made

    @property
    def repeats(self) -> bool:
        """Whether texts occur so often that a list of their values saves room."""
        return len(set(self.filled)) * REPEATED <= len(self.cells)

    def is_in_order(self, values: Values) -> bool:
        """Whether the values, stored as given, never fall and rise at least once, with a value in every row."""
        if self.column.type not in ORDERED or len(self.filled) < max(2, len(self.cells)) or pa.types.is_string(values.type):
            return False
        # Any: values of one type, which has an order.
        read: Callable[[str], Any] = parser(self.column.type, self.column.format)
        head = list(map(read, self.filled[:HEAD]))
        if any(before > after for before, after in pairwise(head)) or falls(values):
            return False
        return bool(read(self.filled[0]) < read(self.filled[-1]))


def falls(values: Values | pa.ChunkedArray[Any]) -> bool:
    """Whether a value is less than the one before it."""
    return bool(pc.any(pc.greater(values.slice(0, len(values) - 1), values.slice(1))).as_py())


def few_cells(portion: Portion, columns: Sequence[ExportColumn], empty: Collection[Cell]) -> list[FewCells]:
    """The cells of each column of a portion."""
    words, found = frozenset((*empty, None)), list[FewCells]()
    for number, column in enumerate(columns):
        cells = portion.texts(number)
        if words.isdisjoint(cells):
            found.append(FewCells(column, cells, cells))  # type: ignore[arg-type]  # none of them is None
        else:
            kept = [None if text in words else text for text in cells]
            found.append(FewCells(column, kept, [text for text in kept if text is not None]))
    return found


def _form_of_integers(few: FewCells) -> Form | None:
    return Form(digits=max(map(len, few.filled))) if "".join(few.filled).isascii() else None


def _form_of_numbers(few: FewCells) -> Form | None:
    joined = "".join(few.filled)
    if "e" in joined or "E" in joined or not joined.isascii():
        return None
    parts = [text.partition(".") for text in few.filled]
    return Form(digits=max([len(whole) for whole, _, _ in parts]), decimals=max([len(rest) for _, _, rest in parts]))


def _form_of_moments(few: FewCells) -> Form | None:
    is_bare = not few.column.format and LENGTHS_WITHOUT_OFFSET.issuperset(map(len, few.filled))
    return Form(offsets=frozenset(("",))) if is_bare else None


def _integers(few: FewCells, kind: pa.DataType) -> Values | None:
    joined = "".join(few.filled)
    if kind != pa.int64() or not (joined.isascii() and joined.isdigit() and len(few.filled) == len(few.cells)):
        return None
    return pa.array(list(map(int, few.filled)), kind)


def _booleans(few: FewCells, kind: pa.DataType) -> Values | None:
    if not BOOLEANS.keys() >= set(few.filled):
        return None
    return pa.array([None if text is None else BOOLEANS[text] for text in few.cells], kind)


def _dates(few: FewCells, kind: pa.DataType) -> Values | None:
    try:
        return pc.cast(few.texts, kind) if min(few.filled) >= FIRST_DAY else None
    except pa.ArrowInvalid:
        return None      # it is told elsewhere which cell is wrong


FORMS: Mapping[ColumnType, Callable[[FewCells], Form | None]] = {
    "integer": _form_of_integers, "number": _form_of_numbers, "datetime": _form_of_moments,
}
VALUES: Mapping[ColumnType, Callable[[FewCells, pa.DataType], Values | None]] = {
    "integer": _integers, "boolean": _booleans, "date": _dates,
}
