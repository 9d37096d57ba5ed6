"""CSVW metadata beside each CSV."""

from __future__ import annotations

from typing import Any

import pytest

from cityfolio.feeds.csvw_types import datatype
from cityfolio.model.records import ColumnRecord, ColumnType
from feeds.describing import described, listing


def metadata(changed: dict[str, str | bytes | None], name: str = "trees.csv") -> dict[str, Any]:  # Any: JSON
    said: dict[str, Any] = described(changed)[f"{name}-metadata.json"]
    return said


def columns(changed: dict[str, str | bytes | None]) -> dict[str, Any]:  # Any: JSON
    return {each["titles"]: each for each in metadata(changed)["tableSchema"]["columns"]}


def test_a_csv_is_described_where_readers_look_for_it() -> None:
    said = metadata({})

    assert said["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert (said["url"], said["dc:title"], said["dc:isPartOf"]) == (
        "trees.csv", "Street trees", {"@id": "https://data.example.gov/data/trees/"})
    assert said["dialect"] == {"delimiter": ",", "encoding": "utf-8", "header": True, "skipBlankRows": True}


def test_names_types_and_meanings_of_the_dictionary_survive() -> None:
    found = columns({"dataset.yaml": listing("path: trees.csv", dictionary=(
        "  species: {title: Kind, required: true, values: {oak: Quercus, maple: Acer, elm: Ulmus}}\n"
        "  height: {description: As seen., type: number, unit: feet, minimum: 0, source: 'https://example.gov/height'}\n"))})

    assert found["species"] == {
        "name": "species", "titles": "species", "dc:title": "Kind", "required": True,
        "datatype": {"base": "string", "format": "oak|maple|elm"},
        "schema:valueReference": [{"@type": "schema:DefinedTerm", "schema:termCode": code, "schema:name": name}
                                  for code, name in (("oak", "Quercus"), ("maple", "Acer"), ("elm", "Ulmus"))],
    }
    assert found["height"] == {
        "name": "height", "titles": "height", "dc:description": "As seen.", "schema:unitText": "feet",
        "datatype": {"base": "number", "minimum": "0"}, "dc:conformsTo": {"@id": "https://example.gov/height"},
    }


def test_a_name_that_is_no_variable_is_written_as_one_and_kept_as_the_title() -> None:
    found = columns({"dataset.yaml": listing("path: trees.csv"), "trees.csv": "_id,Days open,a.b,a-b,..\n1,2,3,4,5\n"})

    assert {title: each["name"] for title, each in found.items()} == {
        "_id": "%5Fid", "Days open": "Days%20open", "a.b": "a.b", "a-b": "a%2Db", "..": "%2E%2E"}


def test_how_a_file_is_written_is_said() -> None:
    record = listing("path: trees.csv, encoding: cp1252, delimiter: ';', header_row: 2, empty: [NA], primary_key: [species]")
    said = metadata({"dataset.yaml": record, "trees.csv": "Bäume\nspecies;height\noak;NA\n".encode("cp1252")})

    assert said["dialect"] == {"delimiter": ";", "encoding": "windows-1252", "header": True, "skipBlankRows": True,
                               "skipRows": 1}
    assert (said["tableSchema"]["null"], said["tableSchema"]["primaryKey"]) == (["", "NA"], ["species"])


KEYED = listing("path: trees.csv", "path: kinds.csv, primary_key: [kind]",
                dictionary="  species: {foreign_key: {dataset: trees, column: kind}}\n")


def test_a_key_into_another_table_of_the_dataset_makes_a_group() -> None:
    said = metadata({"dataset.yaml": KEYED, "kinds.csv": "kind\noak\nmaple\nelm\n"})

    assert [each["url"] for each in said["tables"]] == ["trees.csv", "kinds.csv"]
    assert said["tables"][0]["tableSchema"]["foreignKeys"] == [
        {"columnReference": ["species"], "reference": {"resource": "kinds.csv", "columnReference": ["kind"]}}]


