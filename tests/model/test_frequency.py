"""Promises to renew, and whether they were kept."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.frequency import WORDS, Frequency, frequency, freshness

WEEKLY = Frequency(word="weekly", iso="R/P1W", days=7)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [("daily", 0, 1), ("Weekly", 0, 7), ("R/P1Y", 12, 0), ("R/P2M15D", 2, 15), ("r/pt5m", 0, 1), ("every  four years", 48, 0)],
)
def test_words_and_repeats_are_read(text: str, months: int, days: int) -> None:
    found = frequency(text)

    assert found is not None
    assert (found.months, found.days) == (months, days)


@pytest.mark.parametrize("text", ["weekley", "R/P", "R/PT", "R/P0D", "P1D", "R/P1H", "R/P99999Y", ""])
def test_what_is_no_frequency_is_none(text: str) -> None:
    assert frequency(text) is None


def test_a_repeat_that_has_a_word_is_shown_as_the_word() -> None:
    found = frequency("R/P3M")

    assert found is not None
    assert found.word == "quarterly"


@pytest.mark.parametrize("word", WORDS)
def test_every_known_word_is_a_frequency(word: str) -> None:
    assert frequency(word) is not None


def test_a_dataset_on_its_due_day_is_on_time() -> None:
    result = freshness(date(2025, 1, 1), WEEKLY, date(2025, 1, 8))

    assert (result.state, result.due, result.days_late) == ("on-time", date(2025, 1, 8), 0)


def test_a_dataset_one_day_past_its_schedule_is_late() -> None:
    result = freshness(date(2025, 1, 1), WEEKLY, date(2025, 1, 9))

    assert (result.state, result.days_late) == ("late", 1)


def test_datasets_of_one_day_and_one_promise_have_their_freshness_in_common() -> None:
    first, second = (freshness(date(2025, 1, 1), WEEKLY, date(2025, 1, 9)) for _ in range(2))

    assert first is second


@pytest.mark.parametrize("word", ["irregular", "never"])
def test_what_promises_no_date_is_never_late(word: str) -> None:
    assert freshness(date(1990, 1, 1), frequency(word), date(2025, 1, 1)).state == "unknown"


def test_without_a_date_nothing_is_known() -> None:
    assert freshness(None, WEEKLY, date(2025, 1, 1)).state == "unknown"


def test_a_month_after_the_last_of_january_is_the_last_of_february() -> None:
    assert freshness(date(2024, 1, 31), frequency("monthly"), date(2024, 1, 31)).due == date(2024, 2, 29)


@pytest.mark.parametrize("every", ["R/P1000Y", "R/P400000D", "R/P11M400000D"])
def test_the_end_of_time_is_no_error(every: str) -> None:
    assert freshness(date(9500, 12, 31), frequency(every), date(2025, 1, 1)).due == date.max


@given(
    st.dates(date(1900, 1, 1), date(2500, 1, 1)), st.sampled_from([word for word in WORDS if WORDS[word]]), st.integers(0, 5000)
)
def test_what_is_late_today_is_late_tomorrow(updated: date, word: str, days: int) -> None:
    today = updated + timedelta(days=days)

    before = freshness(updated, frequency(word), today)
    after = freshness(updated, frequency(word), today + timedelta(days=1))

    assert (before.state, after.state) != ("late", "on-time")
    assert after.days_late - before.days_late in (0, 1)
