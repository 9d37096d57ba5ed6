"""The test of Mann and Kendall against counting by hand and against what other programs give."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations

import pytest
from hypothesis import given, strategies as st

from cityfolio.measures.mann_kendall import mann_kendall, score, seasonal_kendall, variance


def pairs_up_less_down(values: Sequence[float]) -> int:
    return sum((after > before) - (after < before) for before, after in combinations(values, 2))


def scores_of_all_orders(values: Sequence[float]) -> list[int]:
    return [pairs_up_less_down(order) for order in permutations(values)]


@given(st.lists(st.integers(0, 9), max_size=30))
def test_the_score_is_pairs_up_less_pairs_down(values: list[int]) -> None:
    assert score(values) == pairs_up_less_down(values)


@pytest.mark.parametrize("values", [(1, 2, 3, 4), (1, 1, 2, 3, 4), (1, 1, 1, 2, 2, 3), (2, 2, 2), (1, 1, 2, 2, 3, 3)])
def test_the_variance_is_that_of_all_orders(values: Sequence[int]) -> None:
    scores = scores_of_all_orders(values)

    assert variance(values) * len(scores) == sum(each * each for each in scores)


@pytest.mark.parametrize("values", [(1, 2, 3, 4), (2, 1, 3, 5, 4), (3, 1, 2, 6, 5, 4), (7, 1, 2, 3, 4, 5, 6), (2, 1)])
def test_few_values_without_ties_are_counted_out(values: Sequence[int]) -> None:
    scores, found = scores_of_all_orders(values), abs(pairs_up_less_down(values))

    assert mann_kendall(values).p_value == pytest.approx(min(1, 2 * sum(each >= found for each in scores) / len(scores)))


def test_nine_values_give_what_other_programs_give() -> None:
    found = mann_kendall([5.1, 4.2, 6.3, 5.8, 6.9, 7.2, 6.4, 7.7, 8.1])   # scipy.stats.kendalltau, method="exact"

    assert (found.score, found.p_value) == (28, pytest.approx(0.0024250440917107582))


def test_ties_give_what_other_programs_give() -> None:
    found = mann_kendall([23, 24, 29, 6, 29, 24, 24, 29, 23, 27, 30, 31, 26])   # pymannkendall.original_test

    assert (found.score, found.p_value) == (27, pytest.approx(0.10708844626146163))


def test_seasons_give_what_other_programs_give() -> None:
    # pymannkendall.seasonal_test
    found = seasonal_kendall([3, 7, 9, 4, 4, 7, 10, 6, 5, 8, 10, 5, 7, 9, 13, 8], (1, 2, 3, 4) * 4)

    assert (found.score, found.p_value) == (20, pytest.approx(0.0008863840016628544))


def test_equal_values_are_chance() -> None:
    assert mann_kendall([4] * 20).p_value == 1
    assert seasonal_kendall([4] * 20, [1, 2] * 10).p_value == 1


@given(st.lists(st.integers(0, 9), min_size=2, max_size=30))
def test_a_series_read_backward_is_as_likely(values: list[int]) -> None:
    forward, backward = mann_kendall(values), mann_kendall(values[::-1])

    assert (forward.score, forward.p_value) == (-backward.score, backward.p_value)
    assert 0 <= forward.p_value <= 1
