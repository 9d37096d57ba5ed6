"""Encodings: declared, UTF-8, or guessed with a warning that says so."""

from __future__ import annotations

import pytest

from tables.making import SENSITIVE, placed, problems, reading, report, rows, rows_of, table

CITY = "name,street\nJosé,“Main”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_declared_encoding_is_used(encoding: str) -> None:
    assert rows(CITY.encode(encoding), encoding=encoding)[1] == ("José", "“Main”")


def test_latin_1_is_used_where_it_is_declared() -> None:
    assert rows("name\nJosé\n".encode("latin-1"), encoding="latin-1")[1] == ("José",)


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"], ids=["little end first", "big end first"])
def test_declared_utf_16_is_read_by_its_mark(mark: bytes) -> None:
    body = mark + CITY.encode("utf-16-le" if mark == b"\xff\xfe" else "utf-16-be")

    assert rows(body, encoding="utf-16")[1] == ("José", "“Main”")


def test_bytes_that_are_not_utf_8_are_read_as_windows_text_with_a_warning() -> None:
    found = reading(CITY.encode("cp1252"))

    assert found.table is not None
    assert (found.table.encoding, rows_of(found.table), [placed(each) for each in found.problems]) == (
        "cp1252", [("José", "“Main”")], [("csv-encoding-guessed", 2, 4, 1)])


def test_the_warning_names_the_byte_and_the_encoding() -> None:
    (problem,) = reading(CITY.encode("cp1252")).problems

    assert problem.says == ("byte 0xE9 (byte 16 of the file) is not UTF-8, so the file was read as cp1252, "
                            "Windows' Western encoding")


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_utf_8_that_is_declared_as_something_else_is_read_as_declared_with_a_warning(encoding: str) -> None:
    body = "name,street\nJosé,Main\n"
    found = reading(body.encode(), encoding=encoding)

    assert found.table is not None
    assert (rows_of(found.table), [placed(each) for each in found.problems]) == (
        [("JosÃ©", "Main")], [("csv-encoding-doubtful", 2, 4, 1)])


@pytest.mark.parametrize("body", [b"name\nJose\n", "name\nJosé\nÃ©\n".encode("cp1252")], ids=["ASCII", "partly UTF-8"])
def test_a_declaration_that_may_be_right_is_not_doubted(body: bytes) -> None:
    assert reading(body, encoding="cp1252").problems == ()


def test_escape_sequences_for_letters_of_two_bytes_are_refused_at_the_first() -> None:
    assert problems("name,city\n1,東京\n".encode("iso2022_jp")) == [("csv-encoding", 2, 3, 1)]


def test_an_escape_alone_is_a_letter() -> None:
    assert rows("name,city\n1,\x1b[0m\n")[1] == ("1", "\x1b[0m")


REFUSED = {
    "neither UTF-8 nor Windows text": ({}, b"a,b\n1,2\n\xe9\x81,3\n", 3, 1),
    "UTF-16 that is not declared": ({}, "a,b\n".encode("utf-16"), 1, 1),
    "UTF-16 of the other order, not declared": ({}, b"\xfe\xff\x00a", 1, 1),
    "UTF-16 without a mark": ({"encoding": "utf-16"}, "a,b\n".encode("utf-16-le"), 1, 1),
    "UTF-16 cut short": ({"encoding": "utf-16"}, "a,b\n1,2\n".encode("utf-16") + b"3", 3, 1),
    "UTF-8 that is none": ({"encoding": "utf-8"}, "a,b\nJosé,2\n".encode("cp1252"), 2, 4),
    "UTF-8 that is none, after letters of two bytes": ({"encoding": "utf-8"}, "a,b\néé,".encode() + b"\xe9\n", 2, 4),
    "a mark of UTF-8 before what is none": ({}, b"\xef\xbb\xbfa,b\n1,\xe9\n", 2, 3),
    "Windows text with an undefined byte": ({"encoding": "cp1252"}, b"a,b\r\n1,2\r\n3,\x81\r\n", 3, 3),
    "a mark of UTF-8 in Windows text": ({"encoding": "cp1252"}, b"\xef\xbb\xbfa,b\n", 1, 1),
    "a mark of UTF-8 in Latin text": ({"encoding": "latin-1"}, b"\xef\xbb\xbfa,b\n", 1, 1),
}


@pytest.mark.parametrize(("file", "body", "line", "column"), REFUSED.values(), ids=REFUSED)
def test_a_file_in_another_encoding_is_refused_at_its_byte(file: dict[str, str], body: bytes, line: int, column: int) -> None:
    assert problems(body, **file) == [("csv-encoding", line, column, 1)]


def test_the_refusal_names_the_byte() -> None:
    (problem,) = report("a,b\nJosé,2\n".encode("cp1252"), encoding="utf-8").problems

    assert (problem.says, problem.where.excerpt) == ("byte 0xE9 (byte 8 of the file) is not UTF-8", "Jos\ufffd,2")


def test_the_line_with_the_byte_is_not_shown_when_it_may_hold_personal_data() -> None:
    (problem,) = report("name,phone\nJosé,555\n".encode("cp1252"), {"phone": SENSITIVE}).problems

    assert (problem.code, problem.where.excerpt) == ("csv-encoding-guessed", None)


def test_a_mark_is_no_part_of_the_first_name() -> None:
    assert table("\ufeffname\n1\n".encode(), encoding="utf-8").header == ("name",)


def test_a_second_mark_is_part_of_the_first_name() -> None:
    assert table("\ufeff\ufeffname\n1\n".encode()).header == ("\ufeffname",)
