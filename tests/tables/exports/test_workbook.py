"""XLSX: text as it was and values as they are, to two readers that are not ours, with a dictionary beside the data."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, settings
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports import workbook
from cityfolio.tables.exports.schema import About, ExportTable, Unfit
from cityfolio.tables.exports.workbook import write_xlsx
from cityfolio.tables.exports.workbook_cells import CELLS, Number
from cityfolio.tables.types import parse
from tables.exports.making_exports import a_column, a_table, of, rows, tables, written

moment = datetime.fromisoformat
DOUBLE_LETTER = "\N{EXTRATERRESTRIAL ALIEN}"   # two units of UTF-16


def by_openpyxl(table: ExportTable, sheet: str = "Data") -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(BytesIO(written(write_xlsx, table)))
    return [tuple(_unescaped(cell) for cell in row) for row in book[sheet].iter_rows(values_only=True)]


def _unescaped(cell: object) -> object:
    # openpyxl leaves the escapes of text that stands in the sheet itself as they are.
    return unescape(cell) if isinstance(cell, str) else cell


def by_calamine(table: ExportTable, sheet: str = "Data") -> list[tuple[object, ...]]:
    book = CalamineWorkbook.from_filelike(BytesIO(written(write_xlsx, table)))
    return [tuple(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)]


def cell(kind: ColumnType, text: str, written: str | None = None) -> object:
    """What openpyxl finds in a cell below the header."""
    return by_openpyxl(of(kind, text, format=written))[1][0]


@settings(max_examples=50)   # each takes two hundredths of a second, as every workbook does
@given(table=tables(("string", "any")))
def test_every_text_comes_back_as_it_was(table: ExportTable) -> None:
    found = by_openpyxl(table)

    # Neither reader shows rows at the end in which no cell is filled.
    assert found == [tuple(column.name for column in table.columns), *rows(table)][: len(found)]


@settings(max_examples=50)
@given(table=tables(("string", "any")))
def test_another_reader_sees_the_same_texts(table: ExportTable) -> None:
    found = by_calamine(table)
    texts = [tuple(text or "" for text in row) for row in rows(table)]

    assert found == [tuple(column.name for column in table.columns), *texts][: len(found)]


def test_a_text_that_looks_like_markup_is_text() -> None:
    assert cell("string", "<r><t>a</t></r>") == "<r><t>a</t></r>"


def test_nothing_of_the_data_is_a_formula() -> None:
    body = written(write_xlsx, of("string", "=1+1", "{=A1}", "@x", "http://example.gov", "+1", "5"))
    sheet = zipfile.ZipFile(BytesIO(body)).read("xl/worksheets/sheet1.xml").decode()

    assert ("<f>" in sheet, "hyperlink" in sheet, sheet.count('t="inlineStr"')) == (False, False, 7)


def test_no_value_and_an_empty_text_are_told_apart() -> None:
    table = a_table((a_column("a"), ["", "x"]), (a_column("b"), [None, "NA"]), empty=frozenset((None, "NA")))
    sheet = zipfile.ZipFile(BytesIO(written(write_xlsx, table))).read("xl/worksheets/sheet1.xml").decode()

    assert [f'r="{place}"' in sheet for place in ("A2", "B2", "A3", "B3")] == [True, False, True, False]


KEPT: dict[str, tuple[ColumnType, str, object]] = {
    "a whole number": ("integer", "007", 7), "a year": ("year", "2026", 2026), "truth": ("boolean", "TRUE", True),
    "falsehood": ("boolean", "0", False), "an amount": ("number", "12.50", 12.5), "an exponent": ("number", "1e5", 100_000.0),
    "fifteen digits": ("number", "9.00719925474099", 9.00719925474099), "a tenth": ("number", ".1", 0.1),
    "many zeros": ("integer", "120000000000000000000", 120_000_000_000_000_000_000),
    "a date": ("date", "2026-06-30", moment("2026-06-30")), "a first date": ("date", "1900-03-01", moment("1900-03-01")),
    "a last date": ("date", "9999-12-31", moment("9999-12-31")),
    "a moment": ("datetime", "2026-06-30 14:05", moment("2026-06-30T14:05")),
    "a moment with milliseconds": ("datetime", "2026-06-30T23:59:59.999", moment("2026-06-30T23:59:59.999")),
    "a time": ("time", "14:05", time(14, 5)), "midnight": ("time", "00:00:00", time(0)),
}


@pytest.mark.parametrize(("kind", "text", "expected"), KEPT.values(), ids=KEPT)
def test_a_value_that_a_spreadsheet_keeps_is_typed(kind: ColumnType, text: str, expected: object) -> None:
    assert (cell(kind, text), type(cell(kind, text))) == (expected, type(expected))


TEXTS_INSTEAD: dict[str, tuple[ColumnType, str, str]] = {
    "sixteen digits": ("number", "1234567890.123456", "1234567890.123456"),
    "a long key": ("integer", "12345678901234567", "12345678901234567"), "a huge number": ("number", "1e301", "1e301"),
    "a tiny number": ("number", "1e-301", "1e-301"), "a date before March 1900": ("date", "1900-02-28", "1900-02-28"),
    "a moment before March 1900": ("datetime", "1900-02-28 10:00", "1900-02-28T10:00"),
    "a moment with an offset": ("datetime", "2026-06-30T14:05-0400", "2026-06-30T14:05-04:00"),
    "microseconds": ("datetime", "2026-06-30T14:05:00.000001", "2026-06-30T14:05:00.000001"),
    "a time with microseconds": ("time", "14:05:00.000001", "14:05:00.000001"),
    "a shape": ("geometry", '{"type":"Point","coordinates":[1.50,2]}', "POINT (1.50 2)"),
}


@pytest.mark.parametrize(("kind", "text", "expected"), TEXTS_INSTEAD.values(), ids=TEXTS_INSTEAD)
def test_a_value_that_a_spreadsheet_would_alter_is_text(kind: ColumnType, text: str, expected: str) -> None:
    assert cell(kind, text) == expected


def test_dates_are_read_by_the_format_of_the_dictionary() -> None:
    assert (cell("date", "06/30/2026", "%m/%d/%Y"), cell("date", "02/28/1900", "%m/%d/%Y")) == (
        moment("2026-06-30"), "1900-02-28")


@given(table=tables(("number", "integer", "year")))
def test_every_number_comes_back_exactly_as_number_or_text(table: ExportTable) -> None:
    found = by_openpyxl(table)[1:]
    expected = [tuple(None if text is None else Decimal(text) for text in row) for row in rows(table)]

    assert [tuple(None if each is None else Decimal(str(each)) for each in row) for row in found] == expected[: len(found)]


@given(table=tables(("date", "datetime", "time", "boolean")))
def test_every_date_and_time_comes_back_as_value_or_text(table: ExportTable) -> None:
    found = by_openpyxl(table)[1:]
    kinds = [column.type for column in table.columns]

    assert [_values(row, kinds) for row in found] == [_values(row, kinds) for row in rows(table)][: len(found)]


def _values(row: tuple[object, ...], kinds: list[ColumnType]) -> list[object]:
    """Texts as values; values as they are, but a day without a time, which a spreadsheet does not have."""
    values = [parse(cell, kind) if isinstance(cell, str) else cell for cell, kind in zip(row, kinds, strict=True)]
    return [datetime.combine(value, time()) if type(value) is date else value for value in values]


SHOWN = {"12.50": "0.00", "1": "0", "1.5e3": "General", "0.1": "0.0", "5.": "0"}


@pytest.mark.parametrize(("text", "expected"), SHOWN.items(), ids=SHOWN)
def test_a_number_is_shown_with_its_decimals(text: str, expected: str) -> None:
    assert CELLS["number"](text, None) == Number(Decimal(text), expected)


@pytest.mark.parametrize("kind", ["integer", "number", "boolean", "date", "datetime", "time"])
def test_a_cell_of_another_type_is_an_error_of_the_program(kind: ColumnType) -> None:
    with pytest.raises(ValueError, match="'x' is not"):
        CELLS[kind]("x", None)


def test_the_dictionary_has_a_sheet_of_its_own() -> None:
    column = a_column("height", "number", title="How tall", description="As measured.", unit="feet", source="https://x.gov",
                      values={"1": "Low", "2": ""})

    assert by_openpyxl(a_table((column, ["1"])), "Dictionary") == [
        ("Column", "Title", "Description", "Type", "Unit", "Values", "Source"),
        ("height", "How tall", "As measured.", "number", "feet", "1: Low\n2", "https://x.gov"),
    ]


def test_a_dictionary_that_begins_as_a_formula_does_is_text() -> None:
    assert by_openpyxl(a_table((a_column("a", title="=1+1"), ["1"])), "Dictionary")[1][1] == "=1+1"


def test_where_the_data_comes_from_is_on_the_last_sheet() -> None:
    about = About(title="Trees", publisher="Parks", license="CC0", source_url="https://x.gov/", modified=date(2026, 6, 30))

    assert by_openpyxl(a_table((a_column(), ["1"]), about=about), "About") == [
        ("About this data", None), ("Title", "Trees"), ("Publisher", "Parks"), ("License", "CC0"), ("Source", "https://x.gov/"),
        ("Last changed", "2026-06-30"),
    ]


def test_the_header_is_bold_and_stays_in_view() -> None:
    sheet = openpyxl.load_workbook(BytesIO(written(write_xlsx, of("string", "a"))))["Data"]

    assert (sheet.freeze_panes, sheet["A1"].font.bold, sheet["A2"].font.bold) == ("A2", True, False)


def test_a_cell_of_the_longest_text_is_written() -> None:
    assert cell("string", "x" * 32_767) == "x" * 32_767


@pytest.mark.parametrize("text", ["x" * 32_768, DOUBLE_LETTER * 16_384], ids=["letters", "letters of two units"])
def test_a_longer_text_cannot_be_written(text: str) -> None:
    with pytest.raises(Unfit, match="in row 2 holds more than the 32,767 characters"):
        written(write_xlsx, of("string", "a", text))


def test_more_columns_than_a_sheet_has_cannot_be_written() -> None:
    with pytest.raises(Unfit, match="16,385 columns"):
        written(write_xlsx, a_table(*[(a_column(str(number)), ["1"]) for number in range(16_385)]))


def test_more_rows_than_a_sheet_has_are_refused_before_any_is_read() -> None:
    table = ExportTable(columns=(a_column(),), portions=iter(()), rows=1_048_576)

    with pytest.raises(Unfit, match="more rows than the 1,048,575"):
        written(write_xlsx, table)


def test_more_rows_than_a_sheet_has_are_refused_when_their_number_was_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 3)

    with pytest.raises(Unfit, match="more rows"):
        written(write_xlsx, of("string", "a", "b", "c"))
