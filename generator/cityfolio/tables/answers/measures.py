"""From a tally to an answer: counts, sums, means, middle values, ends; exact, and rounded once where they have no end.

A sum has as many digits as it needs. A mean, and the middle of two values, is the double nearest to it, as IEEE 754 rounds.
The explorer computes the same from the same rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate

from cityfolio.frozen import Frozen, replace
from cityfolio.model.answers import Answer, Asked, Group, Others
from cityfolio.tables.answers.periods import with_missing
from cityfolio.tables.answers.tallies import Tally
from cityfolio.tables.answers.values import double_text, exact_text, order
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.scales import Positions, Scale, positions

Counts = Counter[str | None]      # rows by measured text; None is a cell without a value


def answer_of(asked: Asked, tally: Tally, columns: Mapping[str, ExportColumn]) -> Answer:
    """The answer to a question about a table with these columns."""
    groups: dict[str | None, Counts] = defaultdict(Counter)
    for (key, text), rows in tally.items():
        groups[key][text] += rows
    measured = _Measured.of(asked, groups.values(), columns.get(asked.of or ""))
    total = measured.group(None, _together(groups.values()))
    if asked.by is None:
        return Answer(asked=asked, total=total)
    if asked.per is not None:
        return Answer(asked=asked, total=total, groups=_in_time(asked, groups, measured))
    by = columns[asked.by]
    first = sorted(groups, key=lambda key: (*measured.rank(groups[key]), key is None, ("",) if key is None else order(key, by)))
    kept = first[: asked.top]
    rest = [groups[key] for key in first[len(kept):]]
    all_rest = measured.group(None, _together(rest))
    others = Others(value=all_rest.value, rows=all_rest.rows, filled=all_rest.filled, groups=len(rest)) if rest else None
    return Answer(asked=asked, total=total, groups=tuple(measured.group(key, groups[key]) for key in kept),
                  others=others)


def _together(parts: Iterable[Counts]) -> Counts:
    whole = Counts()
    for part in parts:
        whole.update(part)
    return whole


def _in_time(asked: Asked, groups: Mapping[str | None, Counts], measured: _Measured) -> tuple[Group, ...]:
    """Periods in their order, with those between the first and the last that have no rows; what has no date comes last."""
    assert asked.per is not None
    every = with_missing([key for key in groups if key is not None], asked.per)
    ordered: list[str | None] = [*every, *([None] if None in groups else [])]
    # Of a period without rows nothing is known but that they are none.
    missing = Group(value="0" if asked.measure == "count" else None, rows=0, filled=0)
    return tuple(measured.group(key, groups[key]) if key in groups else replace(missing, key=key) for key in ordered)


class _Measured(Frozen):
    """A measure, and where the texts that are measured stand on their scale."""

    asked: Asked
    places: Mapping[str, int]
    scale: Scale

    @classmethod
    def of(cls, asked: Asked, groups: Iterable[Counts], column: ExportColumn | None) -> _Measured:
        if column is None:
            return cls(asked, {}, Scale(kind="integer"))
        texts = {text for counts in groups for text in counts if text is not None}
        found = positions(texts, column.type, column.format) or Positions(scale=Scale(kind=column.type), of={})
        return cls(asked, found.clock, found.scale)

    def group(self, key: str | None, counts: Counts) -> Group:
        rows = counts.total()
        value = self.value(counts)
        return Group(key=key, rows=rows, filled=rows - counts[None] if self.asked.of else rows,
                     value=None if value is None else self.text(value))

    def rank(self, counts: Counts) -> tuple[bool, Fraction]:
        """By this groups are sorted: the greatest value first, those without one last."""
        value = self.value(counts)
        return value is None, -(value or Fraction(0))

    def value(self, counts: Counts) -> Fraction | None:
        """The measure, in units of the scale; None where there is nothing to measure."""
        if self.asked.measure == "count":
            return Fraction(counts.total())
        placed = Counter[int]()
        for text, rows in counts.items():
            if text is not None:
                placed[self.places[text]] += rows
        return MEASURES[self.asked.measure](sorted(placed.items()))

    def text(self, value: Fraction) -> str:
        measure = self.asked.measure
        if measure in ("min", "max"):
            return self.scale.text(int(value))
        exact = value / 10**self.scale.decimals
        return double_text(exact) if measure in ("mean", "median") else exact_text(exact)


Placed = Sequence[tuple[int, int]]   # places in order, each with its rows


def _sum(placed: Placed) -> Fraction:
    return Fraction(sum(place * rows for place, rows in placed))


def _mean(placed: Placed) -> Fraction | None:
    rows = sum(rows for _, rows in placed)
    return _sum(placed) / rows if rows else None


def _median(placed: Placed) -> Fraction | None:
    rows = sum(rows for _, rows in placed)
    return Fraction(_nth(placed, (rows - 1) // 2) + _nth(placed, rows // 2), 2) if rows else None


def _nth(placed: Placed, number: int) -> int:
    ends = list(accumulate(rows for _, rows in placed))
    return placed[bisect_right(ends, number)][0]


MEASURES: Mapping[str, Callable[[Placed], Fraction | None]] = {
    "sum": _sum, "mean": _mean, "median": _median,
    "min": lambda placed: Fraction(placed[0][0]) if placed else None,
    "max": lambda placed: Fraction(placed[-1][0]) if placed else None,
}
