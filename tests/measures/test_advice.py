"""What a measure's own past says about its target, and what a set of measures lacks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cityfolio.measures.advice import Advice, advice
from cityfolio.model.measured import Computation, Series
from cityfolio.model.performance import GoalRecord, MeasureRecord, ReviewRecord
from measures.making_measures import a_measure, a_series, a_target

REVIEWS = (ReviewRecord(date=date(2026, 5, 1)),)


def on(measure: MeasureRecord, values: Iterable[object]) -> list[Advice]:
    """Advice on one measure."""
    computed = Computation(overall=Series(observations=a_series("2010", values)))
    return list(advice({"trees": measure}, {}, {"trees": computed}))


def reviewed(**said: Any) -> MeasureRecord:
    return a_measure(**{"baseline": ("2009", "1"), "target": ("2030", "50"), "reviews": REVIEWS, **said})


def test_a_target_that_the_last_eight_values_pass_is_too_easy() -> None:
    assert on(reviewed(), [10, 51, 52, 53, 54, 55, None, 56, 57, 58]) == [
        Advice(kind="always-met", about="trees", numbers=(("target", Fraction(50)), ("closest", Fraction(51)), ("periods", 8)))]


def test_fewer_costs_than_the_target_allows_are_too_easy_as_well() -> None:
    assert [each.kind for each in on(reviewed(direction="down"), range(40, 48))] == ["always-met"]


@pytest.mark.parametrize("values", [[51] * 7, [51] * 7 + [50], [50] * 8, [49, *[51] * 7], [51] * 7 + [None]],
                         ids=["seven", "once equal", "always equal", "once missed", "seven and a gap"])
def test_a_target_that_is_met_for_shorter_or_only_just_is_not(values: list[object]) -> None:
    assert on(reviewed(), values) == []


def test_a_target_beyond_anything_ever_reached_is_told_with_the_best_there_was() -> None:
    assert on(reviewed(), [10, 20, 48, 30, 20, 10, 20, 30]) == [
        Advice(kind="beyond-reach", about="trees", numbers=(("target", Fraction(50)), ("best", Fraction(48)), ("periods", 8)))]


def test_a_range_that_never_held_is_beyond_reach() -> None:
    measure = reviewed(direction="range", targets=[a_target("2030", low="10", high="20")])

    assert on(measure, [1, 2, 9, 25, 30, 30, 30, 30]) == [
        Advice(kind="beyond-reach", about="trees",
               numbers=(("low", Fraction(10)), ("high", Fraction(20)), ("best", Fraction(9)), ("periods", 8)))]
    assert on(measure, [15] * 8) == []


def test_little_history_is_no_ground_for_advice() -> None:
    assert on(reviewed(), [1] * 7) == []


def test_a_target_without_a_baseline_is_told_even_before_there_are_values() -> None:
    assert [each.kind for each in on(reviewed(baseline=None), [])] == ["no-baseline"]


@pytest.mark.parametrize("said", [{"targets": []}, {"direction": "watch"},
                                  {"direction": "range", "targets": [a_target("2030", low="10", high="20")]}],
                         ids=["no target", "watch", "range"])
def test_what_needs_no_baseline_is_not_asked_for_one(said: dict[str, Any]) -> None:
    assert on(reviewed(baseline=None, **said), [15]) == []


def test_a_measure_that_nobody_looked_at_is_told() -> None:
    assert on(reviewed(reviews=()), []) == [Advice(kind="never-reviewed", about="trees")]


def test_a_review_of_its_goal_is_a_review_of_the_measure() -> None:
    measures = {"trees": reviewed(reviews=(), goal="shade")}

    assert list(advice(measures, {"shade": GoalRecord(reviews=REVIEWS)}, {})) == []
    assert [each.kind for each in advice(measures, {"shade": GoalRecord()}, {})] == ["never-reviewed"]


def test_a_goal_that_only_counts_what_is_done_is_told() -> None:
    measures = {"crews": reviewed(goal="shade", type="input"), "planted": reviewed(goal="shade", type="output"),
                "cover": reviewed(goal="green", type="outcome"), "mown": reviewed(goal="green", type="output")}

    assert list(advice(measures, {}, {})) == [Advice(kind="only-outputs", about="shade", numbers=(("measures", 2),))]


def test_more_than_a_dozen_measures_of_one_publisher_are_told() -> None:
    goals = {"shade": GoalRecord(owner="parks")}
    own = {f"own-{at}": reviewed(owner="parks") for at in range(6)}
    of_goal = {f"of-goal-{at}": reviewed(goal="shade") for at in range(6)}

    assert list(advice(own | of_goal, goals, {})) == []
    assert list(advice(own | of_goal | {"one-more": reviewed(owner="parks")}, goals, {})) == [
        Advice(kind="many-measures", about="parks", numbers=(("measures", 13), ("most", 12)))]
