"""Strings of bytes that are kept as one are still told apart."""

from itertools import pairwise

import numpy as np
from hypothesis import given, strategies as st

from cityfolio.search.byte_lists import ByteLists, GrowingLists

LISTS = st.lists(st.binary(max_size=5), max_size=9)


@given(LISTS)
def test_strings_come_back(lists):
    found = ByteLists.of(lists)

    assert list(found) == lists
    assert found.sizes.tolist() == list(map(len, lists))


@given(st.lists(LISTS, max_size=4))
def test_strings_of_several_are_one_after_another(several):
    growing = GrowingLists()
    for lists in several:
        growing.add(ByteLists.of(lists))

    assert list(growing.whole()) == [each for lists in several for each in lists]


@given(LISTS, st.data())
def test_those_at_some_places_are_taken_in_that_order(lists, data):
    places = data.draw(st.lists(st.integers(0, len(lists) - 1), max_size=9) if lists else st.just([]))

    assert list(ByteLists.of(lists).chosen(np.array(places, np.int64))) == [lists[at] for at in places]


@given(LISTS, st.data())
def test_strings_are_joined_between_cuts(lists, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(lists)), min_size=1, max_size=5)))

    assert list(ByteLists.of(lists).joined(np.array(cuts))) == [
        b"".join(lists[one:two]) for one, two in pairwise(cuts)]
