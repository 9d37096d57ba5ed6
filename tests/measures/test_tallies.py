"""Sums and orders of many groups at once are exact for numbers of any size."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.measures.tallies import Ordered, counts, rank_of, sums

GROUPS = 4
ROWS = st.lists(st.tuples(st.integers(0, GROUPS - 1), st.one_of(
    st.integers(-10, 10), st.integers(-2**50, 2**50), st.integers(-2**61, 2**61), st.integers(-2**90, 2**90))), max_size=12)


def codes_of(rows: list[tuple[int, int]]) -> np.ndarray:
    return np.array([code for code, _ in rows], np.int64)


def by_group(rows: list[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for code, number in rows:
        found[code].append(number)
    return found


@given(rows=ROWS, most=st.sampled_from((10, 2**50, 2**61, 2**90)))
def test_a_sum_is_exact_however_large_its_numbers(rows: list[tuple[int, int]], most: int) -> None:
    some = [(code, number) for code, number in rows if abs(number) <= most]
    numbers = np.array([number for _, number in some], np.int64 if most < 2**62 else np.object_)
    parts = by_group(some)

    assert sums(codes_of(some), numbers, GROUPS).tolist() == [sum(parts[group]) for group in range(GROUPS)]


@given(rows=ROWS, share=st.sampled_from((Fraction(0), Fraction(1, 2), Fraction(9, 10), Fraction(1))))
def test_the_nearest_rank_is_the_value_that_the_share_does_not_pass(rows: list[tuple[int, int]], share: Fraction) -> None:
    values, ranks = np.unique(np.array([number for _, number in rows], np.object_), return_inverse=True)
    each = counts(codes_of(rows), GROUPS)
    order = Ordered(codes_of(rows), ranks, values, each)
    parts = by_group(rows)
    found = order.nth(rank_of(share, each)).tolist()

    assert {group: found[group] for group in parts} == {
        group: sorted(part)[max(ceil(share * len(part)) - 1, 0)] for group, part in parts.items()}
    assert order.different().tolist() == [len(set(parts[group])) for group in range(GROUPS)]


@pytest.mark.parametrize(("rows", "number"), [(10, 8), (11, 9), (1, 0), (0, 0)])
def test_nine_tenths_of_rows_are_counted_up_to_the_next_whole_row(rows: int, number: int) -> None:
    assert rank_of(Fraction(9, 10), np.array([rows])).tolist() == [number]
