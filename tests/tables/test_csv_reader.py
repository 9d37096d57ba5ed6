"""Reading delimited text: what is there comes back as it is, or the fault is named with its line and column."""

from __future__ import annotations

import csv

import pytest
from hypothesis import example, given, strategies as st

from cityfolio.model.records import ColumnRecord
from cityfolio.tables.readers.lines import LINE_END
from tables.making import CELLS, SENSITIVE, as_csv, placed, problems, reading, report, rows, rows_of, table, tables

REFUSED = {
    "an empty file": ("", "csv-empty", 1, 1, 1),
    "only a byte order mark": (b"\xef\xbb\xbf", "csv-empty", 1, 1, 1),
    "an empty first line": ("\na,b\n1,2\n", "csv-empty", 1, 1, 1),
    "a NUL": ("a,b\n1,2\n3,\x00\n", "csv-nul", 3, 3, 1),
    "UTF-16 without its mark": ("a,b\n".encode("utf-16-le"), "csv-nul", 1, 2, 1),
    "a field too many": ("a,b\n1,2\n3,4,fifth\n", "csv-ragged", 3, 5, 5),
    "a field too few": ("a,b\n1,2\n3\n4,5\n", "csv-ragged", 3, 1, 1),
    "a blank line between rows": ("a,b\n1,2\n\n3,4\n", "csv-ragged", 3, 1, 1),
    "a blank row of spaces at the end": ("a,b\n1,2\n  \n", "csv-ragged", 3, 1, 1),
    "a field too many after a field of two lines": ('a,b\n"1\n1",2\n3,4,5\n', "csv-ragged", 4, 5, 1),
    "a quotation mark never closed": ('a,b\n1,2\n3,"4\n5,6\n', "csv-quotes", 3, 3, 1),
    "a quotation mark never closed in the header": ('"a,b\n1,2\n', "csv-quotes", 1, 1, 1),
    "text after a closing mark": ('a,b\n1,"2" \n', "csv-quotes", 2, 3, 3),
    "a mark at the end of a field": ('a,b\n1,5"\n', "csv-quotes", 2, 3, 1),
    "two marks inside a field": ('a,b\n1,5"" pipe\n', "csv-quotes", 2, 3, 1),
    "a mark after a backslash": ('a,b\n1,5\\" pipe\n', "csv-quotes", 2, 3, 2),
    "names in apostrophes": ("'a','b'\n'1','2'\n", "csv-quotes", 1, 1, 3),
    "the names once more": ("a,b\n1,2\na,b\n3,4\n", "table-shape", 3, 1, 1),
    "a line for Excel alone": ("sep=;\na;b\n1;2\n", "csv-empty", 1, 1, 5),
    "a web page": ("<!doctype html>\n<title>Error 404</title>\n", "table-syntax", 1, 1, 1),
    "a space before an opening mark": ('a,b\n1, "2"\n', "csv-quotes", 2, 3, 1),
    "an odd mark after a field of two lines": ('a,b\n"1\n1",2\n3,4"\n', "csv-quotes", 4, 3, 1),
    "a column without a name": ("a,,c\n1,2,3\n", "column-unnamed", 1, 3, 1),
    "a column named by spaces": ("a,  ,c\n1,2,3\n", "column-unnamed", 1, 3, 2),
    "a single column without a name": ('""\n1\n', "column-unnamed", 1, 1, 2),
    "two columns of one name": ("a,b,a\n1,2,3\n", "column-repeated", 1, 5, 1),
    "two columns of one name, the second quoted": ('a,b,"a"\n1,2,3\n', "column-repeated", 1, 5, 3),
}


@pytest.mark.parametrize(("body", "code", "line", "column", "width"), REFUSED.values(), ids=REFUSED)
def test_a_file_that_is_not_what_it_seems_is_refused_at_its_place(body: str | bytes, code: str, line: int, column: int,
                                                                  width: int) -> None:
    found = report(body)

    assert (found.profile, [placed(each) for each in found.problems]) == (None, [(code, line, column, width)])


def test_every_fault_of_a_header_is_told_at_once() -> None:
    assert problems("a,,a,\n1,2,3,4\n") == [
        ("column-unnamed", 1, 3, 1), ("column-repeated", 1, 4, 1), ("column-unnamed", 1, 6, 1),
    ]


