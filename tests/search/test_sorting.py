"""Columns of numbers are sorted by counting, and come out as if they were compared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, strategies as st
from hypothesis.extra import numpy as arrays

from cityfolio.search.sorting import order_of

KEYS = st.integers(0, 40).flatmap(
    lambda size: st.lists(arrays.arrays(np.int64, size, elements=st.integers(0, 2**40)), min_size=1, max_size=3))


@given(KEYS)
def test_the_order_is_that_of_a_sort_by_comparing(keys):
    assert order_of(*keys).tolist() == np.lexsort(keys).tolist()


@pytest.mark.parametrize("kind", [np.int8, np.int32, np.int64])
def test_numbers_of_any_width_are_sorted(kind):
    assert order_of(np.array([3, 1, 2, 1], dtype=kind)).tolist() == [1, 3, 2, 0]


def test_numbers_that_differ_only_above_sixteen_bits_are_told_apart():
    assert order_of(np.array([3 << 16, 1 << 16, 2 << 32])).tolist() == [1, 0, 2]


def test_nothing_has_an_order():
    assert order_of(np.zeros(0, np.int64)).tolist() == []