def test_a_key_that_some_rows_lack_is_none_to_csvw() -> None:
    said = metadata({"dataset.yaml": KEYED, "kinds.csv": "kind\noak\nelm\n", "trees.csv": "species,height\noak,1\n,2\n"})

    assert "foreignKeys" not in said["tableSchema"]


def test_a_csv_that_is_made_comes_and_goes_with_its_description() -> None:
    found = described({"dataset.yaml": listing("path: trees.json"), "trees.json": '[{"species": "oak"}]', "trees.csv": None},
                      "exports: [csv]\n")

    assert "trees.csv-metadata.json" in found


@pytest.mark.parametrize(("kind", "record", "seen", "expected"), [
    ("integer", {}, ["1"], {"base": "integer"}),
    ("number", {}, ["1.5"], {"base": "decimal"}),
    ("number", {"type": "number", "maximum": "1e3"}, ["1e2"], {"base": "number", "maximum": "1e3"}),
    ("integer", {"minimum": "0.5"}, [], {"base": "integer"}),
    ("boolean", {}, ["true", "0"], {"base": "boolean"}),
    ("boolean", {}, ["True", "False"], {"base": "boolean", "format": "True|False"}),
    ("boolean", {}, ["True", "false"], {"base": "string"}),
    ("date", {"minimum": "2020-01-01"}, ["2024-01-01"], {"base": "date", "minimum": "2020-01-01"}),
    ("date", {"format": "%m/%d/%Y", "minimum": "2020-01-01"}, ["3/14/2024"], {"base": "date", "format": "M/d/yyyy"}),
    ("date", {"format": "%b %d, %Y"}, ["Mar 14, 2024"], {"base": "string"}),
    ("datetime", {"format": "%d.%m.%Y %H:%M"}, ["14.03.2024 08:30"], {"base": "dateTime", "format": "d.M.yyyy HH:mm"}),
    ("datetime", {"format": "%d.%m.%Y %H:%M"}, ["14.03.2024 8:30"], {"base": "string"}),
    ("datetime", {"format": "%Y%m%d"}, ["20240314"], {"base": "string"}),
    ("datetime", {}, ["2024-03-14T08:30:00", "2024-03-14T08:30:00.5-05:00"], {"base": "dateTime"}),
    ("datetime", {}, ["2024-03-14 08:30:00.25"], {"base": "dateTime", "format": "yyyy-MM-dd HH:mm:ss.SS"}),
    ("datetime", {}, ["2024-03-14 08:30", "2024-03-14T08:30"], {"base": "string"}),
    ("datetime", {}, ["2024-03-14T08:30:00-0500"], {"base": "string"}),
    ("datetime", {}, ["14 March"], {"base": "string"}),
    ("datetime", {}, [], {"base": "dateTime"}),
    ("time", {}, ["08:30"], {"base": "time", "format": "HH:mm"}),
    ("time", {}, ["08:30", "08:30:01"], {"base": "string"}),
    ("time", {"format": "%H:%M"}, ["08:30"], {"base": "time", "format": "HH:mm"}),
    ("year", {"minimum": "2000"}, ["2024"], {"base": "gYear"}),
    ("geometry", {}, ["POINT (1 2)"], {"base": "string"}),
    ("string", {"pattern": "[A-Z]{2}", "min_length": 2}, [], {"base": "string", "format": "[A-Z]{2}", "minLength": 2}),
    ("string", {"pattern": r"([A-Z])\1"}, [], {"base": "string"}),
    ("string", {"values": {"A+B": "", "C|D": ""}}, [], {"base": "string", "format": r"A\+B|C\|D"}),
], ids=str)
def test_a_type_is_said_as_far_as_csvw_has_words(kind: ColumnType, record: dict[str, Any], seen: list[str],
                                                 expected: dict[str, str]) -> None:
    assert datatype(kind, ColumnRecord(**record), seen) == expected