def test_names_that_differ_by_case_are_two_names() -> None:
    assert rows("a,A\n1,2\n") == [("a", "A"), ("1", "2")]


def test_ragged_rows_are_counted_and_the_first_is_described() -> None:
    (problem,) = report("a,b\n1,2\n3\n4,5\n6,7,8\n9\n").problems

    assert problem.says == "row 2 and 2 other rows have more or fewer fields than the header's 2 (row 2 has 1)"


def test_a_single_ragged_row_is_named_alone() -> None:
    (problem,) = report("a,b\n1,2,3\n").problems

    assert problem.says == "row 1 has more or fewer fields than the header's 2 (row 1 has 3)"


def test_the_line_of_a_fault_is_shown_with_it() -> None:
    (problem,) = report("species,height\noak,12,5\n").problems

    assert problem.where.excerpt == "oak,12,5"


def test_no_line_is_shown_of_a_file_that_holds_personal_data() -> None:
    (problem,) = report("name,phone\nAnn,555,0100\n", {"phone": SENSITIVE}).problems

    assert (problem.where.line, problem.where.excerpt, "0100" in problem.says) == (2, None, False)


def test_a_fault_far_to_the_right_is_placed_without_an_excerpt() -> None:
    (problem,) = report(f"a,b\n{'x' * 300},2,3\n").problems

    assert (problem.where.column, problem.where.excerpt) == (304, None)


READ = {
    "LF": "a,b\n1,2\n3,4\n",
    "CR LF": "a,b\r\n1,2\r\n3,4\r\n",
    "CR alone": "a,b\r1,2\r3,4\r",
    "mixed": "a,b\r1,2\r\n3,4\n",
    "no end at the end": "a,b\n1,2\n3,4",
    "blank lines at the end": "a,b\n1,2\n3,4\n\n\r\n\r",
    "a byte order mark": b"\xef\xbb\xbfa,b\n1,2\n3,4\n",
    "all in quotation marks": '"a","b"\n"1","2"\n"3","4"\n',
}


@pytest.mark.parametrize("body", READ.values(), ids=READ)
def test_line_ends_marks_and_quotes_make_no_difference(body: str | bytes) -> None:
    assert rows(body) == [("a", "b"), ("1", "2"), ("3", "4")]


KEPT = {
    "spaces": ("a,b\n  1 ,\t2\n", ("  1 ", "\t2")),
    "leading zeros": ("a,b\n01234,+5\n", ("01234", "+5")),
    "words for nothing": ("a,b\nNA,null\n", ("NA", "null")),
    "doubled marks": ('a,b\n"5"" pipe","""x"""\n', ('5" pipe', '"x"')),
    "a delimiter": ('a,b\n"1,5",2\n', ("1,5", "2")),
    "line ends in a field": ('a,b\n"1\r\n2\r3\n4",5\n', ("1\r\n2\r3\n4", "5")),
    "what Unicode calls line ends": ("a,b\n1\u20282\x853,4\x0b\x0c\n", ("1\u20282\x853", "4\x0b\x0c")),
    "a second byte order mark": ("a,b\n\ufeff1,2\n", ("\ufeff1", "2")),
    "an emoji and an accent apart": ("a,b\n🌳,e\u0301\n", ("🌳", "e\u0301")),
    "the end-of-file sign of DOS": ("a,b\n1,2\x1a\n", ("1", "2\x1a")),
    "a backslash": ("a,b\n\\,2\\\n", ("\\", "2\\")),
    "an apostrophe": ("a,b\n'1,2'\n", ("'1", "2'")),
}


@pytest.mark.parametrize(("body", "expected"), KEPT.values(), ids=KEPT)
def test_no_character_of_a_field_is_changed(body: str, expected: tuple[str, str]) -> None:
    assert rows(body)[1] == expected


def test_a_blank_line_in_a_file_of_one_column_is_an_empty_value() -> None:
    assert rows("a\n1\n\n3\n\n") == [("a",), ("1",), ("",), ("3",)]


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert rows("a,b\n") == [("a", "b")]


def test_a_field_longer_than_the_readers_own_limit_is_read() -> None:
    long = "x" * 300_000

    assert rows(f'a,b\n1,"{long}"\n')[1] == ("1", long)


