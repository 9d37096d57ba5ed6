"""Days without rows are told where rows are regular, and only there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.profile import Gap
from cityfolio.tables.gaps import MOST_GAPS, gaps

START = date(2026, 1, 1)      # a Thursday


def ordinals(days: list[date]) -> list[int]:
    """Days as they are counted."""
    return [day.toordinal() for day in days]


def every(step: int, count: int, *without: int) -> list[int]:
    """Days at equal distances, but for some that are left out by their number."""
    return ordinals([START + timedelta(days=step * at) for at in range(count) if at not in without])


def test_days_without_a_row_are_a_gap_between_the_days_that_have_rows() -> None:
    assert gaps(every(1, 60, *range(20, 25))) == (Gap(after="2026-01-20", before="2026-01-26", days=5),)


def test_a_single_missing_day_is_a_gap_among_days() -> None:
    assert gaps(every(1, 60, 30)) == (Gap(after="2026-01-30", before="2026-02-01", days=1),)


def test_a_missing_week_is_a_gap_among_weeks() -> None:
    assert gaps(every(7, 30, 10)) == (Gap(after="2026-03-05", before="2026-03-19", days=13),)


def test_days_in_any_order_and_many_times_are_the_same_days() -> None:
    days = every(1, 60, 30)

    assert gaps([*reversed(days), *days]) == gaps(days)


def test_the_longest_gap_comes_first_and_of_equal_ones_the_earliest() -> None:
    found = gaps(every(1, 400, 30, 90, 91, 150, 151, *range(300, 304)))

    assert [(gap.days, gap.after) for gap in found] == [(4, "2026-10-27"), (2, "2026-03-31"), (2, "2026-05-30")]


def test_no_more_gaps_are_told_than_a_reader_would_look_at() -> None:
    assert len(gaps(every(1, 2_000, *range(100, 2_000, 100)))) == MOST_GAPS


@pytest.mark.parametrize("days", [
    [], every(1, 1), every(1, 9, 4), every(1, 40), every(7, 40),
    ordinals([START + timedelta(days=at) for at in range(200) if (START + timedelta(days=at)).weekday() < 5]),
    ordinals([date(2020 + at // 12, at % 12 + 1, 1) for at in range(60)]),
    ordinals([START + timedelta(days=at * at) for at in range(30)]),
], ids=["none", "one", "too few", "every day", "every week", "weekdays", "months", "ever farther apart"])
def test_what_is_a_habit_or_no_habit_at_all_has_no_gaps(days: list[int]) -> None:
    assert gaps(days) == ()


def test_a_week_without_weekdays_is_a_gap_although_weekends_are_none() -> None:
    days = [START + timedelta(days=at) for at in range(200)]
    worked = [day for day in days if day.weekday() < 5 and not date(2026, 3, 2) <= day <= date(2026, 3, 6)]

    assert gaps(ordinals(worked)) == (Gap(after="2026-02-27", before="2026-03-09", days=9),)


def test_among_irregular_days_only_a_much_longer_distance_is_a_gap() -> None:
    irregular = [START + timedelta(days=at * 5 + (at * 7) % 5) for at in range(40)]
    late = irregular[-1] + timedelta(days=200)

    assert gaps(ordinals(irregular)) == ()
    assert [gap.days for gap in gaps(ordinals([*irregular, late]))] == [199]


@given(st.sets(st.integers(1, 3_652_059), max_size=60))
def test_in_a_gap_lies_no_day_that_has_a_row(days: set[int]) -> None:
    for gap in gaps(days):
        after, before = date.fromisoformat(gap.after).toordinal(), date.fromisoformat(gap.before).toordinal()

        assert {after, before} <= days
        assert before - after - 1 == gap.days > 0
        assert not days & set(range(after + 1, before))
