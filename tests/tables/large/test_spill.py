"""Whole numbers on disk come back as they were, or one in so many where they are too many, and repeats are always exact."""

from __future__ import annotations

from contextlib import closing

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.large import spill as module
from cityfolio.tables.large.spill import Spill, TooWide

INTS = st.integers(-(2**63), 2**63 - 1)
PARTS = st.lists(st.lists(INTS, max_size=8), max_size=8)
LEAST, MOST = -(2**63), 2**63 - 1


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "READ_AT_ONCE", 3)


def filled(*parts: list[int], decimals: int = 0) -> Spill:
    """Values in several parts."""
    spill = Spill()
    for part in parts:
        spill.add(np.array(part, np.int64), decimals)
    return spill


def loaded(*parts: list[int]) -> list[int]:
    """What comes back of values."""
    with closing(filled(*parts)) as spill:
        back: list[int] = spill.load().tolist()
        return back


def repeats(*parts: list[int]) -> int:
    """How many values came before."""
    with closing(filled(*parts)) as spill:
        return spill.repeats()


@given(PARTS)
def test_values_come_back_in_the_order_they_came(parts: list[list[int]]) -> None:
    assert loaded(*parts) == [value for part in parts for value in part]


@given(PARTS, st.integers(1, 12))
def test_of_too_many_every_nth_comes_back(parts: list[list[int]], most: int) -> None:
    values = [value for part in parts for value in part]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_LOADED", most)
        step = -(-len(values) // most) or 1

        assert loaded(*parts) == values[::step]
        assert len(values[::step]) <= max(1, most)


@given(st.lists(st.lists(st.integers(-3, 3), max_size=8), max_size=8), st.integers(1, 60))
def test_repeats_are_counted_exactly_however_many_values_there_are(parts: list[list[int]], most: int) -> None:
    values = [value for part in parts for value in part]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_LOADED", most)

        assert repeats(*parts) == len(values) - len(set(values))


@given(st.lists(st.lists(st.integers(-3, 3), max_size=8), max_size=8), st.integers(1, 60), st.integers(1, 5))
def test_the_first_repeats_are_placed_exactly_however_many_values_there_are(parts: list[list[int]], loaded_most: int,
                                                                            most: int) -> None:
    values = [value for part in parts for value in part]
    with pytest.MonkeyPatch.context() as patch, closing(filled(*parts)) as spill:
        patch.setattr(module, "MOST_LOADED", loaded_most)

        assert spill.first_repeats(most) == [at for at, value in enumerate(values) if value in values[:at]][:most]


@pytest.mark.parametrize(("rows", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)])
def test_the_step_is_one_until_values_are_too_many(monkeypatch: pytest.MonkeyPatch, rows: int, step: int) -> None:
    monkeypatch.setattr(module, "MOST_LOADED", 4)
    with closing(filled([0] * rows)) as spill:
        assert spill.step == step


def test_values_can_be_loaded_again_and_added_to_in_between() -> None:
    with closing(filled([1, 2])) as spill:
        first = spill.load().tolist()
        spill.add(np.array([3]))

        assert (first, spill.load().tolist(), spill.load().tolist()) == ([1, 2], [1, 2, 3], [1, 2, 3])


def test_a_part_of_an_array_is_added_as_it_is() -> None:
    with closing(Spill()) as spill:
        spill.add(np.arange(10)[::3])

        assert spill.load().tolist() == [0, 3, 6, 9]


def test_values_are_brought_to_the_most_decimals_that_occur() -> None:
    with closing(filled([12, 7])) as spill:
        spill.add(np.array([125]), 2)
        spill.add(np.array([5]), 1)
        spill.add(np.array([-3]), 0)

        assert (spill.decimals, spill.load().tolist()) == (2, [1200, 700, 125, 50, -300])


@given(st.lists(st.tuples(st.integers(-10**6, 10**6), st.integers(0, 4)), max_size=20), st.integers(1, 30))
def test_the_same_value_at_any_number_of_decimals_is_a_repeat(values: list[tuple[int, int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch, closing(Spill()) as spill:
        patch.setattr(module, "MOST_LOADED", most)
        for value, decimals in values:
            spill.add(np.array([value]), decimals)

        assert spill.repeats() == len(values) - len({value * 10 ** (4 - decimals) for value, decimals in values})


@pytest.mark.parametrize(("value", "by"), [
    (MOST // 10, 1), (-(MOST // 10), 1), (9, 18), (MOST // 10**18, 18), (0, 18),
])
def test_a_value_that_just_fits_is_brought_to_more_decimals(value: int, by: int) -> None:
    with closing(filled([value])) as spill:
        spill.add(np.array([0]), by)

        assert spill.load().tolist()[0] == value * 10**by


@pytest.mark.parametrize(("value", "by"), [
    (MOST // 10 + 1, 1), (-(MOST // 10) - 1, 1), (MOST, 1), (LEAST, 1), (10, 18), (1, 19), (0, 19),
])
def test_a_value_that_does_not_fit_is_refused_and_not_made_another(value: int, by: int) -> None:
    with closing(filled([value])) as spill:
        spill.add(np.array([0]), by)

        with pytest.raises(TooWide):
            spill.load()


def test_of_nothing_nothing_comes_back() -> None:
    with closing(Spill()) as spill:
        assert (spill.load().tolist(), spill.repeats(), spill.rows, spill.step) == ([], 0, 0, 1)


def test_a_spill_that_never_held_anything_can_be_closed() -> None:
    Spill().close()


def test_an_empty_part_leaves_no_trace() -> None:
    with closing(filled([], [1], [], [2])) as spill:
        assert (spill.load().tolist(), spill.rows) == ([1, 2], 2)


def test_the_file_is_gone_when_it_is_closed() -> None:
    spill = filled([1])
    spill.close()

    with pytest.raises(ValueError, match="closed"):
        spill.load()
