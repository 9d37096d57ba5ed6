"""Workbooks as spreadsheet programs save them, with other types of cells, blanks and orders: the edits come through."""

from __future__ import annotations

from datetime import date

import openpyxl
import pandas
import pytest
from openpyxl.styles import Font

from migrate.workbooks import RECORD, TREES_PATH, changed, laid_out, record, run

EDITED = (RECORD.replace("issued: 2020-01-01", "issued: 2021-03-04")
          .replace("minimum: 0", "required: true, minimum: 1.5, min_length: 2")
          .replace("modified: 2026-01-01\n", "modified: 2026-01-01\ntemporal: {start: 2019, end: 2026-06-30}\n"))


@pytest.fixture
def city(tmp_path):
    """A city's catalog on disk, and the workbook of it."""
    return laid_out(tmp_path)


def saved_again(folder, change):
    """The workbook as another program leaves it."""
    book = openpyxl.load_workbook(folder / "m.xlsx")
    change(book)
    book.save(folder / "m.xlsx")


def test_what_a_program_took_for_dates_numbers_and_booleans_is_written_as_the_catalog_does(city):
    changed(city, Datasets__2__issued=pandas.Timestamp(2021, 3, 4), Datasets__2__temporal__start=2019.0,
            Datasets__2__temporal__end=date(2026, 6, 30), Columns__3__required=True, Columns__3__min_length=2.0,
            Columns__3__minimum=1.5)

    result = run(city, "import")

    assert result.output == "6 cells taken, 1 file changed.\n"
    assert record(city) == EDITED


def test_dates_numbers_and_booleans_that_a_program_wrote_as_text_are_read_as_such(city):
    changed(city, Datasets__2__issued="2021-03-04 00:00:00", Datasets__2__temporal__start="2019.0",
            Datasets__2__temporal__end="2026-06-30T00:00:00", Columns__3__required="TRUE", Columns__3__min_length="2.0",
            Columns__3__minimum="1.5")

    run(city, "import")

    assert record(city) == EDITED


@pytest.mark.parametrize(("given", "expected"), [("FALSE", "false"), ("No", "false"), (0, "false"), (False, "false")],
                         ids=["word", "no", "number", "boolean"])
def test_a_boolean_is_written_without_quotation_marks(city, given, expected):
    changed(city, Columns__3__required=given)

    run(city, "import")

    assert f"required: {expected}, minimum: 0" in record(city)


def test_a_word_of_a_list_may_have_capitals(city):
    changed(city, Columns__3__type="Integer")

    run(city, "import")

    assert record(city) == RECORD.replace("type: number", "type: integer")


def test_a_value_that_another_program_wrote_in_its_own_way_is_no_change(city):
    (city / "catalog" / TREES_PATH).write_text(RECORD.replace("minimum: 0", "required: true, minimum: 0, max_length: 5"))
    run(city, "export", "--force")
    changed(city, Datasets__2__issued=pandas.Timestamp(2020, 1, 1), Columns__3__required=True, Columns__3__max_length=5.0,
            Columns__3__minimum=0)

    assert run(city, "import").output == "0 cells taken, 0 files changed.\n"


@pytest.mark.parametrize("text", ["  Trees of the city \u00a0", "Trees of the city\r\n", "\tTrees of the city"],
                         ids=["spaces", "line break", "tab"])
def test_blanks_around_a_text_are_not_taken_along(city, text):
    changed(city, Datasets__2__title=text)

    run(city, "import")

    assert record(city) == RECORD.replace("Street trees ", "Trees of the city ")


def test_columns_can_stand_in_another_order_with_one_of_the_citys_own_among_them(city):
    def change(book):
        page = book["Columns"]
        rows = [[cell.value for cell in row] for row in page.iter_rows()]
        rows = [[*reversed(row), f"asked {number}"] for number, row in enumerate(rows)]
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                page.cell(number, column).value = value

    saved_again(city, change)
    changed(city, Columns__3__unit="meters")

    result = run(city, "import")

    assert result.output == "Columns of your own, passed over: Columns: asked 0.\n1 cell taken, 1 file changed.\n"
    assert record(city) == RECORD.replace("unit: feet", "unit: meters")


def test_rows_between_others_and_styles_below_them_are_no_rows(city):
    def change(book):
        book["Columns"].insert_rows(3)
        for row in range(5, 200):
            book["Columns"].cell(row, 1).font = Font(bold=True)
            book["Columns"].cell(row, 1).value = "  "
        book["Exported"].sheet_state = "hidden"     # LibreOffice knows no other way to hide a sheet
        del book["Read me"], book["Files"]

    saved_again(city, change)
    changed(city, Columns__4__unit="light years", Columns__4__type="length")

    result = run(city, "import")

    assert "Columns, cell G4: type \"length\" is not known" in result.output.replace("columns.height.", "")
    assert record(city) == RECORD.replace("unit: feet", "unit: light years")


@pytest.mark.parametrize(("cell", "value", "says"), [
    ("Z3", "Ask Ann", "Columns: column Z has no name in row 1, and is not empty (see Z3) [column-unnamed]"),
    ("E3", "=A3&B3", "Columns: 1 cell holds a formula that was never calculated (first: E3) [sheet-error]"),
], ids=["a word beside the table", "a formula"])
def test_a_sheet_that_cannot_be_read_is_named_and_the_others_are_taken(city, cell, value, says):
    changed(city, Datasets__2__title="Trees of the city")

    def change(book):
        book["Columns"][cell] = value

    saved_again(city, change)

    result = run(city, "import")

    assert says in result.output
    assert record(city) == RECORD.replace("Street trees ", "Trees of the city ")


def test_pandas_reads_and_writes_it_without_a_change(city):
    with_pandas(city, lambda sheets: None)

    assert run(city, "import").output == "0 cells taken, 0 files changed.\n"


def test_edits_with_pandas_come_through(city):
    def change(sheets):
        sheets["Datasets"].loc[0, "title"] = "Trees of the city"
        sheets["Datasets"]["issued"] = pandas.to_datetime(sheets["Datasets"]["issued"])
        sheets["Datasets"].loc[0, "issued"] = pandas.Timestamp(2021, 3, 4)
        sheets["Columns"]["minimum"] = pandas.to_numeric(sheets["Columns"]["minimum"])
        sheets["Columns"].loc[len(sheets["Columns"]), ["dataset", "column", "title", "max_length"]] = ["trees", "age", "Age", 3]

    with_pandas(city, change)

    result = run(city, "import")

    assert result.output == "4 cells taken, 1 row added, 1 file changed.\n"
    assert record(city) == (RECORD.replace("Street trees ", "Trees of the city ").replace("issued: 2020-01-01",
                            "issued: 2021-03-04") + "  age: {title: Age, max_length: 3}\n")


def with_pandas(folder, change):
    """Read every sheet into a frame, change them, and write them anew."""
    sheets = pandas.read_excel(folder / "m.xlsx", sheet_name=None, engine="openpyxl")
    change(sheets)
    with pandas.ExcelWriter(folder / "m.xlsx", engine="openpyxl") as writer:
        for name, frame in sheets.items():
            frame.to_excel(writer, sheet_name=name, index=False)
