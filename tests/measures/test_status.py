"""Where a measure stands: worked by hand, period by period."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest

from cityfolio.measures.status import current_standing, standing, standings, target_in
from cityfolio.model.keys import Span
from cityfolio.model.measured import Standing
from cityfolio.model.performance import MeasureRecord, PeriodRecord
from house.documents import ROOT
from measures.making_measures import a_measure, a_series, a_target, seen

MORTALITY = a_measure(direction="down", baseline=("2020", "6.0"), target=("2028", "5.0"))
DEATHS = a_measure(direction="down", baseline=("2022", "20"), target=("2030", "0"))
CHANGE = a_measure(baseline=("2020", "-5"), target=("2030", "5"))
FLAT = a_measure(target=("2030", "90"))
RANGE = a_measure(direction="range", targets=[a_target("2030", low="10", high="20")])
TWO = a_measure(baseline=("2020", "50"), targets=[("2022", "60"), ("2024", "80")])
NO_START = a_measure(targets=[("2024", "80"), ("2026", "90")])
STEP = a_measure(baseline=("2020", "50"), target=("2024", "80"), trajectory="step")
LISTED = a_measure(baseline=("2020", "50"), target=("2024", "80"), trajectory="listed", steps=[("2022", "60"), ("2021", "52")])
POTHOLES = a_measure("month", unit="percent", baseline=("2023", "71.2"), target=("2026-06", "85"))
FISCAL = a_measure("fiscal-year", direction="down", baseline=("FY2023", "10"), target=("FY2027", "6"))
MIXED = a_measure("fiscal-year", baseline=("2023", "0"), target=("FY2026", "30"))
WEEKS = a_measure("week", direction="down", baseline=("2026-W01", "100"), target=("2026-W11", "50"))
LONG_YEAR = a_measure("week", baseline=("2020-W53", "0"), target=("2021-W04", "40"))
WEEKS_TO_A_MONTH = a_measure("week", baseline=("2026-03-01", "0"), target=("2026-03", "30"))
DAYS = a_measure("day", baseline=("2026-01-01", "0"), target=("2026-01-11", "10"))
QUARTERS = a_measure("quarter", baseline=("2024-Q4", "40"), target=("2026-Q4", "48"))
BELOW_ZERO = a_measure(baseline=("2020", "-20"), target=("2030", "-10"))
FLAT_BELOW_ZERO = a_measure(target=("2030", "-50"))
NO_DEATHS = a_measure(direction="down", target=("2030", "0"))
NO_DEATHS_WITHIN_TWO = a_measure(direction="down", target=("2030", "0"), tolerance_absolute=2)
KEEP = a_measure(baseline=("2020", "90"), target=("2030", "90"))
KEEP_WITHIN_TWO = a_measure(baseline=("2020", "90"), target=("2030", "90"), tolerance_absolute=2)
STRICT = a_measure(direction="down", baseline=("2020", "6.0"), target=("2028", "5.0"), tolerance=0)
BOTH_TOLERANCES = a_measure(direction="down", baseline=("2020", "6.0"), target=("2028", "5.0"), tolerance_absolute=3)
EXACTLY_SEVEN = a_measure(direction="range", targets=[a_target("2030", low="7", high="7")])
ABOUT_SEVEN = a_measure(direction="range", targets=[a_target("2030", low="7", high="7")], tolerance_absolute=1)
RANGE_BELOW_ZERO = a_measure(direction="range", targets=[a_target("2030", low="-20", high="-10")])
NARROWER = a_measure(direction="range", targets=[a_target("2024", low="0", high="40"), a_target("2026", low="10", high="20")])
OCTOBER = a_measure(period=PeriodRecord(grain="fiscal-year", fiscal_year_start="10-01"), baseline=("FY2024", "0"),
                    target=("FY2026", "24"))


@pytest.mark.parametrize(("measure", "period", "value", "status"), [
    (MORTALITY, "2026", "5.2", "on-track"), (MORTALITY, "2026", "5.3", "near"), (MORTALITY, "2026", "5.8", "off-track"),
    (MORTALITY, "2026", "6.2", "worse-than-baseline"), (MORTALITY, "2026", "4.9", "achieved"),
    (DEATHS, "2026", "10", "on-track"), (DEATHS, "2026", "12", "near"),
    (CHANGE, "2025", "1", "on-track"),
    (FLAT, "2026", "82", "near"), (FLAT, "2026", "80", "off-track"),
    (RANGE, "2026", "21", "near"), (RANGE, "2026", "25", "outside"),
])
def test_the_examples_that_the_method_promises_hold(measure: MeasureRecord, period: str, value: str, status: str) -> None:
    assert standing(measure, seen(period, value)).status == status


def test_the_measure_that_is_worked_through_in_the_documents_stands_as_they_say() -> None:
    page = (ROOT / "docs" / "explanation" / "status.md").read_text("utf-8")
    rows = re.findall(r"^\| ([\d.]+) \| ([+−][\d.]+) \| ([a-z ]+) \|", page, re.MULTILINE)
    found = [standing(MORTALITY, seen("2026", value)) for value, _, _ in rows]

    assert [each.status.replace("-", " ") for each in found] == [status for _, _, status in rows]
    assert [each.gap for each in found] == [Fraction(gap.replace("−", "-")) for _, gap, _ in rows]
    assert [each.expected for each in found] == [Fraction("5.25")] * 5


@pytest.mark.parametrize(("measure", "period", "value", "status"), [
    (TWO, "2021", "54", "near"), (TWO, "2021", "53.9", "off-track"),              # expected 55, scale 60 - 50
    (TWO, "2022", "60", "achieved"),                                              # the first target is in force to its end
    (TWO, "2023", "70", "on-track"), (TWO, "2023", "67", "near"), (TWO, "2023", "66.9", "off-track"),   # scale 80 - 50
    (TWO, "2023", "49", "worse-than-baseline"), (TWO, "2025", "77", "near"), (TWO, "2025", "80", "achieved"),
    (NO_START, "2023", "79", "near"), (NO_START, "2025", "85", "on-track"), (NO_START, "2025", "75", "off-track"),
    (STEP, "2023", "50", "on-track"), (STEP, "2023", "48", "near"), (STEP, "2023", "46", "worse-than-baseline"),
    (STEP, "2024", "79", "near"), (STEP, "2024", "70", "off-track"),
    (LISTED, "2021", "52", "on-track"), (LISTED, "2021", "51", "near"), (LISTED, "2023", "70", "on-track"),
    (LISTED, "2023", "66", "off-track"), (LISTED, "2024", "80", "achieved"),
    (POTHOLES, "2024-12", "76.72", "on-track"), (POTHOLES, "2024-12", "76.71", "near"),   # 71.2 + 13.8 * 12 / 30
    (POTHOLES, "2024-12", "75.34", "near"), (POTHOLES, "2024-12", "75.33", "off-track"),
    (FISCAL, "FY2025", "8", "on-track"), (FISCAL, "FY2025", "8.4", "near"), (FISCAL, "FY2025", "8.5", "off-track"),
    (FISCAL, "FY2025", "10.1", "worse-than-baseline"), (OCTOBER, "FY2025", "12", "on-track"),
    (MIXED, "FY2024", "6", "on-track"), (MIXED, "FY2024", "5.9", "near"),                 # 6 of 30 months
    (WEEKS, "2026-W06", "75", "on-track"), (WEEKS, "2026-W06", "80.1", "off-track"),      # 35 of 70 days
    (LONG_YEAR, "2021-W01", "10", "on-track"), (LONG_YEAR, "2021-W01", "5.9", "off-track"),
    (WEEKS_TO_A_MONTH, "2026-W12", "21", "on-track"), (WEEKS_TO_A_MONTH, "2026-W12", "20.9", "near"),   # to 03-22, 21 of 30
    (DAYS, "2026-01-06", "5", "on-track"), (DAYS, "2026-01-06", "3.9", "off-track"),
    (QUARTERS, "2025-Q2", "42", "on-track"), (QUARTERS, "2025-Q2", "41.1", "off-track"),  # 6 of 24 months
    (BELOW_ZERO, "2025", "-15", "on-track"), (BELOW_ZERO, "2025", "-16", "near"), (BELOW_ZERO, "2025", "-16.1", "off-track"),
    (BELOW_ZERO, "2025", "-20.5", "worse-than-baseline"), (BELOW_ZERO, "2025", "-10", "achieved"),
    (FLAT_BELOW_ZERO, "2025", "-50", "achieved"), (FLAT_BELOW_ZERO, "2025", "-55", "near"),
    (FLAT_BELOW_ZERO, "2025", "-56", "off-track"),
    (NO_DEATHS, "2025", "0", "achieved"), (NO_DEATHS, "2025", "0.1", "off-track"),
    (NO_DEATHS_WITHIN_TWO, "2025", "2", "near"), (NO_DEATHS_WITHIN_TWO, "2025", "2.1", "off-track"),
    (KEEP, "2025", "90", "achieved"), (KEEP, "2025", "89.9", "worse-than-baseline"),
    (KEEP_WITHIN_TWO, "2025", "88", "near"), (KEEP_WITHIN_TWO, "2025", "87.9", "worse-than-baseline"),
    (MORTALITY, "2019", "6.0", "on-track"), (MORTALITY, "2019", "6.1", "near"),
    (MORTALITY, "2019", "6.2", "worse-than-baseline"),
    (MORTALITY, "2030", "5.0", "achieved"), (MORTALITY, "2030", "5.1", "near"), (MORTALITY, "2030", "5.2", "off-track"),
    (STRICT, "2026", "5.25", "on-track"), (STRICT, "2026", "5.26", "off-track"),
    (BOTH_TOLERANCES, "2026", "5.8", "off-track"),                                # units count only where there is no scale
    (RANGE, "2026", "10", "inside"), (RANGE, "2026", "20", "inside"), (RANGE, "2026", "9", "near"),
    (RANGE, "2026", "8.9", "outside"), (RANGE_BELOW_ZERO, "2026", "-9", "near"), (RANGE_BELOW_ZERO, "2026", "0", "outside"),
    (EXACTLY_SEVEN, "2026", "7", "inside"), (EXACTLY_SEVEN, "2026", "7.1", "outside"),
    (ABOUT_SEVEN, "2026", "8", "near"), (ABOUT_SEVEN, "2026", "8.1", "outside"),
    (NARROWER, "2024", "30", "inside"), (NARROWER, "2025", "30", "outside"), (NARROWER, "2027", "15", "inside"),
])
def test_status_is_what_the_arithmetic_by_hand_gives(measure: MeasureRecord, period: str, value: str, status: str) -> None:
    assert standing(measure, seen(period, value)).status == status


def test_a_standing_carries_every_number_that_it_was_made_of() -> None:
    result = standing(MORTALITY, seen("2026", "5.3"))

    assert result == Standing(status="near", period="2026", value=Fraction("5.3"), target=MORTALITY.targets[0],
                              expected=Fraction("5.25"), scale=Fraction(1), gap=Fraction("-0.05"))


def test_a_target_that_was_set_later_takes_the_place_of_the_one_it_is_due_with() -> None:
    measure = a_measure(baseline=("2020", "50"), targets=[a_target("2024-12", "70", set_on=date(2022, 1, 1)),
                                                          a_target("2024", "90", set_on=date(2020, 1, 1))])

    result = standing(measure, seen("2022", "60"))

    assert (result.status, result.expected, result.target) == ("on-track", 60, measure.targets[0])


def test_of_targets_set_on_one_day_the_later_in_the_file_stands() -> None:
    measure = a_measure(targets=[a_target("2024", "70", set_on=date(2022, 1, 1)),
                                 a_target("2024", "90", set_on=date(2022, 1, 1))])

    assert target_in(measure, "2023") is measure.targets[1]


def test_a_measure_without_a_target_is_watched() -> None:
    assert standing(a_measure(baseline=("2020", "3")), seen("2026", "5")).status == "watch"


def test_a_measure_to_watch_is_watched_whatever_target_its_file_has() -> None:
    result = standing(a_measure(direction="watch", target=("2030", "5")), seen("2026", "9"))

    assert (result.status, result.target, result.expected, result.value) == ("watch", None, None, 9)


def test_a_period_without_a_value_has_no_data_but_still_an_expectation() -> None:
    result = standing(MORTALITY, seen("2026"))

    assert (result.status, result.expected, result.gap) == ("no-data", Fraction("5.25"), None)


def test_a_measure_without_observations_has_no_data() -> None:
    assert standing(MORTALITY, None) == Standing(status="no-data")
    assert current_standing(MORTALITY, (), date(2026, 6, 1)) == Standing(status="no-data")


def test_a_suppressed_value_has_no_other_status_and_gives_nothing_away() -> None:
    result = standing(MORTALITY, seen("2026", is_suppressed=True))

    assert (result.status, result.value, result.gap) == ("suppressed", None, None)


def test_data_that_ended_longer_ago_than_allowed_is_stale_whatever_it_says() -> None:
    measure = a_measure("month", target=("2030", "5"), fresh_within=Span(45, "day"))

    fresh = current_standing(measure, a_series("2026-03", [9, 9]), date(2026, 6, 14))
    stale = current_standing(measure, a_series("2026-03", [9, 9]), date(2026, 6, 15))

    assert (fresh.status, stale.status) == ("achieved", "stale")
    assert (stale.period, stale.value) == ("2026-04", 9)


def test_periods_without_data_do_not_keep_a_measure_fresh() -> None:
    measure = a_measure("month", target=("2030", "5"), fresh_within=Span(45, "day"))

    result = current_standing(measure, a_series("2026-01", [9, None, None, None]), date(2026, 5, 20))

    assert (result.status, result.period) == ("stale", "2026-01")


def test_a_fresh_measure_whose_newest_period_is_empty_has_no_data() -> None:
    measure = a_measure("month", target=("2030", "5"), fresh_within=Span(2, "month"))

    result = current_standing(measure, a_series("2026-03", [9, None]), date(2026, 5, 20))

    assert (result.status, result.period) == ("no-data", "2026-04")


def test_without_a_promise_of_freshness_nothing_is_stale() -> None:
    assert current_standing(a_measure(target=("2030", "5")), a_series("1990", [9]), date(2026, 6, 1)).status == "achieved"


def test_standings_through_time_are_each_of_their_own_period() -> None:
    result = standings(TWO, a_series("2020", [50, 55, 60, 66, None, 80]))

    assert [each.status for each in result] == ["on-track", "on-track", "achieved", "off-track", "no-data", "achieved"]
    assert [each.expected for each in result] == [50, 55, 60, 70, 80, 80]


def test_targets_and_values_that_lack_something_take_no_part() -> None:
    measure = a_measure(baseline=("2020", "50"), targets=[a_target("2024"), a_target("2026", low="1", high="2")])

    assert standing(measure, seen("2024", 60)).status == "watch"


def test_a_target_due_before_the_baseline_is_still_the_target() -> None:
    measure = a_measure(baseline=("2024", "50"), target=("2022", "60"))

    assert standing(measure, seen("2023", 59)).expected == 60
    assert standing(measure, seen("2021", 59)).expected == 50
