"""Goals and measures as JSON: what pages say, with exact numbers and each step of the arithmetic."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cityfolio.feeds.catalog_json import catalog_json
from cityfolio.feeds.goals_json import goal_files
from cityfolio.feeds.index_json import indexes
from cityfolio.feeds.llms import llms
from cityfolio.model.keys import Span
from cityfolio.model.measured import Measure
from pages.factories import a_build, a_catalog
from pages.measures import (
    a_computation,
    a_full_measure,
    a_goal,
    a_measure,
    a_measure_record,
    a_measured_catalog,
    a_priority,
    a_series,
    a_standing,
    an_observation,
)


def told(url: str, *measures: Measure) -> Any:
    """What a file says, its numbers as decimals."""
    goal = a_goal("Streets are smooth", *measures)
    catalog = replace(a_catalog(), measures=measures, goals=(goal,), priorities=(a_priority("Well run", goal),))
    body = {each.url: each.body for each in goal_files(catalog, a_build())}[url]
    assert isinstance(body, bytes)
    return json.loads(body, parse_float=Decimal)


def of(measure: Measure) -> Any:
    """What the file beside a measure's page says."""
    return told(f"/measures/{measure.id}/index.json", measure)


def test_a_measure_says_how_it_is_defined_under_the_keys_of_its_file() -> None:
    said = of(a_full_measure())

    assert (said["title"], said["unit"], said["direction"], said["tolerance"]) == (
        "Potholes repaired in time", "percent", "up", Decimal("0.10"))
    assert said["compute"]["ratio"] == {"good": "business_days(received_at, closed_at) <= 3"}
    assert said["baseline"] == {"period": "2024-12", "value": Decimal("70.5")}
    assert [each["until"] for each in said["targets"]] == ["2025-06", "2026-06"]
    assert said["goal"]["json"].endswith(f"/goals/{said['goal']['id']}/index.json")


def test_a_measure_says_where_it_stands_with_each_step() -> None:
    standing = of(a_full_measure())["standing"]

    assert (standing["status"], standing["period"], standing["value"]) == ("off-track", "2025-10", 80)
    assert [each["what"] for each in standing["steps"]] == [
        "value", "expected", "scale", "gap", "achieved", "on-track", "near", "worse-than-baseline", "status"]
    assert standing["steps"][1]["numbers"] == {"start": 80, "end": 85, "passed": 4, "whole": 12}


def test_numbers_are_as_exact_as_decimals_are() -> None:
    value = an_observation(value=Fraction(1, 3))
    standing = a_standing(value=Fraction(1, 3), expected=Fraction(1, 8))
    said = of(a_measure("One", computed=a_computation(overall=a_series((value,)), standing=standing)))

    assert said["standing"]["value"] == Decimal("0.333333333333333")
    assert said["standing"]["expected"] == Decimal("0.125")


def test_a_revised_period_says_what_it_was() -> None:
    march = of(a_full_measure())["observations"][2]

    assert (march["period"], march["value"]) == ("2025-03", 73)
    assert march["former"] == [{"value": 75, "until": "2025-05-02", "by": "311 data team",
                                "reason": "Twelve requests were closed twice."}]


def test_a_period_without_a_value_says_so() -> None:
    april = of(a_full_measure())["observations"][3]

    assert (april["period"], april["value"], april["rows"], april["status"]) == ("2025-04", None, 0, "no-data")


def test_neither_a_period_nor_the_one_that_is_not_over_tells_what_is_held_back() -> None:
    hidden = an_observation(value=99, rows=3, good=2, is_suppressed=True)
    said = of(a_measure("One", computed=a_computation(overall=a_series((hidden,)), status="suppressed", so_far=hidden,
                                                      standing=a_standing("suppressed", period="2025-01", value=None))))

    assert (said["observations"][0]["value"], said["observations"][0]["suppressed"]) == (None, True)
    assert (said["so_far"]["value"], said["so_far"]["suppressed"]) == (None, True)
    assert {"rows", "good"}.isdisjoint({*said["observations"][0], *said["so_far"]})
    assert said["standing"]["steps"] == []


def test_a_length_of_time_is_written_as_in_the_file() -> None:
    record = a_measure_record(fresh_within=Span(number=45, unit="day"))

    assert of(a_measure("One", record=record))["fresh_within"] == "45 days"


def test_the_goals_are_counted_by_status_and_name_their_headline() -> None:
    said = told("/goals/goals.json", a_measure("One", status="near"), a_measure("Two", status="achieved"))

    assert said["counts"] == {"achieved": 1, "near": 1}
    assert said["goals"][0]["counts"] == {"achieved": 1, "near": 1}
    assert (said["goals"][0]["headline"]["id"], said["goals"][0]["headline"]["status"]) == ("one", "near")
    assert said["priorities"][0]["goals"] == ["streets-are-smooth"]


def test_a_goal_says_the_same_beside_its_page() -> None:
    beside, among = told("/goals/streets-are-smooth/index.json", a_measure("One")), told("/goals/goals.json", a_measure("One"))

    assert beside == among["goals"][0]


def test_the_method_names_every_status() -> None:
    statuses = told("/measures/method/index.json", a_measure("One"))["statuses"]

    assert {"status": "near", "word": "Near",
            "meaning": "The value falls short of what is expected by now, within the tolerance."} in statuses


def test_what_moved_says_from_where_to_where() -> None:
    found = told("/measures/changes/index.json", a_full_measure())["changes"]
    moved = next(each for each in found if each["kind"] == "status")

    assert (moved["before"]["status"], moved["after"]["status"], moved["day"]) == ("no-data", "off-track", "2025-05-31")
    assert {each["kind"] for each in found} == {"status", "revision", "target"}


def test_a_city_without_goals_has_none_of_these_files() -> None:
    assert list(goal_files(a_catalog(), a_build())) == []


def test_other_files_name_the_measures() -> None:
    catalog = a_measured_catalog()
    beside = {each.url: each.body for each in indexes(catalog, a_build())}
    dataset = json.loads(beside["/data/service-requests-311/index.json"])
    home = json.loads(beside["/index.json"])

    assert [each["id"] for each in json.loads(catalog_json(catalog, a_build()).body)["measures"]] == [
        each.id for each in catalog.measures]
    assert "potholes-repaired-in-time" in [each["id"] for each in dataset["measures"]]
    assert (home["counts"]["goals"], home["counts"]["measures"]) == (1, 4)


def test_language_models_are_told_what_each_measure_says() -> None:
    page = llms(a_measured_catalog(), a_build()).body.decode()

    assert "## Goals and measures" in page
    assert "- [Calls for help](https://data.example.gov/measures/calls-for-help/index.json): 14 calls in March 2025." in page
