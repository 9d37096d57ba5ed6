"""Croissant metadata beside a dataset's tables."""

from __future__ import annotations

from typing import Any

import pytest

from cities import TREES
from feeds.describing import described, listing

CODED = listing("path: trees.csv, primary_key: [species]", dictionary=(
    "  species: {title: Kind, description: Of tree., values: {oak: Quercus, maple: Acer, elm: Ulmus}}\n"
    "  height: {type: number, unit: feet, source: 'https://example.gov/height'}\n"))


def croissant(changed: dict[str, str | bytes | None], site: str = "", **build: object) -> dict[str, Any]:  # Any: JSON
    said: dict[str, Any] = described(changed, site, **build)["croissant.json"]
    return said


def test_a_dataset_says_what_it_is_and_how_to_cite_it() -> None:
    said = croissant({"dataset.yaml": f"{TREES}issued: 2020-01-01\nlanguage: es\n"})

    assert (said["@type"], said["conformsTo"]) == ("sc:Dataset", "http://mlcommons.org/croissant/1.0")
    assert (said["name"], said["datePublished"], said["version"]) == ("Street trees", "2020-01-01", "2026.1.1")
    assert (said["@context"]["@language"], said["inLanguage"]) == ("en", "es")
    assert said["license"] == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert said["citeAs"] == ("Parks and Recreation. Street trees [data set]. Example City. Updated 2026-01-01. "
                              "https://data.example.gov/data/trees/")


def test_what_a_record_lacks_is_not_made_up() -> None:
    said = croissant({"dataset.yaml": "title: Trees\nfiles: [{path: trees.csv}]\n"})

    assert not said.keys() & {"datePublished", "version", "creator", "description", "temporalCoverage"}


def test_every_file_has_its_address_size_and_digest() -> None:
    files = croissant({}, "exports: [parquet]\n")["distribution"]

    assert [(each["@id"], each["encodingFormat"], len(each["sha256"])) for each in files] == [
        ("trees.csv", "text/csv", 64), ("trees.parquet", "application/x-parquet", 64)]
    assert (files[0]["contentUrl"], files[0]["contentSize"]) == ("https://data.example.gov/data/trees/trees.csv", "37 B")


def test_without_an_address_of_the_site_files_are_named_beside_it() -> None:
    assert croissant({}, base_url="")["distribution"][0]["contentUrl"] == "trees.csv"


def test_columns_are_fields_and_their_codes_a_record_set_they_refer_to() -> None:
    codes, table = croissant({"dataset.yaml": CODED})["recordSet"]
    species, height = table["field"]

    assert (table["@id"], table["key"]) == ("trees.csv", [{"@id": "trees.csv/species"}])
    assert (species["description"], species["dataType"], species["references"]) == (
        "Kind. Of tree.", "sc:Text", {"field": {"@id": "trees.csv-species-codes/code"}})
    assert species["source"] == {"fileObject": {"@id": "trees.csv"}, "extract": {"column": "species"}}
    assert (height["dataType"], height["unitText"], height["equivalentProperty"]) == (
        "sc:Float", "feet", "https://example.gov/height")
    assert codes["data"][0] == {"trees.csv-species-codes/code": "oak", "trees.csv-species-codes/meaning": "Quercus"}


def test_codes_are_values_of_their_columns_type() -> None:
    record = listing("path: trees.csv", dictionary="  height: {type: integer, values: {1: Low, 2: High}}\n")
    codes = croissant({"dataset.yaml": record, "trees.csv": "height\n1\n2\n"})["recordSet"][0]

    assert [each["trees.csv-height-codes/code"] for each in codes["data"]] == [1, 2]


def test_a_key_into_another_table_is_a_reference() -> None:
    record = listing("path: trees.csv", "path: kinds.csv",
                     dictionary="  species: {foreign_key: {dataset: trees, column: kind}}\n")
    said = croissant({"dataset.yaml": record, "kinds.csv": "kind\noak\nmaple\nelm\n"})

    assert said["recordSet"][0]["field"][0]["references"] == {"field": {"@id": "kinds.csv/kind"}}


def test_the_rows_of_a_sample_are_said_to_be_some() -> None:
    said = croissant({"dataset.yaml": listing("url: 'https://example.gov/all.csv', sample: trees.csv")})

    assert "some rows of what is at https://example.gov/all.csv" in said["recordSet"][0]["description"]


SHAPES = ('{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"n": 1}, '
          '"geometry": {"type": "Point", "coordinates": [1, 2]}}]}')


@pytest.mark.parametrize(("entry", "files", "exports", "expected"), [
    ("path: trees.csv", {}, "[csv, xlsx]", "trees.csv"),
    ("path: trees.csv", {}, "[parquet]", "trees.parquet"),
    ("path: trees.csv, delimiter: ';'", {"trees.csv": "a;b\n1;2\n"}, "[csv]", "trees-from-csv.csv"),
    ("path: trees.geojson", {"trees.geojson": SHAPES}, "[parquet, csv]", "trees.csv"),
], ids=["plain text", "types are kept", "semicolons", "shapes as text"])
def test_rows_are_read_from_the_file_that_loads_by_itself(entry: str, files: dict[str, str], exports: str,
                                                          expected: str) -> None:
    table = croissant({"dataset.yaml": listing(entry), **files}, f"exports: {exports}\n")["recordSet"][-1]

    assert table["field"][0]["source"]["fileObject"] == {"@id": expected}


def test_a_declared_format_of_dates_is_said() -> None:
    record = listing("path: trees.csv", dictionary="  on: {type: date, format: '%m/%d/%Y'}\n")
    (table,) = croissant({"dataset.yaml": record, "trees.csv": "on\n3/14/2024\n"})["recordSet"]

    assert (table["field"][0]["dataType"], table["field"][0]["source"]["format"]) == ("sc:Date", "%m/%d/%Y")


def test_a_table_that_only_a_told_program_can_read_has_no_croissant() -> None:
    found = described({"dataset.yaml": listing("path: trees.csv, delimiter: ';'"), "trees.csv": "a;b\n1;2\n"})

    assert "croissant.json" not in found
