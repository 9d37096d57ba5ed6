"""CSV: every cell comes back as the text it was, whoever reads the file."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pandas as pd
import pytest
from hypothesis import example, given, strategies as st

from cityfolio.tables.exports.delimited import write_csv
from cityfolio.tables.exports.schema import ExportTable, Unfit
from cityfolio.tables.readers import reader_for
from tables.exports.making_exports import NO_VALUE, TEXTS, a_column, a_table, of, rows, tables, written
from tables.making import a_job

IN_CSV = TEXTS.filter(lambda text: "\0" not in text)
EMPTY_IN_CSV = frozenset((None, ""))


def read_by_us(body: bytes) -> list[tuple[str | None, ...]]:
    """The header and the rows as our own reader sees them."""
    job = a_job("trees.csv")
    found = reader_for(job)(BytesIO(body), job)
    assert found.table is not None
    assert {each.code for each in found.problems} <= {"csv-row", "csv-delimiter", "csv-mark", "header-data"}   # doubts alone
    return [found.table.header, *(row for portion in found.table.portions
                                  for row in zip(*(portion.texts(at) for at in range(len(found.table.header))), strict=True))]


def as_texts(table: ExportTable) -> list[tuple[str, ...]]:
    return [tuple(column.name for column in table.columns), *(tuple(text or "" for text in row) for row in rows(table))]


@given(table=tables(("string", "any", "number", "date"), texts=IN_CSV))
@example(table=a_table((a_column("a;b"), ["c;d", "e;f", None, ""])))
@example(table=a_table((a_column("\ufeffa"), ["\ufeff"]), (a_column("b"), ["1"])))
@example(table=a_table((a_column("a\tb"), [None])))
def test_our_own_reader_sees_every_text_as_it_was(table: ExportTable) -> None:
    assert read_by_us(written(write_csv, table)) == as_texts(table)


@given(table=tables(("string", "integer"), texts=IN_CSV))
def test_pythons_reader_sees_every_text_as_it_was(table: ExportTable) -> None:
    text = written(write_csv, table).decode()

    assert [tuple(row) for row in csv.reader(StringIO(text, newline=""), strict=True)] == as_texts(table)


@given(texts=st.lists(IN_CSV.filter(lambda text: "\r" not in text), min_size=1, max_size=5))
def test_pandas_sees_every_text_as_it_was(texts: list[str]) -> None:
    body = written(write_csv, a_table((a_column("a"), texts), (a_column("b"), texts)))

    found = pd.read_csv(BytesIO(body), dtype=str, keep_default_na=False, lineterminator=None)
    assert list(found["b"]) == texts


def test_lines_end_as_the_standard_says_and_there_is_no_byte_order_mark() -> None:
    table = a_table((a_column("a"), ["é", "2"]), (a_column("b"), ["x,y", 'say "b"']))

    assert written(write_csv, table) == 'a,b\r\né,"x,y"\r\n2,"say ""b"""\r\n'.encode()


def test_an_empty_text_that_is_a_value_differs_from_no_value() -> None:
    table = a_table((a_column("a"), ["", None, "x"]), (a_column("b"), [None, "", "y"]))

    assert written(write_csv, table) == b'a,b\r\n"",\r\n,""\r\nx,y\r\n'


def test_an_empty_text_that_stands_for_no_value_is_an_empty_field() -> None:
    table = a_table((a_column("a"), ["", "1,5"]), (a_column("b"), ["", ""]), empty=EMPTY_IN_CSV)

    assert written(write_csv, table) == b'a,b\r\n,\r\n"1,5",\r\n'


def test_a_word_that_stands_for_no_value_is_kept_as_it_is() -> None:
    table = of("integer", "1", "NA", empty=NO_VALUE | {"NA"})

    assert written(write_csv, table) == b"height\r\n1\r\nNA\r\n"


def test_a_row_without_a_value_in_a_table_of_one_column_is_no_blank_line() -> None:
    assert written(write_csv, of("string", "a", None)) == b'height\r\na\r\n""\r\n'


@pytest.mark.parametrize("text", ["007", "+5", "1.50", ".5", "1E5", " 5"])
def test_numbers_stay_as_they_are_written(text: str) -> None:
    assert written(write_csv, of("number", text)) == f"height\r\n{text}\r\n".encode()


def test_cells_that_look_like_formulas_are_not_altered() -> None:
    assert written(write_csv, of("string", "=1+1", "@x", "-2+3")) == b"height\r\n=1+1\r\n@x\r\n-2+3\r\n"


def test_a_shape_is_well_known_text() -> None:
    table = a_table((a_column("n", "integer"), ["1", "2"]),
                    (a_column("geometry", "geometry"), ['{"type":"Point","coordinates":[-80.10,35.20]}', None]))

    assert written(write_csv, table) == b"n,geometry\r\n1,POINT (-80.10 35.20)\r\n2,\r\n"


def test_a_table_without_rows_has_a_header() -> None:
    assert written(write_csv, a_table((a_column("a"), []), (a_column("b"), []))) == b"a,b\r\n"


def test_a_nul_cannot_be_written() -> None:
    with pytest.raises(Unfit, match="NUL"):
        written(write_csv, of("string", "a\0b"))


def test_a_nul_alone_cannot_be_written() -> None:
    with pytest.raises(Unfit, match="NUL"):
        written(write_csv, of("string", "\0"))


def test_a_name_with_a_nul_cannot_be_written() -> None:
    with pytest.raises(Unfit, match="NUL"):
        written(write_csv, a_table((a_column("a\0"), ["x"])))
