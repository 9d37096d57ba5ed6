"""The next steps: as few as can be, proven against trying every set; the first of those; in an order that can be gone."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.model.standard import AmongRecord, LevelRecord, StandardRecord
from cityfolio.practice.criteria import met_when
from cityfolio.practice.levels import counts, is_reached
from cityfolio.practice.next_steps import next_steps
from practice.making_standards import a_criterion, a_level, a_random_standard, a_standard, a_whole, by_trying

RANDOM = st.randoms(use_true_random=False)


def steps(record: StandardRecord, *already: str) -> tuple[str, ...]:
    """The next steps to the only level of a standard of which some criteria hold already, and those that ask nothing."""
    holds = {name: name in already or (each.attest is None and not each.checks) for name, each in record.criteria.items()}
    return next_steps(record, holds, record.levels[0])


def is_reached_by(record: StandardRecord, holds: Mapping[str, bool], found: tuple[str, ...]) -> bool:
    """Whether the only level of a standard is reached when some steps are gone."""
    met = met_when(record, {**holds, **dict.fromkeys(found, True)})
    return is_reached(record.levels[0], counts(record, met), met)


def in_standard_order(record: StandardRecord, found: tuple[str, ...]) -> tuple[str, ...]:
    """Steps as they stand in their standard."""
    return tuple(name for name in record.criteria if name in found)


def plain(count: int, level: LevelRecord, **criteria: object) -> StandardRecord:
    """So many criteria of one area, and others."""
    return a_standard({**{f"c{number}": a_criterion() for number in range(count)}, **criteria}, level)  # type: ignore[dict-item]


@settings(max_examples=150, deadline=None)
@given(RANDOM, st.integers(3, 10), st.sampled_from([0.1, 0.4, 0.8]))
def test_the_smallest_set_that_comes_first_is_found_on_any_standard(random: Random, size: int, wanting: float) -> None:
    record, holds = a_random_standard(random, size, wanting)

    found = next_steps(record, holds, record.levels[0])

    assert in_standard_order(record, found) == by_trying(record, holds, record.levels[0])


@settings(max_examples=60, deadline=None)
@given(RANDOM, st.sampled_from([0.1, 0.4, 0.8]))
def test_steps_can_be_gone_in_their_order_and_reach_the_level(random: Random, wanting: float) -> None:
    record, holds = a_random_standard(random, 30, wanting)
    done = dict(holds)

    for step in next_steps(record, holds, record.levels[0]):
        met = met_when(record, done)
        assert all(met[before] for before in record.criteria[step].after)
        done[step] = True

    assert is_reached_by(record, done, ())


def test_a_share_is_reached_by_the_criteria_that_stand_first() -> None:
    assert steps(plain(5, a_level(share=0.6)), "c1") == ("c0", "c2")


def test_nothing_is_left_to_do_for_a_level_that_is_reached() -> None:
    assert steps(plain(2, a_level(share=0.5)), "c1") == ()


def test_what_has_to_be_met_before_is_counted_and_comes_first() -> None:
    record = plain(0, a_level(criteria=("last",)), last=a_criterion(after=("first",)), first=a_criterion())

    assert steps(record) == ("first", "last")


def test_a_criterion_that_only_waits_is_met_by_what_it_waits_for() -> None:
    record = plain(0, a_level(share=1), ready=a_criterion(after=("first",)), first=a_criterion())

    assert steps(record, "ready") == ("first",)


def test_of_parts_as_few_are_met_as_are_asked() -> None:
    record = plain(0, a_level(share=1), whole=a_whole(3, "a", "b", "c", "d"), a=a_criterion(), b=a_criterion(), c=a_criterion(),
                   d=a_criterion())

    assert steps(record, "c") == ("a", "b")


def test_a_part_that_two_wholes_share_is_worth_more_than_one_that_stands_first() -> None:
    record = plain(0, a_level(share=1), one=a_whole(1, "a", "both"), two=a_whole(1, "b", "both"), a=a_criterion(),
                   b=a_criterion(), both=a_criterion())

    assert steps(record) == ("both",)


def test_a_whole_that_asks_something_itself_needs_that_too() -> None:
    record = plain(0, a_level(share=1), whole=a_criterion(among=AmongRecord(least=1, criteria=("a",))), a=a_criterion())

    assert steps(record) == ("whole", "a")


def test_each_area_gets_its_share_before_the_cheapest_are_taken() -> None:
    record = plain(4, a_level(share=0.4, each_area=0.5), other=a_criterion(area="other"))

    assert steps(record, "c0", "c1") == ("other",)


def test_steps_that_unlock_several_others_are_preferred() -> None:
    record = plain(2, a_level(share=0.5), x=a_criterion(after=("key",)), y=a_criterion(after=("key",)), key=a_criterion())

    assert steps(record, "x", "y") == ("key",)


@pytest.mark.parametrize("seed", range(5))
def test_a_hundred_criteria_with_groups_and_prerequisites_are_solved(seed: int) -> None:
    record, holds = a_random_standard(Random(seed), 100)

    assert is_reached_by(record, holds, next_steps(record, holds, record.levels[0]))


def test_where_a_level_cannot_be_reached_there_are_no_steps() -> None:
    record = plain(0, a_level(criteria=("whole",)), whole=a_whole(3, "a", "b"), a=a_criterion(), b=a_criterion())

    assert steps(record) == ()


def test_long_chains_across_areas_are_solved() -> None:
    chains = {f"c{number}": a_criterion(area=f"area-{number % 8}", after=(f"c{number - 1}",) if number % 7 else ())
              for number in range(98)}

    record = a_standard(chains, a_level(share=0.6, each_area=0.3))
    holds = {name: number % 3 == 0 for number, name in enumerate(chains)}

    assert is_reached_by(record, holds, next_steps(record, holds, record.levels[0]))


@pytest.mark.torture
@pytest.mark.parametrize("seed", range(40))
def test_smallest_sets_hold_against_trying_every_set_ten_thousand_times(seed: int) -> None:
    random = Random(seed)

    for _ in range(250):
        record, holds = a_random_standard(random, random.randint(3, 14), random.choice([0.1, 0.3, 0.6, 0.9]))
        found = next_steps(record, holds, record.levels[0])
        assert in_standard_order(record, found) == by_trying(record, holds, record.levels[0])
