"""Observations that were entered by hand, in place of those that are computed of rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from cityfolio.measures.observed import Observed
from cityfolio.model.measured import Observation, Series
from cityfolio.model.performance import MeasureRecord, ReadingRecord
from cityfolio.model.periods import grain_of, last_day, periods_between


def observed_by_hand(record: MeasureRecord, today: date) -> Observed:
    """The readings of a measure, with the periods between them that have none. Of two for one period the later entry stands."""
    start = record.period.fiscal_year_start
    read = {each.period: each for each in sorted(record.readings, key=lambda each: each.entered_on or date.min)
            if each.period and each.value is not None and grain_of(each.period) == record.period.grain}
    over = sorted(period for period in read if last_day(period, start) < today)
    not_over = sorted(period for period in read if last_day(period, start) >= today)
    periods = list(periods_between(over[0], over[-1], start)) if over else []
    return Observed(overall=Series(observations=_observations(periods, read)),
                    so_far=next(iter(_observations(not_over[:1], read)), None))


def _observations(periods: Sequence[str], read: dict[str, ReadingRecord]) -> tuple[Observation, ...]:
    return tuple(_observation(period, read.get(period)) for period in periods)


def _observation(period: str, reading: ReadingRecord | None) -> Observation:
    if reading is None or reading.value is None:
        return Observation(period=period, value=None)
    return Observation(period=period, value=Fraction(reading.value), reading=reading)
