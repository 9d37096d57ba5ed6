"""The goals and measures of the demonstration city: complete, of every kind, and in every status."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from click.testing import CliRunner

from cityfolio.cli import main
from cityfolio.model.measured import STATUSES
from cityfolio.model.performance import (
    ACTION_STATES,
    DIRECTIONS,
    GRAINS,
    MEASURE_TYPES,
    TRAJECTORIES,
    CalendarRecord,
    GoalRecord,
    MeasureRecord,
    PriorityRecord,
)
from demonstration.charlotte_catalog import CATALOG, document
from demonstration.performance_catalog import (
    CLOSED,
    GOALS,
    MEASURES,
    PRIORITIES,
    baselines,
    closed,
    goal,
    grain,
    measure,
    newest,
)
from demonstration.test_records import AS_OF, unknown_keys

WITH_TARGETS = tuple(name for name in MEASURES if measure(name)["direction"] != "watch")
INVENTED = ("invented", "Federal limit", "of 2019")


@pytest.fixture(scope="module")
def standings(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The status of each measure, as the command says it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        result = CliRunner().invoke(main, ["measures", "--catalog", str(CATALOG), "--format", "json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return {each["id"]: each["status"] for each in json.loads(result.stdout)["measures"]}


def test_the_city_has_priorities_goals_and_measures():
    assert (len(PRIORITIES), len(GOALS), len(MEASURES)) == (6, 12, 40)


@pytest.mark.parametrize("name", PRIORITIES)
def test_a_priority_has_only_keys_that_are_declared(name: str):
    assert unknown_keys(document(f"priorities/{name}.yaml"), PriorityRecord) == []


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_has_only_keys_that_are_declared(name: str):
    assert unknown_keys(goal(name), GoalRecord) == []


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_has_only_keys_that_are_declared(name: str):
    assert unknown_keys(measure(name), MeasureRecord) == []


@pytest.mark.parametrize("name", GOALS)
def test_a_goal_says_who_why_and_what_next(name: str):
    needed = {"title", "priority", "owner", "description", "why", "topics", "headline", "order", "next_report", "actions",
              "reviews", "heard"}

    assert needed - set(goal(name)) == set()
    assert goal(name)["priority"] in PRIORITIES
    assert date.fromisoformat(goal(name)["next_report"]) > AS_OF
    assert all("answer" in each for each in goal(name)["heard"])
    assert any("follow_ups" in each for each in goal(name)["reviews"])


@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_says_what_it_tells_and_how_fresh_it_must_be(name: str):
    assert {"title", "description", "goal", "type", "unit", "decimals", "direction", "fresh_within"} - set(measure(name)) <= {
        "decimals"}
    assert measure(name)["goal"] in GOALS
    assert len(measure(name)["description"].split()) >= 20


@pytest.mark.parametrize("name", WITH_TARGETS)
def test_a_target_says_when_and_by_whom_it_was_set(name: str):
    assert all({"until", "set_on", "set_by"} <= set(each) for each in measure(name)["targets"])
    assert "baseline" in measure(name) or measure(name)["direction"] == "range"


def test_measures_are_of_every_kind():
    assert {measure(name)["type"] for name in MEASURES} == set(MEASURE_TYPES)
    assert {measure(name)["direction"] for name in MEASURES} == set(DIRECTIONS)
    assert {grain(name) for name in MEASURES} == set(GRAINS)
    assert {measure(name).get("trajectory", "linear") for name in MEASURES} == set(TRAJECTORIES)


def test_measures_are_computed_in_every_way():
    computed = [measure(name)["compute"] for name in MEASURES if "compute" in measure(name)]
    ways = Counter(way for each in computed for way in each if way in
                   ("count", "sum", "mean", "median", "percentile", "ratio", "rate"))

    assert set(ways) == {"count", "sum", "mean", "median", "percentile", "ratio", "rate"}
    assert {each["count"] for each in computed if "count" in each} == {"rows", "request_id", "complainant_name"}
    assert any("weight" in each["ratio"] for each in computed if "ratio" in each)
    assert any("business_days(" in each["ratio"]["good"] and each["calendar"] == "city" for each in computed if "ratio" in each)
    assert sum("council_district" in each.get("by", ()) for each in computed) >= 10
    assert sum("min_n" in each for each in computed) == 3


def test_two_measures_are_entered_by_hand_with_evidence():
    by_hand = {name: measure(name)["readings"] for name in MEASURES if "readings" in measure(name)}

    assert sorted(by_hand) == ["general-fund-reserve", "lake-level"]
    assert all(each["entered_by"] and each["evidence"] for readings in by_hand.values() for each in readings)


def test_actions_are_in_every_state_and_some_are_overdue():
    actions = [each for name in GOALS for each in goal(name)["actions"]]
    overdue = [each for each in actions if "done_on" not in each and date.fromisoformat(each["due"]) < AS_OF]

    assert {each["state"] for each in actions} == set(ACTION_STATES)
    assert len(overdue) >= 8


def test_a_target_was_replaced_with_a_reason_and_others_follow_one_another():
    targets = measure("pothole-on-time")["targets"]

    assert [(each["until"], each["value"]) for each in targets] == [("2025-06", "90"), ("2027-06", "95"), ("2027-06", "94")]
    assert "weekends" in targets[-1]["reason"]


def test_series_are_broken_where_the_counting_changed():
    broken = {name: each["period"] for name in MEASURES for each in measure(name).get("breaks", ())}

    assert broken == {"pothole-cost": "2022-Q3", "weeds-without-notice": "2024-Q1"}


@pytest.mark.parametrize("name", [name for name in MEASURES if "benchmarks" in measure(name)])
def test_what_others_reach_is_said_to_be_invented(name: str):
    assert all(any(word in each["title"] for word in INVENTED) for each in measure(name)["benchmarks"])


@pytest.mark.parametrize("name", sorted(path.stem for path in (CATALOG / "calendars").glob("*.yaml")))
def test_a_calendar_has_only_keys_that_are_declared(name: str):
    assert unknown_keys(document(f"calendars/{name}.yaml"), CalendarRecord) == []


@pytest.mark.parametrize(("day", "title"), [
    ("2016-05-30", "Memorial Day"), ("2019-11-28", "Thanksgiving"), ("2021-06-18", "Juneteenth"),
    ("2021-12-31", "New Year's Day"), ("2022-12-26", "Christmas Day"), ("2023-01-02", "New Year's Day"),
    ("2026-07-03", "Independence Day"),
    ("2024-01-15", "Martin Luther King Jr. Day"), ("2027-11-26", "Day after Thanksgiving"), ("2029-11-12", "Veterans Day"),
    ("2030-09-02", "Labor Day"),
])
def test_a_holiday_is_kept_on_a_weekday(day: str, title: str):
    assert document("calendars/city.yaml")["holidays"][day] == title
    assert date.fromisoformat(day).weekday() < 5


def test_the_calendar_holds_fifteen_years():
    kept = Counter(day[:4] for day in document("calendars/city.yaml")["holidays"])

    assert sorted(kept) == [str(year) for year in range(2016, 2031)]
    assert set(kept.values()) <= {8, 9, 10, 11}


def test_every_status_is_met(standings: dict[str, str]):
    assert set(standings.values()) == set(STATUSES)
    assert len(standings) == 40


@pytest.mark.parametrize(("name", "status"), [
    ("medical-notices", "suppressed"), ("fallen-trees-cleared", "no-data"), ("transit-boardings", "stale"),
    ("parking-minutes", "outside"), ("general-fund-reserve", "inside"), ("serious-crashes", "worse-than-baseline"),
    ("fire-within-six-minutes", "off-track"), ("permit-days", "near"), ("by-products-of-chlorine", "achieved"),
    ("pothole-on-time", "on-track"), ("requests-by-phone", "watch"),
])
def test_a_status_is_where_the_page_tells_of_it(standings: dict[str, str], name: str, status: str):
    assert standings[name] == status


def test_most_measures_have_closed_periods():
    assert len(CLOSED) == 31


@pytest.mark.parametrize(("name", "baseline"), list(baselines()))
def test_a_baseline_is_what_the_rows_gave_then(name: str, baseline: dict[str, str]):
    digits = len(baseline["value"].partition(".")[2])

    assert float(baseline["value"]) == pytest.approx(float(newest(name, baseline["period"])["value"]), abs=0.51 * 10 ** -digits)


def test_a_revised_month_keeps_both_values():
    march = [line for line in closed("missed-collections") if line["period"] == "2023-03" and not line["by"]]

    assert [(line["value"], line["closed_on"], line["revision"]) for line in march] == [
        ("74", "2023-04-11", ""), ("37", "2023-05-09", "1")]


def test_what_is_held_back_is_committed_without_its_value():
    held_back = [line for name in ("medical-notices", "water-shut-offs") for line in closed(name)
                 if line["suppressed"] == "true"]

    assert len(held_back) > 20
    assert {(line["value"], line["rows"], line["good"]) for line in held_back} == {("", "", "")}


def test_a_goal_is_shown_by_its_headline():
    assert {name: measure(goal(name)["headline"])["goal"] for name in GOALS} == {name: name for name in GOALS}


def test_every_file_of_a_measure_is_one_that_is_known():
    names = {path.name for path in (CATALOG / "measures").glob("*/*")}

    assert names == {"measure.yaml", "observations.csv", "closed-rows.csv", "targets.csv"}
    assert not (CATALOG / "measures" / "water-shut-offs" / "closed-rows.csv").exists()