@pytest.mark.parametrize("row", [1, 2, 3], ids=str)
def test_lines_above_the_header_are_passed_over_where_their_number_is_given(row: int) -> None:
    body = "Report of 2026\n" * (row - 1) + "a,b\n1,2\n"

    assert rows(body, header_row=row) == [("a", "b"), ("1", "2")]


def test_lines_are_counted_from_the_top_of_the_file_below_what_is_passed_over() -> None:
    assert problems("Report\n\na,b\n1,2\n3\n", header_row=3) == [("csv-ragged", 5, 1, 1)]


def test_a_file_that_ends_above_its_header_has_none() -> None:
    assert problems("a,b\n1,2\n", header_row=9) == [("csv-empty", 9, 1, 1)]


@pytest.mark.parametrize("name", ["2.5", "2026-01-01", "2026-01-01T12:00"])
def test_a_first_line_that_looks_like_data_is_warned_of(name: str) -> None:
    assert problems(f"a,{name}\n1,2\n") == [("header-data", 1, 3, len(name))]


def test_names_that_are_whole_numbers_are_names_since_years_are() -> None:
    assert problems("district,2024,2025\n1,2,3\n") == []


@pytest.mark.parametrize("header", ["12,7", "1", "2024,7"])
def test_whole_numbers_alone_that_are_no_years_are_warned_of(header: str) -> None:
    assert problems(f"{header}\n{header}1\n")[0][0] == "header-data"


DOUBTED = {"semicolons": "Stadt;Wert,Mio\nBonn;1,5\nKiel;2,5\n", "bars": "id|lat,long\n1|35.1,-80\n",
           "tabs": "a\tb,c\td\n1\t2,3\t4\n", "as many": "a;b,c\n1;2,3\n"}


@pytest.mark.parametrize("body", DOUBTED.values(), ids=DOUBTED)
def test_a_comma_is_taken_with_a_warning_where_another_mark_divides_the_rows_too(body: str) -> None:
    found = reading(body)

    assert found.table is not None
    assert (found.table.delimiter, [each.code for each in found.problems]) == (",", ["csv-delimiter"])


@pytest.mark.parametrize("body", ["a,b;c\n1,2\n3,4\n", "a;b,c\n1,2\n"])
def test_a_mark_that_divides_rows_unevenly_is_text(body: str) -> None:
    assert problems(body) == []


def test_a_comma_that_is_declared_is_not_doubted() -> None:
    assert problems("Stadt;Wert,Mio\nBonn;1,5\n", delimiter=",") == []


def test_a_header_behind_a_second_mark_is_refused_where_two_files_were_put_together() -> None:
    assert problems("a,b\n1,2\n\ufeffa,b\n3,4\n") == [("table-shape", 3, 1, 2)]


def test_a_name_that_the_dictionary_knows_is_a_name() -> None:
    assert problems("2026-01-01\n1\n", {"2026-01-01": ColumnRecord()}) == []


def test_more_columns_than_a_page_could_show_are_refused() -> None:
    assert problems(",".join(map(str, range(5_001))) + "\n") == [("file-large", 1, 1, 1)]


def test_five_thousand_columns_are_read() -> None:
    assert len(table(",".join(map(str, range(5_000))) + "\n").header) == 5_000


GUESSED = {"semicolons": ("a;b\n1,5;2\n", ";"), "tabs": ("a\tb\n1\t2\n", "\t"), "bars": ("a|b\n1|2\n", "|")}


@pytest.mark.parametrize(("body", "delimiter"), GUESSED.values(), ids=GUESSED)
def test_another_delimiter_that_is_plain_to_see_is_used_with_a_warning(body: str, delimiter: str) -> None:
    found = reading(body)

    assert found.table is not None
    assert (found.table.delimiter, [placed(each) for each in found.problems]) == (delimiter, [("csv-delimiter", 1, 2, 1)])


def test_the_warning_says_what_to_declare() -> None:
    (problem,) = reading("a\tb\n1\t2\n").problems

    assert (problem.says, problem.fix) == ("the fields are separated by tabs, and this is not declared",
                                           "Write `delimiter: tab` in the file's entry.")


NOT_GUESSED = {
    "rows that do not agree": "a;b\n1;2;3\n",
    "a name in quotation marks": '"a;b"\n1\n',
    "a comma in the header, and other marks in no row": "a;b,c\n1,2\n",
}


