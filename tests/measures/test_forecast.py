"""Where a measure would be when its target is due."""

from __future__ import annotations

import numpy as np
import pytest

from cityfolio.measures.forecast import half_width, student_90
from cityfolio.measures.points import Points
from cityfolio.measures.theil_sen import theil_sen
from cityfolio.measures.trend import trend
from cityfolio.model.measured import Forecast
from cityfolio.model.performance import ComputeRecord, RateRecord, RatioRecord
from measures.making_measures import a_measure, a_series, a_target

ROWS = {"dataset": "requests", "date": "closed_at"}


def test_a_straight_line_goes_on_to_the_period_of_the_target() -> None:
    measure = a_measure("year", target=("2026", "99"))

    result = trend(measure, a_series("2010", range(10)))

    assert result.forecast == Forecast(period="2026", value=16, low=16, high=16)


def test_a_target_by_month_is_forecast_for_the_year_it_lies_in() -> None:
    result = trend(a_measure("year", target=("2021-06", "99")), a_series("2010", range(10))).forecast

    assert result is not None
    assert (result.period, result.value) == ("2021", 11)


def test_a_target_for_a_year_is_forecast_for_its_last_month() -> None:
    result = trend(a_measure("month", target=("2025", "99")), a_series("2024-09", range(12))).forecast

    assert result is not None
    assert (result.period, result.value) == ("2025-12", 15)


def test_a_target_further_off_than_the_past_is_long_is_not_forecast() -> None:
    assert trend(a_measure("year", target=("2030", "99")), a_series("2010", range(10))).forecast is None
    assert trend(a_measure("year", target=("2029", "99")), a_series("2010", range(10))).forecast is not None


def test_a_target_that_is_due_or_over_is_not_forecast() -> None:
    assert trend(a_measure("year", target=("2019", "99")), a_series("2010", range(10))).forecast is None
    assert trend(a_measure("year", target=("2015", "99")), a_series("2010", range(10))).forecast is None


def test_without_a_target_there_is_nothing_to_forecast() -> None:
    assert trend(a_measure("year"), a_series("2010", range(10))).forecast is None
    assert trend(a_measure("year", direction="watch", target=("2022", "9")), a_series("2010", range(10))).forecast is None


def test_a_range_is_forecast_as_a_value_is() -> None:
    measure = a_measure("year", direction="range", targets=[a_target("2021", low="1", high="2")])

    assert trend(measure, a_series("2010", range(10))).forecast == Forecast(period="2021", value=11, low=11, high=11)


def test_percent_stays_within_0_and_100() -> None:
    measure = a_measure("year", unit="percent", target=("2024", "99"))

    result = trend(measure, a_series("2010", [60, 65, 70, 74, 80, 85, 90, 94, 98, 99])).forecast

    assert result is not None
    assert (result.value, result.high) == (100, 100)
    assert 90 < result.low <= 100


@pytest.mark.parametrize("compute", [
    ComputeRecord(**ROWS, count="rows"), ComputeRecord(**ROWS, rate=RateRecord(per=1000)),
    ComputeRecord(**ROWS, ratio=RatioRecord(good="days < 3")),
], ids=["count", "rate", "ratio"])
def test_what_is_counted_does_not_fall_below_nothing(compute: ComputeRecord) -> None:
    measure = a_measure("year", direction="down", compute=compute, target=("2026", "0"))

    assert trend(measure, a_series("2010", range(9, -1, -1))).forecast == Forecast(period="2026", value=0, low=0, high=0)


def test_sums_may_fall_below_nothing() -> None:
    measure = a_measure("year", direction="down", compute=ComputeRecord(**ROWS, sum="amount"), target=("2022", "0"))

    assert trend(measure, a_series("2010", range(9, -1, -1))).forecast == Forecast(period="2022", value=-3, low=-3, high=-3)


def test_a_forecast_knows_the_season_of_the_target() -> None:
    year = [0, 0, 0, 0, 0, 50, 50, 0, 0, 0, 0, 0]

    june = trend(a_measure("month", target=("2026-06", "9")), a_series("2024-01", year * 2)).forecast
    december = trend(a_measure("month", target=("2026-12", "9")), a_series("2024-01", year * 2)).forecast

    assert june == Forecast(period="2026-06", value=50, low=50, high=50)
    assert december == Forecast(period="2026-12", value=0, low=0, high=0)


def test_a_season_without_values_is_not_forecast() -> None:
    year = [*range(10), None, 7]

    assert trend(a_measure("month", target=("2027-11", "9")), a_series("2024-01", year * 3)).forecast is None


@pytest.mark.parametrize(("freedom", "quantile"), [(6, 1.439756), (7, 1.414924), (11, 1.363430), (22, 1.321237)])
def test_the_quantiles_of_students_t_are_those_of_tables(freedom: int, quantile: float) -> None:
    assert student_90(freedom) == pytest.approx(quantile, abs=1e-4)


def covered(count: int, ahead: int, season: int) -> float:
    """In what share of 2,000 straight lines with noise the value to come lies in the interval."""
    chance = np.random.default_rng(20260704)
    seasons = [at % season + 1 if season else 0 for at in range(count + ahead)]
    inside = 0
    for _ in range(2_000):
        values = 60 + 0.3 * np.arange(count + ahead) + 8 * np.sin(seasons) + 3 * chance.standard_normal(count + ahead)
        points = Points(periods=("",) * count, times=tuple(range(count)), values=tuple(values[:count].tolist()),
                        seasons=tuple(seasons[:count]))
        line, last = theil_sen(points), count + ahead - 1
        inside += abs(values[-1] - line.at(last, seasons[-1])) <= half_width(points, line, last, seasons[-1])
    return inside / 2_000


@pytest.mark.no_cover
@pytest.mark.parametrize(("count", "ahead", "season"), [(8, 1, 0), (8, 8, 0), (12, 6, 0), (23, 23, 0), (24, 6, 12),
                                                        (24, 24, 12), (36, 12, 12), (12, 4, 4)])
def test_the_interval_holds_about_80_of_100_values_to_come(count: int, ahead: int, season: int) -> None:
    assert 0.76 <= covered(count, ahead, season) <= 0.84
