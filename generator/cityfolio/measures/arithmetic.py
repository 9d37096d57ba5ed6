"""The arithmetic behind a status, step by step, so that anyone can do it again with pencil and paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.measures.course import Bounds, Course, comparison_at
from cityfolio.measures.status import standing
from cityfolio.measures.way import Way, end_of, stretch_at, way_of
from cityfolio.model.measured import Observation, Status
from cityfolio.model.performance import MeasureRecord

_NAME = re.compile(r"[a-z_]+")
What = Literal["value", "expected", "scale", "ahead", "gap", "outside", "achieved", "on-track", "near", "worse-than-baseline",
               "inside", "status"]


class Step(Frozen, kw_only=True):
    """One step: what is found, by which formula, from which numbers.

    The formula is written in names, numbers, `+ - * /`, parentheses, `abs`, `max` and comparisons; `numbers` has the value of
    each name in it, in the order in which they stand there. `direction` is 1 where more is better and -1 where less is;
    `passed` and `whole` count months, or days for measures by day or week. A step with an empty formula states what is given.
    """

    what: What
    formula: str = ""
    numbers: tuple[tuple[str, Fraction], ...] = ()
    result: Fraction | bool | Status | None


def arithmetic(record: MeasureRecord, observation: Observation) -> tuple[Step, ...]:
    """Each step from a value to its status; questions are asked up to the first that is true. The last step is the status.

    Freshness is left aside, as `standing` leaves it.
    """
    way = way_of(record)
    time = end_of(observation.period, record.period)
    against = comparison_at(way, time)
    steps = [_value(record, observation)]
    if observation.value is not None and not observation.is_suppressed:
        if isinstance(against, Bounds):
            steps += _bounds(against, observation.value)
        elif against:
            steps += [_expected(way, time), *_course(against, observation.value)]
    return (*steps, Step(what="status", result=standing(record, observation).status))


def _value(record: MeasureRecord, observation: Observation) -> Step:
    value, rows, good = observation.value, observation.rows, observation.good
    ratio = record.compute.ratio if record.compute else None
    if value is None or ratio is None or ratio.weight is not None or not rows or good is None:
        return Step(what="value", result=None if observation.is_suppressed else value)
    numbers = (("good", Fraction(good)), ("rows", Fraction(rows)))
    return Step(what="value", formula="100 * good / rows" if record.unit == "percent" else "good / rows", numbers=numbers,
                result=value)


def _expected(way: Way, time: int) -> Step:
    stretch = stretch_at(way, time)
    assert stretch is not None
    start, end = stretch.start, stretch.end
    if start is end or way.record.trajectory == "step":
        return Step(what="expected", formula="start", numbers=(("start", start.value),), result=start.value)
    passed, whole = Fraction(time - start.time), Fraction(end.time - start.time)
    numbers = (("start", start.value), ("end", end.value), ("passed", passed), ("whole", whole))
    return Step(what="expected", formula="start + (end - start) * passed / whole", numbers=numbers,
                result=start.value + (end.value - start.value) * passed / whole)


def _course(course: Course, value: Fraction) -> Iterator[Step]:
    known = {"direction": Fraction(course.sign), "value": value, "expected": course.expected, "target": course.target,
             "baseline": course.baseline, "scale": course.scale, "ahead": course.ahead(value), "gap": course.gap(value),
             "tolerance": course.tolerance, "tolerance_absolute": course.tolerance_absolute}
    measured, share = ("gap", "tolerance") if course.scale else ("ahead", "tolerance_absolute")
    yield _step("scale", "abs(target)" if course.baseline is None else "abs(target - baseline)", known, course.scale)
    if course.scale:
        yield _step("gap", "direction * (value - expected) / scale", known, course.gap(value))
    else:
        yield _step("ahead", "direction * (value - expected)", known, course.ahead(value))
    yield from _asked(course.status(value), known, (
        ("achieved", "direction * (value - target) >= 0"),
        ("on-track", f"{measured} >= 0"),
        *((("near", f"{measured} >= -{share}"),) if known[share] is not None else ()),
        *((("worse-than-baseline", "direction * (value - baseline) < 0"),) if course.baseline is not None else ()),
    ))


def _bounds(bounds: Bounds, value: Fraction) -> Iterator[Step]:
    known = {"value": value, "low": bounds.low, "high": bounds.high, "scale": bounds.scale, "outside": bounds.outside(value),
             "tolerance": bounds.tolerance, "tolerance_absolute": bounds.tolerance_absolute}
    yield _step("outside", "max(low - value, value - high, 0)", known, bounds.outside(value))
    yield _step("scale", "high - low", known, bounds.scale)
    near = "tolerance * scale" if bounds.scale else "tolerance_absolute" if bounds.tolerance_absolute is not None else ""
    yield from _asked(bounds.status(value), known, (
        ("inside", "outside == 0"), *((("near", f"outside <= {near}"),) if near else ())))


def _asked(status: Status, known: dict[str, Fraction | None], questions: tuple[tuple[What, str], ...]) -> Iterator[Step]:
    for what, formula in questions:
        yield _step(what, formula, known, what == status)
        if what == status:
            return


def _step(what: What, formula: str, known: dict[str, Fraction | None], result: Fraction | bool | None) -> Step:
    names = dict.fromkeys(name for name in _NAME.findall(formula) if name in known)
    numbers = tuple((name, number) for name in names if (number := known[name]) is not None)
    return Step(what=what, formula=formula, numbers=numbers, result=result)
