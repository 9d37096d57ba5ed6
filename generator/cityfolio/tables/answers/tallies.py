"""Rows counted: for each question, how often each group and each measured text occur together among the rows it is about.

Everything that is asked follows from such a tally, so the rows are gone through once, a portion at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import compress, repeat
from typing import TypeVar

from cityfolio.model.answers import Asked, Filter
from cityfolio.tables.answers.conditions import passes
from cityfolio.tables.answers.periods import period_of
from cityfolio.tables.answers.values import TEXTS, day_of, shortest
from cityfolio.tables.exports.schema import ExportColumn, ExportTable
from cityfolio.tables.table import Cell, Portion

V = TypeVar("V")
Tally = Counter[tuple[Cell, Cell]]   # a group's key and a measured text


def tallied(table: ExportTable, asked: Sequence[Asked]) -> list[Tally]:
    """Go through the rows of a table once and count for every question."""
    numbers = {column.name: number for number, column in enumerate(table.columns)}
    tallies = [Tally() for _ in asked]
    for portion in table.portions:
        seen = _Seen(portion, table, numbers)
        for tally, question in zip(tallies, asked, strict=True):
            seen.count(question, tally)
    return tallies


class _Seen:
    """A portion whose columns are read when they are asked for, and each text of them once."""

    def __init__(self, portion: Portion, table: ExportTable, numbers: Mapping[str, int]) -> None:
        self.portion = portion
        self.table = table
        self.numbers = numbers
        self.read: dict[str, Sequence[Cell]] = {}
        self.met: dict[Filter, list[bool]] = {}

    def cells(self, name: str) -> Sequence[Cell]:
        if name not in self.read:
            texts = self.portion.texts(self.numbers[name])
            without = self.table.empty | {""}
            self.read[name] = [None if text in without else text for text in texts]
        return self.read[name]

    def column(self, name: str) -> ExportColumn:
        return self.table.columns[self.numbers[name]]

    def count(self, asked: Asked, tally: Tally) -> None:
        keys = self.keys(asked) if asked.by is not None else repeat(None, self.portion.rows)
        texts: Iterable[Cell] = self.cells(asked.of) if asked.of is not None else repeat("", self.portion.rows)
        pairs: Iterable[tuple[Cell, Cell]] = zip(keys, texts, strict=True)
        for each in asked.filters:
            self.met[each] = self.met.get(each) or self.meeting(each)
        if asked.filters:
            pairs = compress(pairs, map(all, zip(*(self.met[each] for each in asked.filters), strict=True)))
        tally.update(pairs)

    def meeting(self, given: Filter) -> list[bool]:
        return _each(self.cells(given.column), passes(given.condition, self.column(given.column)))

    def keys(self, asked: Asked) -> list[Cell]:
        assert asked.by is not None
        column, per = self.column(asked.by), asked.per

        def key(cell: Cell) -> Cell:
            if cell is None or column.type in TEXTS:
                return cell
            day = day_of(cell, column) if per else None
            return period_of(day, per) if day and per else shortest(cell, column)

        return _each(self.cells(asked.by), key)


def _each(cells: Sequence[Cell], look: Callable[[Cell], V]) -> list[V]:
    """What comes of each cell; every different one is looked at once."""
    known = {cell: look(cell) for cell in set(cells)}
    return [known[cell] for cell in cells]
