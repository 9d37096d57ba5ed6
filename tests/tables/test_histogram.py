"""Bars of a histogram: up to ten, of equal width, from edges that can be read."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

import pytest
from hypothesis import assume, given, strategies as st

from cityfolio.tables.histogram import clock_edges, date_edges, moment_edges, number_edges
from cityfolio.tables.scales import DAY, LAST_DAY, SECOND
from tables.making import a_profile

RANGES = {
    "one to seven": ("1", "7", 7, "1", "2", "8"), "ten": ("0", "10", 6, "0", "2", "12"),
    "a hundred": ("0", "100", 10, "0", "10", "100"),
    "few": ("3", "5", 3, "3", "4", "6"), "an odd range": ("3", "98", 10, "0", "10", "100"),
    "below nothing": ("-7", "12", 8, "-9", "-6", "15"), "years": ("1990", "2024", 10, "1988", "1992", "2028"),
    "money": ("0.05", "19.99", 10, "0", "2", "20"), "cents": ("0.01", "0.05", 5, "0.01", "0.02", "0.06"),
    "degrees": ("35.1", "35.4", 4, "35.1", "35.2", "35.5"), "millions": ("12", "11000000", 10, "0", "1200000", "12000000"),
    "just over a step": ("0", "401", 9, "0", "45", "405"),
}


@pytest.mark.parametrize(("least", "greatest", "count", "first", "second", "last"), RANGES.values(), ids=RANGES)
def test_edges_of_numbers_are_round(least: str, greatest: str, count: int, first: str, second: str, last: str) -> None:
    bars = a_profile([least, greatest]).bins

    assert (len(bars), bars[0].low, bars[0].high, bars[-1].high) == (count, first, second, last)


def test_each_of_a_few_integers_has_a_bar() -> None:
    bars = a_profile(["1", "2", "2", "7"]).bins

    assert [(bar.low, bar.rows) for bar in bars] == [("1", 1), ("2", 2), ("3", 0), ("4", 0), ("5", 0), ("6", 0), ("7", 1)]


def test_the_last_bar_holds_its_upper_edge() -> None:
    bars = a_profile([str(number) for number in range(101)]).bins

    assert [bar.rows for bar in bars] == [10] * 9 + [11]


def test_equal_values_make_one_bar() -> None:
    (bar,) = a_profile(["5", "5.0", "5"]).bins

    assert (bar.low, bar.high, bar.rows) == ("5", "5", 3)


DATES = {
    "days": ("2024-02-27", "2024-03-02", 5, "2024-02-27", "2024-02-28", "2024-03-03"),
    "eleven days": ("2024-02-20", "2024-03-01", 6, "2024-02-20", "2024-02-22", "2024-03-03"),
    "weeks": ("2024-01-03", "2024-03-10", 10, "2024-01-03", "2024-01-10", "2024-03-13"),
    "months": ("2024-01-15", "2024-10-31", 10, "2024-01-01", "2024-02-01", "2024-11-01"),
    "seven months": ("2021-01-04", "2026-06-26", 10, "2021-01-01", "2021-08-01", "2026-11-01"),
    "years": ("2016-01-01", "2025-12-31", 10, "2016-01-01", "2017-01-01", "2026-01-01"),
    "decades": ("1930-05-01", "2024-01-01", 10, "1930-05-01", "1940-05-01", "2030-05-01"),
    "centuries": ("1500-01-01", "2024-01-01", 9, "1500-01-01", "1560-01-01", "2040-01-01"),
    "all of the calendar": ("0001-01-01", "9999-12-31", 10, "0001-01-01", "1000-01-01", "9999-12-31"),
}


@pytest.mark.parametrize(("least", "greatest", "count", "first", "second", "last"), DATES.values(), ids=DATES)
def test_edges_of_dates_are_days_a_calendar_knows(least: str, greatest: str, count: int, first: str, second: str,
                                                  last: str) -> None:
    bars = a_profile([least, greatest]).bins

    assert (len(bars), bars[0].low, bars[0].high, bars[-1].high) == (count, first, second, last)


MOMENTS = {
    "seconds": ("2024-01-01T12:00:00", "2024-01-01T12:00:09", "2024-01-01T12:00:00", "2024-01-01T12:00:01"),
    "parts of a second": ("2024-01-01T12:00:00.1", "2024-01-01T12:00:00.7", "2024-01-01T12:00:00.100000",
                          "2024-01-01T12:00:00.200000"),
    "minutes": ("2024-01-01T12:03:10", "2024-01-01T12:49:00", "2024-01-01T12:00:00", "2024-01-01T12:05:00"),
    "hours": ("2024-01-01T07:30:00", "2024-01-02T02:00:00", "2024-01-01T06:00:00", "2024-01-01T08:00:00"),
    "days": ("2024-01-01T07:30:00", "2024-01-20T02:00:00", "2024-01-01T00:00:00", "2024-01-03T00:00:00"),
    "years": ("2016-03-01T07:30:00", "2026-01-20T02:00:00", "2016-03-01T00:00:00", "2017-03-01T00:00:00"),
    "an offset": ("2024-01-01T07:30:00-05:00", "2024-01-02T02:00:00-05:00", "2024-01-01T06:00:00-05:00",
                  "2024-01-01T08:00:00-05:00"),
}


@pytest.mark.parametrize(("least", "greatest", "first", "second"), MOMENTS.values(), ids=MOMENTS)
def test_edges_of_moments_are_round(least: str, greatest: str, first: str, second: str) -> None:
    bars = a_profile([least, greatest]).bins

    assert (bars[0].low, bars[0].high, bars[0].rows, bars[-1].rows) == (first, second, 1, 1)


def test_moments_of_two_offsets_are_in_the_bar_of_their_day_as_written() -> None:
    texts = ["2024-03-01T23:30:00-05:00", "2024-03-02T00:10:00-05:00", "2024-03-12T23:59:00-04:00"]
    bars = a_profile(texts).bins

    assert [(bar.low, bar.high, bar.rows) for bar in bars if bar.rows] == [
        ("2024-03-01T00:00:00", "2024-03-03T00:00:00", 2), ("2024-03-11T00:00:00", "2024-03-13T00:00:00", 1)]


TIMES = {
    "minutes": ("06:03", "06:20", "06:02:00", "06:04:00", "06:20:00"),
    "a working day": ("08:00", "17:30", "08:00:00", "09:00:00", "18:00:00"),
    "an evening": ("18:00", "23:30", "14:00:00", "15:00:00", "24:00:00"),
    "a whole day": ("00:00", "23:59", "00:00:00", "02:24:00", "24:00:00"),
}


@pytest.mark.parametrize(("least", "greatest", "first", "second", "last"), TIMES.values(), ids=TIMES)
def test_edges_of_times_stay_in_their_day(least: str, greatest: str, first: str, second: str, last: str) -> None:
    bars = a_profile([least, greatest], type="time").bins

    assert (bars[0].low, bars[0].high, bars[-1].high) == (first, second, last)


def holds(edges: list[int], least: int, greatest: int) -> bool:
    """Whether there are eleven edges that rise and hold everything between them."""
    return len(edges) == 11 and edges == sorted(edges) and edges[0] <= least and greatest <= edges[-1]


@given(st.integers(), st.integers(1))
def test_edges_of_numbers_hold_every_number_in_equal_steps(least: int, span: int) -> None:
    edges = number_edges(least, least + span)

    assert holds(edges, least, least + span)
    assert len({high - low for low, high in pairwise(edges)}) == 1


@given(st.dates(), st.dates())
def test_edges_of_dates_hold_every_date(one: date, other: date) -> None:
    assume(one < other)

    assert holds(date_edges(one.toordinal(), other.toordinal()), one.toordinal(), other.toordinal())


SECONDS = st.integers(0, LAST_DAY * DAY // SECOND - 1)


@given(SECONDS, SECONDS | st.integers(0, 100_000))
def test_edges_of_moments_hold_every_moment(one: int, other: int) -> None:
    assume(one != other)
    least, greatest = min(one, other) * SECOND, max(one, other) * SECOND

    assert holds(moment_edges(least, greatest), least, greatest)


@given(st.times(), st.times())
def test_edges_of_times_hold_every_time(one: time, other: time) -> None:
    assume(one < other)
    least, greatest = (((each.hour * 60 + each.minute) * 60 + each.second) * SECOND + each.microsecond for each in (one, other))

    assert holds(clock_edges(least, greatest), least, greatest)
    assert clock_edges(least, greatest)[-1] <= DAY


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=50))
def test_every_row_is_in_a_bar(numbers: list[int]) -> None:
    assert sum(bar.rows for bar in a_profile([str(number) for number in numbers]).bins) == len(numbers)
