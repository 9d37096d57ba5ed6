"""What pages say, beside them, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson

from cityfolio.feeds.index_json import indexes
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.records import Temporal
from pages.answers import a_question, an_asked_dataset
from pages.factories import (
    a_build,
    a_catalog,
    a_column,
    a_contact,
    a_dataset,
    a_file,
    a_profile,
    a_publisher,
    a_repository,
    a_site,
    a_topic,
    an_export,
    numbers,
)


def told(catalog: Catalog, page: str, build: Build | None = None) -> Any:
    """What a page says."""
    made = {each.url: each.body for each in indexes(catalog, build or a_build())}
    body = made[f"{page}index.json"]
    assert isinstance(body, bytes)
    return orjson.loads(body)


def of(dataset: Dataset, build: Build | None = None) -> Any:
    """What the page of a dataset says."""
    return told(a_catalog(dataset), f"/data/{dataset.id}/", build)


def test_the_home_page_counts_what_is_here_and_names_what_is_new() -> None:
    home = told(a_catalog(a_dataset("Trees", topics=[a_topic("Nature")], files=[a_file("a.csv"), a_file("b.csv")]),
                          a_dataset("Plan", status="planned", reason="Next year.", topics=[], files=[])), "/")

    assert (home["title"], home["tagline"]) == ("Example City open data", "What the city knows, for everyone to use.")
    assert (home["counts"]["datasets"], home["counts"]["listed"], home["counts"]["files"]) == (1, 2, 2)
    assert [each["title"] for each in home["recent"]] == ["Trees"]
    assert home["topics"] == [{"id": "nature", "title": "Nature", "url": "https://data.example.gov/topics/nature/",
                               "json": "https://data.example.gov/topics/nature/index.json", "datasets": 1}]


def test_the_list_of_data_has_a_line_for_each_dataset_whatever_its_status() -> None:
    old = a_dataset("Old", status="retired", reason="Replaced.")
    listed = told(a_catalog(a_dataset("Trees", updated=date(2025, 3, 4)), old), "/data/")

    assert (listed["count"], [(each["id"], each["status"]) for each in listed["datasets"]]) == (
        2, [("old", "retired"), ("trees", "published")])
    assert listed["datasets"][1]["updated"] == "2025-03-04"


def test_a_part_of_the_list_says_what_its_datasets_share() -> None:
    part = told(a_catalog(a_dataset("Trees", topics=[a_topic("Nature")]), a_dataset("Bikes", topics=[a_topic("Streets")])),
                "/data/topic/nature/")

    assert (part["where"], [each["id"] for each in part["datasets"]]) == ({"topic": "nature"}, ["trees"])


def test_a_dataset_says_what_its_page_says() -> None:
    said = of(a_dataset("Trees", summary="Every tree.", description="*All* of them.", keywords=["shade"], known_limits="Few.",
                        issued=date(2020, 1, 2), updated=date(2025, 3, 4), frequency="yearly", spatial="Everywhere",
                        temporal=Temporal(start="2016"), contact=a_contact(), each_row_is="One tree"))

    assert (said["summary"], said["description"], said["keywords"]) == ("Every tree.", "*All* of them.", ["shade"])
    assert (said["issued"], said["updated"], said["due"], said["frequency"]) == (
        "2020-01-02", "2025-03-04", "2026-03-04", "yearly")
    assert (said["temporal"], said["spatial"], said["each_row_is"]) == ({"start": "2016"}, "Everywhere", "One tree")
    assert said["contact"] == {"name": "Data team", "email": "data@example.gov"}
    assert said["license"]["spdx"] == "CC0-1.0"


def test_a_dataset_names_its_files_and_what_is_made_of_them() -> None:
    files = of(a_dataset("Trees", files=[a_file("trees.csv", exports=(an_export("trees.json"),))]))["files"]

    assert [(each["id"], each.get("made_from")) for each in files] == [("trees.csv", None), ("trees.json", "trees.csv")]
    assert files[0]["url"] == "https://data.example.gov/data/trees/trees.csv"


def test_a_dataset_names_the_columns_of_its_tables() -> None:
    file = a_file("trees.csv", page="trees", profile=a_profile(numbers("height")), left_out=("owner",),
                  columns=(a_column("height", title="How tall", unit="feet"),))
    (table,) = of(a_dataset("Trees", files=[file]))["tables"]

    assert (table["json"], table["rows"]) == ("https://data.example.gov/data/trees/trees/index.json", 300)
    assert table["columns"] == [{"name": "height", "title": "How tall", "type": "integer", "unit": "feet"}]
    assert table["left_out"] == ["owner"]


def test_a_dataset_answers_its_questions() -> None:
    (question,) = of(an_asked_dataset(a_question("4.25")))["questions"]

    assert (question["question"], question["value"], question["unit"]) == ("How long does it take?", "4.25", "days")


def test_what_is_not_known_is_absent() -> None:
    said = of(a_dataset("Plan", status="planned", reason="Next year.", updated=None, license=None, contact=None, files=[]))

    assert said["reason"] == "Next year."
    assert {"updated", "license", "contact", "files", "tables", "keywords", "rights"}.isdisjoint(said)


def test_related_datasets_are_named_with_what_they_say() -> None:
    said = told(a_catalog(a_dataset("Trees", related=["shrubs", "gone"]), a_dataset("Shrubs")), "/data/trees/")

    assert [(each["id"], each["title"]) for each in said["related"]] == [("shrubs", "Shrubs")]


def test_a_file_of_the_city_keeps_the_name() -> None:
    made = {each.url for each in indexes(a_catalog(a_dataset("Trees", files=[a_file("index.json", format="JSON")])), a_build())}

    assert "/data/trees/index.json" not in made


def test_a_publisher_says_whom_it_is_part_of_and_what_its_parts_are() -> None:
    city = a_catalog(a_dataset("Trees", publisher=a_publisher("Parks", parent="city")),
                     a_dataset("Budget", publisher=a_publisher("City", url="https://example.gov", contact=a_contact())))
    parks, whole = told(city, "/publishers/parks/"), told(city, "/publishers/city/")

    assert (parks["parent"]["title"], [each["id"] for each in parks["datasets"]]) == ("City", ["trees"])
    assert ([each["title"] for each in whole["parts"]], whole["website"]) == (["Parks"], "https://example.gov")
    assert [each["id"] for each in told(city, "/publishers/")["publishers"]] == ["city", "parks"]


def test_a_topic_names_its_datasets_and_its_feed() -> None:
    topic = told(a_catalog(a_dataset("Trees", topics=[a_topic("Nature", description="Green.")])), "/topics/nature/")

    assert (topic["description"], topic["count"]) == ("Green.", 1)
    assert topic["atom"] == "https://data.example.gov/topics/nature/feed.atom"


def test_what_is_new_comes_newest_first() -> None:
    new = told(a_catalog(a_dataset("Old", updated=date(2020, 1, 1)), a_dataset("New", updated=date(2025, 1, 1)),
                         a_dataset("Undated", updated=None)), "/new/")

    assert [each["id"] for each in new["datasets"]] == ["new", "old"]


def test_about_says_where_the_catalog_is_kept() -> None:
    about = told(a_catalog(site=a_site(repository=a_repository(), description="About *us*.")), "/about/")

    assert (about["repository"], about["description"]) == ("https://code.example.gov/city/data", "About *us*.")


def test_without_an_address_of_the_site_links_lead_from_where_the_file_is() -> None:
    said = of(a_dataset("Trees", files=[a_file("trees.csv")]), a_build(base_url=""))

    assert (said["url"], said["files"][0]["url"], "identifier" in said) == ("./", "trees.csv", False)
