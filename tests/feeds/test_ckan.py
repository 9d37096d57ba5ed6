"""Answers for programs that know CKAN."""

from __future__ import annotations

from datetime import date
from typing import Any

import orjson
import pytest

from cityfolio.feeds.ckan import MOST_PACKAGES, ckan
from cityfolio.model.catalog import Build, Dataset
from cityfolio.model.records import Temporal
from cityfolio.publish.headers import media_type
from pages.factories import a_build, a_catalog, a_column, a_contact, a_dataset, a_file, a_publisher, a_topic, an_export

ACTIONS = {"package_list", "package_search", "package_show", "current_package_list_with_resources", "organization_list",
           "group_list", "tag_list", "license_list", "status_show"}


def answers(*datasets: Dataset, build: Build | None = None, **site: Any) -> dict[str, Any]:
    """Every answer as JSON, by its address."""
    made = {each.url: each.body for each in ckan(a_catalog(*datasets, **site), build or a_build())}
    return {url: orjson.loads(body) for url, body in made.items() if isinstance(body, bytes)}


def action(name: str, *datasets: Dataset, **site: Any) -> Any:
    """The result of an action."""
    return answers(*datasets, **site)[f"/api/3/action/{name}"]["result"]


def package(dataset: Dataset, build: Build | None = None) -> Any:
    """The package of a dataset."""
    return answers(dataset, build=build)[f"/data/{dataset.id}/ckan.json"]["result"]


def extras(dataset: Dataset) -> dict[str, str]:
    """The extras of its package."""
    return {each["key"]: each["value"] for each in package(dataset)["extras"]}


def test_each_action_is_at_the_address_that_its_programs_ask() -> None:
    made = answers(a_dataset("Trees"))

    assert {url.rpartition("/")[2] for url in made if url.startswith("/api/3/action/")} == ACTIONS
    assert "/data/trees/ckan.json" in made


def test_an_answer_without_an_ending_is_served_as_json() -> None:
    assert media_type("api/3/action/package_list") == "application/json"


def test_every_answer_says_whether_it_succeeded() -> None:
    failed = [url for url, answer in answers(a_dataset()).items() if not answer["success"]]

    assert failed == ["/api/3/action/package_show"]


def test_what_would_take_a_query_says_where_the_answer_is() -> None:
    error = answers(a_dataset())["/api/3/action/package_show"]["error"]

    assert (error["__type"], "data/ID/ckan.json" in error["message"]) == ("Not Found Error", True)


def test_the_lists_name_what_there_is() -> None:
    datasets = (a_dataset("Trees", keywords=["b", "a"], publisher=a_publisher("Parks"), topics=[a_topic("Nature")]),
                a_dataset("Bikes", keywords=["a"], publisher=a_publisher("Parks")))

    assert action("package_list", *datasets) == ["bikes", "trees"]
    assert action("organization_list", *datasets) == ["parks"]
    assert "nature" in action("group_list", *datasets)
    assert action("tag_list", *datasets) == ["a", "b"]
    assert [each["id"] for each in action("license_list", *datasets)] == ["cc0-1.0"]


def test_a_search_finds_every_dataset_and_counts_them() -> None:
    found = action("package_search", a_dataset("Trees"), a_dataset("Bikes"))

    assert (found["count"], [each["name"] for each in found["results"]]) == (2, ["bikes", "trees"])


def test_a_search_ends_where_that_of_ckan_does() -> None:
    found = action("package_search", *(a_dataset(f"{at:05}", files=[]) for at in range(MOST_PACKAGES + 2)))

    assert (found["count"], len(found["results"])) == (MOST_PACKAGES + 2, MOST_PACKAGES)


