"""XLSX workbooks: what other programs write comes out as it went in, and what no table could be is refused at its cell."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given, strategies as st
from python_calamine import CalamineWorkbook

from cityfolio.tables.limits import Limits
from cityfolio.tables.readers.doubles import shortest
from cityfolio.tables.readers.xlsx import read_xlsx
from cityfolio.tables.readers.xlsx_strings import SharedStrings, unescaped
from cityfolio.tables.table import PORTION_ROWS, Place, Unreadable
from tables.making import SENSITIVE, a_job, rows_of
from tables.readers.making_sheets import (
    MAIN,
    STRICT,
    STRICT_LINKS,
    TEXTS,
    a_dated_cell,
    a_sheet,
    a_zip,
    an_xlsx,
    attempt,
    by_openpyxl,
    by_xlsxwriter,
    cell,
    inline,
    links,
    parts,
    problem,
    read,
    styles,
    table,
    under_a_name,
)

HEADER = f'<row r="1">{inline("A1", "species")}{inline("B1", "height")}</row>'
FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm:ss.000", "time": "hh:mm:ss.000"}
# A spreadsheet knows no time zones, so these are moments by the clock alone.
MOMENTS = st.datetimes(datetime.fromisoformat("1900-03-01"), datetime.fromisoformat("9999-12-31T23:59:59"))
SECONDS = MOMENTS.map(lambda each: each.replace(microsecond=0))
NOON = datetime.fromisoformat("2026-06-30T12:00:00")
# Both writers keep no more than sixteen digits.
FLOATS = st.floats(-1e300, 1e300).map(lambda each: float(f"{each:.15g}"))
NUMBERS = st.one_of(st.integers(-(10**30), 10**30).map(str), st.floats(allow_nan=False, allow_infinity=False).map(repr),
                    st.decimals(allow_nan=False, allow_infinity=False, places=8).map(str))
CALAMINE_TEXTS = st.text(st.characters(categories=("L", "N", "P", "S"), exclude_characters="_"), min_size=1, max_size=12)


# Round trips


@given(st.lists(TEXTS, min_size=1))
def test_text_from_xlsxwriter_keeps_every_character(texts: list[str]) -> None:
    header, rows = read(by_xlsxwriter([["text", "end"], *([text, "."] for text in texts)]))

    assert header == ("text", "end")
    assert [row[0] or "" for row in rows] == texts


@given(st.lists(TEXTS, min_size=1))
def test_text_from_openpyxl_keeps_every_character(texts: list[str]) -> None:
    body = by_openpyxl([["text", "end"], *([text.replace("_x", "_y"), "."] for text in texts)])

    assert [row[0] or "" for row in read(body)[1]] == [text.replace("_x", "_y") for text in texts]


@given(st.lists(NUMBERS, min_size=1))
def test_numbers_keep_every_digit_but_those_of_a_double_written_out(numbers: list[str]) -> None:
    cells = "".join(f"<row><c><v>{each}</v></c></row>" for each in numbers)

    assert read(an_xlsx(f'<row r="1">{inline("A1", "number")}</row>{cells}'))[1] == [(shortest(each),) for each in numbers]


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
@given(st.lists(st.one_of(st.integers(-(10**15), 10**15), FLOATS), min_size=1))
def test_numbers_come_out_with_the_value_that_was_written(write, numbers: list[float]) -> None:
    assert [float(row[0] or "") for row in read(write([["number"], *([each] for each in numbers)]))[1]] == numbers


@given(st.lists(SECONDS, min_size=1))
def test_days_with_a_time_come_out_as_iso(moments: list[datetime]) -> None:
    found = table(by_xlsxwriter([["moment"], *([each] for each in moments)], **FORMATS))

    assert found.kinds == ("datetime",)
    assert [row[0] for row in rows_of(found)] == [each.isoformat() for each in moments]


@given(st.lists(st.dates(date(1900, 1, 1)), min_size=1))
def test_days_come_out_as_iso(days: list[date]) -> None:
    found = table(by_xlsxwriter([["day"], *([each] for each in days)], **FORMATS))

    assert found.kinds == ("date",)
    assert [row[0] for row in rows_of(found)] == [each.isoformat() for each in days]


@given(st.lists(st.times(), min_size=1))
def test_times_come_out_as_iso_to_the_millisecond(times: list[time]) -> None:
    kept = [each.replace(microsecond=each.microsecond // 1_000 * 1_000) for each in times]
    found = table(by_xlsxwriter([["time"], *([each] for each in kept)], **FORMATS))

    assert found.kinds == ("time",)
    assert [time.fromisoformat(row[0] or "") for row in rows_of(found)] == kept


def test_a_zip_code_stays_as_it_is_shown() -> None:
    found = table(by_xlsxwriter([["zip"], [2134], [28202]], int="00000"))

    assert (found.kinds, rows_of(found)) == (("string",), [("02134",), ("28202",)])


def test_a_number_in_the_general_format_of_another_language_is_no_day() -> None:
    assert cell(a_dated_cell("45000", "Standard")) == ("45000", "integer")


@given(st.lists(st.lists(st.one_of(st.none(), st.booleans(), st.integers(0, 99)), min_size=3, max_size=3), min_size=1))
def test_blank_cells_stay_blank(rows: list[list[object]]) -> None:
    body = by_xlsxwriter([["a", "b", "c"], *rows, ["end", "end", "end"]])

    assert [[each is None for each in row] for row in read(body)[1][:-1]] == [[each is None for each in row] for row in rows]


def test_truth_comes_out_as_true_and_false() -> None:
    found = table(by_xlsxwriter([["open"], [True], [False]]))

    assert (found.kinds, rows_of(found)) == (("boolean",), [("true",), ("false",)])


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_a_workbook_of_more_than_a_portion_is_read_to_its_end(write) -> None:
    count = 2 * PORTION_ROWS + 5
    found = table(write([["number", "name"], *([number, f"tree {number % 7}"] for number in range(count))]))
    portions = list(found.portions)

    assert [portion.rows for portion in portions] == [PORTION_ROWS, PORTION_ROWS, 5]
    assert [text for portion in portions for text in portion.texts(0)] == [str(number) for number in range(count)]
    assert portions[2].texts(1)[-1] == f"tree {(count - 1) % 7}"


# A second opinion


@given(st.lists(st.tuples(CALAMINE_TEXTS, st.integers(-(10**9), 10**9), st.booleans(), st.dates(date(1950, 1, 1))), min_size=1))
def test_another_reader_sees_the_same_in_an_ordinary_workbook(rows: list[tuple[str, int, bool, date]]) -> None:
    body = by_xlsxwriter([["text", "number", "truth", "day"], *rows], **FORMATS)
    other = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()

    assert [(text, float(number), truth == "true", date.fromisoformat(day)) for text, number, truth, day in read(body)[1]] == [
        tuple(row) for row in other[1:]]


def test_another_reader_sees_the_same_sparse_cells() -> None:
    body = by_openpyxl([["a", "b"], [1, None], [None, None], [None, 2.5]])
    other = openpyxl.load_workbook(BytesIO(body)).active.values

    assert read(body)[1] == [tuple(None if each is None else str(each) for each in row) for row in list(other)[1:]]


# Text


@pytest.mark.parametrize(("strings", "text"), [
    ("<si><t>oak</t></si>", "oak"),
    ("<si><r><rPr><b/></rPr><t>red</t></r><r><t> oak</t></r></si>", "red oak"),
    ("<si><t>東京</t><rPh sb='0' eb='2'><t>トウキョウ</t></rPh><phoneticPr fontId='1'/></si>", "東京"),
    ('<si><t xml:space="preserve"> oak </t></si>', " oak "),
    ("<si><t> oak </t></si>", " oak "),
    ("<si>\n  <t>oak</t>\n</si>", "oak"),
    ("<si><t>red_x000D_oak</t></si>", "red\roak"),
    ("<si><t>red&#13;&#10;oak</t></si>", "red\r\noak"),
    ("<si><t><![CDATA[<oak> & ]]>ash</t></si>", "<oak> & ash"),
    ("<si><t>_x005F_x0041_</t></si>", "_x0041_"),
    ("<si><t>=1+1</t></si>", "=1+1"),
    ("<si><t>01234</t></si>", "01234"),
    ("<si><t>NA</t></si>", "NA"),
], ids=["plain", "rich", "phonetic", "blanks marked", "blanks unmarked", "laid out", "escape", "references", "cdata",
        "escaped escape", "formula", "zeros", "NA"])
def test_shared_text_is_what_a_reader_of_the_sheet_sees(strings: str, text: str) -> None:
    assert cell(under_a_name('<c r="A2" t="s"><v>0</v></c>', strings=strings)) == (text, "string")


def test_an_empty_shared_text_is_empty_and_no_blank_cell() -> None:
    body = under_a_name('<c r="A2" t="s"><v>0</v></c></row><row r="3"><c r="A3" t="s"><v>1</v></c>',
                        strings="<si><t/></si><si><t>oak</t></si>")

    assert read(body)[1] == [("",), ("oak",)]
    assert table(body).empty == {None, ""}


@pytest.mark.parametrize(("cells", "text"), [
    ('<c r="A2" t="inlineStr"><is><t>oak</t></is></c>', "oak"),
    ('<c r="A2" t="inlineStr"><is><r><t>red</t></r><r><t> oak</t></r><rPh sb="0" eb="1"><t>aka</t></rPh></is></c>', "red oak"),
    ('<c r="A2" t="str"><f>UPPER("oak")</f><v>OAK</v></c>', "OAK"),
    ('<c r="A2" t="str"><v>red_x000A_oak</v></c>', "red\noak"),
    ('<c t="str"><v>12</v></c>', "12"),
], ids=["inline", "inline rich", "formula", "escape", "no reference"])
def test_text_in_a_cell_is_read(cells: str, text: str) -> None:
    assert cell(under_a_name(cells)) == (text, "string")


@pytest.mark.parametrize(("stored", "text"), [
    ("_x0041_", "A"), ("_x00e9_", "é"), ("_X0041_", "_X0041_"), ("_x41_", "_x41_"), ("_x005F_x0041_", "_x0041_"),
    ("_xD83D__xDE00_", "\U0001f600"), ("_xD83D_", "_xD83D_"), ("_xDE00__xD83D_", "_xDE00__xD83D_"), ("x_x0041_x", "xAx"),
])
def test_an_escape_stands_for_its_character(stored: str, text: str) -> None:
    assert unescaped(stored) == text


@given(st.lists(st.one_of(TEXTS, st.text("oak", min_size=990, max_size=1_010)), max_size=8))
def test_shared_strings_are_kept_as_they_are(texts: list[str]) -> None:
    strings = SharedStrings()
    for text in texts:
        strings.add(text)

    assert [strings.text(number) for number in range(len(strings))] == texts


# Numbers, truth, errors


@pytest.mark.parametrize(("stored", "kind"), [
    ("12", "integer"), ("-3", "integer"), ("0", "integer"), ("12345678901234567890", "integer"), ("12.50", "number"),
    ("0.30000000000000004", "number"), ("1E-05", "number"), ("1.2345678901234567E+19", "number"), ("-0.5", "number"),
])
def test_a_number_is_the_text_that_is_stored(stored: str, kind: str) -> None:
    assert cell(under_a_name(f'<c r="A2"><v>{stored}</v></c>')) == (stored, kind)


def test_a_percentage_is_what_is_stored() -> None:
    assert cell(under_a_name('<c r="A2" s="1"><v>0.25</v></c>', xl__styles=styles({}, (0, 9)))) == ("0.25", "number")


def test_a_formula_has_the_value_that_was_calculated() -> None:
    assert cell(under_a_name('<c r="A2"><f>1+1</f><v>2</v></c>')) == ("2", "integer")


@pytest.mark.parametrize(("stored", "text"), [("1", "true"), ("0", "false"), ("true", "true"), ("false", "false")])
def test_truth_is_read_in_both_forms(stored: str, text: str) -> None:
    assert cell(under_a_name(f'<c r="A2" t="b"><v>{stored}</v></c>')) == (text, "boolean")


@pytest.mark.parametrize(("stored", "kind"), [("2026-06-30", "date"), ("2026-06-30T14:05:00", "datetime"), ("14:05:00", "time"),
                                              ("June", "string")])
def test_a_day_that_is_stored_as_one_stays_as_it_is(stored: str, kind: str) -> None:
    assert cell(under_a_name(f'<c r="A2" t="d"><v>{stored}</v></c>')) == (stored, kind)


def test_errors_are_counted_and_the_first_is_named() -> None:
    body = under_a_name('<c r="A2"><v>1</v></c></row><row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
                        '<row r="4"><c r="A4" t="e"><v>#REF!</v></c>')

    found = problem(body)

    assert (found.code, found.where.line, found.where.column) == ("sheet-error", 3, 1)
    assert found.says == "2 cells hold an error in place of a value (first: A3, `#DIV/0!`)"


def test_text_that_is_said_to_be_an_error_is_not_shown() -> None:
    assert problem(under_a_name('<c r="A2" t="e"><v>Jane Doe</v></c>')).says == (
        "1 cell holds an error in place of a value (first: A2)")


@pytest.mark.parametrize("cells", ['<c r="A2"><f>1+1</f></c>', '<c r="A2"><f>1+1</f><v/></c>',
                                   '<c r="A2" t="s"><f>A1</f><v></v></c>'])
def test_a_formula_that_was_never_calculated_is_named(cells: str) -> None:
    found = problem(under_a_name(cells))

    assert (found.code, found.says) == ("sheet-error", "1 cell holds a formula that was never calculated (first: A2)")


def test_formulas_of_a_writer_that_does_not_calculate_are_named() -> None:
    book = openpyxl.Workbook()
    book.active.append(["total"])
    book.active.append(["=1+1"])
    body = BytesIO()
    book.save(body)

    assert problem(body.getvalue()).says == "1 cell holds a formula that was never calculated (first: A2)"


def test_errors_above_the_header_do_no_harm() -> None:
    body = an_xlsx('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>'
                   f'<row r="2">{inline("A2", "species")}</row><row r="3">{inline("A3", "oak")}</row>')

    assert read(body, header_row=2) == (("species",), [("oak",)])


# Days and times


@pytest.mark.parametrize(("value", "code", "text", "kind"), [
    ("46203", "yyyy-mm-dd", "2026-06-30", "date"),
    ("46203.586805555555", "yyyy-mm-dd hh:mm", "2026-06-30T14:05:00", "datetime"),
    ("46203", "yyyy-mm-dd hh:mm", "2026-06-30T00:00:00", "datetime"),
    ("46203.5", "yyyy-mm-dd", "2026-06-30T12:00:00", "datetime"),
    ("46203.5868055556", "m/d/yy h:mm", "2026-06-30T14:05:00", "datetime"),
    ("46203.00000578704", "yyyy-mm-dd hh:mm:ss.000", "2026-06-30T00:00:00.5", "datetime"),
    ("0.5868055555555556", "hh:mm", "14:05:00", "time"),
    ("0", "hh:mm", "00:00:00", "time"),
    ("0.9999999999", "hh:mm", "23:59:59.999", "time"),
    ("46203.9999999999", "yyyy-mm-dd hh:mm", "2026-07-01T00:00:00", "datetime"),
    ("1.5", "[h]:mm", "1.5", "number"),
    ("1", "yyyy-mm-dd", "1900-01-01", "date"),
    ("59", "yyyy-mm-dd", "1900-02-28", "date"),
    ("60", "yyyy-mm-dd", "1900-02-29", "string"),
    ("60.5", "yyyy-mm-dd hh:mm", "1900-02-29T12:00:00", "string"),
    ("61", "yyyy-mm-dd", "1900-03-01", "date"),
    ("0", "yyyy-mm-dd", "0", "number"),
    ("-1", "yyyy-mm-dd", "-1", "number"),
    ("2958465", "yyyy-mm-dd", "9999-12-31", "date"),
    ("2958466", "yyyy-mm-dd", "2958466", "number"),
    ("2958465.99999999999", "yyyy-mm-dd", "2958465.99999999999", "number"),
    ("1E+300", "yyyy-mm-dd", "1E+300", "number"),
    ("4.6203E+4", "yyyy-mm-dd", "2026-06-30", "date"),
])
def test_a_stored_number_is_the_day_or_time_its_format_shows(value: str, code: str, text: str, kind: str) -> None:
    assert cell(a_dated_cell(value, code)) == (text, kind)


@pytest.mark.parametrize(("value", "code", "text"), [
    ("0", "yyyy-mm-dd", "1904-01-01"), ("44741", "yyyy-mm-dd", "2026-06-30"), ("0.5", "hh:mm", "12:00:00"),
    ("0.5", "yyyy-mm-dd hh:mm", "1904-01-01T12:00:00"), ("60", "yyyy-mm-dd", "1904-03-01"),
    ("2957003", "yyyy-mm-dd", "9999-12-31"), ("2957004", "yyyy-mm-dd", "2957004"),
])
@pytest.mark.parametrize("flag", ["1", "true"])
def test_a_workbook_may_count_from_1904(value: str, code: str, text: str, flag: str) -> None:
    assert cell(a_dated_cell(value, code, f'<workbookPr date1904="{flag}"/>'))[0] == text


@given(st.integers(0, 86_400_000 - 1), st.integers(61, 2_958_465))
def test_every_millisecond_of_every_day_comes_out_right(ms: int, day: int) -> None:
    stored = repr(float(Decimal(day) + Decimal(ms) / 86_400_000))
    meant = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(days=day, milliseconds=ms)

    assert datetime.fromisoformat(f"{cell(a_dated_cell(stored, 'yyyy-mm-dd hh:mm'))[0]}+00:00") == meant


def test_whole_days_among_days_with_a_time_are_written_with_midnight() -> None:
    found = table(by_xlsxwriter([["when"], [date(2026, 6, 30)], [NOON], [date(2026, 7, 1)]], **FORMATS))

    assert found.kinds == ("datetime",)
    assert rows_of(found) == [("2026-06-30T00:00:00",), ("2026-06-30T12:00:00",), ("2026-07-01T00:00:00",)]


# Columns


@pytest.mark.parametrize(("cells", "kind"), [
    ([1, 2.5], "number"), ([1, 2], "integer"), ([1, "x"], "string"), (["01234", "1"], "string"), ([True, 1], "string"),
    ([None, None], None), ([None, 1], "integer"), ([date(2026, 6, 30), 1], "string"), ([time(14, 5), NOON], "string"),
], ids=str)
def test_a_column_is_what_all_its_filled_cells_are(cells: list[object], kind: str | None) -> None:
    body = by_xlsxwriter([["asked", "end"], *([each, "x"] for each in cells)], **FORMATS)

    assert table(body).kinds == (kind, "string")


def test_a_table_may_begin_further_down_and_further_right() -> None:
    body = by_xlsxwriter([["Trees of the city"], [], [None, None, "species", "height"], [None, None, "oak", 12.5]])
    found = table(body, header_row=3)

    assert (found.header, rows_of(found)) == (("species", "height"), [("oak", "12.5")])
    assert found.source.header() == (Place(line=3, column=3), Place(line=3, column=4))
    assert found.source.cells([(0, 1)]) == {(0, 1): Place(line=4, column=4)}


def test_an_empty_column_between_others_is_passed_over() -> None:
    body = by_xlsxwriter([["species", None, "height"], ["oak", None, 12.5], [None, None, 8]])
    found = table(body)

    assert (found.header, rows_of(found)) == (("species", "height"), [("oak", "12.5"), (None, "8")])
    assert found.source.cells([(1, 1)]) == {(1, 1): Place(line=3, column=3)}


@pytest.mark.parametrize("cells", [["species", None], ["species", "  "]], ids=["blank", "spaces"])
def test_a_column_with_values_and_no_name_is_refused(cells: list[str | None]) -> None:
    found = problem(by_xlsxwriter([cells, ["oak", None], ["elm", 8], ["ash", 9]]))

    assert (found.code, found.where.line, found.where.column) == ("column-unnamed", 1, 2)
    assert found.says == "column B has no name in row 1, and is not empty (see B3)"


def test_empty_text_in_a_column_without_a_name_does_no_harm() -> None:
    body = an_xlsx(f'{HEADER}<row r="2">{inline("A2", "oak")}{inline("D2", "")}</row>')

    assert read(body) == (("species", "height"), [("oak", None)])


def test_two_columns_of_one_name_are_refused() -> None:
    found = problem(by_xlsxwriter([["height", "species", "height"], [1, "oak", 2]]))

    assert (found.code, found.where.line, found.where.column) == ("column-repeated", 1, 3)
    assert found.says == "columns A and C are both named `height`"


def test_everything_that_is_wrong_is_said_at_once() -> None:
    body = an_xlsx(f'<row r="1">{inline("A1", "a")}{inline("B1", "a")}</row><row r="2"><c r="C2" t="e"><v>#N/A</v></c></row>',
                   '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>')

    assert [each.code for each in attempt(body).problems] == [
        "column-unnamed", "column-repeated", "sheet-merged", "sheet-error"]


def test_names_need_not_be_text() -> None:
    assert table(by_xlsxwriter([[2024, 2025.5, True], [1, 2, 3]])).header == ("2024", "2025.5", "true")


def test_more_columns_than_can_be_read_are_refused() -> None:
    assert problem(by_xlsxwriter([[f"c{number}" for number in range(5_001)]])).code == "file-large"


# Rows


def test_empty_rows_in_between_stay_and_those_at_the_end_do_not() -> None:
    body = an_xlsx(f'{HEADER}<row r="3">{inline("A3", "oak")}</row><row r="4"/><row r="6"><c r="B6"><v>8</v></c></row>'
                   '<row r="7"><c r="A7" s="0"/></row><row r="90"/>')

    assert read(body)[1] == [(None, None), ("oak", None), (None, None), (None, None), (None, "8")]


def test_rows_of_nothing_but_empty_text_at_the_end_are_passed_over() -> None:
    body = an_xlsx(f'{HEADER}<row r="2">{inline("A2", "")}</row><row r="3">{inline("A3", "oak")}</row>'
                   f'<row r="4">{inline("A4", "")}</row>')

    assert read(body)[1] == [("", None), ("oak", None)]


def test_rows_and_cells_without_a_place_follow_one_another() -> None:
    body = an_xlsx('<row><c t="str"><v>species</v></c><c t="str"><v>height</v></c></row>'
                   '<row><c/><c><v>8</v></c></row><row r="4"><c r="B4"><v>9</v></c></row><row><c t="str"><v>oak</v></c></row>')

    assert read(body) == (("species", "height"), [(None, "8"), (None, None), (None, "9"), ("oak", None)])


def test_hidden_rows_and_columns_are_data() -> None:
    body = an_xlsx(f'{HEADER}<row r="2" hidden="1">{inline("A2", "oak")}</row>')

    assert read(body)[1] == [("oak", None)]


def test_a_table_without_rows_is_one() -> None:
    found = table(an_xlsx(HEADER))

    assert (found.header, found.kinds, rows_of(found)) == (("species", "height"), (None, None), [])


@pytest.mark.parametrize(("rows", "says"), [
    ("", "sheet `Trees` holds nothing from row 1 on"),
    (f'<row r="2">{inline("A2", "species")}</row>', "row 1 of sheet `Trees` is empty, so the columns have no names"),
    ('<row r="1"><c r="A1" s="0"/></row><row r="9"><c r="B9"><v>1</v></c></row>',
     "row 1 of sheet `Trees` is empty, so the columns have no names"),
], ids=["empty", "header below", "nothing but style"])
def test_a_sheet_without_a_header_is_no_table(rows: str, says: str) -> None:
    found = problem(an_xlsx(rows))

    assert (found.code, found.says) == ("table-shape", says)


# Merged cells


@pytest.mark.parametrize("area", ["A3:A7", "A1:B1", "B2:C9", "A1:A2"])
def test_merged_cells_in_the_table_are_refused(area: str) -> None:
    found = problem(an_xlsx(f'{HEADER}<row r="3">{inline("A3", "oak")}</row>',
                            f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'))

    assert (found.code, found.says) == ("sheet-merged", f"the cells {area} are merged into one")


def test_the_first_merged_cells_are_named_and_the_others_counted() -> None:
    after = '<mergeCells><mergeCell ref="B3:B4"/><mergeCell ref="A5:A6"/><mergeCell ref="A3:A4"/></mergeCells>'
    found = problem(an_xlsx(f'{HEADER}<row r="6">{inline("A6", "oak")}</row>', after))

    assert (found.says, found.where.line, found.where.column) == ("the cells A3:A4 are merged into one, and 2 more areas", 3, 1)


@pytest.mark.parametrize("area", ["A1:B1", "D2:E9", "A8:B9", "A2:A2"], ids=["above", "beside", "below", "one cell"])
def test_merged_cells_outside_of_the_table_do_no_harm(area: str) -> None:
    body = an_xlsx(f'<row r="1">{inline("A1", "Trees")}</row><row r="2">{inline("A2", "species")}</row>'
                   f'<row r="3">{inline("A3", "oak")}</row>', f'<mergeCells><mergeCell ref="{area}"/></mergeCells>')

    assert read(body, header_row=2) == (("species",), [("oak",)])


# Sheets

TWO = {"Trees": a_sheet(HEADER), "Parks": a_sheet(f'<row r="1">{inline("A1", "park")}</row>'), "Notes": a_sheet("")}


def test_a_sheet_is_read_by_its_name() -> None:
    found = table(a_zip(parts(TWO)), sheet="Parks")

    assert (found.header, found.sheet) == (("park",), "Parks")


def test_the_only_sheet_that_holds_something_needs_no_name() -> None:
    styled = a_sheet('<row r="1"><c r="A1" s="0"/><c r="B1"><v/></c></row>')
    sheets = {"Notes": styled, "Parks": TWO["Parks"], "More": a_sheet("")}

    assert table(a_zip(parts(sheets))).sheet == "Parks"


def test_one_of_several_sheets_has_to_be_named() -> None:
    found = problem(a_zip(parts(TWO)))

    assert (found.code, found.says) == ("sheet-unknown", "the file has 2 sheets with something in them, and none is named")
    assert found.fix == 'Write one of them as `sheet:` in the file\'s entry: "Trees", "Parks".'


def test_a_sheet_that_is_not_there_is_named_with_what_was_probably_meant() -> None:
    found = problem(a_zip(parts(TWO)), sheet="Tree")

    assert (found.code, found.says) == ("sheet-unknown", 'the file has no sheet "Tree"')
    assert found.fix == 'Did you mean "Trees"? Known: Notes, Parks, Trees.'


def test_sheets_without_anything_hold_no_table() -> None:
    assert problem(a_zip(parts({"One": a_sheet(""), "Two": a_sheet("")}))).code == "table-shape"


def test_a_hidden_sheet_is_a_sheet() -> None:
    made = parts(TWO)
    made["xl/workbook.xml"] = str(made["xl/workbook.xml"]).replace('name="Parks"', 'name="Parks" state="veryHidden"')

    assert table(a_zip(made), sheet="Parks").header == ("park",)


def test_a_sheet_with_a_chart_is_none() -> None:
    made = parts(TWO)
    made["xl/_rels/workbook.xml.rels"] = str(made["xl/_rels/workbook.xml.rels"]).replace(
        'worksheet" Target="worksheets/rId1', 'chartsheet" Target="chartsheets/rId1')

    assert table(a_zip(made)).sheet == "Parks"


# Forms of a workbook


def test_a_workbook_in_the_strict_form_is_read() -> None:
    made = parts({"Trees": a_sheet(HEADER, space=STRICT)}, STRICT, STRICT_LINKS)

    assert table(a_zip(made)).header == ("species", "height")


def test_elements_may_have_a_prefix() -> None:
    rows = '<x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row>'
    sheet = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'

    assert table(a_zip(parts({"Trees": sheet}))).header == ("7",)


def test_elements_of_other_makers_are_passed_over() -> None:
    extra = '<ext xmlns="urn:other"><row><c r="A9"><v>1</v></c></row></ext>'
    body = an_xlsx(f"{HEADER}{extra}<row r='2'>{extra}{inline('A2', 'oak')}</row>", f"<extLst>{extra}</extLst>")

    assert read(body)[1] == [("oak", None)]


def test_utf_16_is_read() -> None:
    sheet = f'<?xml version="1.0" encoding="UTF-16"?>{a_sheet(HEADER)}'.encode("utf-16")
    made = parts({"Trees": a_sheet(HEADER)})
    made["xl/worksheets/rId1.xml"] = sheet

    assert table(a_zip(made)).header == ("species", "height")


@pytest.mark.parametrize("target", ["/xl/worksheets/rId1.xml", "worksheets/rId1.xml", "./worksheets/../worksheets/rId1.xml",
                                    "Worksheets/RID1.XML"])
def test_a_part_is_found_by_any_form_of_its_name(target: str) -> None:
    made = parts({"Trees": a_sheet(HEADER)})
    made["xl/_rels/workbook.xml.rels"] = links({"rId1": ("worksheet", target)})

    assert table(a_zip(made)).header == ("species", "height")


def test_a_workbook_needs_neither_styles_nor_shared_text() -> None:
    made = parts({"Trees": a_sheet(HEADER + '<row r="2"><c r="B2" s="0"><v>8</v></c></row>')})
    made["xl/_rels/workbook.xml.rels"] = links({"rId1": ("worksheet", "worksheets/rId1.xml")})
    del made["xl/styles.xml"], made["xl/sharedStrings.xml"]

    assert read(a_zip(made))[1] == [(None, "8")]


# What is not valid


def without(name: str) -> bytes:
    """A workbook that lacks a part."""
    return a_zip({each: part for each, part in parts(TWO).items() if each != name})


@pytest.mark.parametrize("name", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/rId1.xml",
                                  "xl/styles.xml", "xl/sharedStrings.xml"])
def test_a_part_that_is_missing_is_named(name: str) -> None:
    found = problem(without(name), sheet="Trees")

    assert (found.code, found.says) == ("table-syntax", f"the file lacks `{name}`, which a workbook of its kind has")


def test_a_binary_workbook_is_named() -> None:
    body = a_zip({"_rels/.rels": links({"rId1": ("officeDocument", "xl/workbook.bin")}), "xl/workbook.bin": b"\x83\x01"})

    assert problem(body).says == "the file is a binary workbook (.xlsb)"


@pytest.mark.parametrize("made", [
    {"_rels/.rels": links({})},
    {"_rels/.rels": links({"a": ("officeDocument", "word/document.xml")}), "word/document.xml": "<document/>"},
], ids=["nothing", "a letter"])
def test_a_zip_of_something_else_is_no_workbook(made: dict[str, str | bytes]) -> None:
    assert (problem(a_zip(made)).code, problem(a_zip(made)).says) == ("table-syntax", "the file holds no workbook")


def test_a_workbook_without_a_worksheet_is_refused() -> None:
    assert problem(a_zip(parts({}))).says == "the workbook has no sheet of cells"


def test_broken_xml_is_refused_with_its_place() -> None:
    found = problem(a_zip(parts({"Trees": "<worksheet>\n<sheetData></worksheet>"})))

    assert (found.code, found.says) == (
        "table-syntax", "`xl/worksheets/rId1.xml` inside the file is not valid XML (line 2, column 14)")


def test_xml_that_ends_too_early_is_refused() -> None:
    assert problem(a_zip(parts({"Trees": a_sheet(HEADER)[:-20]}))).code == "table-syntax"


@pytest.mark.parametrize("encoding", ["utf-7", "no-such", "big5", "cp037"])
def test_an_encoding_that_is_not_allowed_is_refused(encoding: str) -> None:
    found = problem(a_zip(parts({"Trees": f'<?xml version="1.0" encoding="{encoding}"?>{a_sheet(HEADER)}'})))

    assert (found.code, found.says) == (
        "table-syntax", f"its XML is in the encoding `{encoding}`, and only UTF-8 and UTF-16 are allowed")


@pytest.mark.parametrize(("cells", "says"), [
    ('<c r="A2"><v>oak</v></c>', "A2 is said to be a number and holds `oak`"),
    ('<c r="A2"><v>INF</v></c>', "A2 is said to be a number and holds `INF`"),
    ('<c r="A2"><v>²</v></c>', "A2 is said to be a number and holds `²`"),
    ('<c><v>oak</v></c>', "a cell is said to be a number and holds `oak`"),
    ('<c r="A2" t="s"><v>1</v></c>', "A2 names shared text `1`, which the file does not have"),
    ('<c r="A2" t="s"><v>-1</v></c>', "A2 names shared text `-1`, which the file does not have"),
    ('<c r="A2" t="b"><v>2</v></c>', "A2 is of kind `b` and holds `2`, which makes no value"),
    ('<c r="A2" t="q"><v>2</v></c>', "A2 is of kind `q` and holds `2`, which makes no value"),
    ('<c r="A2" s="7"><v>2</v></c>', "A2 has style `7`, which the file does not have"),
    ('<c r="B2"><v>1</v></c><c r="A2"><v>1</v></c>', "in the sheet's XML cell `A2` stands in row 2 after B2"),
    ('<c r="A2"><v>1</v></c><c r="A2"><v>1</v></c>', "in the sheet's XML cell `A2` stands in row 2 after A2"),
    ('<c r="A3"><v>1</v></c>', "in the sheet's XML cell `A3` stands in row 2"),
    ('<c r="XFE2"><v>1</v></c>', "in the sheet's XML cell `XFE2` stands in row 2"),
    ('<c r="2"><v>1</v></c>', "in the sheet's XML cell `2` stands in row 2"),
    ('<c r="A2"><v>1</v><v>2</v></c>', "in the sheet's XML a cell holds two values"),
    ('<c r="A2"><c r="A2"/></c>', "in the sheet's XML a cell stands where none may"),
    ('</row><c r="A2"/><row>', "in the sheet's XML a cell stands where none may"),
    ('</row><row r="2">', "in the sheet's XML row `2` follows row 2"),
    ('</row><row r="1048577">', "in the sheet's XML row `1048577` follows row 2"),
    ('</row><row r="x">', "in the sheet's XML row `x` follows row 2"),
    ('<row r="3"/>', "in the sheet's XML row `3` follows row 2"),
    ('<mergeCell ref="A"/>', "in the sheet's XML merged cells stand at `A`, which is no place"),
])
def test_a_cell_that_makes_no_sense_is_refused(cells: str, says: str) -> None:
    found = problem(under_a_name(cells))

    assert (found.code, found.says) == ("table-syntax", says)


def test_a_file_with_personal_data_shows_no_value() -> None:
    with pytest.raises(Unreadable) as caught:
        read_xlsx(BytesIO(under_a_name('<c r="A2"><v>Jane Doe</v></c>')), a_job("trees.xlsx", {"value": SENSITIVE}))

    assert caught.value.problems[0].says == "A2 is said to be a number and holds something"


# Files made to do harm


def test_cells_at_both_ends_of_a_sheet_are_refused() -> None:
    found = problem(an_xlsx('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))

    assert (found.code, found.where.line, found.where.column) == ("table-limit", 1_048_576, 16_384)
    assert found.says == "the table reaches to XFD1048576 and has 17,179,869,184 cells, and the limit is 20,000,000"
    assert found.fix == ("Clear XFD1048576 if nothing should be there. If the file is meant to be so, write "
                         "`limits: {cells: 17179869184}` in site.yaml.")


def test_a_header_and_one_cell_far_below_are_rows_in_between() -> None:
    found = table(an_xlsx(f'{HEADER}<row r="20001"><c r="B20001"><v>1</v></c></row>'))

    assert [portion.rows for portion in found.portions] == [10_000, 10_000]


def test_an_area_of_more_cells_than_the_limit_is_refused() -> None:
    body = by_xlsxwriter([["a", "b"], *([1, 2] for _ in range(10))])

    assert problem(body, limits=Limits(cells=21)).code == "table-limit"
    assert attempt(body, limits=Limits(cells=22)).problems == ()


def test_one_long_text_in_many_cells_is_refused() -> None:
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(2, 1_200))
    body = an_xlsx(f'<row r="1">{inline("A1", "a")}</row>{cells}', strings=f"<si><t>{'oak' * 1_000}</t></si>")

    assert problem(body, limits=Limits(expanded_bytes=3_000_000)).code == "table-limit"
    assert attempt(body, limits=Limits(expanded_bytes=3_600_000)).problems == ()


BILLION = ('<!DOCTYPE x [<!ENTITY a "oak"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
           '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>')
OUTSIDE = '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]>'
ELSEWHERE = '<!DOCTYPE x SYSTEM "https://example.gov/x.dtd">'


@pytest.mark.parametrize("declared", [BILLION, OUTSIDE, ELSEWHERE], ids=["growing", "external", "external subset"])
@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/rId1.xml",
                                  "xl/styles.xml", "xl/sharedStrings.xml"])
def test_a_document_type_is_refused_in_every_part(declared: str, part: str) -> None:
    made = parts({"Trees": a_sheet(f'<row r="1"><c r="A1" t="str"><v>{"&c;" if part.endswith("1.xml") else ""}</v></c></row>')})
    found = problem(a_zip({**made, part: declared + str(made[part])}))

    assert (found.code, found.says) == (
        "table-syntax", "its XML declares a document type, by which a small file can grow without end")


def test_elements_one_in_the_other_without_end_are_refused() -> None:
    body = an_xlsx(HEADER + "<a>" * 2_000 + "</a>" * 2_000)

    assert problem(body).says == "elements of its XML lie one in the other without end"


def test_a_tag_without_end_is_refused() -> None:
    assert "holds a tag of more than 1,048,576 bytes" in problem(an_xlsx(f'{HEADER}<row a="{"x" * 3_000_000}"/>')).says
