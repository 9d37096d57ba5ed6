"""What is added to the files of a measure when a period is closed: lines for review, and nothing where nothing is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Sourced
from cityfolio.measures.closed_rows import Answer, ClosedRows
from cityfolio.measures.observations import Committed, Line, line_of
from cityfolio.model.measured import Computation, Observation, Series
from cityfolio.model.performance import MeasureRecord
from cityfolio.model.periods import last_day


class Closable(Frozen, kw_only=True):
    """A measure with everything that tells whether one of its periods can be closed."""

    measure: Sourced[MeasureRecord]
    computed: Computation
    committed: Committed

    @property
    def record(self) -> MeasureRecord:
        """How it is measured."""
        return self.measure.record

    def observation(self, period: str) -> Observation | None:
        """What is found of everything in a period."""
        return next((each for each in self.computed.overall.observations if each.period == period), None)


def open_because(of: Closable, period: str, today: date) -> str:
    """Why a period cannot be closed, in words; "" where it can be."""
    record, computed = of.record, of.computed
    end = last_day(period, record.period.fiscal_year_start)
    if end >= today:
        return f"it is not over, for it ends with {end}"
    found = of.observation(period)
    if not record.compute:
        return "" if found is not None and found.value is not None else "there is no reading for it"
    if computed.data_until is None:
        return "the rows that it is computed from are not here"
    if end > computed.data_until:
        return f"its data is complete until {computed.data_until} only"
    return "" if found is not None else "there are no rows in it, nor before"


def closable_until(of: Closable, until: date, today: date) -> tuple[str, ...]:
    """Every period that ends by a day and can be closed."""
    start = of.record.period.fiscal_year_start
    return tuple(each.period for each in of.computed.overall.observations
                 if last_day(each.period, start) <= until and not open_because(of, each.period, today))


def lines_to_add(of: Closable, periods: Sequence[str], today: date) -> tuple[Line, ...]:
    """The lines of some periods that are not in the file yet: those closed for the first time, and those revised."""
    wanted = set(periods)
    known = {line.key: line for line in of.committed.lines}
    closed = {(line.period, line.by) for line in of.committed.lines}
    notes = [each.period for each in of.record.revisions]
    by_period: dict[str, list[Line]] = {period: [] for period in periods}
    for series, each in _observations(of.computed, wanted):
        last, is_closed = known.get((each.period, series.by, series.group)), (each.period, series.by) in closed
        # A group that came later has no line where it has no rows.
        if each.is_closed or (last is None and is_closed and not each.rows):
            continue
        revision = notes.count(each.period) if is_closed else 0
        by_period[each.period].append(line_of(each, (series.by, series.group), today, revision))
    return tuple(line for lines in by_period.values() for line in lines)


def _observations(computed: Computation, wanted: set[str]) -> Iterator[tuple[Series, Observation]]:
    every = (computed.overall, *(series for groups in computed.groups.values() for series in groups))
    yield from ((series, each) for series in every for each in series.observations if each.period in wanted)


def rows_to_add(answer: Answer, kept: Mapping[str, ClosedRows], periods: Iterable[str]) -> tuple[ClosedRows, ...]:
    """What is kept of the rows of some periods and not in the file yet."""
    found = (ClosedRows(period=period, rows=answer[period]["rows"], fingerprint=answer[period]["fingerprint"])
             for period in periods if period in answer)
    return tuple(each for each in found if kept.get(each.period) != each)
