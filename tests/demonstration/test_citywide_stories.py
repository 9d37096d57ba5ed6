"""What holds between rows and between tables of money, people and whole systems: whoever joins them finds one city."""

from __future__ import annotations

import pandas as pd
import pytest

from demonstration.charlotte_catalog import numbers, rows, table


def test_each_fund_balances_to_the_dollar_in_each_year():
    keys = ["fiscal_year", "fund"]
    spending = rows("adopted-budget/spending.csv").set_index(keys).adopted.astype(int).groupby(keys).sum()
    revenues = rows("adopted-budget/revenues.csv").set_index(keys).expected.astype(int).groupby(keys).sum()

    assert spending.to_dict() == revenues.to_dict()
    assert len(spending) == 6 * 7


def test_the_year_before_is_the_year_before():
    lines = table("adopted-budget").set_index(["fund", "department", "category"])
    later = lines.query("fiscal_year == 'FY2025'").adopted_year_before

    assert later.equals(lines.query("fiscal_year == 'FY2024'").adopted.reindex(later.index).rename("adopted_year_before"))
    assert set(lines.query("fiscal_year == 'FY2022'").adopted_year_before) == {""}


def test_positions_stand_on_the_personnel_rows_alone():
    lines = table("adopted-budget")

    assert ((lines.positions != "") == (lines.category == "PERSONNEL")).all()


def test_no_department_pays_more_than_its_operating_budget():
    keys = ["fiscal_year", "fund", "department"]
    paid = table("vendor-payments").assign(dollars=lambda each: each.amount.astype(float)).groupby(keys).dollars.sum()
    budget = table("adopted-budget").query("category == 'OPERATING'").set_index(keys).adopted.astype(float)

    assert (paid / budget.reindex(paid.index)).between(0.77, 0.96).all()


def test_payments_fall_in_their_fiscal_year_on_tuesdays_and_fridays():
    payments = table("vendor-payments")
    days = pd.to_datetime(payments.paid_on)

    assert set(days.dt.day_of_week) == {1, 4}
    assert ("FY" + (days.dt.year + (days.dt.month >= 7)).astype(str) == payments.fiscal_year).all()


def test_contract_numbers_are_kept_since_2024_for_large_payments():
    payments = table("vendor-payments").assign(dollars=lambda each: each.amount.astype(float))
    expected = (payments.paid_on >= "2024-01-01") & (payments.dollars > 10_000)
    credit = payments.dollars < 0

    assert ((payments.contract_no != "") == expected)[~credit].all()


def test_a_vendor_keeps_its_name_number_and_certification():
    pairs = table("vendor-payments").groupby("vendor_no")[["vendor", "certified", "purchase_type"]].nunique()

    assert pairs.max(axis=None) == 1


def test_a_median_is_withheld_exactly_where_fewer_than_five_people_hold_the_class():
    classes = table("salaries-by-class")

    assert ((classes.median_pay == "") == (classes.employees.astype(int) < 5)).all()


def test_pay_lies_within_its_range():
    classes = table("salaries-by-class").query("median_pay != ''").filter(regex="range|median").astype(int)

    assert (classes.range_minimum < classes.range_midpoint).all()
    assert (classes.range_midpoint < classes.range_maximum).all()
    assert classes.median_pay.between(classes.range_minimum, classes.range_maximum).all()


def test_bus_boardings_are_missing_for_one_month_and_never_zero():
    months = table("transit-ridership")
    lost = months[months.boardings == ""]

    assert set(lost.month) == {"2023-03-01"}
    assert set(lost["mode"]) == {"BUS", "EXPRESS"}
    assert numbers(months.boardings).min() > 0


@pytest.mark.parametrize(("mode", "first", "last"), [
    ("STREETCAR", "2019-06-01", "2021-08-01"), ("EXPRESS", "2020-04-01", "2021-06-01"),
])
def test_lines_that_stood_still_have_no_rows(mode: str, first: str, last: str):
    months = table("transit-ridership").query("mode == @mode").month

    assert not months.between(first, last).any()
    assert months.min() < first
    assert months.max() > last


def test_the_hours_of_a_day_add_up_to_the_day():
    hours = rows("bike-counts/hourly.csv")
    bikes = hours.inbound.astype(int) + hours.outbound.astype(int)
    by_day = bikes.groupby([hours.counted_at.str[:10], hours.counter_id]).sum()
    days = rows("bike-counts/daily.csv").set_index(["date", "counter_id"]).bikes.astype(int)

    assert by_day.eq(days.reindex(by_day.index)).all()
    assert len(by_day) == (days.index.get_level_values("date") >= "2025-07-01").sum()


