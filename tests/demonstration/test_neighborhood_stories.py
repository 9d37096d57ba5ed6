"""What holds between rows and between tables of streets and neighborhoods: whoever joins them finds one city."""

from __future__ import annotations

import pandas as pd
import pytest

from demonstration.charlotte_catalog import rows, table
from demonstration.neighborhood_figures import REBUILT


@pytest.fixture(scope="module")
def requests() -> pd.DataFrame:
    return table("service-requests").drop_duplicates("request_id")


def test_repeated_requests_are_the_same_in_every_column_and_all_of_march_2023():
    given = table("service-requests")
    repeated = given[given.request_id.duplicated()]

    assert set(repeated.received_at.str[:7]) == {"2023-03"}
    assert len(given.drop_duplicates()) == given.request_id.nunique()
    assert len(repeated) == given[given.received_at.str.startswith("2023-03")].request_id.nunique()


def test_the_old_bulky_code_ends_the_day_before_the_new_one_begins(requests: pd.DataFrame):
    assert requests[requests.request_type == "BULKY"].received_at.max() < "2022-07-01"
    assert requests[requests.request_type == "BULKY_ITEM"].received_at.min() >= "2022-07-01"


def test_points_district_and_nothing_else_are_missing_together(requests: pd.DataFrame):
    lost = requests[requests.latitude == ""]

    assert (lost[["longitude", "council_district"]] == "").all(axis=None)
    assert set(lost.channel) == {"PHONE"}
    assert lost.received_at.max() < "2021-10-01"
    assert (requests[requests.latitude != ""].council_district != "").all()


def test_being_on_time_follows_from_the_working_days_and_the_target(requests: pd.DataFrame):
    closed = requests[requests.closed_at != ""]
    in_time = closed.working_days.astype(int) <= closed.target_days.astype(int)

    assert in_time.map({True: "true", False: "false"}).equals(closed.on_time)
    assert set(requests[requests.closed_at == ""].on_time) == {"", "false"}
    assert (closed.closed_at.map(pd.Timestamp) > closed.received_at.map(pd.Timestamp)).all()


def test_a_request_is_closed_on_a_weekday_between_seven_and_six(requests: pd.DataFrame):
    closed = requests[requests.closed_at != ""].closed_at

    assert pd.to_datetime(closed.str[:10]).dt.day_of_week.max() == 4
    assert closed.str[11:13].min() >= "07"
    assert closed.str[11:13].max() <= "17"


@pytest.mark.parametrize(("day", "offset"), [("2024-03-09", "-05:00"), ("2024-03-10", "-04:00"), ("2024-11-02", "-04:00"),
                                            ("2024-11-04", "-05:00")])
def test_clock_times_carry_the_offset_of_their_day(requests: pd.DataFrame, day: str, offset: str):
    by_day = requests[requests.received_at.str.startswith(day) & (requests.received_at.str[11:13] > "02")]

    assert set(by_day.received_at.str[19:]) == {offset}


def test_a_caller_leaves_a_number_only_on_the_phone(requests: pd.DataFrame):
    assert ((requests.caller_phone != "") == (requests.channel == "PHONE")).all()


def test_phones_are_answered_in_the_evening_since_july_2024(requests: pd.DataFrame):
    calls = requests[requests.channel == "PHONE"]

    assert calls[calls.received_at < "2024-07-01"].received_at.str[11:13].max() == "18"
    assert calls[calls.received_at >= "2024-07-01"].received_at.str[11:13].max() == "20"


def test_each_repair_that_names_a_request_agrees_with_it(requests: pd.DataFrame):
    asked = table("street-repairs").query("request_id != ''").merge(requests, on="request_id", suffixes=("", "_asked"))

    assert len(asked) == (table("street-repairs").request_id != "").sum()
    assert asked.repair_type.equals(asked.request_type)
    assert asked.block.equals(asked.block_asked)
    assert asked.repaired_on.equals(asked.closed_at.str[:10])
    assert set(asked.outcome) == {"DONE"}
    assert set(asked.found_by) == {"RESIDENT"}


def test_crews_are_named_for_the_part_of_the_city_they_serve():
    pairs = table("street-repairs").groupby("council_district").crew.unique().map(list).to_dict()

    assert pairs == {
        "1": ["CENTRAL"], "2": ["NORTH"], "3": ["WEST"], "4": ["NORTH"], "5": ["EAST"], "6": ["SOUTH"], "7": ["SOUTH"],
    }


def test_asphalt_was_guessed_by_the_half_ton_until_trucks_were_weighed():
    laid = table("street-repairs").query("asphalt_tons != ''")
    halves = laid.asphalt_tons.str.endswith((".00", ".50"))

    assert halves[laid.repaired_on < "2022-07-01"].all()
    assert halves[laid.repaired_on >= "2022-07-01"].mean() < 0.05
    assert ((table("street-repairs").asphalt_tons == "") == (table("street-repairs").repair_type == "SIDEWALK")).all()


