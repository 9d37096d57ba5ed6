"""Files that are made of others have names that say of which, and that no other file has."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.exports.names import free_name, stem_of


@pytest.mark.parametrize(("name", "sheet", "expected"), [
    ("trees.csv", None, "trees"), ("trees.csv.gz", None, "trees"), ("trees.shp.zip", None, "trees"),
    ("trees.2025.csv", None, "trees.2025"), ("trees", None, "trees"), (".csv", None, ".csv"), ("csv.csv", None, "csv"),
    ("trees.bin", None, "trees.bin"), ("TREES.CSV", None, "TREES"), ("trees.csv", "", "trees"),
    ("fleet.xlsx", "Vehicles", "fleet-vehicles"), ("fleet.xlsx", "Über 7.5 t", "fleet-uber-7-5-t"),
    ("fleet.xlsx", "車", "fleet-8eca"), ("fleet.xlsx", "x" * 90, f"fleet-{'x' * 60}"),
])
def test_a_stem_is_the_name_without_what_names_a_format_and_with_the_sheet(name: str, sheet: str | None, expected: str) -> None:
    assert stem_of(name, sheet) == expected


@pytest.mark.parametrize(("taken", "expected"), [
    ([], "trees.csv"), (["trees.xlsx"], "trees.csv"), (["trees.csv"], "trees-from-xlsx.csv"),
    (["Trees.CSV"], "trees-from-xlsx.csv"), (["trees.csv", "trees-from-xlsx.csv"], "trees-from-xlsx-2.csv"),
    (["trees.csv", "trees-from-xlsx.csv", "TREES-from-xlsx-2.csv"], "trees-from-xlsx-3.csv"),
])
def test_a_name_that_is_taken_is_told_apart_by_where_the_file_comes_from(taken: list[str], expected: str) -> None:
    assert free_name("trees", "csv", "XLSX", taken) == expected


def test_the_format_of_a_source_is_written_as_an_address_is() -> None:
    assert free_name("trees", "csv", "CSV (gzip)", ["trees.csv"]) == "trees-from-csv-gzip.csv"


def test_two_ways_to_write_a_letter_are_one_name() -> None:
    assert free_name("cafe\u0301", "csv", "XLSX", ["café.csv"]) == "cafe\u0301-from-xlsx.csv"


@given(st.lists(st.sampled_from(["a.csv", "A.csv", "a-from-json.csv", "a-from-json-2.csv", "a-from-json-3.csv", "b.csv"])))
def test_a_free_name_is_always_found(taken: list[str]) -> None:
    assert free_name("a", "csv", "JSON", taken) not in taken
