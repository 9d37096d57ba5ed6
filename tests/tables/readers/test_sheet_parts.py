"""What readers of spreadsheets share: number formats, names of cells, rows kept aside, the limits of XML."""

from __future__ import annotations

from collections.abc import Iterator
from xml.parsers.expat import ExpatError

import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.readers import spool, xml_parts
from cityfolio.tables.readers.cell_faults import CellFaults
from cityfolio.tables.readers.clock import as_moment, as_time, span_kind
from cityfolio.tables.readers.padded import Zeros, shown_code, zeros_of
from cityfolio.tables.readers.sheets import Area, CellKind, SheetRow, cell_name, column_letters, column_number
from cityfolio.tables.readers.spool import Spool, SpooledPortions
from cityfolio.tables.readers.xlsx_styles import BUILT_IN, StyleHandlers, format_clock
from cityfolio.tables.readers.xml_parts import parse
from cityfolio.tables.table import Cell, Unreadable
from tables.making import a_job
from tables.readers.making_sheets import styles

JOB = a_job("trees.xlsx")
ROWS = st.lists(st.tuples(st.one_of(st.none(), st.text(max_size=4)), st.text(max_size=4)), max_size=40)


# Number formats


@pytest.mark.parametrize("code", [
    "yyyy-mm-dd", "m/d/yy", "d", "mmm", "mmmm", "mm", "[$-409]d-mmm-yy", "yyyy\\-mm\\-dd", "dd.mm.yyyy;@",
    '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', "ge.m.d", '[Red]yyyy"h"', "YYYY-MM-DD", 'e"年"m"月"',
])
def test_a_format_with_days_months_or_years_shows_a_day(code: str) -> None:
    assert format_clock(code) == "date"


@pytest.mark.parametrize("code", ["h:mm", "hh:mm:ss", "mm:ss.0", "h:mm AM/PM", "AM/PM", "h A/P", "[$-409]h:mm:ss am/pm", "ss"])
def test_a_format_with_hours_or_seconds_shows_a_time(code: str) -> None:
    assert format_clock(code) == "time"


@pytest.mark.parametrize("code", ["yyyy-mm-dd hh:mm", "m/d/yy h:mm AM/PM", "mmm h", '[Blue]d"/"m hh:mm;@'])
def test_a_format_with_both_shows_a_moment(code: str) -> None:
    assert format_clock(code) == "datetime"


@pytest.mark.parametrize("code", [
    "General", "GENERAL", "0", "0.00%", "#,##0.00", "0.00E+00", "##0.0e-0", '0 "days"', "0\\d", "#,##0_h", "@", "*y0",
    "[Red]0", "[>=1]0", '"year" 0', "[h]:mm", "[mm]:ss", "[ss].0", "[HH]:mm:ss", "# ?/?", '_("$"* #,##0_)', "[$-409]0",
    "[$USD] 0", '0;"day"d', "", '"ymd', "Standard", "STANDARD", "Estándar", "Standaard", "[$-407]Standard", "General;-General",
], ids=repr)
def test_any_other_format_shows_a_number(code: str) -> None:
    assert format_clock(code) == ""


@pytest.mark.parametrize(("number", "clock"), [
    (13, ""), (14, "date"), (17, "date"), (18, "time"), (21, "time"), (22, "datetime"), (23, ""), (27, "date"), (36, "date"),
    (45, "time"), (46, ""), (47, "time"), (48, ""), (50, "date"), (58, "date"), (59, ""),
])
def test_formats_without_a_code_are_known_by_number(number: int, clock: str) -> None:
    assert BUILT_IN.get(number, "") == clock


def clocks(xml: str) -> list[str]:
    """What cells of each style show."""
    handlers = StyleHandlers(JOB)
    parse([xml.encode()], "xl/styles.xml", handlers, JOB)
    return list(handlers.shown)


@pytest.mark.parametrize(("code", "value", "text"), [
    ("00000", "2134", "02134"), ("00000", "28202", "28202"), ("00000", "0", "00000"), ("00", "7", "07"),
    ("000-00-0000", "1234567", "001-23-4567"), ("000\\-00\\-0000", "123456789", "123-45-6789"),
    ('00000"-"0000', "21341234", "02134-1234"), ("000\\ 000", "1234", "001 234"), ('000" "000', "1234", "001 234"),
    ("00-00", "12345", "123-45"), ("[Red]00000", "2134", "02134"), ("[$-409]00000", "2134", "02134"),
    ("00000;-00000;0;@", "2134", "02134"), ("[<=99999]00000;00000\\-0000", "2134", "02134"),
    ("[<=99999]00000;00000\\-0000", "21341234", "02134-1234"), ("[<=99999]00000;[$-409]00000\\-0000", "9", "00009"),
])
def test_a_number_in_a_format_of_zeros_is_the_text_that_is_shown(code: str, value: str, text: str) -> None:
    found = zeros_of(code)

    assert found is not None
    assert found.cell(value, "integer") == (text, "string")


