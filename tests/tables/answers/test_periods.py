"""Periods of the calendar by name, and those between two of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.questions import PERIODS, Period
from cityfolio.tables.answers.periods import first_day, period_of, periods_between

NAMED: dict[Period, tuple[str, str]] = {
    "day": ("2024-12-30", "2024-12-30"), "week": ("2024-12-30", "2025-W01"), "month": ("2024-12-30", "2024-12"),
    "quarter": ("2024-07-01", "2024-Q3"), "year": ("2024-12-30", "2024"),
}


@pytest.mark.parametrize(("per", "named"), NAMED.items(), ids=NAMED)
def test_a_period_has_a_name(per: Period, named: tuple[str, str]) -> None:
    assert period_of(date.fromisoformat(named[0]), per) == named[1]


@given(st.dates(), st.sampled_from(PERIODS))
def test_a_period_begins_on_a_day_of_its_own(day: date, per: Period) -> None:
    key = period_of(day, per)
    start = first_day(key, per)

    assert start <= day
    assert period_of(start, per) == key


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(0, 800), st.sampled_from(PERIODS))
def test_every_day_between_two_periods_is_in_one_of_those_between(day: date, days: int, per: Period) -> None:
    last = day + timedelta(days=days)
    between = list(periods_between(period_of(day, per), period_of(last, per), per))

    assert between == sorted({period_of(day + timedelta(days=at), per) for at in range(days + 1)})
