"""Months are counted by the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, strategies as st

from cityfolio.practice.past_days import days_since, months_before, newest_until


@pytest.mark.parametrize(("day", "months", "before"), [
    (date(2026, 6, 30), 12, date(2025, 6, 30)), (date(2024, 2, 29), 12, date(2023, 2, 28)),
    (date(2026, 3, 31), 1, date(2026, 2, 28)), (date(2026, 1, 15), 1, date(2025, 12, 15)), (date(1, 1, 1), 1, date.min),
], ids=str)
def test_the_day_of_an_earlier_month_is_the_same_or_its_last(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@given(st.dates(min_value=date(100, 1, 1)), st.integers(0, 500))
def test_months_go_back_and_never_past_the_day_itself(day: date, months: int) -> None:
    before = months_before(day, months)

    assert (day.year * 12 + day.month) - (before.year * 12 + before.month) == months
    assert before.day <= day.day


def test_days_are_counted_from_a_day_that_is_known() -> None:
    assert (days_since(date(2026, 6, 1), date(2026, 6, 30)), days_since(None, date(2026, 6, 30))) == (29, None)


def test_the_newest_day_is_none_of_the_future() -> None:
    days = [date(2026, 7, 1), None, date(2026, 6, 1), date(2026, 5, 1)]

    assert newest_until(days, date(2026, 6, 30)) == date(2026, 6, 1)
