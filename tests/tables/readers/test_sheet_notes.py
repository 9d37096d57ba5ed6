"""What is strange in the rows of a spreadsheet: refused where it is plain, and a warning where it is only likely."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from cityfolio.model.records import ColumnRecord
from cityfolio.tables.readers.sheet_notes import SheetNotes
from cityfolio.tables.readers.sheets import SheetRow
from tables.making import SENSITIVE, a_job
from tables.readers.making_records import placed
from tables.readers.making_sheets import an_ods, attempt, by_xlsxwriter, ods_row, ods_text, table

HEADER = ["species", "height"]
OAK = ["oak", 12.5]
BLANK = [None, None]


def noted(*rows: Sequence[object], **file: object) -> list[tuple[str, int | None, int | None]]:
    """The warnings of a workbook, as codes with their places."""
    return [placed(each) for each in table(by_xlsxwriter(rows, date="yyyy-mm-dd"), **file).notes]


def refusals(*rows: Sequence[object], **file: object) -> list[tuple[str, int | None, int | None]]:
    """What a workbook is refused for."""
    return [placed(each) for each in attempt(by_xlsxwriter(rows), **file).problems]


@pytest.mark.parametrize(("rows", "found"), [
    ([HEADER, OAK, BLANK, OAK], [("csv-row", 3, 1)]),
    ([HEADER, BLANK, OAK], [("csv-row", 2, 1)]),
    ([HEADER, BLANK, BLANK, OAK, BLANK, OAK], [("csv-row", 2, 1)]),
    ([HEADER, OAK, BLANK], []),
    ([HEADER, OAK, [None, 8], ["elm", None]], []),
    ([["species"], ["oak"], [None], ["elm"]], []),
], ids=["between", "first", "several", "last", "half of a row", "of one column"])
def test_rows_that_are_empty_in_every_column_are_told(rows: list[list[object]], found: list[tuple[str, int, int]]) -> None:
    assert noted(*rows) == found


def test_rows_of_empty_texts_are_told_as_well() -> None:
    notes = table(an_ods({"Trees": ods_row(ods_text("a"), ods_text("b")) + ods_row(ods_text(""), ods_text(""))
                          + ods_row(ods_text("1"), ods_text("2"))}), "trees.ods").notes

    assert [placed(each) for each in notes] == [("csv-row", 2, 1)]


def test_empty_rows_are_counted() -> None:
    (note,) = table(by_xlsxwriter([HEADER, BLANK, OAK, BLANK, BLANK, OAK])).notes

    assert note.says == "row 2 of the sheet and 2 other rows are empty in every column, and counted as any other row"


@pytest.mark.parametrize(("header", "found"), [
    (["oak", 12.5], [("header-data", 1, 2)]),
    (["oak", date(2026, 6, 30)], [("header-data", 1, 2)]),
    (["oak", "2026-06-30"], [("header-data", 1, 2)]),
    (["oak", "12.5"], [("header-data", 1, 2)]),
    ([28202, "oak"], [("header-data", 1, 1)]),
    (["species", 2026], []),
    (["species", "height 2"], []),
], ids=["a number", "a day", "a day as text", "a number as text", "a long number", "a year", "words"])
def test_names_that_look_like_values_are_told(header: list[object], found: list[tuple[str, int, int]]) -> None:
    assert noted(header, ["elm", 8]) == found


def test_names_that_the_dictionary_describes_are_names() -> None:
    notes = SheetNotes(job=a_job("trees.xlsx", {"2026-06-30": ColumnRecord()}), header_row=1)
    notes.look_at_header(SheetRow(1, 1, [1], ["2026-06-30"], ["date"]), {1: "2026-06-30"})

    assert notes.warnings() == []


def test_a_name_that_may_be_personal_is_not_shown() -> None:
    notes = SheetNotes(job=a_job("trees.xlsx", {"phone": SENSITIVE}), header_row=1)
    notes.look_at_header(SheetRow(1, 1, [1], ["555.01"], ["number"]), {1: "555.01"})

    assert "555" not in notes.warnings()[0].says


def test_a_row_that_names_the_columns_again_is_refused() -> None:
    assert refusals(HEADER, OAK, HEADER, OAK) == [("table-shape", 3, 1)]


def test_the_names_are_looked_for_below_the_row_that_is_declared() -> None:
    assert refusals(["Trees of 2026"], HEADER, OAK, HEADER, header_row=2) == [("table-shape", 4, 1)]


@pytest.mark.parametrize("rows", [
    [HEADER, ["species", "none"]], [["species"], ["species"]], [["Trees"], HEADER, OAK],
], ids=["one of the names", "of one column", "above the header"])
def test_a_row_that_only_looks_like_the_names_is_a_row(rows: list[list[object]]) -> None:
    assert refusals(*rows, header_row=len(rows) - 1) == []


def test_the_first_row_in_ods_may_stand_for_two_with_the_same_names() -> None:
    found = attempt(an_ods({"Trees": ods_row(ods_text("a"), ods_text("b"), number_rows_repeated=2)}), "trees.ods")

    assert [placed(each) for each in found.problems] == [("table-shape", 2, 1)]
