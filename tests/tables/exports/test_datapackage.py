"""`datapackage.json`: files, types and rules as Frictionless programs read them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pytest

from cityfolio.model.records import ColumnType, ForeignKey
from cityfolio.tables.exports.datapackage import Package, PackagedFile, datapackage
from cityfolio.tables.exports.schema import About
from tables.exports.making_exports import a_column

CSV = {"format": "CSV", "media_type": "text/csv"}


def a_file(name: str = "trees.csv", **more: object) -> PackagedFile:
    """A CSV file. Other arguments are what else is known of it."""
    return PackagedFile(**{"name": name, **CSV, "bytes": 0, "sha256": "00", **more})  # type: ignore[arg-type]


def described(*files: PackagedFile, **about: object) -> dict[str, object]:
    """The descriptor of a dataset with these files."""
    package = Package(about=About(**about), dataset="street-trees", files=files)  # type: ignore[arg-type]
    return json.loads(datapackage(package))


def resource(**more: object) -> Mapping[str, object]:
    (found,) = described(a_file(**more))["resources"]
    return found


def field(kind: ColumnType = "string", **record: object) -> Mapping[str, object]:
    """How a column of some type is described, without its name and type."""
    (found,) = resource(columns=(a_column("x", kind, **record),))["schema"]["fields"]
    return {key: value for key, value in found.items() if key not in ("name", "type")}


def test_what_is_known_of_a_dataset_is_said() -> None:
    found = described(title="Street trees", description="All of them.", publisher="Parks", license="CC0", license_id="CC0-1.0",
                      license_url="https://cc.org/0/", source_url="https://data.gov/trees/", modified=date(2026, 6, 30),
                      keywords=("trees",))

    assert found == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "profile": "data-package", "name": "street-trees",
        "title": "Street trees", "description": "All of them.", "homepage": "https://data.gov/trees/", "keywords": ["trees"],
        "licenses": [{"name": "CC0-1.0", "path": "https://cc.org/0/", "title": "CC0"}],
        "sources": [{"title": "Parks", "path": "https://data.gov/trees/"}],
        "contributors": [{"title": "Parks", "role": "publisher"}], "lastModified": "2026-06-30",
    }


def test_what_is_not_known_is_not_said() -> None:
    assert set(described(title="Trees", license="Our terms")) == {"$schema", "profile", "name", "title"}


def test_a_file_is_named_with_its_size_and_digest() -> None:
    assert resource(name="My trees.CSV", bytes=12, sha256="ab", title="All trees") == {
        "name": "my-trees.csv", "path": "data/My trees.CSV", "title": "All trees", "format": "csv", "mediatype": "text/csv",
        "bytes": 12, "hash": "sha256:ab",
    }


def test_names_of_files_that_differ_by_signs_alone_stay_different() -> None:
    found = described(a_file("a b.csv"), a_file("a-b.csv"), a_file("A B.csv"), a_file("\u6a39.csv"), a_file("\u6728"))

    assert [each["name"] for each in found["resources"]] == ["a-b.csv", "a-b.csv-2", "a-b.csv-3", ".csv", "data"]


def test_delimited_text_has_a_schema() -> None:
    found = resource(columns=(a_column("id", "integer"),), empty=("NA",), primary_key=("id",), delimiter=";", encoding="cp1252",
                     header_row=3)

    assert found["profile"] == "tabular-data-resource"
    assert found["encoding"] == "windows-1252"
    assert found["dialect"] == {"delimiter": ";", "doubleQuote": True, "header": True, "headerRows": [3]}
    assert found["schema"] == {"fields": [{"name": "id", "type": "integer"}], "missingValues": ["", "NA"], "primaryKey": ["id"]}


@pytest.mark.parametrize(("name", "delimiter"), [("CSV", ","), ("TSV", "\t"), ("CSV (gzip)", ","), ("TSV (gzip)", "\t")])
def test_a_format_has_its_delimiter(name: str, delimiter: str) -> None:
    assert resource(format=name, columns=(a_column(),))["dialect"]["delimiter"] == delimiter


def test_delimited_text_that_is_packed_has_a_schema_as_well() -> None:
    found = resource(name="trees.csv.gz", format="CSV (gzip)", media_type="application/gzip",
                     columns=(a_column("id", "integer"),))

    assert (found["path"], found["format"], found["mediatype"]) == ("data/trees.csv.gz", "csv", "application/gzip")
    assert found["schema"]["fields"] == [{"name": "id", "type": "integer"}]


def test_other_formats_have_their_dictionary_without_a_schema() -> None:
    found = resource(format="XLSX", media_type="application/x", columns=(a_column("id", "integer", title="Key", unit="none"),))

    assert ("schema" in found, found["format"]) == (False, "XLSX")
    assert found["columns"] == [{"name": "id", "title": "Key", "type": "integer", "unit": "none"}]


FIELDS: dict[str, tuple[ColumnType, dict[str, object], dict[str, object]]] = {
    "words": ("string", {"title": "Kind", "description": "Seen.", "unit": "kinds", "source": "https://x.gov"},
              {"title": "Kind", "description": "Seen.", "unit": "kinds", "rdfType": "https://x.gov"}),
    "rules of any type": ("boolean", {"required": True, "unique": True}, {"constraints": {"required": True, "unique": True}}),
    "rules that are off": ("string", {"required": False, "unique": False}, {}),
    "lengths and a pattern": ("string", {"min_length": 0, "max_length": 5, "pattern": "[A-Z]+"},
                              {"constraints": {"minLength": 0, "maxLength": 5, "pattern": "[A-Z]+"}}),
    "lengths of a number": ("integer", {"max_length": 5}, {}),
    "a pattern of alternatives": ("string", {"pattern": "a|b"}, {"constraints": {"pattern": "(a|b)"}}),
    "a pattern that counts groups": ("string", {"pattern": r"(a)\1|b"}, {"constraints": {"pattern": r"(a)\1|b"}}),
    "bounds of whole numbers": ("integer", {"minimum": "0", "maximum": "9"}, {"constraints": {"minimum": 0, "maximum": 9}}),
    "a bound between whole numbers": ("integer", {"minimum": "0.5"}, {}),
    "a year of three digits as a bound": ("year", {"minimum": "999"}, {}),
    "bounds of numbers": ("number", {"minimum": "0.10"}, {"constraints": {"minimum": "0.10"}}),
    "bounds of dates": ("date", {"minimum": "2026-01-01"}, {"constraints": {"minimum": "2026-01-01"}}),
    "bounds of dates in a form of their own": (
        "date", {"minimum": "2026-01-31", "maximum": "12/31/2026", "format": "%m/%d/%Y"},
        {"format": "%m/%d/%Y", "constraints": {"minimum": "01/31/2026", "maximum": "12/31/2026"}}),
    "bounds of moments": ("datetime", {"minimum": "2026-01-01"}, {"format": "any"}),
    "codes": ("string", {"values": {"A": "Ash", "B": ""}},
              {"constraints": {"enum": ["A", "B"]}, "valueMeanings": {"A": "Ash"}}),
    "codes that are whole numbers": ("integer", {"values": {"1": "", "02": ""}}, {"constraints": {"enum": [1, 2]}}),
    "codes that are decimals": ("number", {"values": {"1.50": ""}}, {"constraints": {"enum": ["1.50"]}}),
    "codes that are true or false": ("boolean", {"values": {"0": "No"}},
                                     {"constraints": {"enum": [False]}, "valueMeanings": {"0": "No"}}),
    "a format that is none": ("date", {"format": "ISO"}, {}),
    "times": ("time", {}, {"format": "any"}),
}


@pytest.mark.parametrize(("kind", "record", "expected"), FIELDS.values(), ids=FIELDS)
def test_the_dictionary_becomes_fields(kind: ColumnType, record: dict[str, object], expected: dict[str, object]) -> None:
    assert field(kind, **record) == expected


def test_a_column_of_shapes_is_text() -> None:
    assert resource(columns=(a_column("place", "geometry"),))["schema"]["fields"] == [{"name": "place", "type": "string"}]


def with_key(dataset: str, column: str) -> dict[str, object]:
    """A package of districts and the wards that refer to them."""
    key = ForeignKey(dataset=dataset, column=column)
    wards = a_file("wards.csv", columns=(a_column("district", foreign_key=key), a_column("ward")))
    return described(a_file("districts.csv", columns=(a_column("id"),)), wards)["resources"][1]["schema"]


def test_a_foreign_key_to_a_file_of_the_package_is_said() -> None:
    assert with_key("street-trees", "id")["foreignKeys"] == [
        {"fields": ["district"], "reference": {"resource": "districts.csv", "fields": ["id"]}}]


def test_a_foreign_key_to_the_file_itself_is_said() -> None:
    assert with_key("street-trees", "ward")["foreignKeys"] == [
        {"fields": ["district"], "reference": {"resource": "", "fields": ["ward"]}}]


@pytest.mark.parametrize(("dataset", "column"), [("other", "id"), ("street-trees", "none")])
def test_a_foreign_key_that_leads_out_of_the_package_is_not_said(dataset: str, column: str) -> None:
    assert "foreignKeys" not in with_key(dataset, column)
