"""What holds between rows and between tables of the council, its districts, surveys, grants and the city's own things."""

from __future__ import annotations

import json
from itertools import combinations

import pandas as pd
import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from demonstration.charlotte_catalog import numbers, rows, table
from demonstration.city_hall_figures import FUEL, satisfied

SQUARE_MILES_A_DEGREE = 69.05 * 69.17      # a degree of latitude times one of longitude at the equator, near Charlotte
PLACED = ("service-requests", "traffic-crashes", "land-development-permits", "street-trees")


@pytest.fixture(scope="module")
def districts() -> dict[str, BaseGeometry]:
    given = table("council-district-boundaries").set_index("council_district").geometry
    return {number: shape(json.loads(text)) for number, text in given.items()}


@pytest.fixture(scope="module")
def votes() -> pd.DataFrame:
    return table("council-votes")


@pytest.fixture(scope="module")
def grants() -> pd.DataFrame:
    return table("neighborhood-grants")


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return table("community-survey")


@pytest.fixture(scope="module")
def vehicles() -> pd.DataFrame:
    return table("vehicle-fleet")


def test_each_district_is_one_sound_shape(districts: dict[str, BaseGeometry]):
    assert {shapely.is_valid_reason(each) for each in districts.values()} == {"Valid Geometry"}
    assert {each.geom_type for each in districts.values()} == {"Polygon"}
    assert all(each.exterior.is_ccw for each in districts.values())


def test_no_two_districts_overlap(districts: dict[str, BaseGeometry]):
    assert [pair for pair in combinations(districts, 2) if districts[pair[0]].intersection(districts[pair[1]]).area] == []


def test_nothing_lies_between_the_districts(districts: dict[str, BaseGeometry]):
    city = shapely.union_all(list(districts.values()))

    assert city.geom_type == "Polygon"
    assert len(city.interiors) == 0


def test_districts_border_on_those_that_are_named(districts: dict[str, BaseGeometry]):
    named = table("council-district-boundaries").set_index("council_district").borders_on.str.split(";").to_dict()
    touching = {here: [there for there in districts if there != here and districts[here].intersection(districts[there]).length]
                for here in districts}

    assert named == touching


def test_the_areas_are_those_of_the_shapes_and_of_the_comparison(districts: dict[str, BaseGeometry]):
    facts = table("council-districts").query("measure == 'land_area'").set_index("council_district").value
    flat = {number: shapely.transform(each, lambda points: points * [0.8175, 1]).area * SQUARE_MILES_A_DEGREE
            for number, each in districts.items()}

    assert table("council-district-boundaries").set_index("council_district").square_miles.to_dict() == facts.to_dict()
    assert flat == pytest.approx(facts.astype(float).to_dict(), rel=0.01)


def test_the_people_are_those_of_the_comparison():
    facts = table("council-districts").query("measure == 'population'").set_index("council_district").value

    assert table("council-district-boundaries").set_index("council_district").population.to_dict() == facts.to_dict()


@pytest.mark.parametrize("dataset", PLACED)
def test_every_point_lies_inside_the_district_that_its_row_names(districts: dict[str, BaseGeometry], dataset: str):
    placed = table(dataset).query("latitude != ''")
    points = shapely.points(placed.longitude.astype(float), placed.latitude.astype(float))
    inside = shapely.contains(placed.council_district.map(districts).to_numpy(), points)

    assert inside.all()


def test_every_signal_stands_inside_the_district_that_its_row_names(districts: dict[str, BaseGeometry]):
    signals = table("traffic-signals")
    points = shapely.from_geojson(signals.geometry.to_numpy())

    assert shapely.contains(signals.council_district.map(districts).to_numpy(), points).all()


def test_eleven_members_are_for_against_or_absent(votes: pd.DataFrame):
    counts = votes[["votes_for", "votes_against", "absent"]].astype(int)

    assert set(counts.sum(axis=1)) == {11}
    assert ((counts.votes_for > counts.votes_against) == (votes.result == "APPROVED")).all()


def test_those_who_were_against_are_named_once_each(votes: pd.DataFrame):
    named = votes.voted_no.str.split(";").where(votes.voted_no != "")

    assert (named.dropna().map(len) == votes.votes_against.astype(int)[named.notna()]).all()
    assert named.dropna().map(lambda seats: len(set(seats)) == len(seats)).all()
    assert set(votes[named.isna()].votes_against) == {"0"}


def test_only_rezoning_fails(votes: pd.DataFrame):
    assert set(votes[votes.result == "DENIED"].kind) == {"REZONING"}


def test_rezoning_has_a_petition_of_an_earlier_day_and_nothing_else_has_one(votes: pd.DataFrame):
    rezoning = votes[votes.kind == "REZONING"]

    assert ((votes.petition_no != "") == (votes.kind == "REZONING")).all()
    assert rezoning.petition_no.is_unique
    assert (rezoning.petition_no.str[:4] <= rezoning.meeting_on.str[:4]).all()


