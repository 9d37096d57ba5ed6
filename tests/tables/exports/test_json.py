"""JSON: exact numbers, exact text, null for no value; and the pieces that GeoJSON is made of."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal

import orjson
import pytest
from hypothesis import given

from cityfolio.tables.exports.json_array import write_json
from cityfolio.tables.exports.json_values import iso, json_geometry, json_number
from cityfolio.tables.exports.schema import ExportTable, Unfit
from cityfolio.tables.types import NUMBER, parse
from tables.exports.making_exports import (
    DATES,
    NO_VALUE,
    TIMES,
    a_column,
    a_table,
    cells,
    moments,
    numbers,
    of,
    rows,
    tables,
    written,
)


def read(table: ExportTable) -> list[dict[str, object]]:
    return json.loads(written(write_json, table), parse_float=Decimal, parse_int=Decimal)


@given(table=tables(("string", "any")))
def test_every_text_comes_back_as_it_was(table: ExportTable) -> None:
    assert [tuple(record.values()) for record in read(table)] == rows(table)


@given(table=tables(("integer", "number", "year")))
def test_every_number_comes_back_exactly(table: ExportTable) -> None:
    expected = [tuple(None if text is None else Decimal(text) for text in row) for row in rows(table)]

    assert [tuple(record.values()) for record in read(table)] == expected


@given(table=tables())
def test_a_stricter_reader_accepts_every_table(table: ExportTable) -> None:
    assert [list(record) for record in orjson.loads(written(write_json, table))] == [
        [column.name for column in table.columns]] * len(cells(table, 0))


@given(table=tables())
def test_a_record_is_a_line(table: ExportTable) -> None:
    lines = written(write_json, table).split(b"\n")

    assert (lines[0], lines[-2:], len(lines) - 3) == (b"[", [b"]", b""], len(cells(table, 0)))


@given(text=numbers())
def test_a_number_keeps_every_digit(text: str) -> None:
    assert NUMBER.fullmatch(text)
    assert Decimal(json_number(text)).as_tuple() == Decimal(text).as_tuple()


SPELLINGS = {
    "1.10": "1.10", ".5": "0.5", "-.5": "-0.5", "5.": "5", "+5": "5", "007": "7", "00.50": "0.50", "000": "0", "-0": "-0",
    "5.e3": "5e3",
    "1E+05": "1E+05", "12345678901234567890123456789": "12345678901234567890123456789", "0.0": "0.0", "-00": "-0",
}


@pytest.mark.parametrize(("text", "expected"), SPELLINGS.items(), ids=SPELLINGS)
def test_a_number_is_changed_only_where_json_demands_it(text: str, expected: str) -> None:
    assert json_number(text) == expected


@pytest.mark.parametrize("text", ["", ".", "+", "-", "e5", ".e5", "1,5", "0x10", "nan", "1 "])
def test_what_is_no_number_is_an_error_of_the_program(text: str) -> None:
    with pytest.raises(ValueError, match="is not a number"):
        json_number(text)


def test_typed_values_are_typed() -> None:
    table = a_table((a_column("id", "integer"), ["007"]), (a_column("cost", "number"), ["12.50"]),
                    (a_column("open", "boolean"), ["TRUE"]), (a_column("on", "date", format="%m/%d/%Y"), ["06/30/2026"]),
                    (a_column("zip"), ["01234"]))

    assert written(write_json, table) == b'[\n{"id":7,"cost":12.50,"open":true,"on":"2026-06-30","zip":"01234"}\n]\n'


def test_no_value_is_null_and_an_empty_text_is_not() -> None:
    table = of("string", None, "", "NA", empty=NO_VALUE | {"NA"})

    assert read(table) == [{"height": None}, {"height": ""}, {"height": None}]


def test_a_name_may_hold_what_a_format_would_read() -> None:
    assert read(a_table((a_column('%s {0} "%%'), ["%d"]))) == [{'%s {0} "%%': "%d"}]


def test_a_shape_is_an_object_with_the_same_digits() -> None:
    table = of("geometry", '{"type":"Point","coordinates":[-80.10,1E2]}', None)

    assert written(write_json, table) == b'[\n{"height":{"type":"Point","coordinates":[-80.10,1E2]}},\n{"height":null}\n]\n'


def test_a_shape_of_several_lines_becomes_one_and_its_texts_stay() -> None:
    assert json_geometry('{\n "type": "Point",\r\n "x": "a  \\" b",\t"coordinates": [1, 2]\n}') == (
        '{"type":"Point","x":"a  \\" b","coordinates":[1,2]}')


def test_a_cell_that_is_no_shape_does_not_break_the_file() -> None:
    with pytest.raises(Unfit, match="something else than an object"):
        written(write_json, of("geometry", '0},{"height":1'))


def test_a_table_without_rows_is_an_empty_array() -> None:
    assert json.loads(written(write_json, of("string"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    {"2026-06-30 14:05": "2026-06-30T14:05", "2026-06-30T14:05:00-0400": "2026-06-30T14:05:00-04:00",
     "2026-06-30T14:05:00.500Z": "2026-06-30T14:05:00.500Z"}.items(),
)
def test_a_moment_keeps_its_digits_and_its_offset(text: str, expected: str) -> None:
    assert iso(text, "datetime", None) == expected


@given(text=moments())
def test_a_moment_in_iso_form_is_the_same_moment(text: str) -> None:
    assert datetime.fromisoformat(iso(text, "datetime", None)) == parse(text, "datetime")


@given(date=DATES, time=TIMES)
def test_dates_and_times_are_in_iso_form_already(date: str, time: str) -> None:
    assert (iso(date, "date", None), iso(time, "time", None)) == (date, time)


@pytest.mark.parametrize("kind", ["date", "datetime", "time", "boolean"])
def test_a_cell_of_another_type_is_an_error_of_the_program(kind: str) -> None:
    with pytest.raises(ValueError, match="'x' is not"):
        written(write_json, of(kind, "x", format="%H %Y"))  # type: ignore[arg-type]
