"""What the columns of a table say together: which of them tell the rows apart, which rows repeat, what is missing with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import sqrt

from cityfolio.frozen import Frozen
from cityfolio.model.profile import Together
from cityfolio.tables.columns import TypedColumn
from cityfolio.tables.table import Cell

MOST_PAIRS_TRIED = 20         # pairs of columns that may be a key, the most varied first
MOST_ROWS_FOR_PAIRS = 100_000
MOST_COLUMNS_MISSING = 100    # each is compared with each
STRONG = 0.5
MOST_TOGETHER = 10
Pair = tuple[str, str]


class Relations(Frozen, kw_only=True):
    """What is said of the columns of one table together."""

    keys: tuple[tuple[str, ...], ...] = ()
    repeated_rows: int = 0
    missing_together: tuple[Together, ...] = ()


def relations(columns: Sequence[TypedColumn], rows: int, empty: frozenset[Cell]) -> Relations:
    """Compare columns of which every row is at hand."""
    if rows < 2 or not columns:
        return Relations()
    varied = [distinct(column) for column in columns]
    keys: list[tuple[str, ...]] = [(column.name,) for column, count in zip(columns, varied, strict=True) if count == rows]
    keys = keys or list(_pairs(columns, varied, rows))
    repeated = 0 if keys else rows - len(set(zip(*(column.texts for column in columns), strict=True)))
    lacking = [column for column in columns if 0 < column.empty < rows][:MOST_COLUMNS_MISSING]
    return Relations(keys=tuple(keys), repeated_rows=repeated, missing_together=_missing(lacking, rows, empty))


def distinct(column: TypedColumn) -> int:
    """How many different values a column has. Two ways to write one number are one value."""
    of = column.positions.of if column.positions else {}
    return len(column.counts) - len(of) + len(set(of.values()))


def _pairs(columns: Sequence[TypedColumn], varied: Sequence[int], rows: int) -> Iterator[Pair]:
    """Pairs of complete columns that tell every row apart. One that varies little can only help one that varies a lot."""
    if rows > MOST_ROWS_FOR_PAIRS:
        return
    full = [(count, number) for number, count in enumerate(varied) if columns[number].empty == 0 and count > 1]
    likely = [(-first * second, a, b) for (first, a), (second, b) in combinations(full, 2) if first * second >= rows]
    for _, a, b in sorted(likely)[:MOST_PAIRS_TRIED]:
        if len(set(zip(_values(columns[a]), _values(columns[b]), strict=True))) == rows:
            yield columns[a].name, columns[b].name


def _values(column: TypedColumn) -> Sequence[Cell | int]:
    """What tells the rows of a column apart: its texts, or their places where a value is written in several ways."""
    of = column.positions.of if column.positions else {}
    if len(set(of.values())) == len(of):
        return column.texts
    return [of.get(text, text) if text is not None else None for text in column.texts]


def _missing(lacking: Sequence[TypedColumn], rows: int, empty: frozenset[Cell]) -> tuple[Together, ...]:
    if len(lacking) < 2:
        return ()
    # A bit for each row, so that two columns are compared at the speed of one operation.
    bits = {column.name: int.from_bytes(bytes(map(empty.__contains__, column.texts))) for column in lacking}
    alone = {column.name: column.empty for column in lacking}
    both = {(one, other): (bits[one] & bits[other]).bit_count() for one, other in combinations(bits, 2)}
    return together(alone, both, rows)


def together(alone: Mapping[str, int], both: Mapping[Pair, int], rows: int) -> tuple[Together, ...]:
    """The columns that tend to be empty in the same rows, or never are.

    The measure is the phi coefficient of two yes-or-no questions (Yule 1912), which is Pearson's correlation of zeros and ones.
    """
    found = [(_phi(alone[one], alone[other], shared, rows), one, other) for (one, other), shared in both.items()]
    strong = sorted((each for each in found if abs(each[0]) >= STRONG), key=lambda each: (-abs(each[0]), each[1:]))
    return tuple(Together(one=one, other=other, correlation=f"{phi:.2f}") for phi, one, other in strong[:MOST_TOGETHER])


def _phi(one: int, other: int, both: int, rows: int) -> float:
    return (rows * both - one * other) / sqrt(one * (rows - one) * other * (rows - other))


