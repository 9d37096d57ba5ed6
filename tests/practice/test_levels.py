"""Levels are reached by shares that are exact, in all and in each area, and by criteria that are named."""

from __future__ import annotations

import pytest

from cityfolio.model.standard import LevelRecord
from cityfolio.practice.levels import Counts, is_reached, level_of_area, level_reached, needed
from practice.making_standards import a_criterion, a_level, a_standard


def reached(level: LevelRecord, met: int, of: int, *areas: tuple[int, int]) -> bool:
    """Whether a level is reached with so many criteria met of so many, in all and in each area."""
    found = Counts(met=met, of=of, areas={f"area-{number}": each for number, each in enumerate(areas)})
    return is_reached(level, found, {"key": False, "open": True})


@pytest.mark.parametrize(("share", "of", "count"), [
    (0.8, 5, 4), (0.8, 10, 8), (0.55, 100, 55), (0.29, 100, 29), (0.5, 5, 3), (0.0, 5, 0), (1.0, 5, 5), (0.001, 10, 1),
], ids=str)
def test_a_share_is_taken_as_it_is_written(share: float, of: int, count: int) -> None:
    assert needed(share, of) == count


@pytest.mark.parametrize(("met", "is_reached"), [(3, False), (4, True)], ids=["under", "at"])
def test_a_share_of_all_criteria_is_reached_at_its_line(met: int, is_reached: bool) -> None:
    assert reached(a_level(share=0.8), met, 5) is is_reached


@pytest.mark.parametrize(("area", "is_reached"), [((1, 4), False), ((2, 4), True), ((0, 0), True)],
                         ids=["under", "at", "without criteria"])
def test_a_share_of_each_area_is_reached_at_its_line(area: tuple[int, int], is_reached: bool) -> None:
    assert reached(a_level(each_area=0.5), 8, 12, (6, 8), area) is is_reached


@pytest.mark.parametrize(("criteria", "is_reached"), [(("open",), True), (("open", "key"), False)], ids=["met", "not met"])
def test_criteria_that_are_named_must_be_met(criteria: tuple[str, ...], is_reached: bool) -> None:
    assert reached(a_level(criteria=criteria), 5, 5) is is_reached


def test_the_highest_level_counts_whose_own_conditions_hold() -> None:
    record = a_standard({"key": a_criterion()}, a_level(id="low", criteria=("key",)), a_level(id="middle"),
                        a_level(id="high", share=1))

    level, above = level_reached(record, Counts(met=0, of=1, areas={}), {"key": False})

    assert (level, above) == (record.levels[1], record.levels[2])


def test_below_the_first_level_the_first_is_the_next() -> None:
    record = a_standard({"key": a_criterion()}, a_level(criteria=("key",)))

    assert level_reached(record, Counts(met=0, of=1, areas={}), {"key": False}) == (None, record.levels[0])


@pytest.mark.parametrize(("met", "of", "level"), [(0, 4, None), (2, 4, "half"), (4, 4, "all"), (0, 0, None)],
                         ids=["none", "half", "all", "without criteria"])
def test_an_area_has_the_level_whose_share_it_reaches_by_itself(met: int, of: int, level: str | None) -> None:
    record = a_standard({}, a_level(id="half", share=0.5), a_level(id="all", share=1))

    found = level_of_area(record, met, of)

    assert (found.id if found else None) == level
