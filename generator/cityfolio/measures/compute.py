"""All measures of one file, in one pass over its columns: each column is read once, and what several measures ask is worked out
once. What comes of it are whole numbers by group and period; values are made of them in `observed`.

Of rows without a value in the measured column nothing is counted, not even a row; in a ratio what is not known to be good is
not.
A percentile is the value at the nearest rank, ceil(p * n) of n in order; a median of an even number is the middle of the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import cast

import numpy as np
import orjson

from cityfolio.measures.columns import Columns, Ints
from cityfolio.measures.definition import Definition, Population
from cityfolio.measures.evaluate import Evaluator
from cityfolio.measures.expression import parse
from cityfolio.measures.groups import Cut, Groups, cut, grouped
from cityfolio.measures.kinds import faults
from cityfolio.measures.tallies import Ordered, counts, rank_of, sums
from cityfolio.model.performance import PeriodRecord
from cityfolio.model.records import ColumnType

MOST_GROUPS = 1_000               # more of them no page can show
NUMBERS: tuple[ColumnType, ...] = ("integer", "number", "year")
DATED: tuple[ColumnType, ...] = ("date", "datetime", "year")
Numbers = Mapping[str, Ints]      # by name: an array over the groups of all periods


def computed(columns: Columns, asked: Sequence[Definition | Population]) -> Iterator[bytes]:
    """What comes of each that is asked, in its order, as JSON."""
    work = _Pass(columns)
    sound = [each for each in asked if isinstance(each, Definition) and not _unfit(each, columns)]
    work.evaluator.expect((parse(text), each.around) for each in sound for text in each.conditions)
    for each in asked:
        unfit = _unfit(each, columns)
        if unfit:
            yield orjson.dumps({"unfit": unfit})
        else:
            yield _json(work.population(each) if isinstance(each, Population) else work.measure(each))


def counted(columns: Columns, asked: Definition) -> tuple[Cut, Ints] | None:
    """The periods of all rows, and the numbers of those that a measure is about; None where it does not fit the columns."""
    if _unfit(asked, columns):
        return None
    when = cut(columns.by_name[asked.dated], asked.period)
    return when, _Pass(columns).rows(asked, when)


def _unfit(asked: Definition | Population, columns: Columns) -> list[str]:
    """Why something cannot be computed of these columns, in words. Nothing of a row is in them."""
    missing = [name for name in asked.columns if name not in columns.by_name]
    if missing:
        return [f'there is no column "{name}"' for name in missing]
    kinds = {name: held.column.type for name, held in columns.by_name.items()}
    if isinstance(asked, Population):
        return [] if kinds[asked.value] in NUMBERS else [f"`{asked.value}` holds no numbers"]
    found = [f"`{asked.dated}` holds no dates"] if kinds[asked.dated] not in DATED else []
    if asked.of and asked.what != "distinct" and kinds[asked.of] not in NUMBERS:
        found.append(f"`{asked.of}` holds no numbers")
    described = {name: held.column for name, held in columns.by_name.items()}
    return found + [fault.says for text in asked.conditions for fault in faults(text, described)]


def _json(found: object) -> bytes:
    return orjson.dumps(found, option=orjson.OPT_SERIALIZE_NUMPY, default=_whole)


def _whole(numbers: object) -> object:
    # JSON's readers know whole numbers of 64 bits; larger ones are written as texts.
    assert isinstance(numbers, np.ndarray)
    return [str(number) for number in numbers.tolist()] if numbers.ndim == 1 else [_whole(row) for row in numbers]


@dataclass(slots=True)
class _Pass:
    """Works on the columns of a file, and remembers periods, groups and ranks, which many measures share."""

    columns: Columns
    evaluator: Evaluator = field(init=False)
    cuts: dict[tuple[str, PeriodRecord], Cut] = field(default_factory=dict)
    groups: dict[str, Groups] = field(default_factory=dict)
    ranks: dict[str, tuple[Ints, Ints]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.evaluator = Evaluator(self.columns)

    def measure(self, asked: Definition) -> dict[str, object]:
        """One measure: of everything, and of each group."""
        key = asked.dated, asked.period
        when = self.cuts.get(key) or self.cuts.setdefault(key, cut(self.columns.by_name[asked.dated], asked.period))
        rows = self.rows(asked, when)
        periods = when.codes[rows]
        tally = self.tally(asked, rows)
        whole = tally(periods, len(when.periods))
        series: dict[str, object] = {}
        for name in asked.by:
            groups = self.groups.get(name) or self.groups.setdefault(name, grouped(self.columns.by_name[name]))
            if len(groups.keys) > MOST_GROUPS:
                series[name] = {"too_many": len(groups.keys)}
                continue
            codes = groups.codes[rows] * np.int32(len(when.periods)) + periods
            found = tally(codes, len(groups.keys) * len(when.periods))
            by_group = {each: array.reshape(len(groups.keys), len(when.periods)) for each, array in found.items()}
            series[name] = _present(groups, by_group)
        decimals = self.columns.by_name[asked.of].decimals if asked.of and asked.what != "distinct" else 0
        return {"periods": when.periods, "decimals": decimals, "whole": whole, "by": series,
                "nesting": self.nesting(asked, rows) if asked.is_limited else []}

    def nesting(self, asked: Definition, rows: Ints) -> list[tuple[str, str, list[int]]]:
        """Which groups of a column make up a group of another: the finer column, the coarser, and for each group of the one the
        number of that of the other, -1 where it makes up none."""
        present = {}
        for name in asked.by:
            groups = self.groups[name]
            if len(groups.keys) <= MOST_GROUPS:
                present[name] = np.unique(groups.codes[rows], return_inverse=True)
        found = []
        for (fine, (own, codes)), (coarse, (above, parents)) in permutations(present.items(), 2):
            children, parent_of = np.divmod(np.unique(codes * len(above) + parents), max(len(above), 1))
            is_spread = counts(children, len(own)) > 1
            is_whole = counts(parent_of, len(above)) == counts(parent_of[~is_spread[children]], len(above))
            of_child = np.full(len(own), -1, np.int64)
            inside = is_whole[parent_of]
            of_child[children[inside]] = parent_of[inside]
            if inside.any():
                found.append((fine, coarse, of_child.tolist()))
        return found

    def rows(self, asked: Definition, when: Cut) -> Ints:
        """The numbers of the rows that a measure is about."""
        chosen = when.codes >= 0
        if asked.where:
            chosen &= self.evaluator.truth(parse(asked.where), asked.around).true
        if asked.of:
            chosen &= ~self.columns.by_name[asked.of].missing
        return np.flatnonzero(chosen)

    def tally(self, asked: Definition, rows: Ints) -> Callable[[Ints, int], Numbers]:
        """What counts rows that are in groups."""
        if asked.what == "count":
            return lambda codes, size: {"rows": counts(codes, size)}
        if asked.what == "ratio":
            return self.ratio(asked, rows)
        if asked.what in ("sum", "mean"):
            numbers = self.columns.by_name[asked.of].at[rows]
            return lambda codes, size: {"rows": counts(codes, size), "top": sums(codes, numbers, size)}
        return self.ordered(asked, rows)

    def ratio(self, asked: Definition, rows: Ints) -> Callable[[Ints, int], Numbers]:
        good = np.flatnonzero(self.evaluator.truth(parse(asked.good), asked.around).true[rows])
        if not asked.of:
            return lambda codes, size: {"rows": counts(codes, size), "good": counts(codes[good], size)}
        weights = self.columns.by_name[asked.of].at[rows]
        return lambda codes, size: {"rows": counts(codes, size), "good": counts(codes[good], size),
                                    "top": sums(codes[good], weights[good], size), "bottom": sums(codes, weights, size)}

    def ordered(self, asked: Definition, rows: Ints) -> Callable[[Ints, int], Numbers]:
        if asked.of not in self.ranks:
            self.ranks[asked.of] = cast("tuple[Ints, Ints]", np.unique(self.columns.by_name[asked.of].at, return_inverse=True))
        values, ranks = self.ranks[asked.of]
        of_rows = ranks[rows]

        def found(codes: Ints, size: int) -> Numbers:
            each = counts(codes, size)
            order = Ordered(codes, of_rows, values, each)
            if asked.what == "distinct":
                return {"rows": each, "top": order.different()}
            if asked.what == "percentile":
                return {"rows": each, "top": order.nth(rank_of(asked.share, each))}
            return {"rows": each, "top": order.nth((each - 1) // 2), "upper": order.nth(each // 2)}

        return found

    def population(self, asked: Population) -> dict[str, object]:
        """How many there are, of everything and of each group, by year; "" where no year is said."""
        held = self.columns.by_name[asked.value]
        chosen = ~held.missing
        when = Cut(("",), np.zeros(self.columns.rows, np.int32))
        if asked.year:
            when = cut(self.columns.by_name[asked.year], PeriodRecord(grain="year"))
            chosen &= when.codes >= 0
        rows = np.flatnonzero(chosen)
        numbers, years = held.at[rows], when.codes[rows]
        by: dict[str, object] = {}
        for name, column in asked.by.items():
            groups = grouped(self.columns.by_name[column])
            codes = groups.codes[rows] * np.int32(len(when.periods)) + years
            found = sums(codes, numbers, len(groups.keys) * len(when.periods))
            by[name] = {"keys": groups.keys, "top": found.reshape(len(groups.keys), len(when.periods))}
        return {"years": when.periods, "decimals": held.decimals, "whole": sums(years, numbers, len(when.periods)), "by": by}


def _present(groups: Groups, by_group: Numbers) -> dict[str, object]:
    """The groups that have any of the rows."""
    kept = np.flatnonzero(by_group["rows"].any(axis=1))
    return {"keys": [groups.keys[at] for at in kept], "titles": [groups.titles[at] for at in kept],
            **{name: array[kept] for name, array in by_group.items()}}
