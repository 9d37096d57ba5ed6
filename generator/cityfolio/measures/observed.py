"""From what was counted of a file to observations: exact values in the unit of the measure, period by period."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any

import orjson

from cityfolio.frozen import Frozen, field
from cityfolio.measures.definition import Definition
from cityfolio.measures.suppression import Hidden, Nesting, Tally, hidden
from cityfolio.model.measured import Observation, Series
from cityfolio.model.periods import last_day, next_period, period_of, periods_between, previous_period

MOST_PERIODS = 20_000             # a slip such as the year 0202 must not fill a page; the explorer names no more either
COUNTED = ("count", "distinct", "sum")   # of no rows they are 0; of all else there is nothing to say
Below = Callable[[str, str, str], Fraction | None]   # of column, group and period: what a rate is divided by


class Frame(Frozen, kw_only=True):
    """What makes values of counts beside the definition."""

    definition: Definition
    until: date                       # the last day that the data is complete for
    factor: Fraction = Fraction(1)    # 100 for percent, `per` of a rate
    below: Below | None = None        # of a rate
    least: int | None = None          # fewer rows than these are not shown

    @property
    def newest(self) -> str:
        """The newest period that is complete."""
        start = self.definition.period.fiscal_year_start
        name = period_of(self.until, self.definition.period.grain, start)
        return name if last_day(name, start) <= self.until else previous_period(name, start)


class Observed(Frozen, kw_only=True):
    """The observations of a measure, before anything is said of them."""

    overall: Series = field(default_factory=Series)
    groups: Mapping[str, tuple[Series, ...]] = field(default_factory=dict)
    so_far: Observation | None = None


class _Counted(Frozen):
    """What was counted of one group, by the place of a period among those with rows."""

    rows: Sequence[int]
    good: Sequence[int] | None = None
    top: Sequence[int | str] | None = None      # whole numbers beyond 64 bits are texts in JSON
    bottom: Sequence[int | str] | None = None
    upper: Sequence[int | str] | None = None
    by: str = ""
    group: str = ""
    title: str = ""

    def tally(self, at: int | None) -> Tally:
        if at is None:
            return Tally(0, None if self.good is None else 0)
        return Tally(self.rows[at], None if self.good is None else self.good[at])


def observed(answer: bytes, frame: Frame) -> Observed:
    """The observations of the complete periods, from the first with rows on, and that of the period that is not over."""
    read = orjson.loads(answer)
    start = frame.definition.period.fiscal_year_start
    whole, by = _Counted(**read["whole"]), {name: _counted(name, each) for name, each in read["by"].items()}
    met = tuple(period for period, rows in zip(read["periods"], whole.rows, strict=True) if rows and period <= frame.newest)
    periods = (*_filled(met, frame.newest, start), next_period(frame.newest, start))
    at = {period: number for number, period in enumerate(read["periods"])}
    places = [at.get(period) for period in periods]
    made = _Maker(frame, 10 ** read["decimals"], periods, places)
    held_back = made.held_back(whole, tuple(by.values()), _nesting(read["nesting"], tuple(by)))
    overall = made.observations(whole, None if held_back is None else [each.total for each in held_back])

    def series(column: int, number: int, counted: _Counted) -> Series:
        back = None if held_back is None else [number in each.groups[column] for each in held_back]
        return Series(by=counted.by, group=counted.group, title=counted.title,
                      observations=made.observations(counted, back)[:-1])

    groups = {name: tuple(found for number, each in enumerate(counted) if _may_be_named(found := series(column, number, each)))
              for column, (name, counted) in enumerate(by.items())}
    # Where small values are held back nothing is told from day to day: one day could be subtracted from the next.
    has_more = places[-1] is not None and whole.rows[places[-1]] > 0 and frame.least is None
    return Observed(overall=Series(observations=overall[:-1]), groups=groups, so_far=overall[-1] if has_more else None)


def too_many(answer: bytes) -> dict[str, int]:
    """Columns with more groups than can be shown, and how many."""
    return {name: each["too_many"] for name, each in orjson.loads(answer)["by"].items() if "too_many" in each}


def _may_be_named(series: Series) -> bool:
    """Not a group of which every value is held back: that it is there at all would tell of the few rows in it."""
    return bool(series.title) or not series.observations or any(not each.is_suppressed for each in series.observations)


# Any: what comes out of JSON that `compute` wrote.
def _counted(name: str, read: Mapping[str, Any]) -> tuple[_Counted, ...]:
    if "too_many" in read:
        return ()
    numbers = [each for each in ("rows", "good", "top", "bottom", "upper") if each in read]
    return tuple(_Counted(by=name, group=key, title=title, **dict(zip(numbers, arrays, strict=True)))
                 for key, title, *arrays in zip(read["keys"], read["titles"], *(read[each] for each in numbers), strict=True))


def _nesting(read: Sequence[tuple[str, str, Sequence[int]]], names: Sequence[str]) -> Nesting:
    return {(names.index(fine), names.index(coarse)): parents for fine, coarse, parents in read}


def _filled(met: Sequence[str], newest: str, start: str) -> tuple[str, ...]:
    """Every period from the first with rows to the newest; those with rows alone, where these are too many."""
    if not met:
        return ()
    every = _periods(met[0], newest, start)
    return every if len(every) <= MOST_PERIODS else tuple(met)


@lru_cache(maxsize=64)
def _periods(first: str, last: str, start: str) -> tuple[str, ...]:
    return tuple(islice(periods_between(first, last, start), MOST_PERIODS + 1))


class _Maker(Frozen):
    """Makes the observations of one group after the other."""

    frame: Frame
    unit: int                     # by which numbers of the measured column are divided
    periods: tuple[str, ...]
    places: Sequence[int | None]

    def held_back(self, whole: _Counted, by: Sequence[Sequence[_Counted]], nesting: Nesting) -> list[Hidden] | None:
        if self.frame.least is None:
            return None
        return [hidden(self.tally(whole, at), [[self.tally(each, at) for each in counted] for counted in by], self.frame.least,
                       nesting) for at in self.places]

    def tally(self, counted: _Counted, at: int | None) -> Tally:
        """How many stand behind a value: of different ones, such as people, that many, however many rows each of them has."""
        if self.frame.definition.what != "distinct" or at is None or counted.top is None:
            return counted.tally(at)
        return Tally(int(counted.top[at]))

    def observations(self, counted: _Counted, held_back: Sequence[bool] | None) -> tuple[Observation, ...]:
        return tuple(self.each(counted, held_back))

    def each(self, counted: _Counted, held_back: Sequence[bool] | None) -> Iterator[Observation]:
        good = counted.good
        for number, (period, at) in enumerate(zip(self.periods, self.places, strict=True)):
            if held_back is not None and held_back[number]:
                yield Observation(period=period, value=None, is_suppressed=True)
            elif at is None:
                yield Observation(period=period, value=self.nothing(counted, period), rows=0, good=None if good is None else 0)
            else:
                yield Observation(period=period, value=self.value(counted, at, period), rows=counted.rows[at],
                                  good=None if good is None else good[at])

    def nothing(self, counted: _Counted, period: str) -> Fraction | None:
        if self.frame.definition.what not in COUNTED:
            return None
        return self.rate(0, 1, counted, period)

    def value(self, counted: _Counted, at: int, period: str) -> Fraction | None:
        """A value; None where there is nothing to measure."""
        rows, what = counted.rows[at], self.frame.definition.what
        if not rows:
            return self.nothing(counted, period)
        if what == "count":
            return self.rate(rows, 1, counted, period)
        if what == "ratio":
            return self.ratio(counted, at)
        assert counted.top is not None
        top = int(counted.top[at])
        if what == "sum":
            return self.rate(top, self.unit, counted, period)
        if what == "median":
            assert counted.upper is not None
            return fraction(top + int(counted.upper[at]), 2 * self.unit)
        return fraction(top, {"distinct": 1, "mean": rows * self.unit}.get(what, self.unit))

    def ratio(self, counted: _Counted, at: int) -> Fraction | None:
        factor = int(self.frame.factor)
        if counted.bottom is None or counted.top is None:
            assert counted.good is not None
            return fraction(counted.good[at] * factor, counted.rows[at])
        bottom = int(counted.bottom[at])
        return fraction(int(counted.top[at]) * factor, bottom) if bottom else None

    def rate(self, top: int, unit: int, counted: _Counted, period: str) -> Fraction | None:
        if self.frame.below is None:
            return fraction(top, unit)
        below = self.frame.below(counted.by, counted.group, period)
        return Fraction(top, unit) * self.frame.factor / below if below else None


@lru_cache(maxsize=1 << 16)
def fraction(top: int, bottom: int) -> Fraction:
    """A fraction; equal ones are one value, since many periods of many measures share them."""
    return Fraction(top, bottom)
