"""OpenDocument spreadsheets: cells come out as they are stored, and what no table could be is refused at its cell."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import pytest
from hypothesis import given, strategies as st
from python_calamine import CalamineWorkbook

from cityfolio.tables.limits import Limits
from cityfolio.tables.readers.ods import read_ods
from cityfolio.tables.table import Place, Unreadable
from tables.making import SENSITIVE, a_job, rows_of
from tables.readers import making_sheets
from tables.readers.making_sheets import (
    ODS_NAMES,
    TEXTS,
    a_zip,
    an_ods,
    attempt,
    ods_number,
    ods_row,
    ods_text,
    ods_under_a_name,
    ods_value,
)

PATH = "trees.ods"
HEADER = ods_row(ods_text("species"), ods_text("height"))
BLANK = "<table:table-cell/>"
TREES = HEADER + ods_row(ods_text("oak"), ods_number("12.5"))
NOTE = "<office:annotation><text:p>Jane looked at it</text:p></office:annotation>"


def cell(xml: str) -> tuple[object, object]:
    """The text of a cell below a name, and the kind of its column."""
    return making_sheets.cell(ods_under_a_name(xml), PATH)


def stored(text: str) -> str:
    """Text as a spreadsheet program stores it: blanks in a row by number, tabs and line ends as elements."""
    kept = {"\t": "<text:tab/>", "\n": "<text:line-break/>", " ": "<text:s/>"}
    return "".join(kept.get(letter, escape(letter)) for letter in text)


def a_cell(value_type: str, attributes: str, inside: str = "") -> str:
    """The XML of a cell."""
    kind = f' office:value-type="{value_type}"' if value_type else ""
    return f"<table:table-cell{kind} {attributes}>{inside}</table:table-cell>"


@given(st.lists(TEXTS, min_size=1))
def test_text_keeps_every_character(texts: list[str]) -> None:
    rows = "".join(ods_row(ods_text(stored(text)), ods_text(".")) for text in texts)

    assert [row[0] for row in making_sheets.read(an_ods({"Trees": HEADER + rows}), PATH)[1]] == texts


@given(st.lists(st.integers(-(10**30), 10**30), min_size=1))
def test_numbers_keep_every_digit(numbers: list[int]) -> None:
    found = making_sheets.table(ods_under_a_name(*(ods_number(str(each)) for each in numbers)), PATH)

    assert found.kinds == ("integer",)
    assert rows_of(found) == [(str(each),) for each in numbers]


def test_another_reader_sees_the_same_in_an_ordinary_sheet() -> None:
    rows = ods_row(ods_text("oak"), ods_number("12.5")) + ods_row(ods_text("elm"), BLANK) + ods_row(BLANK, ods_number("8"))
    body = an_ods({"Trees": HEADER + rows}, **{"META-INF__manifest": f"<manifest:manifest {ODS_NAMES}/>"})
    other = CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()

    assert [[text or "", float(number) if number else ""] for text, number in making_sheets.read(body, PATH)[1]] == other[1:]


@pytest.mark.parametrize(("inside", "text"), [
    ("red <text:span>oak</text:span>", "red oak"),
    ("red   \n oak", "red oak"),
    ("  red oak", "red oak"),
    ("red oak ", "red oak "),
    ('red<text:s text:c="3"/>oak', "red   oak"),
    ("<text:s/>red<text:s/>", " red "),
    ("red<text:tab/>oak<text:line-break/>", "red\toak\n"),
    ('see <text:a xlink:href="#a" xmlns:xlink="http://www.w3.org/1999/xlink">the oak</text:a>', "see the oak"),
    ("<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>トウキョウ</text:ruby-text></text:ruby>の木", "東京の木"),
    ("red</text:p><text:p>oak", "red\noak"),
    ("red</text:p><text:p/><text:p>oak", "red\n\noak"),
    (f"red</text:p>{NOTE}<text:p>oak", "red\noak"),
    ("=1+1", "=1+1"),
    ("01234", "01234"),
], ids=["span", "blanks", "before", "after", "spaces", "ends", "tab", "link", "ruby", "paragraphs", "empty paragraph", "note",
        "formula", "zeros"])
def test_text_is_what_a_reader_of_the_sheet_sees(inside: str, text: str) -> None:
    assert cell(ods_text(inside)) == (text, "string")


def test_text_that_is_stored_beside_what_is_shown_goes_before_it() -> None:
    assert cell(a_cell("string", 'office:string-value="red  oak"', "<text:p>red oak</text:p>")) == ("red  oak", "string")


@pytest.mark.parametrize("aside", [
    NOTE,
    "<draw:frame><draw:text-box><text:p>a box</text:p></draw:text-box></draw:frame>",
    "<draw:object><table:table><table:table-row><table:table-cell/></table:table-row></table:table></draw:object>",
    "<table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table>",
], ids=["note", "box", "chart", "table in a cell"])
def test_what_lies_on_a_cell_is_no_part_of_it(aside: str) -> None:
    body = ods_under_a_name(a_cell("string", "", f"{aside}<text:p>oak</text:p>"))

    assert making_sheets.read(body, PATH) == (("value",), [("oak",)])


@pytest.mark.parametrize(("xml", "text", "kind"), [
    (ods_number("12"), "12", "integer"),
    (ods_number("0.30000000000000004"), "0.30000000000000004", "number"),
    (ods_number("1E-05"), "1E-05", "number"),
    (ods_number("2134").replace("shown", "02134"), "02134", "string"),
    (ods_number("2134", "currency").replace("shown", "02134"), "2134", "integer"),
    (ods_number("0.25", "percentage"), "0.25", "number"),
    (ods_number("9.5", "currency"), "9.5", "number"),
    (ods_value("boolean", "true"), "true", "boolean"),
    (ods_value("date", "2026-06-30"), "2026-06-30", "date"),
    (ods_value("date", "2026-06-30T14:05:00"), "2026-06-30T14:05:00", "datetime"),
    (ods_value("date", "-0044-03-15"), "-0044-03-15", "string"),
    (ods_value("time", "PT14H05M00S"), "14:05:00", "time"),
    (ods_value("time", "PT00H00M00.500S"), "00:00:00.5", "time"),
    (ods_value("time", "PT7M"), "00:07:00", "time"),
    (ods_value("time", "PT36H00M00S"), "PT36H00M00S", "string"),
    (ods_value("time", "-PT1H"), "-PT1H", "string"),
    (ods_value("time", "PT"), "PT", "string"),
    (ods_value("time", "P1D"), "P1D", "string"),
    (a_cell("", "", "<text:p>oak</text:p>"), "oak", "string"),
])
def test_a_stored_value_comes_out_as_it_is_stored(xml: str, text: str, kind: str) -> None:
    assert cell(xml) == (text, kind)


def test_stretches_of_a_day_or_more_make_none_of_a_column_a_time_of_day() -> None:
    found = making_sheets.table(ods_under_a_name(ods_value("time", "PT14H05M00S"), ods_value("time", "PT36H00M00S")), PATH)

    assert (found.kinds, rows_of(found)) == (("string",), [("PT14H05M00S",), ("PT36H00M00S",)])


def test_whole_days_among_days_with_a_time_are_written_with_midnight() -> None:
    cells = ods_value("date", "2026-06-30"), ods_value("date", "2026-06-30T14:05:00")
    found = making_sheets.table(ods_under_a_name(*cells), PATH)

    assert (found.kinds, rows_of(found)) == (("datetime",), [("2026-06-30T00:00:00",), ("2026-06-30T14:05:00",)])


def test_empty_text_is_empty_and_no_blank_cell() -> None:
    found = making_sheets.table(ods_under_a_name(ods_text(""), BLANK, a_cell("void", ""), ods_text("oak")), PATH)

    assert (rows_of(found), found.empty) == ([("",), (None,), (None,), ("oak",)], {None, ""})


# Repetition


def test_cells_and_rows_may_stand_for_many() -> None:
    rows = ods_row(ods_text("oak", number_columns_repeated=2), number_rows_repeated=3)

    assert making_sheets.read(an_ods({"Trees": HEADER + rows}), PATH)[1] == [("oak", "oak")] * 3


def test_blanks_to_the_ends_of_the_sheet_are_passed_over() -> None:
    wide = '<table:table-cell table:number-columns-repeated="16382"/>'
    deep = ods_row('<table:table-cell table:number-columns-repeated="16384"/>', number_rows_repeated=1_048_574)
    rows = ods_row(ods_text("species"), ods_text("height"), wide) + ods_row(ods_text("oak"), BLANK, wide)

    assert making_sheets.read(an_ods({"Trees": rows + deep}), PATH) == (("species", "height"), [("oak", None)])


def test_blank_rows_in_between_stay() -> None:
    body = an_ods({"Trees": HEADER + ods_row(BLANK, number_rows_repeated=2) + ods_row(BLANK, ods_number("8"))})

    assert making_sheets.read(body, PATH)[1] == [(None, None), (None, None), (None, "8")]


def test_a_repeated_row_may_be_the_header_and_data_at_once() -> None:
    body = an_ods({"Trees": ods_row(ods_text("oak"), number_rows_repeated=4)})

    assert making_sheets.read(body, PATH, header_row=2) == (("oak",), [("oak",), ("oak",)])


@pytest.mark.parametrize("repeated", ["1000000000", "0", "-1", "x", "99999999999999999999"])
def test_a_cell_that_stands_for_more_than_a_sheet_holds_is_refused(repeated: str) -> None:
    xml = a_cell("string", f'table:number-columns-repeated="{repeated}"', "<text:p>oak</text:p>")

    assert making_sheets.problem(ods_under_a_name(xml), PATH).code == "table-syntax"


def test_rows_that_stand_for_more_cells_than_the_limit_are_refused() -> None:
    body = an_ods({"Trees": HEADER + ods_row(ods_text("oak"), ods_text("12"), number_rows_repeated=999_999_999)})

    assert making_sheets.problem(body, PATH).code == "table-limit"


def test_cells_at_both_ends_of_a_sheet_are_refused() -> None:
    corner = '<table:table-cell table:number-columns-repeated="16383"/>' + ods_text("x")
    rows = ods_row(ods_text("a")) + ods_row(BLANK, number_rows_repeated=1_048_574) + ods_row(corner)
    found = making_sheets.problem(an_ods({"Trees": rows}), PATH)

    assert (found.code, found.where.line, found.where.column) == ("table-limit", 1_048_576, 16_384)


def test_a_row_beyond_the_end_of_every_sheet_is_refused() -> None:
    rows = ods_row(ods_text("a")) + ods_row(BLANK, number_rows_repeated=2_000_000) + ods_row(ods_text("x"))
    found = making_sheets.problem(an_ods({"Trees": rows}), PATH)

    assert (found.code, found.says) == ("table-syntax", "the sheet reaches to A2000002, and none has so many cells")


def test_one_long_text_in_many_cells_is_refused() -> None:
    body = an_ods({"Trees": HEADER + ods_row(ods_text("oak" * 1_000), number_rows_repeated=1_100)})

    assert making_sheets.problem(body, PATH, Limits(expanded_bytes=3_000_000)).code == "table-limit"


@pytest.mark.parametrize("count", ["100001", "1000000000000", "-1", "x"])
def test_blanks_without_end_are_refused(count: str) -> None:
    found = making_sheets.problem(ods_under_a_name(ods_text(f'<text:s text:c="{count}"/>')), PATH)

    assert (found.code, found.says) == ("table-syntax", f"the file stores `{count}` blanks as one")


# Faults of cells

DIVIDED = "<text:p>#DIV/0!</text:p>"
LIBRE_ERROR = a_cell("string", 'table:formula="of:=1/0" office:string-value="" calcext:value-type="error"', DIVIDED)
EXCEL_ERROR = a_cell("float", 'table:formula="of:=1/0" office:value="0"', DIVIDED)
NUMBERED_ERROR = a_cell("string", 'table:formula="of:=("', "<text:p>Err:508</text:p>")


@pytest.mark.parametrize(("xml", "shown"), [(LIBRE_ERROR, "#DIV/0!"), (EXCEL_ERROR, "#DIV/0!"), (NUMBERED_ERROR, "Err:508")],
                         ids=["LibreOffice", "Excel", "by number"])
def test_an_error_is_named(xml: str, shown: str) -> None:
    found = making_sheets.problem(ods_under_a_name(ods_number("1"), xml), PATH)

    assert (found.code, found.where.line, found.where.column) == ("sheet-error", 3, 1)
    assert found.says == f"1 cell holds an error in place of a value (first: A3, `{shown}`)"


def test_text_like_an_error_is_text() -> None:
    assert cell(ods_text("#REF!")) == ("#REF!", "string")


@pytest.mark.parametrize("xml", [a_cell("", 'table:formula="of:=1+1"'), a_cell("float", 'table:formula="of:=1+1"')],
                         ids=["nothing", "kind alone"])
def test_a_formula_that_was_never_calculated_is_named(xml: str) -> None:
    assert making_sheets.problem(ods_under_a_name(xml), PATH).says == (
        "1 cell holds a formula that was never calculated (first: A2)")


def test_a_formula_has_the_value_that_was_calculated() -> None:
    assert cell(a_cell("float", 'table:formula="of:=1+1" office:value="2"', "<text:p>2</text:p>")) == ("2", "integer")


@pytest.mark.parametrize(("xml", "says"), [
    (ods_number("oak"), "A2 should store a value as `value`, and stores `oak`"),
    (ods_number("NaN"), "A2 should store a value as `value`, and stores `NaN`"),
    (a_cell("date", ""), "A2 should store a value as `date-value`, and stores nothing"),
    (ods_value("boolean", "1"), "A2 should store a value as `boolean-value`, and stores `1`"),
    (a_cell("shape", ""), "A2 is of kind `shape`, which there is not"),
])
def test_a_cell_that_makes_no_sense_is_refused(xml: str, says: str) -> None:
    found = making_sheets.problem(ods_under_a_name(xml), PATH)

    assert (found.code, found.says, found.where.line) == ("table-syntax", says, 2)


def test_a_file_with_personal_data_shows_no_value() -> None:
    with pytest.raises(Unreadable) as caught:
        read_ods(BytesIO(ods_under_a_name(ods_number("Jane Doe"))), a_job(PATH, {"value": SENSITIVE}))

    assert caught.value.problems[0].says == "A2 should store a value as `value`, and stores something else"


def test_merged_cells_are_named() -> None:
    merged = ods_text("oak", number_rows_spanned=2)
    covered = "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>"
    rows = ods_row(merged, ods_number("1")) + ods_row(covered, ods_number("2"))
    found = making_sheets.problem(an_ods({"Trees": HEADER + rows}), PATH)

    assert (found.code, found.says) == ("sheet-merged", "the cells A2:A3 are merged into one")


def test_a_merged_title_above_the_header_does_no_harm() -> None:
    title = ods_row(ods_text("Trees of the city", number_columns_spanned=2), "<table:covered-table-cell/>")
    body = an_ods({"Trees": title + TREES})

    assert making_sheets.read(body, PATH, header_row=2) == (("species", "height"), [("oak", "12.5")])


def test_a_table_may_begin_further_down_and_further_right() -> None:
    rows = ods_row(ods_text("Trees")) + ods_row(BLANK, ods_text("species")) + ods_row(BLANK, ods_text("oak"))
    found = making_sheets.table(an_ods({"Trees": rows}), PATH, header_row=2)

    assert (found.header, rows_of(found)) == (("species",), [("oak",)])
    assert found.source.cells([(0, 0)]) == {(0, 0): Place(line=3, column=2)}


# Sheets

PARKS = ods_row(ods_text("park")) + ods_row(ods_text("Freedom Park"))
EMPTY = ods_row(BLANK, number_rows_repeated=9)


def test_a_sheet_is_read_by_its_name() -> None:
    found = making_sheets.table(an_ods({"Trees": TREES, "Parks": PARKS}), PATH, sheet="Parks")

    assert (found.sheet, found.header, rows_of(found)) == ("Parks", ("park",), [("Freedom Park",)])


@pytest.mark.parametrize("sheets", [{"Notes": EMPTY, "Parks": PARKS}, {"Parks": PARKS, "Notes": EMPTY}, {"Parks": PARKS}],
                         ids=["second", "first", "only"])
def test_the_only_sheet_that_holds_something_needs_no_name(sheets: dict[str, str]) -> None:
    found = making_sheets.table(an_ods(sheets), PATH)

    assert (found.sheet, found.header, rows_of(found)) == ("Parks", ("park",), [("Freedom Park",)])


def test_one_of_several_sheets_has_to_be_named() -> None:
    found = making_sheets.problem(an_ods({"Notes": EMPTY, "Trees": TREES, "Parks": PARKS}), PATH)

    assert (found.code, found.says) == ("sheet-unknown", "the file has 2 sheets with something in them, and none is named")
    assert found.fix == 'Write one of them as `sheet:` in the file\'s entry: "Trees", "Parks".'


def test_a_sheet_that_is_not_there_is_named_with_what_was_probably_meant() -> None:
    found = making_sheets.problem(an_ods({"Trees": TREES, "Parks": PARKS}), PATH, sheet="trees")

    assert (found.code, found.fix) == ("sheet-unknown", 'Did you mean "Trees"? Known: Parks, Trees.')


def test_what_is_remembered_of_another_file_is_no_sheet() -> None:
    other = '</table:table><table:table table:name="\'file:///x.ods\'#$A" table:style-name="ta_extref">' + PARKS

    assert making_sheets.table(an_ods({"Trees": TREES + other}), PATH).sheet == "Trees"


@pytest.mark.parametrize("sheets", [{"One": EMPTY}, {"One": "", "Two": EMPTY}], ids=["one", "two"])
def test_sheets_without_anything_hold_no_table(sheets: dict[str, str]) -> None:
    assert making_sheets.problem(an_ods(sheets), PATH).code == "table-shape"


# Files that are none


def test_a_file_without_sheets_is_refused() -> None:
    assert making_sheets.problem(an_ods({}), PATH).says == "the file holds no sheet"


def test_a_letter_with_a_table_in_it_is_no_spreadsheet() -> None:
    letter = f"<office:document-content {ODS_NAMES}><office:text><table:table/></office:text></office:document-content>"

    assert making_sheets.problem(a_zip({"content.xml": letter}), PATH).says == "the file holds no sheet"


def test_a_zip_without_content_is_refused() -> None:
    assert "the file lacks `content.xml`" in making_sheets.problem(a_zip({"mimetype": "x"}), PATH).says


def test_a_protected_file_is_refused() -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = f"<manifest:manifest {ODS_NAMES}>{entry}</manifest:manifest>"
    found = making_sheets.problem(an_ods({"Trees": TREES}, **{"META-INF__manifest": manifest}), PATH)

    assert (found.code, found.says, found.fix) == (
        "table-syntax", "the file is protected by a password", "Save it without a password.")


def test_a_manifest_without_protection_does_no_harm() -> None:
    manifest = f"<manifest:manifest {ODS_NAMES}><manifest:file-entry/></manifest:manifest>"

    assert attempt(an_ods({"Trees": TREES}, **{"META-INF__manifest": manifest}), PATH).problems == ()


def test_a_document_type_is_refused() -> None:
    body = a_zip({"content.xml": '<!DOCTYPE x [<!ENTITY c SYSTEM "file:///etc/passwd">]><x>&c;</x>'})

    assert making_sheets.problem(body, PATH).says == (
        "its XML declares a document type, by which a small file can grow without end")


def test_broken_xml_is_refused_with_its_place() -> None:
    assert making_sheets.problem(a_zip({"content.xml": "<a>\n<b></a>"}), PATH).says == (
        "`content.xml` inside the file is not valid XML (line 2, column 6)")
