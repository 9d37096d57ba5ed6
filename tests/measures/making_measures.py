"""Measures and series for tests, everything that a test does not say filled in."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from itertools import islice
from typing import Any

from cityfolio.model.measured import Observation
from cityfolio.model.performance import BaselineRecord, Grain, MeasureRecord, PeriodRecord, StepRecord, TargetRecord
from cityfolio.model.periods import next_period


def a_measure(grain: Grain = "year", **said: Any) -> MeasureRecord:
    """A measure of which more is better, with `baseline` and `steps` as pairs or texts of period and value."""
    target = said.pop("target", None)
    targets = said.pop("targets", [target] if target else [])
    baseline = said.pop("baseline", None)
    steps = tuple(StepRecord(period=period, value=Decimal(value)) for period, value in said.pop("steps", ()))
    return MeasureRecord(**{
        "title": "Trees planted", "type": "outcome", "unit": "trees", "direction": "up",
        "period": said.pop("period", PeriodRecord(grain=grain)),
        "baseline": BaselineRecord(period=baseline[0], value=Decimal(baseline[1])) if baseline else None,
        "targets": tuple(each if isinstance(each, TargetRecord) else a_target(*each) for each in targets),
        "steps": steps, **said})


def a_target(until: str, value: str | None = None, **said: Any) -> TargetRecord:
    """A target; `low` and `high` as texts."""
    bounds = {name: Decimal(said.pop(name)) for name in ("low", "high") if name in said}
    return TargetRecord(until=until, value=None if value is None else Decimal(value), **bounds, **said)


def seen(period: str, value: object = None, **said: Any) -> Observation:
    """What was measured in a period."""
    return Observation(period=period, value=None if value is None else Fraction(str(value)), **said)


def a_series(first: str, values: Iterable[object]) -> tuple[Observation, ...]:
    """Observations from a period on, one after another; None is a gap."""
    listed = tuple(values)
    return tuple(seen(period, value) for period, value in zip(islice(_from(first), len(listed)), listed, strict=True))


def _from(period: str) -> Iterable[str]:
    while True:
        yield period
        period = next_period(period)