def test_people_are_hurt_exactly_where_the_severity_says_so():
    crashes = table("traffic-crashes")

    assert ((crashes.people_hurt == "0") == (crashes.severity == "O")).all()


def test_rebuilt_streets_have_the_low_speed_limit_from_the_day_they_opened():
    rebuilt = table("traffic-crashes").query("after_rebuild == 'true'")

    assert set(rebuilt.speed_limit) == {"25"}
    assert set(rebuilt.street) == set(REBUILT)
    assert (rebuilt.crash_date >= rebuilt.street.map(REBUILT)).all()


def test_wet_roads_in_the_crash_reports_are_rain_in_the_bike_counts():
    rain = rows("bike-counts/daily.csv").drop_duplicates("date").set_index("date").rain.astype(float)
    wet = table("traffic-crashes").query("road_surface == 'WET' and crash_date >= '2021-01-01'")

    assert rain.reindex(wet.crash_date).min() >= 0.05


def test_calls_that_must_stay_private_have_no_place_and_others_have_one():
    calls = table("police-calls")
    private = calls.call_type.isin(["DOMESTIC", "MENTAL_HEALTH"])

    assert ((calls.block == "") == private).all()
    assert ((calls.council_district == "") == private).all()


def test_nobody_arrives_before_being_sent():
    calls = table("police-calls").query("minutes_to_arrive != ''")

    assert (calls.minutes_to_arrive.astype(float) >= calls.minutes_to_dispatch.astype(float)).all()
    assert "OFFICER" not in set(calls.source)


def test_zoning_names_change_with_the_ordinance():
    permits = table("land-development-permits")
    before = permits.applied_on < "2023-06-01"

    assert set(permits[before].zoning) & set(permits[~before].zoning) == set()


def test_a_permit_has_days_and_rounds_once_it_is_decided():
    permits = table("land-development-permits")
    undecided = permits.status == "IN_REVIEW"

    assert (permits[undecided][["decided_on", "review_rounds", "working_days"]] == "").all(axis=None)
    assert (permits[~undecided][["decided_on", "review_rounds", "working_days", "first_review_on"]] != "").all(axis=None)


def test_a_case_runs_in_the_order_of_its_dates():
    cases = table("code-cases").query("closed_on != '' and notice_on != ''")

    assert (cases.opened_on <= cases.first_inspection_on).all()
    assert (cases.first_inspection_on <= cases.notice_on).all()
    assert (cases.notice_on <= cases.closed_on).all()


def test_an_inspector_who_raises_a_case_is_not_named():
    cases = table("code-cases")

    assert ((cases.complainant_name == "") == (cases.source == "INSPECTOR")).all()


def test_trees_were_seen_after_they_were_planted():
    trees = table("street-trees").query("planted_year != ''")

    assert (trees.planted_year <= trees.inspected_on.str[:4]).all()


def test_no_callery_pear_has_been_planted_since_2005():
    pears = table("street-trees").query("species == 'Pyrus calleryana'")

    assert set(pears.planted_year) == {""}


COUNTED = {
    "requests_2024": ("service-requests", "received_at", "2024"), "crashes_2024": ("traffic-crashes", "crash_date", "2024"),
    "code_cases_2024": ("code-cases", "opened_on", "2024"), "permits_2024": ("land-development-permits", "applied_on", "2024"),
    "street_trees": ("street-trees", "tree_id", "T"),
}


@pytest.mark.parametrize("measure", COUNTED)
def test_a_count_by_district_agrees_with_the_dataset_it_was_made_from(measure: str):
    dataset, column, start = COUNTED[measure]
    source = table(dataset)
    counted = source[source[column].str.startswith(start)].groupby("council_district").size()
    stated = table("council-districts").query("measure == @measure").set_index("council_district").value.astype(int)

    assert counted.to_dict() == stated.to_dict()


def test_every_measure_is_there_for_every_district():
    measures = table("council-districts").groupby("measure").council_district.agg(list)

    assert set(measures.map(tuple)) == {("1", "2", "3", "4", "5", "6", "7")}


@pytest.mark.parametrize("dataset", ["service-requests", "traffic-crashes", "land-development-permits", "street-trees"])
def test_districts_lie_where_they_lie_in_the_city(dataset: str):
    placed = table(dataset).query("latitude != '' and longitude != ''")
    middle = placed.assign(north=placed.latitude.astype(float)).groupby("council_district").north.mean()

    assert list(middle.sort_values().index) == ["7", "6", "3", "5", "1", "2", "4"]
