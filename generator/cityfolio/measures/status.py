"""Where a measure stands: its value against its target and the way to it, in exact fractions.

A status says nothing of the recent past; that is the trend's. Nothing is rounded before it is compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cityfolio.frozen import replace
from cityfolio.measures.course import Course, comparison_at
from cityfolio.measures.way import Way, due_at, end_of, way_of
from cityfolio.model.measured import Observation, Standing
from cityfolio.model.performance import MeasureRecord, TargetRecord
from cityfolio.model.periods import last_day


def standing(record: MeasureRecord, observation: Observation | None) -> Standing:
    """Where a measure stands in any period, as if it were the newest; how fresh it is is left aside.

    In this order: no data, suppressed, watch; of a range: inside, near, outside; else achieved, on track, near, worse than
    baseline, off track.
    """
    return _standing(way_of(record), observation) if observation else Standing(status="no-data")


def standings(record: MeasureRecord, observations: Sequence[Observation]) -> tuple[Standing, ...]:
    """Where a measure stood in each period."""
    way = way_of(record)
    return tuple(_standing(way, each) for each in observations)


def current_standing(record: MeasureRecord, observations: Sequence[Observation], today: date) -> Standing:
    """Where a measure stands in its newest period.

    It is stale, whatever its value says, where the newest period that has data ended longer ago than `fresh_within` allows;
    value and arithmetic are then those of that period.
    """
    newest = newest_with_data(observations)
    if newest is not None and is_stale(record, newest, today):
        return replace(standing(record, newest), status="stale")
    return standing(record, observations[-1] if observations else None)


def newest_with_data(observations: Sequence[Observation]) -> Observation | None:
    """The newest observation with a value, shown or suppressed."""
    return next((each for each in reversed(observations) if each.value is not None or each.is_suppressed), None)


def is_stale(record: MeasureRecord, newest: Observation, today: date) -> bool:
    """Whether a period ended longer ago than a measure's `fresh_within`, in which a month counts 31 days."""
    return record.fresh_within is not None and age_days(record, newest, today) > record.fresh_within.days


def age_days(record: MeasureRecord, observation: Observation, today: date) -> int:
    """How many days ago the period of an observation ended; below 0 where it is not over."""
    return (today - last_day(observation.period, record.period.fiscal_year_start)).days


def target_in(record: MeasureRecord, period: str) -> TargetRecord | None:
    """The target in force in a period; None where a measure has none or is only watched."""
    due = due_at(way_of(record), end_of(period, record.period))
    return due.target if due else None


def _standing(way: Way, observation: Observation) -> Standing:
    time = end_of(observation.period, way.record.period)
    due, against, value = due_at(way, time), comparison_at(way, time), observation.value
    found = Standing(status="watch", period=observation.period, target=due.target if due else None,
                     expected=against.expected if isinstance(against, Course) else None,
                     scale=against.scale if against else None)
    if observation.is_suppressed:
        return replace(found, status="suppressed")
    if value is None:
        return replace(found, status="no-data")
    if against is None:
        return replace(found, value=value)
    return replace(found, status=against.status(value), value=value, gap=against.gap(value))
