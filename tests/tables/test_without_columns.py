"""A copy without sensitive columns: nothing of them, and everything else as it was."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import assume, given, strategies as st

from cityfolio.files import MemoryTree
from cityfolio.model.records import FileRecord
from cityfolio.tables.copies import copy_name, write_without
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import is_table
from cityfolio.tables.table import TableJob
from tables.making import SENSITIVE, as_csv, in_bytes, rows, tables


def copy(body: str | bytes, *left_out: str, path: str = "trees.csv", **file: object) -> bytes:
    """The copy of a file without the columns that are named."""
    job = TableJob(path=path, size_bytes=0, file=FileRecord(**{"path": path, **file}),  # type: ignore[arg-type]
                   columns=dict.fromkeys(left_out, SENSITIVE))
    profile = profile_table(BytesIO(in_bytes(body)), job).profile
    assert profile is not None
    copied = BytesIO()
    write_without(MemoryTree({path: body}), job, profile, copied)
    return copied.getvalue()


def test_a_column_is_left_out() -> None:
    assert copy("id,phone,name\n1,555-0100,Ann\n2,,Bob\n", "phone") == b"id,name\r\n1,Ann\r\n2,Bob\r\n"


def test_text_stays_as_it_stands_in_the_source() -> None:
    assert copy('phone,zip,note\n5,01234," 5"" pipe, =A1\n "\n', "phone") == b'zip,note\r\n01234," 5"" pipe, =A1\n "\r\n'


def test_several_columns_are_left_out() -> None:
    assert copy("a,b,c\n1,2,3\n", "a", "c") == b"b\r\n2\r\n"


def test_a_column_that_is_not_there_changes_nothing() -> None:
    assert copy("a,b\n1,2\n", "c") == b"a,b\r\n1,2\r\n"


def test_nothing_is_left_of_a_file_of_sensitive_columns_alone() -> None:
    assert copy("a,b\n1,2\n", "a", "b") == b""


def test_a_copy_is_utf_8_whatever_the_source_is() -> None:
    assert copy("phone,name\n1,José\n".encode("cp1252"), "phone", encoding="cp1252") == "name\r\nJosé\r\n".encode()


def test_a_copy_keeps_the_delimiter_of_its_source() -> None:
    assert copy("phone\ta\tb\n1\t2\t3\n", "phone", path="trees.tsv") == b"a\tb\r\n2\t3\r\n"


def test_a_copy_of_a_sample_is_read_by_the_name_of_the_sample() -> None:
    assert copy("phone\ta\n1\t2\n", "phone", path="trees.tsv", url="https://example.gov/x") == b"a\r\n2\r\n"


def test_an_empty_value_that_is_alone_in_its_row_stays_a_row() -> None:
    assert copy("a,phone\n,1\nx,2\n", "phone") == b'a\r\n""\r\nx\r\n'


@given(tables(), st.data(), st.sampled_from([",", ";", "|", "\t"]))
def test_every_other_cell_is_unchanged_in_a_copy(lines: list[list[str]], data: st.DataObject, delimiter: str) -> None:
    left_out = data.draw(st.sets(st.sampled_from(lines[0])))
    kept = [number for number, name in enumerate(lines[0]) if name not in left_out]
    declared = "tab" if delimiter == "\t" else delimiter
    assume(kept)
    copied = copy(as_csv(lines, delimiter=delimiter), *left_out, delimiter=declared)

    assert rows(copied, delimiter=declared) == [tuple(line[number] for number in kept) for line in lines]


@given(tables(max_columns=3))
def test_no_value_of_a_column_that_is_left_out_is_in_a_copy(lines: list[list[str]]) -> None:
    marked = [["secret", *lines[0]], *(["PRIVATE", *line] for line in lines[1:])]
    assume("secret" not in lines[0])

    assert b"PRIVATE" not in copy(as_csv(marked), "secret", delimiter=",")


@pytest.mark.parametrize(("name", "sheet", "form", "expected"), [
    ("trees.csv", None, "CSV", "trees.csv"), ("trees.csv.gz", None, "CSV (gzip)", "trees.csv.gz"),
    ("trees.xlsx", None, "XLSX", "trees.xlsx"), ("trees.xlsx", "By street", "XLSX", "trees-by-street.xlsx"),
    ("trees.ods", None, "ODS", "trees.xlsx"), ("trees.shp.zip", None, "Shapefile", "trees.geojson"),
    ("trees.gpkg", None, "GeoPackage", "trees.geojson"), ("trees.jsonl", None, "JSON Lines", "trees.jsonl"),
    ("trees.json.gz", None, "JSON (gzip)", "trees.json.gz"),
], ids=str)
def test_a_copy_is_named_as_what_it_is(name: str, sheet: str | None, form: str, expected: str) -> None:
    assert copy_name(name, sheet, form) == expected


@pytest.mark.parametrize(("name", "does"), [
    ("trees.csv", True), ("TREES.CSV", True), ("data/2024/trees.tsv", True), ("CSV", True), ("tsv", True),
    ("trees.xlsx", True), ("trees.csv.gz", True), ("GeoJSON", True), ("trees.zip", False), ("trees.shp.zip", True),
    ("trees", False), ("", False), ("csv.pdf", False),
])
def test_what_can_be_read_as_a_table_is_known_by_name_or_format(name: str, does: bool) -> None:
    assert is_table(name) is does


def test_a_column_named_by_a_sign_alone_takes_no_other_such_column_along() -> None:
    assert copy("#,%,+\n1,2,3\n", "#") == b"%,+\r\n2,3\r\n"
    assert copy("# ,%\n1,2\n", "#") == b"%\r\n2\r\n"
