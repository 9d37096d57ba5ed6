"""What is asked of a file for one measure: plain values that can be sent to another process and made a key of the cache."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.measures.circumstances import Circumstances
from cityfolio.measures.expression import columns_of
from cityfolio.model.performance import ComputeRecord, MeasureRecord, PeriodRecord, PopulationRecord

What = Literal["count", "distinct", "sum", "mean", "median", "percentile", "ratio"]


class Definition(Frozen, kw_only=True):
    """How rows become a measure. A rate is the count or the sum that stands above its line."""

    what: What
    of: str = ""                  # the column that is measured; of a ratio: its weight
    share: Fraction = Fraction(0)   # of a percentile
    good: str = ""                # of a ratio
    where: str = ""
    dated: str                    # the column that says in which period a row is
    period: PeriodRecord
    by: tuple[str, ...] = ()
    holidays: tuple[date, ...] = ()
    is_limited: bool = False      # small numbers are held back, for which it has to be known which groups lie in which

    @property
    def around(self) -> Circumstances:
        """What its expressions mean beside their text."""
        return Circumstances(self.period.timezone, self.holidays)

    @property
    def conditions(self) -> tuple[str, ...]:
        """Its expressions."""
        return tuple(each for each in (self.where, self.good) if each)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that it reads, each once. Raises ExpressionError."""
        named = (self.dated, self.of, *self.by, *(name for each in self.conditions for name in columns_of(each)))
        return tuple(dict.fromkeys(name for name in named if name))

    @property
    def identity(self) -> list[object]:
        """What it depends on, as JSON can say it."""
        period = self.period
        return [self.what, self.of, str(self.share), self.good, self.where, self.dated, period.grain, period.fiscal_year_start,
                period.timezone, self.by, [each.isoformat() for each in self.holidays],
                self.is_limited]


class Population(Frozen, kw_only=True):
    """How many there are, from rows of a file."""

    value: str
    year: str = ""
    by: Mapping[str, str]         # column of the measure -> column here

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        return tuple(dict.fromkeys(name for name in (self.value, self.year, *self.by.values()) if name))

    @property
    def identity(self) -> list[object]:
        """What it depends on, as JSON can say it."""
        return ["population", self.value, self.year, sorted(self.by.items())]


def definition_of(record: MeasureRecord, holidays: tuple[date, ...] = ()) -> Definition | None:
    """The definition of a measure; None where it does not say what is computed of what."""
    compute = record.compute
    if compute is None or not compute.date:
        return None
    kind = next(_kinds(compute), None)
    if kind is None:
        return None
    what, of = kind
    good = compute.ratio.good if compute.ratio else None
    share = compute.percentile.at if compute.percentile else None
    if (what == "ratio" and not good) or (what == "percentile" and share is None):
        return None
    # A column that is named twice in `by` is shown once.
    return Definition(what=what, of=of or "", share=Fraction(share or 0) / 100, good=good or "", where=compute.where or "",
                      dated=compute.date, period=record.period, by=tuple(dict.fromkeys(compute.by)), holidays=holidays,
                      is_limited=compute.min_n is not None)


def _kinds(compute: ComputeRecord) -> Iterator[tuple[What, str | None]]:
    if compute.count:
        yield ("count", None) if compute.count == "rows" else ("distinct", compute.count)
    if compute.sum:
        yield "sum", compute.sum
    if compute.mean:
        yield "mean", compute.mean
    if compute.median:
        yield "median", compute.median
    if compute.percentile and compute.percentile.of:
        yield "percentile", compute.percentile.of
    if compute.ratio:
        yield "ratio", compute.ratio.weight
    if compute.rate:
        yield ("sum", compute.rate.of) if compute.rate.of else ("count", None)


def population_of(record: PopulationRecord) -> Population | None:
    """How a population is read; None where it does not say of what."""
    return Population(value=record.value, year=record.year or "", by=dict(record.by)) if record.value else None
