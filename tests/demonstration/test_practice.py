"""What the demonstration says of its practice agrees with itself, with its rows and with the day it is pinned to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest
import yaml

from demonstration.built_site import Demonstration
from demonstration.charlotte_catalog import CATALOG, DATASETS, document, published, record, rows

TODAY = date.fromisoformat(str(document("site.yaml")["as_of"]))
PROMISED_DAYS = int(document("site.yaml")["requests"]["days"])
LEFT_UNSAID = {"on-street-parking", "pandemic-service-status", "street-trees"}   # datasets without a value
Record = Mapping[str, Any]   # Any: YAML nests as it likes


def room(name: str) -> dict[str, Record]:
    """The records of a folder by their ids."""
    return {path.stem: document(f"{name}/{path.name}") for path in sorted((CATALOG / name).glob("*.yaml"))}


def rules() -> dict[str, Record]:
    """What stands between the marks of each file of rules, with its text as `text`."""
    read: dict[str, Record] = {}
    for path in sorted((CATALOG / "policy").glob("*.md")):
        _, keys, text = path.read_text("utf-8").split("---\n", 2)
        read[path.stem] = {**yaml.load(keys, Loader=yaml.CBaseLoader), "text": text.strip()}
    return read


def days(of: Record) -> int:
    """From the day a request was asked to its answer, or to today."""
    until = date.fromisoformat(of["answered"]) if "answered" in of else TODAY
    return (until - date.fromisoformat(of["asked"])).days


def of_status(status: str) -> set[str]:
    """The datasets of a status."""
    return {dataset for dataset in DATASETS if record(dataset).get("status", "published") == status}


def about(name: str) -> Iterator[tuple[str, str]]:
    """Each dataset that a record of a folder is about, with the record's id."""
    for identifier, each in room(name).items():
        yield from ((identifier, dataset) for dataset in each.get("datasets", []))


def test_the_policy_promises_an_answer_as_soon_as_the_settings_do() -> None:
    assert PROMISED_DAYS == 10
    assert "within ten days" in rules()["open-data-policy"]["text"]


def test_three_requests_took_or_wait_longer_than_promised() -> None:
    late = {identifier for identifier, each in room("requests").items() if days(each) > PROMISED_DAYS}

    assert late == {"bus-crowding", "permit-waits", "tree-work-orders"}


@pytest.mark.parametrize("request_id", ["bus-crowding", "permit-waits"])
def test_a_late_answer_says_that_it_was_late(request_id: str) -> None:
    assert "longer than promised" in room("requests")[request_id]["answer"]


def test_requests_stand_in_every_way_but_withdrawn() -> None:
    assert {each["state"] for each in room("requests").values()} == {"open", "planned", "answered", "refused"}


def test_what_a_request_was_told_fits_the_status_of_the_dataset() -> None:
    fitting = {"planned": {"planned"}, "answered": {"published"}, "refused": {"restricted"}, "open": {"published"}}
    requests = room("requests")

    assert [(name, dataset) for name, dataset in about("requests")
            if record(dataset).get("status", "published") not in fitting[requests[name]["state"]]] == []


def test_the_buses_say_in_four_steps_how_full_they_are() -> None:
    (file,) = record("bus-positions")["files"]

    assert rows(f"bus-positions/{file['sample']}")["load"].nunique() == 4


def test_a_permit_tells_its_rounds_of_review_and_no_reviewer() -> None:
    (file,) = record("land-development-permits")["files"]
    columns = set(rows(f"land-development-permits/{file['path']}").columns)

    assert ("review_rounds" in columns, "reviewer" in columns) == (True, False)


def test_a_use_is_about_data_that_is_published() -> None:
    assert {dataset for _, dataset in about("uses")} <= set(published())


def test_one_commitment_is_overdue_and_one_is_due_today() -> None:
    waiting = {name: each["due"] for name, each in room("commitments").items() if each["state"] in ("promised", "under-way")}

    assert {name for name, due in waiting.items() if due < str(TODAY)} == {"streetlight-repairs"}
    assert {name for name, due in waiting.items() if due == str(TODAY)} == {"measures-from-rows"}


def test_commitments_stand_in_every_way_but_dropped() -> None:
    assert {each["state"] for each in room("commitments").values()} == {"promised", "under-way", "kept", "broken"}


def test_the_budget_was_published_between_the_vote_and_the_promised_day() -> None:
    commitment = room("commitments")["budget-after-the-vote"]
    (file,) = record("council-votes")["files"]
    votes = rows(f"council-votes/{file['path']}")
    vote = votes.loc[votes["title"] == "Adopt the budget for FY2027", "meeting_on"].item()

    assert vote <= commitment["settled"] == record("adopted-budget")["modified"] <= commitment["due"]


def test_the_scooter_trips_were_taken_down_before_their_day() -> None:
    commitment = room("commitments")["scooter-trips"]

    assert commitment["settled"] < commitment["due"]
    assert (commitment["settled"][:7], "March 2022" in record("e-scooter-pilot")["reason"]) == ("2022-03", True)