@pytest.mark.parametrize(("value", "kind"), [("-2134", "integer"), ("2134.5", "number"), ("1E+22", "number")])
def test_a_number_that_is_no_code_stays_in_a_format_of_zeros(value: str, kind: CellKind) -> None:
    assert Zeros(("00000",)).cell(value, kind) == (value, kind)


@given(st.integers(0, 10**12), st.lists(st.integers(1, 5), min_size=1, max_size=4))
def test_a_code_keeps_every_digit(number: int, groups: list[int]) -> None:
    shown = Zeros(("-".join("0" * each for each in groups),)).cell(str(number), "integer")[0]

    assert shown.replace("-", "") == str(number).zfill(sum(groups))


@pytest.mark.parametrize("code", [
    "0", "0.00", "00.0", "#,##0", "#000", "0,000", "00%", "000E+00", '"0"00', '00" kg"', '"N-"000', "yyyy", "General", "",
    "-00", "(000) 000-0000", "[>9]00;0", "_ 00",
], ids=repr)
def test_any_other_format_is_of_amounts(code: str) -> None:
    assert zeros_of(code) is None


def test_the_zeros_of_a_style_go_before_its_clock() -> None:
    assert clocks(styles({164: "00000"}, (164,))) == [Zeros(("00000",))]


@pytest.mark.parametrize(("value", "shown", "text"), [
    ("2134", "02134", "02134"), ("28202", "28202", None), ("1234567", "001-23-4567", "001-23-4567"),
    ("123456789", "123-45-6789", "123-45-6789"), ("0", "0", None), ("0", "000", "000"), ("1234", "001 234", "001 234"),
    ("12345", "12 345", None), ("12345", "12,345", None), ("-5", "-05", None), ("5", "5%", None), ("5", "06", None),
    ("5", "", None),
])
def test_what_a_cell_shows_is_a_code_where_it_has_zeros_or_hyphens(value: str, shown: str, text: str | None) -> None:
    assert shown_code(value, shown) == text


def test_each_style_shows_what_its_format_says() -> None:
    assert clocks(styles({164: "yyyy", 165: "0"}, (0, 164, 14, 165, 9))) == ["", "date", "date", "", ""]


def test_a_code_of_the_files_own_goes_before_the_number() -> None:
    assert clocks(styles({14: "0.00"}, (14,))) == [""]


@pytest.mark.parametrize("number", ["x", "-1", "99999999999", "²", ""])
def test_a_format_that_is_none_shows_a_number(number: str) -> None:
    assert clocks(styles({}, (7,)).replace('"7"', f'"{number}"')) == [""]


def test_formats_and_styles_of_other_purposes_do_not_count() -> None:
    others = '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><dxfs><dxf><numFmt numFmtId="9" formatCode="yyyy"/></dxf></dxfs>'
    xml = styles({}, (9,)).replace("<cellXfs>", f"{others}<cellXfs>").replace("</styleSheet>", f"{others}</styleSheet>")

    assert clocks(xml) == [""]


# Days and times


@pytest.mark.parametrize(("text", "kind", "clock"), [
    ("PT14H05M00S", "time", "14:05:00"), ("PT1H", "time", "01:00:00"), ("PT5S", "time", "00:00:05"),
    ("PT0.250000000S", "time", "00:00:00.25"), ("PT23H59M59.999999S", "time", "23:59:59.999999"),
])
def test_a_duration_of_less_than_a_day_is_a_time(text: str, kind: str, clock: str) -> None:
    assert (span_kind(text), as_time(text)) == (kind, clock)


@pytest.mark.parametrize("text", ["PT24H", "PT60M", "PT60S", "PT100H", "P1DT1H", "-PT1H", "PT", "", "14:05", "PT0.1234567S"])
def test_any_other_duration_is_a_stretch_of_time(text: str) -> None:
    assert span_kind(text) == "span"


@pytest.mark.parametrize("text", ["2026-06-30T14:05:00", "2026-06-30 14:05"])
def test_a_moment_is_one_already(text: str) -> None:
    assert as_moment(text) == text


# Names of cells


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")])
def test_a_column_is_called_by_letters(column: int, letters: str) -> None:
    assert (column_letters(column), column_number(letters)) == (letters, column)


@given(st.integers(1, 16_384))
def test_every_column_is_found_by_its_letters(column: int) -> None:
    assert column_number(column_letters(column)) == column


