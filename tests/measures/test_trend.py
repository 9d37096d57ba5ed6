"""Whether a measure moved: the word, the line, the test, the limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import sin, tau

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.measures.control_limits import control_limits, signals
from cityfolio.measures.points import points_of
from cityfolio.measures.theil_sen import theil_sen
from cityfolio.measures.trend import trend
from cityfolio.model.measured import TrendWord
from cityfolio.model.performance import BreakRecord, MeasureRecord
from measures.making_measures import a_measure, a_series, a_target

RISING = (1, 2, 4, 3, 5, 6, 8, 9)
YEARLY, MONTHLY = a_measure("year"), a_measure("month")
STAY_BETWEEN = a_measure(direction="range", targets=[a_target("2040", low="10", high="20")])


@pytest.mark.parametrize(("direction", "values", "word"), [
    ("up", RISING, "improving"), ("up", RISING[::-1], "worsening"),
    ("down", RISING, "worsening"), ("down", RISING[::-1], "improving"),
    ("watch", RISING, "rising"), ("watch", RISING[::-1], "falling"),
])
def test_a_clear_change_is_called_by_the_direction_of_the_measure(direction: str, values: Iterable[int], word: str) -> None:
    assert trend(a_measure(direction=direction), a_series("2015", values)).word == word


@pytest.mark.parametrize(("values", "word"), [
    (range(1, 9), "improving"), (range(21, 41, 2), "worsening"), (range(35, 15, -2), "improving"), (range(11, 19), "rising"),
    (range(19, 11, -1), "falling"), (range(5, 35, 2), "worsening"),
], ids=["toward it", "away from it", "into it", "upward inside", "downward inside", "through it and farther out"])
def test_a_range_is_approached_left_or_moved_within(values: Iterable[int], word: str) -> None:
    assert trend(STAY_BETWEEN, a_series("2010", values)).word == word


def test_a_range_without_a_target_can_only_rise_or_fall() -> None:
    assert trend(a_measure(direction="range"), a_series("2010", RISING)).word == "rising"


def test_seven_values_are_too_few() -> None:
    result = trend(YEARLY, a_series("2015", range(7)))

    assert (result.word, result.points, result.since, result.slope, result.upper) == ("too-short", 7, "2015", None, None)


def test_nothing_at_all_is_too_short() -> None:
    assert trend(YEARLY, ()).word == "too-short"


@pytest.mark.parametrize("values", [(5,) * 9, (0.1,) * 9, (3, 1, 4, 1, 5, 9, 2, 6, 5), (0, 0, 0, 0, 0, 0, 0, 0, 1)])
def test_what_does_not_move_or_moves_to_and_fro_shows_no_clear_change(values: Iterable[object]) -> None:
    result = trend(YEARLY, a_series("2015", values))

    assert result.word == "no-clear-change"


def test_a_change_whose_median_step_is_nothing_is_not_clear() -> None:
    result = trend(YEARLY, a_series("2001", [0] * 14 + [1] * 5))

    assert result.p_value is not None
    assert (result.p_value < 0.05, result.slope, result.word) == (True, 0, "no-clear-change")


def test_gaps_are_left_out_and_the_others_keep_their_time() -> None:
    result = trend(YEARLY, a_series("2010", [0, 1, None, None, 4, 5, 6, None, 8, 9, 10]))

    assert (result.points, result.since, result.slope) == (8, "2010", 1)


def test_only_what_came_since_the_last_break_counts() -> None:
    measure = a_measure("month", breaks=(BreakRecord(period="2020-06"), BreakRecord(period="2021"), BreakRecord(period="2030")))

    result = trend(measure, a_series("2020-01", [*range(100, 76, -2), *RISING]))

    assert (result.since, result.points, result.word) == ("2021-01", 8, "improving")


def test_a_year_in_which_the_count_changed_is_not_compared() -> None:
    measure = a_measure("year", breaks=(BreakRecord(period="2012-03"),))

    assert trend(measure, a_series("2010", range(12))).since == "2013"


@pytest.mark.parametrize(("grain", "first"), [("day", "2026-02-20"), ("week", "2020-W50"), ("month", "2025-11"),
                                              ("quarter", "2025-Q3"), ("year", "2019"), ("fiscal-year", "FY2019")])
def test_a_slope_is_for_one_period_whatever_its_length(grain: str, first: str) -> None:
    assert trend(a_measure(grain), a_series(first, range(0, 22, 2))).slope == 2


def test_of_a_very_long_series_the_newest_thousand_values_count() -> None:
    result = trend(a_measure("day"), a_series("2020-01-01", [9, *range(1000)]))

    assert (result.points, result.since) == (1000, "2020-01-02")


def test_seasons_alone_are_no_change() -> None:
    result = trend(MONTHLY, a_series("2023-01", [round(100 + 50 * sin(tau * month / 12), 3) for month in range(30)]))

    assert (result.word, result.slope, result.p_value) == ("no-clear-change", 0, 1)


def test_a_change_behind_large_seasons_is_found() -> None:
    result = trend(MONTHLY, a_series("2023-01", [round(100 + month + 50 * sin(tau * month / 12), 3) for month in range(30)]))

    assert result.word == "improving"
    assert result.slope == pytest.approx(1)


def test_two_years_of_quarters_are_not_yet_compared_within_seasons() -> None:
    rising = a_series("2024-Q1", range(12))

    assert not points_of(a_measure("quarter"), rising[:11]).is_seasonal
    assert points_of(a_measure("quarter"), rising).seasons == (1, 2, 3, 4) * 3
    assert trend(a_measure("quarter"), rising[:8]).word == "improving"


def test_the_line_is_the_one_other_programs_find() -> None:
    values = [5.1, 4.2, 6.3, 5.8, 6.9, 7.2, 6.4, 7.7, 8.1]   # scipy.stats.theilslopes gives 0.3732142857142857

    line = theil_sen(points_of(YEARLY, a_series("2010", values)))

    assert line.slope == pytest.approx(0.3732142857142857)
    assert line.at(4) == pytest.approx(np.median(np.asarray(values) - line.slope * np.arange(9)) + 4 * line.slope)


@given(st.lists(st.integers(-50, 50), min_size=8, max_size=23), st.integers(1, 9), st.integers(-99, 99))
def test_the_word_does_not_depend_on_unit_or_origin(values: list[int], factor: int, shift: int) -> None:
    moved = [value * factor + shift for value in values]

    assert trend(MONTHLY, a_series("2020-01", moved)).word == trend(MONTHLY, a_series("2020-01", values)).word


@given(st.lists(st.integers(-50, 50), min_size=8, max_size=40))
def test_less_is_better_mirrors_more_is_better_in_trends_too(values: list[int]) -> None:
    up, down = a_measure("month"), a_measure("month", direction="down")

    assert trend(down, a_series("2020-01", [-value for value in values])).word == trend(up, a_series("2020-01", values)).word


# So many series of each kind; the few are the first of the many.
COUNTS = pytest.mark.parametrize("count", [500, pytest.param(4_000, marks=pytest.mark.torture)])


def words(
    measure: MeasureRecord, series: Callable[[np.random.Generator], np.ndarray], first: str, count: int,
) -> Counter[TrendWord]:
    chance = np.random.default_rng(20260704)
    return Counter(trend(measure, a_series(first, series(chance).round(6))).word for _ in range(count))


@pytest.mark.no_cover
@COUNTS
def test_flat_series_with_noise_show_no_clear_change(count: int) -> None:
    found = words(YEARLY, lambda chance: 100 * (1 + 0.05 * chance.standard_normal(9)), "2015", count)

    assert found["no-clear-change"] >= 0.94 * count


@pytest.mark.no_cover
@COUNTS
@pytest.mark.parametrize(("direction", "start", "end"), [
    ("up", 71.2, 85), ("down", 6, 5.75), ("up", 80, 85), ("up", 90, 92), ("up", 99, 100), ("down", 50, 50)])
def test_series_on_their_way_are_hardly_ever_called_worsening(
        direction: str, start: float, end: float, count: int) -> None:
    way = np.linspace(start, end, 24)
    measure = a_measure("month", direction=direction)

    found = words(measure, lambda chance: way * (1 + 0.05 * chance.standard_normal(24)), "2024-01", count)

    assert found["worsening"] < 0.01 * count


def test_the_limits_are_the_mean_and_2_66_mean_moving_ranges() -> None:
    limits = control_limits([10, 12, 11, 13])   # moving ranges 2, 1, 2

    assert (limits.center, limits.lower, limits.upper) == pytest.approx((11.5, 11.5 - 2.66 * 5 / 3, 11.5 + 2.66 * 5 / 3))


def test_a_value_outside_the_limits_is_a_signal() -> None:
    result = trend(YEARLY, a_series("2010", [0, 30] * 5 + [200] + [0, 30] * 5))

    assert result.signals == ("2020",)


def test_eight_in_a_row_on_one_side_are_signals_each() -> None:
    values = [3, 7, 3, 7, 3, 6, 6, 6, 6, 6, 6, 6, 6, 4, 3, 3, 3]

    assert signals(values, control_limits(values)) == tuple(range(5, 13))


def test_seven_in_a_row_are_none() -> None:
    values = [3, 7, 3, 7, 3, 6, 6, 6, 6, 6, 6, 6, 4, 6, 4]

    assert signals(values, control_limits(values)) == ()


def test_equal_values_are_no_signals_whatever_floating_point_makes_of_their_mean() -> None:
    assert trend(YEARLY, a_series("2010", [0.1] * 11)).signals == ()
