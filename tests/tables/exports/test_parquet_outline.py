"""What readers of a Parquet file are told ahead: its sizes, and the column that its rows are sorted by."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given

from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.exports.parquet_outline import ParquetOutline, outline_of
from cityfolio.tables.exports.schema import ExportTable
from cityfolio.tables.table import TextPortion
from tables.exports.making_exports import cells, of, tables, written

MANY = 30_000


def outline(table: ExportTable) -> ParquetOutline:
    return outline_of(BytesIO(written(write_parquet, table)))


@given(table=tables())
def test_the_footer_is_where_its_size_says(table: ExportTable) -> None:
    body = written(write_parquet, table)
    found = outline_of(BytesIO(body))

    assert found.bytes == len(body)
    assert pq.read_metadata(BytesIO(body)).serialized_size == found.footer - 8
    assert body[-found.footer:].endswith(b"PAR1")


@pytest.mark.parametrize(("kind", "cells"), [
    ("integer", ("-1", "0", "0", "12")),
    ("integer", ("99999999999999999998", "99999999999999999999")),
    ("number", ("-1.5", "2", "2.25")),
    ("date", ("2024-01-31", "2024-02-01")),
    ("datetime", ("2024-01-31T10:00:00", "2024-01-31T10:00:01")),
    ("year", ("1999", "2024")),
], ids=["whole", "large", "decimals", "dates", "moments", "years"])
def test_a_column_that_never_falls_and_once_rises_is_one_of_order(kind, cells):
    assert outline(of(kind, *cells)).sorted_by == "height"


@pytest.mark.parametrize(("kind", "cells"), [
    ("integer", ("2", "1")),
    ("integer", ("1", None, "2")),
    ("integer", ("7", "7")),
    ("integer", ("7",)),
    ("integer", ()),
    ("string", ("a", "b")),
    ("boolean", ("false", "true")),
], ids=["falls", "has a gap", "is always the same", "has one row", "has none", "is text", "is yes or no"])
def test_a_column_is_not_one_of_order_when_it(kind, cells):
    assert outline(of(kind, *cells)).sorted_by == ""


def test_order_is_looked_for_in_all_groups_of_rows():
    rising = [str(number) for number in range(MANY)]

    assert outline(of("integer", *rising)).sorted_by == "height"
    assert outline(of("integer", *rising, "5")).sorted_by == ""
    assert outline(of("integer", "1", "0", *rising[2:])).sorted_by == ""


def test_the_first_column_of_order_is_named():
    body = BytesIO()
    pq.write_table(pa.table({"a": [2, 1], "b": [1, 2], "c": [1, 2]}), body)

    assert outline_of(body).sorted_by == "b"


def test_cells_that_hold_records_are_no_hindrance():
    body = BytesIO()
    pq.write_table(pa.table({"a": [{"x": 1, "y": 2}], "b": [1]}), body)

    assert outline_of(body).sorted_by == ""


@pytest.mark.parametrize(("cell", "offset"), [("2024-01-31T10:00:00Z", "Z"), ("2024-01-31T10:00:00-04:00", "-04:00")])
def test_moments_keep_the_offset_that_their_cells_had(cell, offset):
    assert outline(of("datetime", cell)).offsets == (("height", offset),)


def test_moments_without_an_offset_have_none():
    assert outline(of("datetime", "2024-01-31T10:00:00")).offsets == ()


@given(table=tables())
def test_what_is_told_of_a_few_rows_is_what_is_read_from_the_file(table: ExportTable) -> None:
    texts = tuple(cells(table, number) for number in range(len(table.columns)))
    stream = BytesIO()

    told = write_parquet(replace(table, portions=[TextPortion(texts, len(texts[0]))]), stream)

    assert told in (None, outline_of(stream))


@pytest.mark.parametrize(("kind", "cells", "expected"), [
    ("integer", ("-1", "0", "0", "12"), "height"), ("number", ("1", "2.5", "1e1"), "height"), ("integer", ("2", "1"), ""),
    ("date", ("2024-01-31", "2024-02-01"), "height"), ("integer", ("1", None, "2"), ""), ("string", ("a", "b"), ""),
    ("integer", ("7", "7"), ""), ("integer", (*map(str, range(9)), "3"), ""),
], ids=["whole", "numbers", "falls", "dates", "a gap", "text", "the same", "falls late"])
def test_the_order_of_a_few_rows_is_told_when_they_are_written(kind, cells, expected):
    told = write_parquet(of(kind, *cells), BytesIO())

    assert told is not None
    assert told.sorted_by == expected


def test_nothing_is_told_of_many_rows_which_are_read_again():
    assert write_parquet(of("integer", *map(str, range(MANY))), BytesIO()) is None
