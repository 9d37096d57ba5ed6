"""Values typed by their keys: what is accepted, and what is said of the rest."""

from __future__ import annotations

from datetime import date

import pytest

from cityfolio.load.fields import read_record
from cityfolio.load.values import Reading
from cityfolio.load.yaml import read_yaml
from cityfolio.model.records import DatasetRecord, FileRecord, SiteRecord


def read(text: str, record: type = DatasetRecord) -> tuple[DatasetRecord, list[tuple[str, int | None, int | None]]]:
    document, _ = read_yaml("x.yaml", text.encode())
    assert document is not None
    reading = Reading(document)
    made = read_record(record, document.root, reading)
    return made, [(each.code, each.where.line, each.where.column) for each in reading.problems]


def test_a_record_is_read_whole() -> None:
    record, problems = read(
        "title: Trees\nkeywords: oak\nissued: 2020-02-29\nfrequency: R/P1M\nfiles: [{path: a/b.csv}]\n"
        "columns: {kind: {values: {A: Ash, B: }}, tall: }\ntemporal: {start: 2016, end: 2016-03}\n"
        "formerly: [old, /datasets/old/]\n"
    )

    assert problems == []
    assert (record.title, record.keywords, record.issued) == ("Trees", ("oak",), date(2020, 2, 29))
    assert (record.frequency.word, record.files[0].path, record.temporal.end) == ("monthly", "a/b.csv", "2016-03")
    assert record.columns["kind"].values == {"A": "Ash", "B": ""}
    assert record.columns["tall"].sensitive is False
    assert record.formerly == ("old", "/datasets/old/")


FAULTS = {
    "unknown key": ("titel: x\ntitle: y\n", ("key-unknown", 1, 1)),
    "no title": ("summary: x\n", ("title-missing", 1, 1)),
    "blank title": ('title: "  "\n', ("title-missing", 1, 1)),
    "list for text": ("title: y\nsummary: [a]\n", ("value-kind", 2, 10)),
    "group for text": ("title: y\nsummary: {a: b}\n", ("value-kind", 2, 10)),
    "text for a group": ("title: y\ncontact: me\n", ("value-kind", 2, 10)),
    "text for a dictionary": ("title: y\ncolumns: a\n", ("value-kind", 2, 10)),
    "text for a file": ("title: y\nfiles: [a.csv]\n", ("value-kind", 2, 9)),
    "long title": (f"title: {'x' * 201}\n", ("text-long", 1, 8)),
    "day that does not exist": ("title: y\nissued: 2026-02-30\n", ("date-invalid", 2, 9)),
    "day in another order": ("title: y\nissued: 02/03/2026\n", ("date-invalid", 2, 9)),
    "month that does not exist": ("title: y\ntemporal: {start: 2026-13}\n", ("date-invalid", 2, 19)),
    "moment in words": ("title: y\ntemporal: {start: now}\n", ("date-invalid", 2, 19)),
    "frequency": ("title: y\nfrequency: weekley\n", ("frequency-unknown", 2, 12)),
    "status": ("title: y\nstatus: secret\n", ("choice-unknown", 2, 9)),
    "e-mail": ("title: y\ncontact: {email: me at home}\n", ("email-invalid", 2, 18)),
    "address": ("title: y\nfiles: [{url: www.example.gov}]\n", ("url-invalid", 2, 15)),
    "address with a space": ('title: y\nfiles: [{url: "https://a b/"}]\n', ("url-invalid", 2, 15)),
    "address with half a host": ('title: y\nfiles: [{url: "https://[::1"}]\n', ("url-invalid", 2, 15)),
    "scheme": ('title: y\nfiles: [{url: "JavaScript:alert(1)"}]\n', ("url-scheme", 2, 15)),
    "boolean": ("title: y\ncolumns: {a: {sensitive: yes}}\n", ("boolean-invalid", 2, 26)),
    "whole number": ("title: y\ncolumns: {a: {max_length: five}}\n", ("number-invalid", 2, 27)),
    "pattern in verbose mode": ('title: y\ncolumns: {a: {pattern: "(?x)a b"}}\n', ("pattern-invalid", 2, 24)),
    "pattern": ('title: y\ncolumns: {a: {pattern: "(["}}\n', ("pattern-invalid", 2, 24)),
    "path that climbs": ("title: y\nfiles: [{path: ../x.csv}]\n", ("file-outside", 2, 16)),
    "path from the root": ("title: y\nfiles: [{path: /etc/passwd}]\n", ("file-outside", 2, 16)),
    "path of Windows": ("title: y\nfiles: [{path: 'C:\\x.csv'}]\n", ("file-outside", 2, 16)),
    "hidden path": ("title: y\nfiles: [{path: .git/config}]\n", ("file-outside", 2, 16)),
    "former id": ("title: y\nformerly: Old Trees\n", ("address-invalid", 2, 11)),
    "former path that climbs": ("title: y\nformerly: /a/../b\n", ("address-invalid", 2, 11)),
    "former path with one colon": ("title: y\nformerly: /a/b:c\n", ("address-invalid", 2, 11)),
}


