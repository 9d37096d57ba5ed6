"""A data file as its exports see it: the columns that are published, and its rows as often as they are asked for."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest

from cityfolio.files import MemoryTree, sha256
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.exports.rows import export_columns, export_table
from cityfolio.tables.exports.schema import About, ExportTable
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers.csv import read_again, read_csv
from cityfolio.tables.table import Unreadable
from tables.exports.making_exports import rows
from tables.making import SENSITIVE, a_job

BODY = "species,owner,height\noak,Jane,NA\nelm,John,5\n"
COLUMNS = {"owner": SENSITIVE, "height": ColumnRecord(title="How tall", unit="feet")}
JOB = a_job("trees.csv", COLUMNS, empty=("NA",))


def exported(later: str = BODY) -> ExportTable:
    """A table of which the file holds something when its rows are asked for."""
    profile = profile_table(BytesIO(BODY.encode()), JOB).profile
    assert profile is not None
    return export_table(MemoryTree({"trees.csv": later}), JOB, profile, About(title="Trees"))


def test_only_what_is_published_is_exported() -> None:
    table = exported()

    assert [(column.name, column.type) for column in table.columns] == [("species", "string"), ("height", "integer")]
    assert rows(table) == [("oak", "NA"), ("elm", "5")]


def test_a_column_brings_its_entry_of_the_dictionary_and_is_well_without_one() -> None:
    species, height = exported().columns

    assert (height.record.unit, height.title, species.record, species.title) == ("feet", "How tall", ColumnRecord(), "species")


def test_an_export_knows_what_stands_for_no_value_and_how_many_rows_there_are() -> None:
    table = exported()

    assert (table.empty, table.rows, table.about.title) == (frozenset(("", None, "NA")), 2, "Trees")


def test_rows_can_be_gone_through_again_and_again() -> None:
    table = exported()

    assert rows(table) == rows(table) == list(zip(*(
        [text for portion in table.anew() for text in portion.texts(number)] for number in range(2)), strict=True))


def test_a_file_without_personal_data_is_exported_whole() -> None:
    job = a_job("trees.csv")
    profile = profile_table(BytesIO(BODY.encode()), job).profile
    assert profile is not None

    assert len(export_columns(profile, {})) == 3
    assert rows(export_table(MemoryTree({"trees.csv": BODY}), job, profile, About()))[0] == ("oak", "Jane", "NA")


def test_a_file_that_cannot_be_read_any_more_is_not_taken_for_an_empty_one() -> None:
    with pytest.raises(Unreadable):
        exported(later="")


@pytest.mark.parametrize(("body", "entry"), [
    (BODY.encode(), {}), (b"\xef\xbb\xbfa,b\r\n1,2\r\n", {}),
    (b"Trees of 2024\n\na;b\n1;2\n", {"header_row": 3, "delimiter": ";"}),
    ("a\tb\ncaf\u00e9\t\n".encode("cp1252"), {"encoding": "cp1252", "delimiter": "tab"}), (b'a,b\n"1\n2",""\n\n\n', {}),
    ("a,b\n1,\u00e9\n".encode("utf-16"), {"encoding": "utf-16"}), (b"a\n1\n\n2\n", {}), (b"a,b\n", {}),
], ids=["plain", "with a mark", "below a title", "Western", "quoted", "two bytes a letter", "one column", "no rows"])
def test_what_is_read_again_is_what_was_read_at_first(body: bytes, entry: dict[str, object]) -> None:
    job = replace(a_job("trees.csv", **entry), sha256=sha256(body))
    first = read_csv(BytesIO(body), job).table
    assert first is not None

    again = read_again(BytesIO(body), job, first.delimiter)

    assert again is not None
    assert (again.header, list(again.portions), again.encoding, again.empty, again.kinds) == (
        first.header, list(first.portions), first.encoding, first.empty, first.kinds)
    assert again.source.header() == first.source.header()


def test_a_file_that_is_another_by_now_is_not_read_as_the_one_that_was_sound() -> None:
    job, stream = replace(a_job("trees.csv"), sha256=sha256(BODY.encode())), BytesIO(b"a,b\n1\n")

    assert read_again(stream, job, ",") is None
    assert stream.tell() == 0
