"""What a measure's own past says about its target, and what a set of measures lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.measures.course import Bounds, Course, comparison_at
from cityfolio.measures.way import end_of, way_of
from cityfolio.model.measured import Computation
from cityfolio.model.performance import GoalRecord, MeasureRecord

AdviceKind = Literal["always-met", "beyond-reach", "no-baseline", "never-reviewed", "only-outputs", "many-measures"]
ENOUGH_PERIODS = 8
MOST_MEASURES = 12


class Advice(Frozen, kw_only=True):
    """One thing to think about, in numbers; what it is called is for those who show it."""

    kind: AdviceKind
    about: str   # the id of a measure; for `only-outputs` of a goal, for `many-measures` of a publisher
    numbers: tuple[tuple[str, Fraction | int], ...] = ()


def advice(
        measures: Mapping[str, MeasureRecord], goals: Mapping[str, GoalRecord], computed: Mapping[str, Computation],
) -> Iterator[Advice]:
    """Everything to think about, of measures first, then of goals, then of publishers; all are given by their ids."""
    for identifier, record in measures.items():
        yield from _on_target(identifier, record, computed.get(identifier, Computation()))
        goal = goals.get(record.goal or "")
        if not record.reviews and not (goal and goal.reviews):
            yield Advice(kind="never-reviewed", about=identifier)
    yield from _only_outputs(measures)
    owners = Counter(owner for record in measures.values() if (owner := _owner(record, goals)))
    yield from (Advice(kind="many-measures", about=owner, numbers=(("measures", count), ("most", MOST_MEASURES)))
                for owner, count in owners.items() if count > MOST_MEASURES)


def _on_target(identifier: str, record: MeasureRecord, computation: Computation) -> Iterator[Advice]:
    """Always met: each of the last eight values is better than the target now in force; 100 percent is never too easy.

    Beyond reach: none of at least eight values ever met it. No baseline: of a target that is not a range.
    """
    known = [each for each in computation.overall.observations if each.value is not None]
    way = way_of(record)
    # Without any value there is no newest period; whether a baseline is missing can be told all the same.
    time = end_of(known[-1].period, record.period) if known else 0
    against = comparison_at(way, time)
    if isinstance(against, Course) and against.baseline is None:
        yield Advice(kind="no-baseline", about=identifier)
    if against is None or len(known) < ENOUGH_PERIODS:
        return
    values = [each.value for each in known if each.value is not None]
    last = values[-ENOUGH_PERIODS:]
    if isinstance(against, Course) and all(against.sign * (value - against.target) > 0 for value in last):
        closest = min(last, key=lambda value: abs(value - against.target))
        yield Advice(kind="always-met", about=identifier, numbers=(
            ("target", against.target), ("closest", closest), ("periods", len(last))))
    elif all(_misses(against, value) for value in values):
        best = min(values, key=lambda value: _distance(against, value))
        yield Advice(kind="beyond-reach", about=identifier, numbers=(*_aim(against), ("best", best), ("periods", len(values))))


def _misses(against: Course | Bounds, value: Fraction) -> bool:
    return _distance(against, value) > 0


def _distance(against: Course | Bounds, value: Fraction) -> Fraction:
    return against.outside(value) if isinstance(against, Bounds) else against.sign * (against.target - value)


def _aim(against: Course | Bounds) -> tuple[tuple[str, Fraction], ...]:
    if isinstance(against, Bounds):
        return ("low", against.low), ("high", against.high)
    return (("target", against.target),)


def _only_outputs(measures: Mapping[str, MeasureRecord]) -> Iterator[Advice]:
    types: dict[str, list[str | None]] = {}
    for record in measures.values():
        if record.goal:
            types.setdefault(record.goal, []).append(record.type)
    yield from (Advice(kind="only-outputs", about=goal, numbers=(("measures", len(found)),))
                for goal, found in types.items() if set(found) <= {"input", "output"})


def _owner(record: MeasureRecord, goals: Mapping[str, GoalRecord]) -> str | None:
    goal = goals.get(record.goal or "")
    return record.owner or (goal.owner if goal else None)
