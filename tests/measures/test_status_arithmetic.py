"""The arithmetic behind a status, as `measures explain` and the method page show it."""

from __future__ import annotations

from fractions import Fraction

from cityfolio.measures.arithmetic import Step, arithmetic
from cityfolio.model.performance import ComputeRecord, RatioRecord
from measures.making_measures import a_measure, a_target, seen

MORTALITY = a_measure(direction="down", baseline=("2020", "6.0"), target=("2028", "5.0"))
ON_TIME = ComputeRecord(dataset="requests", date="closed_at", ratio=RatioRecord(good="days <= 3"))


def test_each_step_says_what_is_found_by_which_formula_from_which_numbers() -> None:
    steps = arithmetic(MORTALITY, seen("2026", "5.3"))

    assert steps == (
        Step(what="value", result=Fraction("5.3")),
        Step(what="expected", formula="start + (end - start) * passed / whole", result=Fraction("5.25"),
             numbers=(("start", Fraction(6)), ("end", Fraction(5)), ("passed", Fraction(72)), ("whole", Fraction(96)))),
        Step(what="scale", formula="abs(target - baseline)", numbers=(("target", Fraction(5)), ("baseline", Fraction(6))),
             result=Fraction(1)),
        Step(what="gap", formula="direction * (value - expected) / scale", result=Fraction("-0.05"),
             numbers=(("direction", Fraction(-1)), ("value", Fraction("5.3")), ("expected", Fraction("5.25")),
                      ("scale", Fraction(1)))),
        Step(what="achieved", formula="direction * (value - target) >= 0", result=False,
             numbers=(("direction", Fraction(-1)), ("value", Fraction("5.3")), ("target", Fraction(5)))),
        Step(what="on-track", formula="gap >= 0", numbers=(("gap", Fraction("-0.05")),), result=False),
        Step(what="near", formula="gap >= -tolerance", result=True,
             numbers=(("gap", Fraction("-0.05")), ("tolerance", Fraction("0.1")))),
        Step(what="status", result="near"),
    )


def test_a_share_begins_with_the_rows_it_was_counted_from() -> None:
    measure = a_measure(unit="percent", compute=ON_TIME, target=("2028", "85"))

    first = arithmetic(measure, seen("2026", "80", rows=50, good=40))[0]

    assert first == Step(what="value", formula="100 * good / rows", numbers=(("good", Fraction(40)), ("rows", Fraction(50))),
                         result=Fraction(80))


def test_a_share_in_another_unit_is_not_times_a_hundred() -> None:
    measure = a_measure(unit="share", compute=ON_TIME, target=("2028", "0.85"))

    assert arithmetic(measure, seen("2026", "0.8", rows=50, good=40))[0].formula == "good / rows"


def test_without_a_scale_units_say_what_is_near() -> None:
    measure = a_measure(direction="down", target=("2030", "0"), tolerance_absolute=2)

    steps = arithmetic(measure, seen("2026", "3"))

    assert [step.formula for step in steps] == [
        "", "start", "abs(target)", "direction * (value - expected)", "direction * (value - target) >= 0", "ahead >= 0",
        "ahead >= -tolerance_absolute", ""]


def test_a_range_is_a_matter_of_the_distance_outside() -> None:
    measure = a_measure(direction="range", targets=[a_target("2030", low="10", high="20")])

    steps = arithmetic(measure, seen("2026", "25"))

    assert [(step.what, step.result) for step in steps] == [
        ("value", 25), ("outside", 5), ("scale", 10), ("inside", False), ("near", False), ("status", "outside")]


def test_where_there_is_nothing_to_compare_the_status_stands_alone() -> None:
    assert [step.result for step in arithmetic(a_measure(), seen("2026", "5"))] == [5, "watch"]
    assert [step.result for step in arithmetic(MORTALITY, seen("2026"))] == [None, "no-data"]
    assert [step.result for step in arithmetic(MORTALITY, seen("2026", is_suppressed=True))] == [None, "suppressed"]