def test_a_package_has_the_names_of_ckan() -> None:
    found = package(a_dataset("Trees", description="All of *them*.", keywords=["shade"], topics=[a_topic("Nature")],
                              publisher=a_publisher("Parks"), contact=a_contact()))

    assert (found["name"], found["title"], found["notes"]) == ("trees", "Trees", "All of *them*.")
    assert (found["maintainer"], found["maintainer_email"]) == ("Data team", "data@example.gov")
    assert (found["license_id"], found["license_url"]) == ("cc0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
    assert (found["organization"]["name"], found["organization"]["title"], found["owner_org"]) == ("parks", "Parks", "parks")
    assert [each["name"] for each in found["tags"]] == ["shade"]
    assert [each["title"] for each in found["groups"]] == ["Nature"]


def test_a_resource_can_be_verified_and_has_an_id_of_its_own_on_the_whole_site() -> None:
    (found,) = package(a_dataset("Trees", files=[a_file("trees.csv", bytes=37)]))["resources"]

    assert (found["id"], found["url"]) == ("trees-trees.csv", "https://data.example.gov/data/trees/trees.csv")
    assert (found["size"], len(found["hash"]), found["format"], found["mimetype"]) == (37, 64, "CSV", "text/csv")


def test_a_sample_is_no_resource() -> None:
    found = package(a_dataset(files=[a_file(url="https://example.gov/all.csv", sample="some.csv")]))["resources"]

    assert [each["url"] for each in found] == ["https://example.gov/all.csv"]


def test_what_ckan_has_no_key_for_is_among_the_extras() -> None:
    found = extras(a_dataset(issued=date(2020, 1, 2), updated=date(2025, 3, 4), frequency="monthly", spatial="Everywhere",
                             temporal=Temporal(start="2016", end="2024-12")))

    assert (found["issued"], found["modified"], found["frequency"]) == ("2020-01-02", "2025-03-04", "R/P1M")
    assert (found["temporal_start"], found["temporal_end"], found["spatial"]) == ("2016", "2024-12", "Everywhere")


@pytest.mark.parametrize(("status", "word"), [("published", "PUBLIC"), ("planned", "NON_PUBLIC"), ("restricted", "NON_PUBLIC")])
def test_what_cannot_be_had_is_listed_as_such(status: str, word: str) -> None:
    assert extras(a_dataset(status=status, reason="By law."))["access_rights"].endswith(f"/{word}")


def test_what_is_retired_is_listed_no_more() -> None:
    made = answers(a_dataset("Old", status="retired", reason="Replaced."))

    assert (made["/api/3/action/package_list"]["result"], "/data/old/ckan.json" in made) == ([], False)


def test_the_id_of_a_package_is_what_other_catalogs_know_it_by() -> None:
    assert package(a_dataset("Trees", identifier="wxyz-1234"))["id"] == "wxyz-1234"
    assert package(a_dataset("Trees"))["id"] == "https://data.example.gov/data/trees/"
    assert package(a_dataset("Trees"), a_build(base_url=""))["id"] == "trees"


def test_a_file_of_the_city_keeps_its_address() -> None:
    made = answers(a_dataset("Trees", files=[a_file("ckan.json", format="JSON")]))

    assert ("/data/trees/ckan.json" in made, made["/api/3/action/package_search"]["result"]["count"]) == (False, 1)


def test_without_an_address_of_the_site_files_are_named_from_where_the_answer_is() -> None:
    made = answers(a_dataset("Trees", files=[a_file("trees.csv")]), build=a_build(base_url=""))
    (searched,) = made["/api/3/action/package_search"]["result"]["results"]

    assert searched["resources"][0]["url"] == "../../../data/trees/trees.csv"
    assert made["/data/trees/ckan.json"]["result"]["resources"][0]["url"] == "trees.csv"


def test_the_site_says_its_name_and_no_version_of_ckan() -> None:
    found = action("status_show", a_dataset())

    assert (found["site_title"], found["site_url"], found["locale_default"], "ckan_version" in found) == (
        "Example City open data", "https://data.example.gov/", "en", False)


def test_what_only_we_have_keys_for_is_under_our_own_names() -> None:
    found = extras(a_dataset(summary="Every tree.", each_row_is="One tree", known_limits="Few.", notes={"Surveyor": "Ann"},
                             status="planned", reason="Next year.", contact=a_contact(phone="311")))

    assert (found["summary"], found["each_row_is"], found["known_limits"]) == ("Every tree.", "One tree", "Few.")
    assert (found["status"], found["reason"], found["contact_phone"], found["Surveyor"]) == (
        "planned", "Next year.", "311", "Ann")


def test_a_note_does_not_take_the_name_of_another_extra() -> None:
    assert extras(a_dataset(spatial="Everywhere", notes={"spatial": "Nowhere"}))["spatial"] == "Everywhere"


def test_a_resource_says_what_its_columns_are_but_for_those_that_nobody_may_see() -> None:
    columns = (a_column("height", title="How tall", unit="feet", type="number", minimum="0"), a_column("owner", sensitive=True),
               a_column("at", type="geometry"))
    file = a_file("trees.csv", columns=columns, exports=(an_export("trees.json"),))
    whole, copy = package(a_dataset("Trees", files=[file]))["resources"]

    assert whole["schema"]["fields"] == [
        {"name": "height", "title": "How tall", "type": "number", "unit": "feet", "constraints": {"minimum": "0"}},
        {"name": "at", "type": "string", "info": {"type_override": "geometry"}}]
    assert "schema" not in copy
