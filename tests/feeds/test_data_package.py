"""Data Packages beside the files of datasets."""

from __future__ import annotations

import pytest

from feeds.describing import described, listing


def test_a_package_names_its_files_where_they_lie_beside_it() -> None:
    (resource,) = described({})["datapackage.json"]["resources"]

    assert (resource["path"], resource["format"], resource["bytes"]) == ("trees.csv", "csv", 37)
    assert [(each["name"], each["type"], each.get("unit")) for each in resource["schema"]["fields"]] == [
        ("species", "string", None), ("height", "number", "feet")]


def test_a_file_kept_elsewhere_is_a_resource_with_its_address_alone() -> None:
    package = described({"dataset.yaml": listing("path: trees.csv", "url: https://example.gov/träd.csv, title: All")})
    elsewhere = package["datapackage.json"]["resources"][1]

    assert elsewhere == {"name": "all", "path": "https://example.gov/tr%C3%A4d.csv", "title": "All", "format": "csv",
                         "mediatype": "text/csv"}


def test_the_whole_of_a_sample_is_its_source() -> None:
    package = described({"dataset.yaml": listing("url: 'https://example.gov/all.csv', sample: trees.csv, title: All")})
    (sample,) = package["datapackage.json"]["resources"]

    assert (sample["path"], sample["sources"]) == ("trees.csv", [{"title": "All", "path": "https://example.gov/all.csv"}])


def test_the_csv_that_is_made_of_another_format_has_the_schema() -> None:
    rows = '[{"species": "oak", "height": 1.5}]'
    package = described({"dataset.yaml": listing("path: trees.json, primary_key: [species]"), "trees.json": rows,
                         "trees.csv": None}, "exports: [csv, xlsx]\n")
    resources = package["datapackage.json"]["resources"]

    assert [(each["path"], "schema" in each) for each in resources] == [("trees.json", False), ("trees.csv", True)]
    assert resources[1]["schema"]["primaryKey"] == ["species"]


def test_what_is_made_of_a_csv_is_no_second_resource() -> None:
    package = described({}, "exports: [csv, json, xlsx]\n")

    assert [each["path"] for each in package["datapackage.json"]["resources"]] == ["trees.csv"]


def test_a_sensitive_column_is_nowhere_in_the_descriptions() -> None:
    record = listing("path: trees.csv, primary_key: [species]",
                     dictionary="  species: {sensitive: true}\n  height: {type: number}\n")
    found = described({"dataset.yaml": record})

    assert set(found) == {"datapackage.json", "trees.csv-metadata.json", "croissant.json"}
    assert "species" not in str(found)


@pytest.mark.parametrize("record", [
    listing("url: https://example.gov/trees.csv"), listing("path: trees.csv") + "status: planned\nreason: Later.\n",
], ids=["kept elsewhere", "planned"])
def test_a_dataset_without_a_file_here_is_not_described(record: str) -> None:
    assert described({"dataset.yaml": record}) == {}


def test_descriptions_that_the_city_publishes_itself_are_left_alone() -> None:
    own = ("datapackage.json", "croissant.json", "Trees.csv-metadata.json")
    record = listing("path: trees.csv", *(f"path: {each}, look_inside: false" for each in own))

    assert described({"dataset.yaml": record, **dict.fromkeys(own, "{}")}) == {}
