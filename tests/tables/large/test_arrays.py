"""Places as a sorted array answer as places with their counts do."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.large import arrays
from cityfolio.tables.large.arrays import ArrayOrdered, ordered_array
from cityfolio.tables.ordered import PlainOrdered, plain_ordered

FEW = st.integers(-4, 4)
FAR = st.integers(-(2**63), 2**63 - 1)
PLACES = st.lists(FEW, min_size=1, max_size=40) | st.lists(FAR, min_size=1, max_size=40)
STRETCHES = st.sampled_from([1, 2, 3, 7, 1 << 20])


def both(places: list[int]) -> tuple[ArrayOrdered, PlainOrdered]:
    """Places in order, in either form."""
    return ordered_array(np.array(places, np.int64)), plain_ordered(Counter(places))


@given(PLACES, STRETCHES)
def test_rows_different_places_and_the_sum_are_the_same(places: list[int], stretch: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "STRETCH", stretch)
        found, expected = both(places)

        assert (found.rows, found.distinct, found.total) == (expected.rows, expected.distinct, expected.total)


@given(PLACES, st.data())
def test_the_place_of_a_rank_is_the_same(places: list[int], data: st.DataObject) -> None:
    found, expected = both(places)
    rank = data.draw(st.integers(0, len(places) - 1))

    assert found.at(rank) == expected.at(rank)


@given(PLACES, st.data())
def test_the_rows_below_a_place_are_the_same(places: list[int], data: st.DataObject) -> None:
    found, expected = both(places)
    place = data.draw(st.one_of(st.sampled_from(places), FEW, FAR))

    assert found.below(place) == expected.below(place)


@given(PLACES, STRETCHES, st.integers(1, 12))
def test_the_commonest_are_those_with_most_rows_and_of_equal_ones_the_least(places: list[int], stretch: int, most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "STRETCH", stretch)
        counted = sorted(Counter(places).items(), key=lambda each: (-each[1], each[0]))

        assert ordered_array(np.array(places, np.int64)).commonest(most) == counted[:most]


@given(PLACES, STRETCHES, st.sampled_from([1, 2, 3, 86_400_000_000]))
def test_places_are_told_apart_by_any_width(places: list[int], stretch: int, width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "STRETCH", stretch)

        assert ordered_array(np.array(places, np.int64)).different(width) == {place // width for place in places}


def test_a_sum_beyond_64_bits_is_exact() -> None:
    most = 2**63 - 1

    assert ordered_array(np.array([most] * 1_000, np.int64)).total == most * 1_000
    assert ordered_array(np.array([-most - 1] * 1_000, np.int64)).total == (-most - 1) * 1_000


def test_the_array_is_sorted_where_it_lies() -> None:
    places = np.array([3, 1, 2], np.int64)
    found = ordered_array(places)

    assert found.places is places
    assert places.tolist() == [1, 2, 3]


def test_no_places_have_no_sum_and_nothing_common() -> None:
    nothing = ordered_array(np.zeros(0, np.int64))

    assert (nothing.rows, nothing.distinct, nothing.total, nothing.commonest(3), nothing.different(1)) == (0, 0, 0, [], set())
