"""How many late cases a target still allows in the period that is not over."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from cityfolio.measures.service_level import service_level
from cityfolio.model.measured import Observation, ServiceLevel
from cityfolio.model.performance import ComputeRecord, MeasureRecord, RatioRecord
from measures.making_measures import a_measure, a_target, seen

TODAY = date(2026, 6, 16)
SO_FAR = seen("2026-06", "90", rows=50, good=45)


def on_time(**said: Any) -> MeasureRecord:
    ratio = RatioRecord(good="days <= 3", weight=said.pop("weight", None))
    return a_measure("month", **{"unit": "percent", "target": ("2026-12", "85"), **said,
                                 "compute": ComputeRecord(dataset="requests", date="closed_at", ratio=ratio)})


def months(rows: Iterable[int | None]) -> tuple[Observation, ...]:
    return tuple(seen(f"2025-{month:02}", "90", rows=count) for month, count in enumerate(rows, start=1))


def test_the_target_allows_its_share_of_the_rows_that_are_expected() -> None:
    result = service_level(on_time(), months([100] * 6), SO_FAR, TODAY)

    assert result == ServiceLevel(period="2026-06", rows=50, late=5, expected_rows=100, allowed=15, elapsed=Fraction(15, 30))
    assert result.left == 10


def test_what_is_allowed_is_rounded_down() -> None:
    result = service_level(on_time(), months([99]), SO_FAR, TODAY)

    assert result is not None
    assert result.allowed == 14   # 14.85


def test_more_late_ones_than_allowed_leave_less_than_nothing() -> None:
    result = service_level(on_time(), months([100]), seen("2026-06", "60", rows=50, good=30), TODAY)

    assert result is not None
    assert result.left == -5


def test_expected_are_as_many_as_in_the_median_of_the_last_six_periods() -> None:
    result = service_level(on_time(), months([900, 100, 110, None, 120, 131, 900, 140]), SO_FAR, TODAY)

    assert result is not None
    assert result.expected_rows == 125   # between 120 and 131, rounded down


def test_rows_that_are_there_already_are_expected_at_least() -> None:
    result = service_level(on_time(), months([40, 40]), SO_FAR, TODAY)

    assert result is not None
    assert (result.expected_rows, result.allowed) == (50, 7)


def test_where_less_is_better_the_good_rows_are_the_ones_to_avoid() -> None:
    measure = on_time(direction="down", target=("2026-12", "10"))

    result = service_level(measure, months([100]), seen("2026-06", "8", rows=50, good=4), TODAY)

    assert result is not None
    assert (result.late, result.allowed) == (4, 10)


def test_a_share_that_is_not_in_percent_is_taken_as_it_is() -> None:
    result = service_level(on_time(unit="share", target=("2026-12", "0.85")), months([100]), SO_FAR, TODAY)

    assert result is not None
    assert result.allowed == 15


def test_the_target_in_force_counts() -> None:
    measure = on_time(targets=[("2026-05", "50"), ("2026-06", "80"), ("2026-12", "90")])

    result = service_level(measure, months([100]), SO_FAR, TODAY)

    assert result is not None
    assert result.allowed == 20


@pytest.mark.parametrize(("today", "elapsed"), [
    (date(2026, 5, 30), Fraction(0)), (date(2026, 6, 1), Fraction(0)), (date(2026, 6, 30), Fraction(29, 30)),
    (date(2026, 8, 1), Fraction(1)),
])
def test_today_is_not_over(today: date, elapsed: Fraction) -> None:
    result = service_level(on_time(), months([100]), SO_FAR, today)

    assert result is not None
    assert result.elapsed == elapsed


@pytest.mark.parametrize(("measure", "so_far"), [
    (on_time(), None),
    (on_time(), seen("2026-06")),
    (on_time(), seen("2026-06", is_suppressed=True)),
    (on_time(weight="tons"), SO_FAR),
    (on_time(targets=[]), SO_FAR),
    (on_time(direction="watch"), SO_FAR),
    (on_time(direction="range", targets=[a_target("2026-12", low="80", high="90")]), SO_FAR),
    (a_measure("month", target=("2026-12", "85")), SO_FAR),
    (a_measure("month", target=("2026-12", "85"), compute=ComputeRecord(count="rows")), SO_FAR),
], ids=["nothing yet", "no rows", "suppressed", "weighted", "no target", "watch", "range", "by hand", "count"])
def test_where_late_cases_cannot_be_counted_there_is_none(measure: MeasureRecord, so_far: Observation | None) -> None:
    assert service_level(measure, months([100]), so_far, TODAY) is None


def test_without_a_past_nothing_can_be_expected() -> None:
    assert service_level(on_time(), (), SO_FAR, TODAY) is None
