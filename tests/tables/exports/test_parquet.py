"""Parquet: typed values and exact text to every reader, the dictionary inside, and row groups that can be fetched alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from unittest.mock import patch

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from hypothesis import given

from cityfolio.tables.exports.forms import with_forms
from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.exports.schema import About, ExportTable, Form, KeptPortions
from cityfolio.tables.table import Portion, TextPortion
from cityfolio.tables.types import parse
from tables.exports.making_exports import a_column, a_table, cells, of, rows, tables, written

MANY = 30_000
POINT = '{"type":"Point","coordinates":[1.5,2]}'


def opened(table: ExportTable) -> pq.ParquetFile:
    return pq.ParquetFile(BytesIO(written(write_parquet, table)))


def values(table: ExportTable) -> list[list[object]]:
    return [column.to_pylist() for column in opened(table).read().columns]


@given(table=tables(("string", "any")))
def test_every_text_comes_back_as_it_was(table: ExportTable) -> None:
    assert values(table) == [cells(table, number) for number in range(len(table.columns))]


@given(table=tables(("integer", "year", "boolean", "date", "time")))
def test_every_value_comes_back_as_it_was(table: ExportTable) -> None:
    assert values(table) == [[None if text is None else parse(text, column.type) for text in cells(table, number)]
                             for number, column in enumerate(table.columns)]


@given(table=tables())
def test_a_file_is_the_same_each_time(table: ExportTable) -> None:
    assert written(write_parquet, table) == written(write_parquet, table)


@given(table=tables())
def test_pandas_sees_every_row(table: ExportTable) -> None:
    found = pd.read_parquet(BytesIO(written(write_parquet, table)), dtype_backend="pyarrow")

    assert (list(found.columns), len(found)) == ([column.name for column in table.columns], len(rows(table)))


@given(table=tables(("integer", "number", "datetime", "string")))
def test_what_is_found_on_the_way_is_as_if_it_had_been_known(table: ExportTable) -> None:
    together = replace(table, portions=[_one_portion(table)])

    assert opened(table).schema_arrow.equals(opened(together).schema_arrow)
    assert opened(table).read().equals(opened(together).read())


def _one_portion(table: ExportTable) -> Portion:
    return TextPortion(tuple(cells(table, number) for number in range(len(table.columns))), len(rows(table)))


def test_no_value_and_an_empty_text_are_told_apart() -> None:
    assert values(of("string", "", None, "NA", empty=frozenset((None, "NA")))) == [["", None, None]]


def test_a_decimal_is_exact_and_has_its_places() -> None:
    assert values(of("number", "0.1", "12.50", "-3")) == [[Decimal("0.10"), Decimal("12.50"), Decimal("-3.00")]]


def test_a_later_row_may_need_more_than_the_first() -> None:
    table = a_table((a_column(kind="number"), ["1", "2", "0.125", "1e12"]), portion_rows=1)

    assert opened(table).schema_arrow.field(0).type == pa.decimal128(18, 3)
    assert values(table) == [[Decimal("1.000"), Decimal("2.000"), Decimal("0.125"), Decimal("1000000000000.000")]]


def test_a_file_that_was_begun_anew_holds_nothing_of_the_first_beginning() -> None:
    table = a_table((a_column(kind="number"), [*["1"] * MANY, "0.125"]))
    known = replace(table, columns=with_forms(table))

    assert written(write_parquet, table) == written(write_parquet, known)


def test_a_form_that_is_known_spares_the_second_look() -> None:
    column = replace(a_column(kind="number"), form=Form(digits=3, decimals=3))
    table = a_table((column, ["1", "0.125"]), portion_rows=1)
    once = replace(table, portions=iter(list(table.portions)))

    assert values(once) == [[Decimal("1.000"), Decimal("0.125")]]


def test_rows_that_can_be_gone_through_once_are_not_lost_in_silence() -> None:
    table = a_table((a_column(kind="number"), ["1", "0.125"]), portion_rows=1)
    once = replace(table, portions=KeptPortions(iter(list(table.portions)), (0,)))

    with pytest.raises(TypeError, match="again"):
        written(write_parquet, once)


def test_a_moment_with_an_offset_keeps_it_for_arrow() -> None:
    (found,) = values(of("datetime", "2026-06-30T14:05:00-04:00"))

    assert found == [datetime(2026, 6, 30, 18, 5, tzinfo=UTC)]
    assert str(found[0].utcoffset()) == "-1 day, 20:00:00"


def test_the_dictionary_is_in_the_file() -> None:
    about = About(title="Trees", publisher="Parks", license="CC0", license_url="https://x/", modified=date(2026, 6, 30))
    column = a_column("kind", title="Kind of tree", unit="kinds", values={"OAK": "An oak"}, description="As seen.")
    schema = opened(a_table((column, ["OAK"]), about=about)).schema_arrow

    assert json.loads(schema.metadata[b"cityfolio"]) == {
        "title": "Trees", "publisher": "Parks", "license": "CC0", "license_url": "https://x/", "modified": "2026-06-30",
        "columns": [{"name": "kind", "title": "Kind of tree", "description": "As seen.", "type": "string", "unit": "kinds",
                     "values": {"OAK": "An oak"}}],
    }
    assert schema.field(0).metadata == {b"title": b"Kind of tree", b"description": b"As seen.", b"unit": b"kinds"}


@pytest.mark.parametrize(
    ("rows", "known", "expected"),
    [(0, None, []), (1, None, [1]), (14_999, None, [14_999]), (15_000, None, [10_000, 5_000]),
     (34_999, None, [10_000, 10_000, 14_999]), (34_999, 1_000_001, [15_000, 19_999])],
)
def test_groups_hold_between_five_and_twenty_thousand_rows(rows: int, known: int | None, expected: list[int]) -> None:
    metadata = opened(replace(a_table((a_column(), ["x"] * rows), portion_rows=7_000), rows=known)).metadata

    assert [metadata.row_group(number).num_rows for number in range(metadata.num_row_groups)] == expected


def test_groups_have_statistics_and_a_page_index() -> None:
    group = opened(of("integer", "5", "7", None)).metadata.row_group(0).column(0)

    assert (group.statistics.min, group.statistics.max, group.statistics.null_count) == (5, 7, 1)
    assert (group.has_column_index, group.has_offset_index) == (True, True)


def test_values_that_repeat_are_listed_once() -> None:
    metadata = opened(a_table((a_column("few"), ["a", "b"] * 100), (a_column("all"), [f"t{at}" for at in range(200)]),
                              (a_column("steps", "integer"), [str(at) for at in range(200)]))).metadata.row_group(0)

    assert "RLE_DICTIONARY" in metadata.column(0).encodings
    assert "RLE_DICTIONARY" not in metadata.column(1).encodings
    assert "DELTA_BINARY_PACKED" in metadata.column(2).encodings


def test_shapes_are_as_geoparquet_says() -> None:
    line = '{"type":"LineString","coordinates":[[0,1,5],[2,3,5]]}'
    table = a_table((a_column("n", "integer"), ["1", "2", "3"]), (a_column("place", "geometry"), [POINT, line, None]))
    file = opened(table)

    assert json.loads(file.metadata.metadata[b"geo"]) == {
        "version": "1.1.0", "primary_column": "place",
        "columns": {"place": {"encoding": "WKB", "geometry_types": ["LineString Z", "Point"], "bbox": [0, 1, 2, 3]}},
    }
    assert shapely.from_wkb(file.read().column("place").to_pylist())[0] == shapely.Point(1.5, 2)


def test_a_table_of_no_shape_at_all_has_no_bounds() -> None:
    entry = json.loads(opened(of("geometry", None)).metadata.metadata[b"geo"])["columns"]["height"]

    assert entry == {"encoding": "WKB", "geometry_types": []}


@given(table=tables())
def test_few_rows_are_stored_as_many_are(table: ExportTable) -> None:
    whole = replace(table, portions=[_one_portion(table)])

    with patch("cityfolio.tables.exports.parquet.FEW_ROWS", 0):
        many = opened(whole)

    assert opened(whole).schema_arrow.equals(many.schema_arrow, check_metadata=True)
    assert opened(whole).read().equals(many.read())