def test_the_hour_that_clocks_repeat_comes_twice_and_the_one_they_skip_not_at_all():
    hours = rows("bike-counts/hourly.csv").query("counter_id == 'B01'").counted_at

    assert list(hours[hours.str.startswith("2025-11-02T01")]) == ["2025-11-02T01:00:00-04:00", "2025-11-02T01:00:00-05:00"]
    assert not hours.str.startswith("2026-03-08T02").any()


@pytest.mark.parametrize(("counter", "first", "last", "days"), [
    ("B01", "2022-05-09", "2022-05-20", 12), ("B02", "2025-10-06", "2025-10-26", 21), ("B03", "2023-02-01", "2023-02-06", 6),
    ("B04", "2024-08-13", "2024-09-01", 20),
])
def test_a_counter_has_no_rows_exactly_while_it_was_out_of_order(counter: str, first: str, last: str, days: int):
    counted = pd.to_datetime(rows("bike-counts/daily.csv").query("counter_id == @counter").date)
    missing = pd.date_range("2021-01-01", "2026-06-28").difference(counted)

    assert (str(missing.min().date()), str(missing.max().date()), len(missing)) == (first, last, days)


def test_a_less_than_sign_stands_with_the_least_that_the_meter_can_tell():
    samples = table("drinking-water-samples").query("qualifier == '<'")

    assert set(samples.parameter) == {"TURBIDITY"}
    assert set(samples[samples.sampled_on < "2023-01-03"].result) == {"0.05"}
    assert set(samples[samples.sampled_on >= "2023-01-03"].result) == {"0.02"}


def test_no_sample_breaks_the_limits_that_the_description_names():
    samples = table("drinking-water-samples")
    values = samples.assign(value=samples.result.astype(float)).groupby("parameter").value

    assert values.max()["CHLORINE"] < 4.0
    assert values.max()["TTHM"] < 80
    assert (values.min()["PH"] >= 8, values.max()["PH"] <= 9) == (True, True)


def test_one_tap_was_not_sampled_in_february_2025():
    taps = table("drinking-water-samples").query("site_type == 'TAP'")

    assert set(taps.site) - set(taps[taps.sampled_on.str.startswith("2025-02")].site) == {"Tap 11"}


def test_a_project_spends_no_more_than_it_has():
    projects = table("capital-projects")

    assert (projects.spent.astype(float) <= projects.budget_current.astype(float)).all()


def test_a_project_is_complete_when_its_finish_has_passed():
    projects = table("capital-projects")

    assert ((projects.expected_finish <= "2026-03-10") == (projects.phase == "COMPLETE")).all()


def test_months_late_count_from_the_first_announcement():
    projects = table("capital-projects")
    planned, expected = (pd.to_datetime(projects[name]).dt for name in ("planned_finish", "expected_finish"))
    months = (expected.year - planned.year) * 12 + expected.month - planned.month

    assert months.tolist() == projects.months_late.astype(int).tolist()


def test_bonds_were_voted_before_a_project_began():
    bonds = table("capital-projects").query("funding == 'BOND'")

    assert (bonds.bond_year.astype(int) < bonds.started_on.str[:4].astype(int)).all()
    assert set(bonds.bond_year.astype(int) % 2) == {0}
    assert set(table("capital-projects").query("funding != 'BOND'").bond_year) == {""}


def test_tons_and_homes_make_the_pounds_for_each_home():
    months = table("solid-waste-tonnage")
    pounds = months.tons.astype(float) * 2_000 / months.homes.astype(int)

    assert (pounds - months.pounds_per_home.astype(float)).abs().max() <= 0.0501


def test_only_the_yard_waste_of_november_2024_is_missing():
    months = table("solid-waste-tonnage")
    counts = months.groupby(["month", "collection_day"]).material.unique().map(set)
    short = counts[counts.map(len) < 4]

    assert {month for month, _ in short.index} == {"2024-11-01"}
    assert set.union(*short) == {"GARBAGE", "RECYCLING", "BULKY"}


def test_contamination_is_known_for_recycling_alone():
    months = table("solid-waste-tonnage")

    assert ((months.contamination_percent != "") == (months.material == "RECYCLING")).all()


def test_incidents_are_the_sum_of_their_kinds():
    stations = table("fire-response")
    kinds = stations[["medical", "fires", "alarms", "hazards", "other"]].astype(int).sum(axis=1)

    assert kinds.equals(stations.incidents.astype(int).rename(None))


def test_one_station_was_closed_for_six_months_and_one_opened():
    months = table("fire-response").groupby("station").month.unique().map(set)
    every = set(table("fire-response").month)

    assert sorted(every - months["14"]) == [f"2024-{month:02d}-01" for month in range(9, 13)] + ["2025-01-01", "2025-02-01"]
    assert min(months["43"]) == "2025-01-01"
