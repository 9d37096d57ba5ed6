"""One check of a standard, put to the tables of facts: how many rows count, which, and whether that is enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import numpy as np

from cityfolio.measures.circumstances import Circumstances
from cityfolio.measures.columns import Columns, Held, Truths
from cityfolio.measures.evaluate import Evaluator
from cityfolio.measures.expression import columns_of, parse
from cityfolio.model.assessment import CheckAnswer, FactsTable
from cityfolio.model.records import ColumnType
from cityfolio.model.standard import CheckRecord
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.levels import exact
from cityfolio.tables.exports.schema import ExportColumn

DECIMALS = 4                      # of facts that are no whole numbers
NO_MORE = Circumstances()


@dataclass(slots=True)
class Asking:
    """Puts checks to tables of facts. What was asked once is kept, and columns that nobody asks for are not looked at."""

    facts: Mapping[str, FactsTable]
    held: dict[tuple[str, str], Held] = field(default_factory=dict)
    truths: dict[tuple[str, str], Truths] = field(default_factory=dict)

    def answer(self, check: CheckRecord) -> CheckAnswer:
        """What the facts say to a check that has no faults."""
        table = self.facts[check.table or ""]
        asked = self._truth(table, check.where)
        counting = asked & self._truth(table, check.good)
        good = _picked(table, counting)
        counted = self._different(table, check.different, counting) if check.different else len(good)
        of = int(np.count_nonzero(asked))
        return CheckAnswer(check=check, query=query(check), holds=holds(check, counted, of), counted=counted, of=of, good=good,
                           short=_picked(table, asked & ~counting))

    def _truth(self, table: FactsTable, condition: str | None) -> Truths:
        if condition is None:
            return np.ones(len(table.rows), np.bool_)
        if (table.name, condition) not in self.truths:
            columns = {name: self._column(table, name) for name in columns_of(condition)}
            evaluator = Evaluator(Columns(rows=len(table.rows), by_name=columns))
            self.truths[table.name, condition] = evaluator.truth(parse(condition), NO_MORE).true
        return self.truths[table.name, condition]

    def _column(self, table: FactsTable, name: str) -> Held:
        if (table.name, name) not in self.held:
            values = [row[name] for row in table.rows]
            self.held[table.name, name] = held(name, FACT_COLUMNS[table.name][name].type, values)
        return self.held[table.name, name]

    @staticmethod
    def _different(table: FactsTable, name: str, counting: Truths) -> int:
        found = {row[name] for row, counts in zip(table.rows, counting, strict=True) if counts}
        return len(found - {None})


def held(name: str, kind: ColumnType, values: Sequence[object]) -> Held:
    """A column of facts as expressions read it."""
    missing = np.fromiter((value is None for value in values), np.bool_, len(values))
    column = ExportColumn(name=name, type=kind)
    if kind == "string":
        texts: dict[str, int] = {}
        at = [0 if value is None else texts.setdefault(str(value), len(texts)) for value in values]
        return Held(column=column, at=np.array(at, np.int64), missing=missing, texts=tuple(texts))
    decimals = DECIMALS if kind == "number" else 0
    at = [_placed(value, decimals) for value in values]
    return Held(column=column, at=np.array(at, np.int64), missing=missing, decimals=decimals)


def _placed(value: object, decimals: int) -> int:
    if value is None:
        return 0
    if isinstance(value, date):
        return value.toordinal()
    assert isinstance(value, int | float)   # facts are of their columns' types
    unit: int = 10**decimals
    return round(Fraction(repr(value)) * unit) if isinstance(value, float) else value * unit


def _picked(table: FactsTable, which: Truths) -> tuple[str, ...]:
    return tuple(str(table.rows[at]["id"]) for at in np.flatnonzero(which))


def holds(check: CheckRecord, counted: int, of: int) -> bool:
    """Whether so many of so many rows are what a check asks. A share of no rows is never reached."""
    if (check.least is not None and counted < check.least) or (check.most is not None and counted > check.most):
        return False
    if check.share is None:
        return True
    wanted = exact(check.share) * of
    return of > 0 and (counted > wanted if check.over else counted >= wanted)


def query(check: CheckRecord) -> str:
    """A check in one line, with its expressions as they are written, so that anybody can repeat it."""
    rows = f"{check.table} where {check.where}" if check.where else f"{check.table}"
    if check.different:
        what = f"different values of {check.different}" + (f" of those with {check.good}" if check.good else "")
    elif check.share is not None:
        what = f"share of {check.good}" if check.good else "share"
    else:
        what = f"those with {check.good}" if check.good else "rows"
    return f"{rows}: {what}, {' and '.join(_bounds(check))}"


def _bounds(check: CheckRecord) -> list[str]:
    found = [f"at least {check.least:,}"] if check.least is not None else []
    found += [f"at most {check.most:,}"] if check.most is not None else []
    if check.share is not None:
        percent = f"{float(exact(check.share) * 100):g}%"
        found.append(f"over {percent}" if check.over else f"at least {percent}")
    return found
