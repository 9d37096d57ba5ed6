"""No small number is shown, and none can be worked out from the numbers that are."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import example, given, settings, strategies as st

from cityfolio.measures.suppression import Hidden, Tally, hidden, is_small
from measures.attacks import coarser, given_away

LEAST = st.integers(2, 5)
CELLS = st.lists(st.integers(0, 7), min_size=1, max_size=4)
PAIRS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6)


def of_rows(*rows: int) -> list[Tally]:
    return [Tally(each) for each in rows]


def shown_of(rows: list[int], least: int, nesting: tuple[int, ...] | None = None) -> Hidden:
    """What is held back of groups with so many rows, and of the groups that they lie in."""
    above = [] if nesting is None else [of_rows(*coarser(rows, nesting))]
    return hidden(Tally(sum(rows)), [of_rows(*rows), *above], least, None if nesting is None else {(0, 1): nesting})


CASES = {
    "nothing is small": ([20, 30, 40], set()),
    "one is, so the next smallest too": ([3, 30, 40], {0, 1}),
    "two are, and enough together": ([3, 4, 40], {0, 1}),
    "two are, and too few together": ([1, 2, 40, 30], {0, 1, 3}),
    "none is a number too": ([0, 30, 40], {0, 1}),
}


@pytest.mark.parametrize(("rows", "back"), CASES.values(), ids=CASES)
def test_small_groups_are_held_back_with_the_next_smallest(rows: list[int], back: set[int]) -> None:
    assert shown_of(rows, 5) == Hidden(groups=(frozenset(back),))


def test_of_a_small_total_nothing_is_shown() -> None:
    assert hidden(Tally(4), [of_rows(4), of_rows(2, 2)], 5) == Hidden(total=True, groups=(frozenset({0}), frozenset({0, 1})))


def test_each_column_is_looked_at_by_itself() -> None:
    assert hidden(Tally(30), [of_rows(2, 8, 20), of_rows(15, 15)], 5) == Hidden(groups=(frozenset({0, 1}), frozenset()))


def test_few_late_ones_are_held_back_as_few_rows_are() -> None:
    tallies = [Tally(50, 48), Tally(60, 30), Tally(70, 70)]

    assert hidden(Tally(180, 148), [tallies], 5).groups == (frozenset({0, 1}),)


def test_all_good_or_none_good_may_be_shown() -> None:
    assert not is_small(Tally(50, 50), 5)
    assert not is_small(Tally(50, 0), 5)


def test_a_region_with_one_district_is_held_back_with_it() -> None:
    found = shown_of([3, 30, 40], 5, (0, 1, 1))

    assert found == Hidden(groups=(frozenset({0, 1}), frozenset({0, 1})))


@given(rows=CELLS, least=LEAST)
@settings(max_examples=300)
def test_no_small_number_follows_from_what_is_shown(rows: list[int], least: int) -> None:
    assert given_away(rows, None, shown_of(rows, least), least) == []


@given(rows=CELLS, least=LEAST, regions=st.lists(st.integers(0, 2), min_size=4, max_size=4))
@example(rows=[2, 8, 2, 20], least=5, regions=[0, 1, 1, 2])
@settings(max_examples=300)
def test_no_small_number_follows_where_groups_lie_in_others(rows: list[int], least: int, regions: list[int]) -> None:
    met = sorted(set(regions[:len(rows)]))
    parents = tuple(met.index(each) for each in regions[:len(rows)])

    assert given_away(rows, parents, shown_of(rows, least, parents), least) == []


@given(rows=st.lists(st.integers(0, 9), min_size=1, max_size=5), least=LEAST, seed=st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_two_columns_that_say_the_same_hold_back_the_same_groups(rows: list[int], least: int, seed: Random) -> None:
    other = seed.sample(range(len(rows)), len(rows))
    back = [other.index(at) for at in range(len(rows))]
    columns = [of_rows(*rows), of_rows(*(rows[each] for each in back))]
    found = hidden(Tally(sum(rows)), columns, least, {(0, 1): other, (1, 0): back})

    assert {other[at] for at in found.groups[0]} == found.groups[1]


@given(pairs=PAIRS, least=LEAST)
@settings(max_examples=300)
def test_those_held_back_are_no_small_group_together(pairs: list[tuple[int, int]], least: int) -> None:
    tallies = [Tally(good + bad, good) for good, bad in pairs]
    total = Tally(sum(each.rows for each in tallies), sum(each.good or 0 for each in tallies))
    found = hidden(total, [tallies], least)
    back = [tallies[at] for at in found.groups[0]]
    together = Tally(sum(each.rows for each in back), sum(each.good or 0 for each in back))

    assert found.total or not is_small(total, least)
    assert all(at in found.groups[0] for at, each in enumerate(tallies) if is_small(each, least))
    assert found.total or not back or (len(back) > 1 and not is_small(together, least))