def test_an_item_number_begins_with_the_day_of_its_meeting(votes: pd.DataFrame):
    assert (votes.item_no.str[:6] == votes.meeting_on.str[2:].str.replace("-", "")).all()


def test_the_council_meets_on_mondays_or_on_the_day_after_a_holiday(votes: pd.DataFrame):
    meetings = pd.to_datetime(votes.meeting_on.drop_duplicates())
    tuesdays = [str(day.date()) for day in meetings if day.day_of_week == 1]

    assert set(meetings.dt.day_of_week) == {0, 1}
    assert {"2024-05-28", "2026-01-20"} <= set(tuesdays)
    assert {day[5:7] for day in tuesdays} <= {"01", "05", "06", "11"}


def test_each_budget_that_was_voted_is_the_adopted_budget(votes: pd.DataFrame):
    adopted = rows("adopted-budget/spending.csv")
    totals = adopted.adopted.astype(int).groupby(adopted.fiscal_year).sum()
    voted = votes[votes.kind == "BUDGET"]

    assert dict(zip(voted.title.str[-6:], voted.amount.astype(int), strict=True)) == totals.drop("FY2022").to_dict()
    assert (voted.votes_against != "0").all()


@pytest.mark.parametrize(("day", "words", "department"), [
    ("2022-08-22", "Unified Development Ordinance, in force from June 1, 2023", "PDD"),
    ("2024-05-13", "neighborhood matching grants to $25,000 from July 1, 2024", "HNS"),
    ("2024-08-26", "windstorm of August 13", "LM"),
])
def test_what_other_tables_tell_was_voted_before_it_happened(votes: pd.DataFrame, day: str, words: str, department: str):
    item = votes[votes.title.str.contains(words, regex=False)].iloc[0]

    assert (item.meeting_on, item.department, item.result) == (day, department, "APPROVED")


def test_a_grant_is_no_larger_than_what_was_asked_for_and_the_limit_of_its_time(grants: pd.DataFrame):
    given = grants[grants.awarded != ""]
    later = grants.applied_on >= "2024-07-01"

    assert (given.awarded.astype(int) <= given.asked.astype(int)).all()
    assert grants[~later].asked.astype(int).max() == 10_000
    assert grants[later].asked.astype(int).max() == 25_000


def test_work_and_money_match_each_grant(grants: pd.DataFrame):
    given = grants[grants.awarded != ""]
    matched = given.volunteer_hours.astype(int) * 30 + given.cash_match.astype(int)

    assert (matched >= given.awarded.astype(int)).all()


def test_what_was_declined_has_no_amount_and_no_end(grants: pd.DataFrame):
    declined = grants.status == "DECLINED"

    assert (grants[declined][["awarded", "volunteer_hours", "cash_match", "finished_on"]] == "").all(axis=None)
    assert ((grants.finished_on != "") == (grants.status == "FINISHED")).all()


def test_an_application_runs_in_the_order_of_its_dates(grants: pd.DataFrame):
    finished = grants[grants.finished_on != ""]

    assert (grants.applied_on < grants.decided_on).all()
    assert (finished.decided_on < finished.finished_on).all()
    assert grants.applied_on.is_monotonic_increasing


def test_applications_come_in_the_weeks_before_a_deadline(grants: pd.DataFrame):
    assert set(grants.applied_on.str[5:7]) <= {"12", "01", "02", "03", "06", "07", "08", "09"}
    assert pd.to_datetime(grants.applied_on).dt.day_of_week.max() == 4


def test_most_applications_come_in_the_last_week(grants: pd.DataFrame):
    deadline = grants.applied_on.str[:4] + (grants.applied_on.str[5:7] > "04").map({True: "-09-01", False: "-03-01"})
    days_left = (pd.to_datetime(deadline) - pd.to_datetime(grants.applied_on)).dt.days

    assert (days_left.between(0, 7)).mean() > 0.5


def test_weights_make_ages_and_districts_those_of_the_city(answers: pd.DataFrame):
    weight = answers.weight.astype(float)
    people = table("council-districts").query("measure == 'population'").set_index("council_district").value.astype(int)
    counted = weight.groupby(answers.council_district).sum() / weight.sum()

    assert weight.mean() == pytest.approx(1, abs=0.001)
    assert counted.to_dict() == pytest.approx((people / people.sum()).to_dict(), abs=0.02)
    assert weight[answers.age_group == "18-24"].mean() > 2 * weight[answers.age_group == "65+"].mean()


def test_answers_came_in_during_the_six_weeks_of_the_survey(answers: pd.DataFrame):
    days = answers.answered_on.groupby(answers.survey_year).agg(["min", "max"])

    assert (days.loc["2024", "min"] >= "2024-02-05", days.loc["2024", "max"] <= "2024-03-17") == (True, True)
    assert (days.loc["2026", "min"] >= "2026-02-02", days.loc["2026", "max"] <= "2026-03-15") == (True, True)


