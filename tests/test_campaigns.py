"""Campaigns: a part of their cases in `make test`, the same each time, and all under torture."""

from __future__ import annotations

import pytest

from campaigns import chosen, in_part, some_or_all


def left_out(cases):
    return [each.values for each in cases if hasattr(each, "marks") and "campaign" in {mark.name for mark in each.marks}]


def test_all_but_so_many_cases_are_left_to_torture_and_the_same_ones_each_time():
    cases = in_part(range(20), 5)

    assert len(cases) == 20
    assert len(left_out(cases)) == 15
    assert left_out(cases) == left_out(in_part(range(20), 5))


def test_cases_of_several_arguments_keep_their_names_and_marks():
    named = pytest.param(1, "one", id="first", marks=pytest.mark.slow)
    alone, pair = in_part([named, (2, "two")], 0)

    assert (alone.id, alone.values, {mark.name for mark in alone.marks}) == ("first", (1, "one"), {"slow", "campaign"})
    assert pair.values == (2, "two")


def test_of_items_so_many_are_chosen_in_their_order_and_all_where_none_is_said():
    few = chosen("abcdefgh", 3)

    assert len(few) == 3
    assert few == sorted(few)
    assert chosen("abc", None) == chosen("abc", 7) == ["a", "b", "c"]


def test_what_is_met_most_is_always_kept_and_another_seed_chooses_others():
    few, others = (chosen("abcdefgh", 2, always="ah", seed=seed) for seed in (1, 2))

    assert [len(each) for each in (few, others)] == [4, 4]
    assert {"a", "h"} <= {*few} & {*others}
    assert few != others


def test_a_test_of_items_found_while_it_runs_goes_through_some_and_under_torture_through_all():
    some, every = some_or_all(6)

    assert (some.values, every.values) == ((6,), (None,))
    assert left_out([some, every]) == [(None,)]
