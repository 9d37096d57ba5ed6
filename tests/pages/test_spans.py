"""Bars of a column as the values in them. Profiles come from rows, so that a sentence can be held against what it says."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from cityfolio.pages.spans import span
from cityfolio.pages.words import Words
from tables.making import a_profile

WORDS = Words()


def spans(texts, **record):
    """What is said of each bar that holds a row."""
    profile = a_profile(texts, **record)
    said = [span(profile, at, at, WORDS) for at, each in enumerate(profile.bins) if each.rows]
    return [(each.low if each.low == each.high else f"{each.low} to {'under ' * each.is_open}{each.high}") for each in said]


def whole(texts, **record):
    """What is said of all bars together."""
    profile = a_profile(texts, **record)
    said = span(profile, 0, len(profile.bins) - 1, WORDS)
    return said.low, said.high, said.is_open


def days(first, count, every=1):
    return [str(date.fromisoformat(first) + timedelta(days=every * at)) for at in range(count)]


SAID = {
    "districts": (["1", "2", "7"], {}, ["1", "2", "7"]),
    "days to close": (["0", "2", "3", "5", "25"], {}, ["0 to 2", "3 to 5", "24 to 25"]),
    "money": (["0.05", "2", "19.99"], {}, ["0.05 to under 2", "2 to under 4", "18 to 19.99"]),
    "below nothing": (["-7", "0", "12"], {}, ["-7", "0 to 2", "12"]),
    "thousands": (["0", "9999", "10001", "99000"], {}, ["0 to 9,999", "10,000 to 19,999", "90,000 to 99,000"]),
    "years": (["1990", "1993", "2024"], {"type": "year"}, ["1990 to 1991", "1992 to 1995", "2024"]),
    "few years": (["2020", "2024"], {"type": "year"}, ["2020", "2024"]),
    "days": (["2024-02-27", "2024-03-02"], {}, ["27 February 2024", "2 March 2024"]),
    "weeks": (["2024-01-03", "2024-01-20", "2024-03-10"], {},
              ["3 January 2024 to 9 January 2024", "17 January 2024 to 23 January 2024", "6 March 2024 to 10 March 2024"]),
    "months": (["2024-01-15", "2024-02-29", "2024-10-31"], {},
               ["15 January 2024 to 31 January 2024", "February 2024", "October 2024"]),
    "whole years": (["2016-01-01", "2017-05-01", "2025-12-30"], {}, ["2016", "2017", "1 January 2025 to 30 December 2025"]),
    "all of the calendar": (["0001-01-01", "9999-12-31"], {}, ["0001 to 0999", "9000 to 9999"]),
    "moments over years": (["2016-03-01T07:30:00Z", "2017-03-05T00:00:00Z", "2026-01-20T02:00:00Z"], {},
                           ["March 2016 to February 2017", "March 2017 to February 2018", "1 March 2025 to 20 January 2026"]),
    "moments of an evening": (["2024-01-01T12:03:10", "2024-01-01T12:49:00"], {},
                              ["1 January 2024, 12:03 to 12:04", "1 January 2024, 12:45 to 12:49"]),
    "moments of two days": (["2024-01-01T07:30:00", "2024-01-01T23:00:00", "2024-01-02T02:00:00"], {},
                            ["1 January 2024, 07:30 to 07:59", "1 January 2024, 22:00 to 23:59",
                             "2 January 2024, 00:00 to 02:00"]),
    "seconds": (["2024-01-01T12:00:00", "2024-01-01T12:00:09"], {},
                ["1 January 2024, 12:00:00", "1 January 2024, 12:00:08 to 12:00:09"]),
    "over midnight": (["2024-01-01T20:50", "2024-01-01T22:30", "2024-01-03T20:00"], {"type": "datetime"},
                      ["1 January 2024, 20:50 to 23:59", "3 January 2024, 18:00 to 20:00"]),
    "times": (["00:00", "23:59"], {"type": "time"}, ["00:00 to 02:23", "21:36 to 23:59"]),
    "seconds of a day": (["06:00:00", "06:00:07"], {"type": "time"}, ["06:00:00", "06:00:06 to 06:00:07"]),
    "lengths": (["x" * 3, "y" * 3 + "z" * 40, *(f"{'x' * 5}{at}" for at in range(10))], {}, ["3 to 4", "5 to 9", "40 to 43"]),
}


@pytest.mark.parametrize(("texts", "record", "expected"), SAID.values(), ids=SAID)
def test_a_bar_is_said_as_the_values_that_are_in_it(texts, record, expected):
    assert spans(texts, **record) == expected


WHOLE = {
    "districts": (["1", "2", "7"], {}, ("1", "7", False)),
    "one value": (["5", "5"], {}, ("5", "5", False)),
    "a year of days": (days("2024-01-01", 366), {}, ("2024", "2024", False)),
    "a month of days": (days("2024-02-01", 29), {}, ("February 2024", "February 2024", False)),
    "years of days": (days("2023-01-01", 731), {}, ("2023", "2024", False)),
    "months of days": (days("2023-12-01", 62), {}, ("December 2023", "January 2024", False)),
    "a fiscal year": (days("2024-07-01", 365), {}, ("July 2024", "June 2025", False)),
    "not quite a year": (days("2024-01-01", 365), {}, ("1 January 2024", "30 December 2024", False)),
    "decimals": (["0.5", "9.5"], {}, ("0.5", "9.5", False)),
}


@pytest.mark.parametrize(("texts", "record", "expected"), WHOLE.values(), ids=WHOLE)
def test_all_bars_together_reach_from_the_least_to_the_greatest_value(texts, record, expected):
    assert whole(texts, **record) == expected


def test_moments_of_two_offsets_are_in_the_days_that_the_rows_name():
    texts = ["2021-01-01T23:30:00-05:00", "2021-06-30T23:59:00-04:00", "2021-10-31T22:00:00-04:00"]

    assert spans(texts) == ["January 2021", "June 2021", "October 2021"]


def test_hours_of_two_offsets_are_those_of_the_clock():
    texts = ["2021-11-07T01:30:00-04:00", "2021-11-07T01:10:00-05:00", "2021-11-07T09:59:00-05:00"]

    assert spans(texts) == ["7 November 2021, 01:00 to 01:59", "7 November 2021, 09:00 to 09:59"]


def test_days_of_far_places_are_those_of_the_clock():
    texts = ["2021-01-18T23:00:00-12:00", "2021-01-19T10:00:00+14:00", "2021-01-01T10:00:00Z"]

    assert spans(texts)[-1] == "19 January 2021 to 20 January 2021"


def test_figures_of_a_column_are_grouped_alike():
    assert spans(["9000", "9001", "9999"]) == ["9000 to 9099", "9900 to 9999"]
    assert spans(["9000", "9001", "10000"])[0] == "9,000 to 9,099"


@given(st.lists(st.integers(-10_000, 10_000), min_size=2, unique=True))
def test_the_words_for_a_bar_of_whole_numbers_count_its_rows(numbers):
    profile = a_profile([str(number) for number in numbers])
    said = [span(profile, at, at, WORDS) for at in range(len(profile.bins))]
    ends = [(int(each.low.replace(",", "")), int(each.high.replace(",", ""))) for each in said]

    assert [sum(low <= number <= high for number in numbers) for low, high in ends] == [each.rows for each in profile.bins]


@given(st.lists(st.integers(-10_000, 10_000), min_size=2))
def test_no_words_go_beyond_the_values(numbers):
    low, high, is_open = whole([str(number) for number in numbers])

    assert (int(low.replace(",", "")), int(high.replace(",", "")), is_open) == (min(numbers), max(numbers), False)