def test_two_measures_are_entered_by_hand_as_the_commitment_says() -> None:
    measures = [document(f"measures/{path.parent.name}/measure.yaml") for path in (CATALOG / "measures").glob("*/measure.yaml")]

    assert (len(measures), sum("compute" not in each for each in measures)) == (40, 2)
    assert room("commitments")["measures-from-rows"]["description"].startswith("Two of forty are still entered by hand")


@pytest.mark.parametrize(("commitment", "dataset"), [("affordable-homes-register", "affordable-homes"),
                                                     ("stream-quality", "stream-water-quality")])
def test_what_is_promised_is_due_when_the_dataset_is_to_be_released(commitment: str, dataset: str) -> None:
    assert room("commitments")[commitment]["due"] == record(dataset)["release"]["on"]


def test_the_streetlights_passed_two_days_of_which_the_promise_named_the_first() -> None:
    release = record("streetlight-outages")["release"]

    assert release["earlier"] == [room("commitments")["streetlight-repairs"]["due"]]
    assert release["on"] < str(TODAY)


def test_every_department_lists_data() -> None:
    assert {record(dataset)["publisher"] for dataset in DATASETS} == {path.stem for path in (CATALOG / "publishers").iterdir()}


def test_the_inventory_has_gaps_to_fill() -> None:
    assert {dataset for dataset in DATASETS if "sensitivity" not in record(dataset)} == {"streetlight-outages"}
    assert {dataset for dataset in DATASETS if "value" not in record(dataset)} == LEFT_UNSAID
    assert sum("system_of_record" not in record(dataset) for dataset in DATASETS) == 10


def test_every_planned_dataset_names_a_day() -> None:
    assert {dataset for dataset in DATASETS if "release" in record(dataset)} == of_status("planned")


def test_reviews_cover_half_of_what_is_published_and_none_has_expired() -> None:
    reviews = {dataset: record(dataset)["release_review"] for dataset in DATASETS if "release_review" in record(dataset)}

    assert (len(reviews), set(reviews) <= set(published())) == (13, True)
    assert min(each["expires"] for each in reviews.values()) > str(TODAY)


def test_the_smallest_group_of_the_survey_is_as_large_as_its_review_says() -> None:
    answers = rows("community-survey/community-survey.tsv")

    assert answers.groupby(["age_group", "council_district"]).size().min() == 4
    assert "smallest group by age and district has four people" in " ".join(
        record("community-survey")["release_review"]["risk"].split())


def test_the_board_met_three_times_in_a_year_and_left_the_last_minutes_unwritten() -> None:
    held = {each["held"]: each["text"] for each in rules().values() if each["kind"] == "meeting"}
    past = {day: text for day, text in held.items() if day <= str(TODAY)}

    assert (sorted(past), len(held) - len(past)) == (["2025-12-09", "2026-03-10", "2026-06-09"], 1)
    assert [day for day, text in past.items() if not text] == ["2026-06-09"]


def test_one_rule_should_have_been_looked_at_again() -> None:
    assert [name for name, each in rules().items() if each.get("review_by", "9999") < str(TODAY)] == ["privacy-process"]


def test_the_purpose_that_is_attested_can_be_read_where_the_evidence_leads() -> None:
    attestation = room("attestations")["governance-purpose"]

    assert attestation["evidence"] == ["/policy/who-is-responsible/"]
    assert attestation["claim"] in rules()["who-is-responsible"]["text"]


def test_attestations_still_count() -> None:
    assert min(each["expires"] for each in room("attestations").values()) > str(TODAY)


def test_the_run_of_links_found_two_that_are_broken() -> None:
    lines = (CATALOG / "links/2026-06-28.csv").read_text("utf-8").splitlines()

    assert [line.split(",")[0] for line in lines if ",false," in line] == [
        "https://example.gov/charlotte/feeds/building-electricity.csv", room("uses")["grass-season"]["link"]]


def test_use_is_counted_for_twelve_months_and_all_that_is_published() -> None:
    lines = [line.split(",")[:2] for line in (CATALOG / "usage.csv").read_text("utf-8").splitlines()[1:]]

    assert (min(lines)[0], max(lines)[0], len({month for month, _ in lines})) == ("2025-07", "2026-06", 12)
    assert {dataset for _, dataset in lines} == set(published())


def test_a_middle_level_is_reached_with_something_unmet_in_each_area(demonstration: Demonstration) -> None:
    made = json.loads((demonstration.site / "practice/what-works-cities/index.json").read_text("utf-8"))

    assert (made["level"], made["next_level"], made["past"][0]["level"]) == ("established", "leading", "building")
    assert {each["id"] for each in made["areas"] if each["met"] == each["of"]} == set()


def test_the_inventory_counts_what_its_files_hold(demonstration: Demonstration) -> None:
    made = json.loads((demonstration.site / "inventory/index.json").read_text("utf-8"))

    assert made["counts"] == {status: len(of_status(status)) for status in ("published", "planned", "restricted", "retired")}
    assert (made["complete"], len(made["datasets"]), made["publishers"]["without"]) == (24, len(DATASETS), [])
