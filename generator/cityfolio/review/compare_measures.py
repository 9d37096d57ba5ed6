"""Measures whose value or status is another, whatever the reason: other rows, another definition, another target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from cityfolio.load.loaded import Sourced
from cityfolio.model.measured import Computation
from cityfolio.model.performance import MeasureRecord
from cityfolio.model.review import Change
from cityfolio.review.compare_words import change_of

MOST_PERIODS = 6


def measure_changes(measure: Sourced[MeasureRecord], before: Computation, after: Computation) -> Iterator[Change]:
    """What moved of one measure: its newest value, its status, the values of earlier periods."""
    about, where = f"measures/{measure.id}", measure.document.at()
    one, two = before.standing, after.standing
    if (one.period, one.value) != (two.period, two.value):
        was, now = _value(measure.record, one.value), _value(measure.record, two.value)
        says = f"the newest value was {was} in {one.period or 'no period'} and is {now} in {two.period or 'no period'}"
        yield change_of("measure-value-moved", about, says, where, part="value", before=was, after=now)
    if one.status != two.status:
        yield change_of("measure-status-moved", about, f"the status was {one.status} and is {two.status}", where, part="status",
                        before=one.status, after=two.status)
    moved = sorted(_moved(_values(before), _values(after)) - {one.period, two.period})
    if moved:
        more = f" and {len(moved) - MOST_PERIODS} more" if len(moved) > MOST_PERIODS else ""
        named = ", ".join(moved[:MOST_PERIODS]) + more
        yield change_of("measure-past-moved", about, f"the values of earlier periods are others: {named}", where, part="past",
                        after=", ".join(moved))


def _values(computed: Computation) -> Mapping[str, Fraction | None]:
    return {each.period: each.value for each in computed.overall.observations}


def _moved(before: Mapping[str, Fraction | None], after: Mapping[str, Fraction | None]) -> set[str]:
    return {period for period in {*before, *after} if before.get(period) != after.get(period)}


def _value(record: MeasureRecord, value: Fraction | None) -> str:
    if value is None:
        return "none"
    digits = record.decimals if record.decimals is not None else 2
    return f"{float(round(value, digits)):,.{digits}f} {record.unit or ''}".strip()