@pytest.mark.parametrize(("text", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_wrong_value_is_one_problem_at_its_place(text: str, expected: tuple[str, int, int]) -> None:
    assert read(text)[1] == [expected]


SITE_FAULTS = {
    "color": ('name: x\naccent: "#12"\n', ("color-invalid", 2, 9)),
    "language": ("name: x\nlanguages: [english]\n", ("language-invalid", 2, 13)),
    "no name": ("tagline: x\n", ("key-missing", 1, 1)),
    "base address": ("name: x\nbase_url: ftp://example.gov\n", ("url-scheme", 2, 11)),
}


@pytest.mark.parametrize(("text", "expected"), SITE_FAULTS.values(), ids=SITE_FAULTS)
def test_a_wrong_setting_is_one_problem_at_its_place(text: str, expected: tuple[str, int, int]) -> None:
    assert read(text, SiteRecord)[1] == [expected]


@pytest.mark.parametrize("word", ["NULL", "Null", "null", "~"])
@pytest.mark.parametrize(("before", "after"), [("[", "]"), ("[NA, ", ", -]"), ("\n  - ", "  # not known\n"), ("\n  - ", "")])
def test_a_word_that_yaml_takes_for_nothing_is_not_lost_from_a_list_of_texts(word: str, before: str, after: str) -> None:
    document, _ = read_yaml("x.yaml", f"path: x.csv\nempty: {before}{word}{after}".encode())
    assert document is not None
    reading = Reading(document)
    read_record(FileRecord, document.root, reading)
    (found,) = reading.problems

    assert (found.code, found.fix) == ("value-kind", f'Put the word in quotation marks: "{word}".')
    assert document.lines[found.where.line - 1][found.where.column - 1:].startswith(word)


@pytest.mark.parametrize("text", ['["NULL"]', "['~']", "[NULLS]", "[]", "", "\n  -\n", "\n  - # none", "[NA]"])
def test_a_word_in_quotation_marks_is_a_word_and_an_item_of_nothing_is_none(text: str) -> None:
    assert read(f"path: x.csv\nempty: {text}", FileRecord)[1] == []


def test_a_wrong_value_leaves_the_rest_of_the_record_standing() -> None:
    record, _ = read("title: Trees\nissued: never\nspatial: Here\n")

    assert (record.title, record.issued, record.spatial) == ("Trees", None, "Here")


def test_an_unknown_key_suggests_the_one_that_was_meant() -> None:
    document, _ = read_yaml("x.yaml", b"title: y\ndescripton: z\n")
    assert document is not None
    reading = Reading(document)
    read_record(DatasetRecord, document.root, reading)

    assert reading.problems[0].fix.startswith('Did you mean "description"?')