def test_districts_that_waited_for_trucks_were_the_least_satisfied_with_them(answers: pd.DataFrame):
    requests = table("service-requests").drop_duplicates("request_id").query("department == 'SWS' and on_time != ''")
    winter = requests[requests.received_at.str[:7].between("2023-09", "2024-03")]
    on_time = (winter.on_time == "true").groupby(winter.council_district).mean().drop("", errors="ignore")
    year_2024 = answers[answers.survey_year == "2024"]
    content = {number: int(satisfied(part, "trash").rstrip("%")) for number, part in year_2024.groupby("council_district")}

    assert set(on_time.sort_values().index[:2]) == {"2", "3"}
    assert set(sorted(content, key=lambda number: content[number])[:2]) == {"2", "3"}


def test_satisfaction_with_transit_rose_after_buses_came_more_often(answers: pd.DataFrame):
    before, after = (satisfied(answers[answers.survey_year == year], "transit") for year in ("2024", "2026"))

    assert int(after.rstrip("%")) - int(before.rstrip("%")) > 10


def test_a_number_keeps_its_leading_zeros_in_every_format(answers: pd.DataFrame, vehicles: pd.DataFrame):
    assert answers.response_no.iloc[0] == "0001"
    assert vehicles.vehicle_no.iloc[0] == "00138"
    assert table("on-street-parking").zone.str.startswith("0").all()
    assert table("building-electricity").meter_no.str.startswith("0").all()


def test_nothing_was_bought_while_car_makers_had_no_chips(vehicles: pd.DataFrame):
    assert not vehicles.in_service_on.between("2021-09-01", "2022-08-31").any()
    assert vehicles.in_service_on.between("2022-09-01", "2023-08-31").sum() > 50


def test_a_trailer_has_neither_fuel_nor_miles(vehicles: pd.DataFrame):
    trailers = vehicles.vehicle_type == "TRAILER"

    assert ((vehicles.fuel == "") == trailers).all()
    assert ((vehicles.odometer_miles == "") == trailers).all()


def test_a_type_of_vehicle_lasts_the_same_years_everywhere(vehicles: pd.DataFrame):
    years = vehicles.replace_in.astype(int) - vehicles.in_service_on.str[:4].astype(int)

    assert years.groupby(vehicles.vehicle_type).nunique().max() == 1


def test_vehicle_numbers_follow_the_day_they_were_put_to_use(vehicles: pd.DataFrame):
    assert vehicles.in_service_on.is_monotonic_increasing
    assert vehicles.vehicle_no.is_monotonic_increasing


def test_the_cost_of_fuel_is_gallons_times_price():
    fuel = rows(FUEL).set_index(["month", "department", "fuel"]).astype(float)

    assert (fuel.gallons * fuel.price_per_gallon - fuel.cost).abs().max() <= 0.00501


def test_one_department_has_no_fuel_for_one_month():
    fuel = rows(FUEL)
    months = set(fuel.month)
    missing = {department: months - set(part.month) for department, part in fuel.groupby("department")}

    assert {department: days for department, days in missing.items() if days} == {"GS": {"2023-10-01"}}
    assert len(months) == 59


def test_police_burn_less_gasoline_each_year():
    police = rows(FUEL).query("department == 'CMPD'")
    by_year = police.gallons.astype(float).groupby(police.month.str[:4]).sum()

    assert by_year["2022":"2025"].is_monotonic_decreasing


def test_tree_crews_burned_twice_as_much_diesel_after_the_storm():
    crews = rows(FUEL).query("department == 'LM' and fuel == 'DIESEL'").set_index("month").gallons.astype(float)

    assert set(crews.nlargest(2).index) == {"2024-08-01", "2024-09-01"}
    assert crews["2024-08-01"] > 2 * crews["2024-07-01"]


def test_each_meter_has_every_quarter_of_an_hour_of_the_week():
    readings = table("building-electricity")

    assert set(readings.groupby("meter_no").read_at.nunique()) == {7 * 96}
    assert readings.groupby("meter_no").building.nunique().max() == 1


def test_readings_are_estimated_at_one_meter_for_three_hours():
    guessed = table("building-electricity").query("estimated == 'true'")

    assert set(guessed.building) == {"Sanitation yard, west"}
    assert (guessed.read_at.min(), guessed.read_at.max()) == ("2026-06-17T13:00:00-04:00", "2026-06-17T15:45:00-04:00")


@pytest.mark.parametrize(("building", "rests"), [
    ("Government Center", True), ("Sanitation yard, west", True), ("Fire station 14", False),
    ("Vest water treatment plant", False),
])
def test_offices_and_yards_rest_on_a_holiday_and_stations_and_plants_do_not(building: str, rests: bool):
    readings = table("building-electricity").query("building == @building")
    by_day = numbers(readings.kwh).groupby(readings.read_at.str[:10]).sum()

    assert (by_day["2026-06-19"] < 0.8 * by_day["2026-06-18"]) == rests