@pytest.mark.parametrize("letters", ["", "a", "XFE", "AAAA", "A1", "É", "1"])
def test_other_letters_are_no_column(letters: str) -> None:
    assert column_number(letters) == 0


def test_a_cell_and_an_area_have_names() -> None:
    assert (cell_name(12, 3), str(Area(3, 1, 7, 28))) == ("C12", "A3:AB7")


# Rows kept aside


def kept(rows: list[tuple[Cell, ...]], count: int) -> tuple[SpooledPortions, Spool]:
    """Rows in a spool, and what gives the first of them back."""
    aside = Spool(2)
    for row in rows:
        aside.add(row)
    return SpooledPortions(spool=aside, rows=count, mends={}), aside


def rows_in(portions: SpooledPortions) -> Iterator[tuple[Cell, ...]]:
    """Every row."""
    for portion in portions:
        yield from zip(portion.texts(0), portion.texts(1), strict=True)


@given(ROWS, st.integers(0, 40), st.integers(1, 7))
def test_rows_come_out_as_they_went_in(rows: list[tuple[Cell, ...]], count: int, size: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spool, "PORTION_ROWS", size)
        patch.setattr(spool, "IN_MEMORY_BYTES", 100)
        portions, _ = kept(rows, min(count, len(rows)))

        assert [list(rows_in(portions)), list(rows_in(portions))] == [rows[:count]] * 2


def test_rows_are_kept_in_portions_of_no_more_cells_than_memory_likes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "PORTION_CELLS", 6)
    portions, _ = kept([("a", "b")] * 7, 7)

    assert [portion.rows for portion in portions] == [3, 3, 1]


def test_a_spool_of_many_rows_leaves_no_file_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spool, "PORTION_ROWS", 2)
    monkeypatch.setattr(spool, "IN_MEMORY_BYTES", 10)
    portions, aside = kept([("oak", "12.5")] * 9, 9)
    file = aside._file
    del portions, aside

    assert file.closed


# Faults


def test_merged_cells_of_many_columns_are_counted_without_keeping_each() -> None:
    faults = CellFaults()
    for number in range(1_000):
        faults.merge(Area(2 + number, 1 + number % 3, 2 + number, 9), 1)

    assert [problem.says for problem in faults.problems(JOB, 1, 2_000, 9)] == [
        "the cells A2:I2 are merged into one, and 999 more areas"]


def test_errors_in_repeated_rows_are_counted_for_each() -> None:
    faults = CellFaults()
    faults.look_at(SheetRow(5, 1_200, [2, 3], ["#N/A", "oak"], ["error", "string"]))

    assert [problem.says for problem in faults.problems(JOB, 1, 2_000, 9)] == [
        "1,200 cells hold an error in place of a value (first: B5, `#N/A`)"]


# XML


class Names:
    """Notes what elements there are."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.found: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.found.append(name)

    def end(self, name: str) -> None:
        self.found.append(f"/{name}")


def test_xml_may_come_in_any_pieces() -> None:
    names = Names()
    parse([b"<a>", b"\xc3", b"\xa9<", b"b", b"/></", b"a>"], "a.xml", names, JOB)

    assert (names.found, names.texts) == (["a", "b", "/b", "/a"], ["é"])


def test_an_element_is_called_by_its_namespace() -> None:
    names = Names()
    parse([b'<x:a xmlns:x="urn:trees"/>'], "a.xml", names, JOB)

    assert names.found == ["urn:trees a", "/urn:trees a"]


@pytest.mark.parametrize("body", [b"", b"<a>", b"<a></b>", b"\xff\xfe", b"<a>\0</a>", b"<a>&nbsp;</a>", b"a"])
def test_xml_that_is_none_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable) as caught:
        parse([body], "a.xml", Names(), JOB)

    assert caught.value.problems[0].code == "table-syntax"


def test_memory_that_runs_out_in_the_parser_is_not_a_mistake_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Exhausted:
        def Parse(self, piece: bytes, final: bool) -> None:   # noqa: N802 - the name is that of expat's parser
            error = ExpatError("out of memory")
            error.code = 1
            raise error

    monkeypatch.setattr(xml_parts, "_parser", lambda handlers, job: Exhausted())

    with pytest.raises(MemoryError):
        parse([b"<a/>"], "a.xml", Names(), JOB)


def test_a_mistake_in_a_handler_is_not_taken_for_one_in_the_file() -> None:
    class Broken(Names):
        def start(self, name: str, attributes: dict[str, str]) -> None:
            raise ValueError(name)

    with pytest.raises(ValueError, match="a"):
        parse([b"<a/>"], "a.xml", Broken(), JOB)
