"""The YAML of the demonstration city: complete, plain, and without a real person's address in it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from cityfolio.model.frequency import frequency, freshness
from cityfolio.model.keys import ListOf, MapOf, Record, keys_of
from cityfolio.model.records import ColumnRecord, DatasetRecord, LicenseRecord, PublisherRecord, SiteRecord, TopicRecord
from demonstration.charlotte_catalog import (
    CATALOG,
    DATASETS,
    FILES,
    PRIVATE,
    TABLES,
    described_columns,
    dictionary,
    document,
    published,
    record,
)

ROOMS = {"publishers": PublisherRecord, "topics": TopicRecord, "licenses": LicenseRecord, "columns": ColumnRecord}
IN_ROOMS = tuple(sorted((room, path.stem) for room in ROOMS for path in (CATALOG / room).glob("*.yaml")))
EVERY_TEXT = tuple(sorted(str(path.relative_to(CATALOG)) for path in CATALOG.rglob("*.yaml")))
PUBLISHED = published()
STARTER = ("council-districts", "salaries-by-class", "solid-waste-tonnage")
AS_OF = date(2026, 6, 30)


def unknown_keys(given: object, kind: type) -> list[str]:
    """The keys of a YAML group, and of the groups inside it, that its type does not declare."""
    assert isinstance(given, dict)
    known = keys_of(kind)
    found = [key for key in given if key not in known]
    for key, value in given.items():
        inner = known[key].kind if key in known else None
        many = inner.kind if isinstance(inner, ListOf | MapOf) else inner
        if isinstance(many, Record):
            groups = value if isinstance(inner, ListOf) else value.values() if isinstance(inner, MapOf) else [value]
            found += [f"{key}.{below}" for group in groups for below in unknown_keys(group, many.type)]
    return found


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_dataset_has_only_keys_that_are_declared(dataset: str):
    assert unknown_keys(record(dataset), DatasetRecord) == []


@pytest.mark.parametrize(("room", "name"), IN_ROOMS)
def test_a_shared_file_has_only_keys_that_are_declared(room: str, name: str):
    assert unknown_keys(document(f"{room}/{name}.yaml"), ROOMS[room]) == []


def test_the_settings_have_only_keys_that_are_declared():
    assert unknown_keys(document("site.yaml"), SiteRecord) == []


def test_every_page_is_marked_as_a_demonstration_with_invented_records():
    site = document("site.yaml")

    assert site["notice"] == "Demonstration. The departments are real; every record is invented."
    assert site["as_of"] == AS_OF.isoformat()
    assert "The City of Charlotte did not make this site" in site["description"].replace("\n", " ")


def test_the_city_publishes_enough_from_enough_departments():
    publishers = {record(dataset)["publisher"] for dataset in PUBLISHED}

    assert len(PUBLISHED) == 27
    assert len(publishers) == 18


def test_what_is_held_and_not_published_is_listed_too():
    statuses = Counter(record(dataset).get("status", "published") for dataset in DATASETS)

    assert statuses == {"published": 27, "planned": 3, "restricted": 2, "retired": 2}


@pytest.mark.parametrize("dataset", sorted(set(DATASETS) - set(PUBLISHED)))
def test_a_dataset_that_is_not_published_says_why(dataset: str):
    assert len(record(dataset)["reason"]) > 60


def test_of_what_is_not_published_two_files_are_there_to_be_measured():
    kept = {file for file in FILES if file.split("/")[0] not in PUBLISHED}

    assert kept == set(PRIVATE)
    assert {f"{dataset}/{entry['path']}" for dataset in set(DATASETS) - set(PUBLISHED)
            for entry in record(dataset).get("files", ())} == set(PRIVATE)


@pytest.mark.parametrize("dataset", DATASETS)
def test_a_summary_is_one_sentence_that_fits_a_list(dataset: str):
    summary = record(dataset)["summary"]

    assert 40 <= len(summary) <= 160
    assert summary.endswith(".")


@pytest.mark.parametrize("dataset", PUBLISHED)
def test_a_description_is_worth_reading_and_not_a_treatise(dataset: str):
    assert 120 <= len(record(dataset)["description"].split()) <= 300


@pytest.mark.parametrize("dataset", PUBLISHED)
def test_a_published_dataset_fills_in_every_key_a_reader_needs(dataset: str):
    needed = {"title", "summary", "description", "publisher", "contact", "topics", "keywords", "license", "frequency", "issued",
              "modified", "spatial", "each_row_is", "known_limits", "files", "columns"}

    assert needed - set(record(dataset)) == set()
    assert len(record(dataset)["keywords"]) >= 8


def test_no_two_datasets_have_the_same_columns():
    shapes = Counter(tuple(record(dataset)["columns"]) for dataset in PUBLISHED)

    assert max(shapes.values()) == 1


@pytest.mark.parametrize("dataset", DATASETS)
def test_references_of_a_dataset_lead_somewhere(dataset: str):
    given = record(dataset)
    named = {("publishers", given["publisher"]), *(("topics", topic) for topic in given["topics"])}

    assert named <= set(IN_ROOMS)
    assert set(given.get("related", ())) <= set(DATASETS) - {dataset}


@pytest.mark.parametrize(("room", "name"), [each for each in IN_ROOMS if each[0] in ("publishers", "topics")])
def test_every_publisher_and_topic_has_data(room: str, name: str):
    used = {record(dataset)["publisher"] for dataset in DATASETS}.union(*(record(dataset)["topics"] for dataset in DATASETS))

    assert name in used


@pytest.mark.parametrize("name", [name for room, name in IN_ROOMS if room == "columns"])
def test_every_shared_column_is_shared(name: str):
    uses = [column for file, column in described_columns() if dictionary(file)[column].get("standard") == name]

    assert len(uses) >= 2


@pytest.mark.parametrize("dataset", STARTER)
def test_a_dataset_that_a_new_catalog_begins_with_stands_alone(dataset: str):
    assert "related" not in record(dataset)
    assert sum(path.stat().st_size for path in (CATALOG / "datasets" / dataset).iterdir()) < 100_000


def test_two_datasets_are_late_and_two_are_never_renewed_and_one_irregularly():
    updated = {dataset: date.fromisoformat(record(dataset)["modified"]) for dataset in PUBLISHED}
    states = {dataset: freshness(updated[dataset], frequency(record(dataset)["frequency"]), AS_OF) for dataset in PUBLISHED}

    assert {dataset: state.days_late for dataset, state in states.items() if state.state == "late"} == {
        "capital-projects": 20, "transit-ridership": 18}
    assert {dataset: record(dataset)["frequency"] for dataset, state in states.items() if state.state == "unknown"} == {
        "council-district-boundaries": "never", "council-districts": "never", "street-trees": "irregular"}


def in_every_text(pattern: str) -> list[tuple[str, str]]:
    """What is like this in the catalog, each with its file."""
    return [(path, found) for path in EVERY_TEXT for found in re.findall(pattern, (CATALOG / path).read_text("utf-8"))]


def test_addresses_and_numbers_reach_nobody():
    mailed, hosts = in_every_text(r"[\w.]+@([\w.]+)"), in_every_text(r"https?://([^/\s}\"]+)")

    assert [(path, host) for path, host in mailed if host != "example.gov"] == []
    assert [(path, host) for path, host in hosts
            if not host.endswith("example.gov") and host not in ("epsg.io", "example.org")] == []
    assert in_every_text(r"\b[0-9]{3}-[0-9]{3}-[0-9]{4}\b") == in_every_text(r"\b704-555-01[0-9]{2}\b")


def test_each_column_is_explained():
    described = {(file, column): dictionary(file)[column] for file, column in described_columns()}

    assert [each for each, told in described.items()
            if not (told.get("title") and told.get("type") and all(told.get("values", {"": "-"}).values()))] == []


def test_personal_columns_are_flagged():
    flagged = [each for each in described_columns() if dictionary(each[0])[each[1]].get("sensitive") == "true"]

    assert sorted(flagged) == [("code-cases/code-cases.csv", "complainant_name"),
                               ("service-requests/service-requests.csv", "caller_phone")]


def test_two_datasets_are_kept_elsewhere_with_a_sample_here():
    entries = {dataset: record(dataset)["files"][0] for dataset in PUBLISHED if "url" in record(dataset)["files"][0]}

    assert {dataset: entry["sample"] for dataset, entry in entries.items()} == {
        "building-electricity": "sample.csv", "bus-positions": "sample.csv"}


def test_each_format_that_a_city_delivers_is_there():
    endings = Counter(file.rsplit("/", 1)[-1].partition(".")[2] for file in FILES)

    assert endings == {"csv": 24, "csv.gz": 1, "tsv": 1, "jsonl": 1, "geojson": 2, "parquet": 1, "xlsx": 1}


def test_a_spreadsheet_gives_two_tables_from_two_sheets():
    assert [table for table in TABLES if "#" in table] == [
        "vehicle-fleet/vehicle-fleet.xlsx#Vehicles", "vehicle-fleet/vehicle-fleet.xlsx#Fuel by month"]
