import pytest

from cityfolio.pages.dialect import dialect, written_as
from cityfolio.pages.words import Words
from pages.factories import a_file, a_profile

WORDS = Words()


def a_written_file(**given):
    shown = {key: given.pop(key) for key in ("encoding", "delimiter", "sheet") if key in given}
    return a_file(profile=a_profile(**shown), **given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, "CSV, UTF-8, separated by commas"),
        ({"delimiter": ";", "encoding": "cp1252"}, "CSV, Windows-1252, separated by semicolons"),
        ({"delimiter": "\t", "format": "TSV", "encoding": "utf-16"}, "TSV, UTF-16, separated by tabs"),
        ({"delimiter": "|", "format": "CSV (gzip)", "encoding": "latin-1"}, "CSV (gzip), Latin-1, separated by bars"),
        ({"delimiter": "", "encoding": "", "format": "XLSX", "sheet": "Fuel <1>"}, "XLSX, sheet Fuel &lt;1&gt;"),
        ({"delimiter": "", "encoding": "", "format": "GeoPackage", "sheet": "streets"}, "GeoPackage, layer streets"),
        ({"delimiter": "", "encoding": "", "format": "Parquet"}, ""),
    ],
    ids=["plain", "from Excel", "TSV", "packed", "a sheet", "a layer", "no choice"],
)
def test_a_file_says_what_a_program_must_be_told_to_read_it(given, expected):
    assert dialect(a_written_file(**given), WORDS) == expected


def test_a_file_that_was_not_read_says_nothing():
    assert dialect(a_file(), WORDS) == ""


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"encoding": "cp1252", "delimiter": ";"}, "CSV, UTF-8, separated by semicolons"),
        ({"encoding": "", "delimiter": "", "sheet": "Calls", "format": "XLSX"}, ""),
    ],
    ids=["CSV", "one sheet of several"],
)
def test_a_copy_without_sensitive_columns_is_described_as_it_is_and_not_as_its_source(given, expected):
    assert dialect(a_written_file(left_out=("phone",), **given), WORDS) == expected


def test_files_of_one_table_say_each_way_they_are_written_once():
    files = [a_written_file(), a_written_file(delimiter=";"), a_written_file()]

    assert written_as(files, WORDS) == "Delivered as CSV, UTF-8, separated by commas; CSV, UTF-8, separated by semicolons."


def test_a_copy_is_not_called_delivered():
    assert written_as([a_written_file(left_out=("phone",))], WORDS) == "Written as CSV, UTF-8, separated by commas."


def test_formats_that_leave_no_choice_are_not_spoken_of():
    assert written_as([a_written_file(delimiter="", encoding="", format="JSON")], WORDS) == ""