@pytest.mark.parametrize("body", NOT_GUESSED.values(), ids=NOT_GUESSED)
def test_a_comma_is_meant_where_nothing_else_is_plain(body: str) -> None:
    found = reading(body)

    assert found.table is not None
    assert (found.table.delimiter, found.problems) == (",", ())


def test_the_delimiter_that_makes_more_columns_is_the_one_meant() -> None:
    assert rows("a;b|c;d\n1;2|3;4\n")[0] == ("a", "b|c", "d")


def test_twenty_rows_are_enough_to_tell_a_delimiter() -> None:
    body = "a;b\n" + "1;2\n" * 25_000

    assert table(body).delimiter == ";"


@pytest.mark.parametrize("body", ["a;b\n", f"a;b\n{'x' * 200_000};2\n"], ids=["no row", "a row too long to look at"])
def test_a_header_alone_is_enough_to_tell_a_delimiter(body: str) -> None:
    assert table(body).delimiter == ";"


@pytest.mark.parametrize(("declared", "letter"), [(";", ";"), ("tab", "\t"), ("|", "|"), (",", ",")])
def test_a_declared_delimiter_is_used_without_a_word(declared: str, letter: str) -> None:
    found = reading(f"a{letter}b\n1{letter}2\n", delimiter=declared)

    assert found.table is not None
    assert (found.table.header, found.problems) == (("a", "b"), ())


@pytest.mark.parametrize("named", [{"path": "trees.tsv"}, {"path": "trees.TSV"}, {"path": "trees.txt", "format": "TSV"}],
                         ids=["ending", "capitals", "format"])
def test_tabs_need_no_declaration_in_a_tsv_file(named: dict[str, str]) -> None:
    found = reading("a\tb\n1,5\t2\n", **named)

    assert found.table is not None
    assert (found.table.delimiter, found.problems) == ("\t", ())


def test_a_tsv_file_of_one_column_is_read() -> None:
    assert rows("a,b\n1,2\n", path="trees.tsv") == [("a,b",), ("1,2",)]


@given(tables(), st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from([",", ";", "\t", "|"]))
@example([["a"], [""], ["x"], [""]], "\n", ",")
def test_a_written_table_is_read_as_it_was(lines: list[list[str]], end: str, delimiter: str) -> None:
    declared = "tab" if delimiter == "\t" else delimiter

    assert rows(as_csv(lines, end, delimiter), delimiter=declared) == [tuple(line) for line in lines]


@given(tables(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_table_in_any_unicode_encoding_is_read_as_it_was(lines: list[list[str]], encoding: str) -> None:
    body = as_csv(lines).encode(encoding)

    assert rows(body, encoding=encoding.removesuffix("-sig"), delimiter=",") == [tuple(line) for line in lines]


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "utf-16", "cp1252", "latin-1"]))
@example(b"a\n\x81", None)
@example(b"\xff\xfe\x00", "utf-16")
@example(b"\xff\xfea", "utf-16")
def test_no_bytes_make_the_reader_raise(body: bytes, encoding: str | None) -> None:
    found = report(body, encoding=encoding)

    assert found.profile is not None or found.problems


@given(st.text(st.sampled_from('a",;\n\r\t| '), max_size=30))
def test_whatever_is_read_is_what_python_reads_strictly(body: str) -> None:
    found = reading(body, delimiter=",").table
    expected = [] if found is None else [line or [""] for line in csv.reader(body.splitlines(keepends=True), strict=True)]
    written = [] if found is None else [list(found.header), *map(list, rows_of(found))]

    assert written == expected[: len(written)]
    assert all(line == [""] for line in expected[len(written):])


@given(tables(), st.lists(CELLS, min_size=1, max_size=4))
def test_every_cell_is_traced_to_the_place_where_it_stands(lines: list[list[str]], cells: list[str]) -> None:
    row = [*cells, "the end"]
    text = as_csv([[f"c{number}" for number in range(len(row))], *([line[0]] * len(row) for line in lines), row], "\n")
    place = table(text, delimiter=",").source.cells([(len(lines), len(cells))])[len(lines), len(cells)]

    assert LINE_END.split(text)[place.line - 1][place.column - 1 :] == '"the end"'


@given(CELLS)
def test_a_place_never_reaches_beyond_its_line(cell: str) -> None:
    place = table(as_csv([["a", "b"], [cell, "x"]])).source.cells([(0, 0)])[0, 0]

    assert place.width <= max(1, len(place.excerpt))
