"""Periods: their names, their days, and what comes before and after."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.periods import DAY, first_day, grain_of, last_day, next_period, period_of, periods_between, previous_period

GRAINS = st.sampled_from(("day", "week", "month", "quarter", "year", "fiscal-year"))
DAYS = st.dates(date(1900, 1, 10), date(2200, 1, 1))
STARTS = st.sampled_from(("01-01", "07-01", "10-01", "04-06"))


@pytest.mark.parametrize(("name", "grain", "first", "last"), [
    ("2026", "year", date(2026, 1, 1), date(2026, 12, 31)),
    ("2026-Q2", "quarter", date(2026, 4, 1), date(2026, 6, 30)),
    ("2026-02", "month", date(2026, 2, 1), date(2026, 2, 28)),
    ("2026-W53", "week", date(2026, 12, 28), date(2027, 1, 3)),
    ("2026-06-30", "day", date(2026, 6, 30), date(2026, 6, 30)),
    ("FY2026", "fiscal-year", date(2025, 7, 1), date(2026, 6, 30)),
])
def test_a_period_has_its_days(name: str, grain: str, first: date, last: date) -> None:
    assert (grain_of(name), first_day(name), last_day(name)) == (grain, first, last)


@pytest.mark.parametrize("text", ["", "26", "2026-13", "2026-Q5", "2025-W53", "2026-02-30", "2026-6", "FY26", "0000",
                                  "9999-W53", "２０２６", "2026 ", "2026-Q1-01"])
def test_what_is_no_period_is_told_apart(text: str) -> None:
    assert grain_of(text) is None


def test_a_fiscal_year_that_begins_with_the_year_is_the_year() -> None:
    assert (first_day("FY2026", "01-01"), last_day("FY2026", "01-01")) == (date(2026, 1, 1), date(2026, 12, 31))


def test_a_fiscal_year_bears_the_number_of_the_year_it_ends_in() -> None:
    named = [period_of(day, "fiscal-year", "10-01") for day in (date(2025, 9, 30), date(2025, 10, 1))]

    assert named == ["FY2025", "FY2026"]


@given(DAYS, GRAINS, STARTS)
def test_a_day_lies_in_its_period(day: date, grain: str, start: str) -> None:
    name = period_of(day, grain, start)  # type: ignore[arg-type]  # every grain is drawn

    assert first_day(name, start) <= day <= last_day(name, start)
    assert grain_of(name) == grain


@given(DAYS, GRAINS, STARTS)
def test_periods_follow_each_other_without_gaps_and_their_names_sort(day: date, grain: str, start: str) -> None:
    name = period_of(day, grain, start)  # type: ignore[arg-type]  # every grain is drawn
    after = next_period(name, start)

    assert first_day(after, start) - DAY == last_day(name, start)
    assert previous_period(after, start) == name
    assert name < after


def test_periods_between_two_are_all_of_them() -> None:
    assert [*periods_between("2025-11", "2026-02")] == ["2025-11", "2025-12", "2026-01", "2026-02"]


def test_nothing_lies_between_a_period_and_an_earlier_one() -> None:
    assert [*periods_between("2026-02", "2025-11")] == []
