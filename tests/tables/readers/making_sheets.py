"""Spreadsheets for tests: written by other programs, or by hand where no program writes what is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from random import Random
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter
from hypothesis import strategies as st

from cityfolio.problems import Problem
from cityfolio.tables.limits import LIMITS, Limits
from cityfolio.tables.readers.ods import read_ods
from cityfolio.tables.readers.xlsx import read_xlsx
from cityfolio.tables.table import Cell, Reading, Table, Unreadable
from tables.making import a_job, rows_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_LINKS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {"office": "office", "table": "table", "text": "text", "draw": "drawing", "manifest": "manifest"}.items()
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
# Any text that XML can hold as it is, and often what is special in spreadsheets.
TEXTS = st.text(st.one_of(st.sampled_from(' "\'<>&\n\t_x0D5F=;'),
                          st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")), max_size=12)
Parts = dict[str, str | bytes]
Read = tuple[tuple[str, ...], list[tuple[Cell, ...]]]


def attempt(body: bytes, path: str = "trees.xlsx", limits: Limits = LIMITS, **file: object) -> Reading:
    """What a reader makes of a spreadsheet; its problems, too, where it stops in the middle."""
    read = read_ods if path.endswith(".ods") else read_xlsx
    try:
        return read(BytesIO(body), a_job(path, **file), limits)
    except Unreadable as fault:
        return Reading(table=None, problems=fault.problems)


def table(body: bytes, path: str = "trees.xlsx", **file: object) -> Table:
    """A spreadsheet that can be read."""
    found = attempt(body, path, **file)
    assert found.problems == ()
    assert found.table is not None
    return found.table


def read(body: bytes, path: str = "trees.xlsx", **file: object) -> Read:
    """The header and the rows of a spreadsheet that can be read."""
    found = table(body, path, **file)
    return found.header, rows_of(found)


def cell(body: bytes, path: str = "trees.xlsx", **file: object) -> tuple[Cell, object]:
    """The text of the first cell below the header, and the kind of its column."""
    found = table(body, path, **file)
    return rows_of(found)[0][0], found.kinds[0]


def problem(body: bytes, path: str = "trees.xlsx", limits: Limits = LIMITS, **file: object) -> Problem:
    """The only problem of a spreadsheet that cannot be read."""
    found = attempt(body, path, limits, **file)
    assert found.table is None
    assert len(found.problems) == 1
    return found.problems[0]


def a_zip(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a zip."""
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return body.getvalue()


def links(targets: Mapping[str, tuple[str, str]], space: str = LINKS) -> str:
    """The links of a part: by their id what each leads to, and where that is."""
    each = "".join(f'<Relationship Id="{link}" Type="{space}/{kind}" Target="{target}"/>'
                   for link, (kind, target) in targets.items())
    return f'<Relationships xmlns="{PACKAGE_LINKS}">{each}</Relationships>'


def parts(sheets: Mapping[str, str], space: str = MAIN, link_space: str = LINKS, properties: str = "") -> Parts:
    """The parts of a workbook, by their name: the XML of each worksheet is given."""
    named = {f"rId{number}": name for number, name in enumerate(sheets, start=1)}
    listed = "".join(f'<sheet name={quoteattr(name)} sheetId="1" r:id="{link}"/>' for link, name in named.items())
    targets = {link: ("worksheet", f"worksheets/{link}.xml") for link in named}
    return {
        "_rels/.rels": links({"rId1": ("officeDocument", "xl/workbook.xml")}, link_space),
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{link_space}">{properties}<sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links({**targets, "s": ("sharedStrings", "sharedStrings.xml"),
                                             "t": ("styles", "styles.xml")}, link_space),
        "xl/sharedStrings.xml": f'<sst xmlns="{space}"/>',
        "xl/styles.xml": styles({}, space=space),
        **{f"xl/worksheets/{link}.xml": sheets[name] for link, name in named.items()},
    }


def an_xlsx(rows: str, after: str = "", strings: str = "", properties: str = "", **more: str | bytes) -> bytes:
    """A workbook of one sheet with the XML of its rows, of what comes after them, and of its shared strings."""
    made = parts({"Trees": a_sheet(rows, after)}, properties=properties)
    made["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return a_zip({**made, **{name.replace("__", "/") + ".xml": part for name, part in more.items()}})


def a_sheet(rows: str, after: str = "", space: str = MAIN) -> str:
    """The XML of a worksheet."""
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def styles(codes: Mapping[int, str], formats: Sequence[int] = (0,), space: str = MAIN) -> str:
    """The XML of styles: codes of number formats of the city's own, and the number format of each style."""
    own = "".join(f'<numFmt numFmtId="{number}" formatCode={quoteattr(code)}/>' for number, code in codes.items())
    used = "".join(f'<xf numFmtId="{number}"/>' for number in formats)
    return f'<styleSheet xmlns="{space}"><numFmts>{own}</numFmts><cellXfs>{used}</cellXfs></styleSheet>'


def inline(name: str, text: str) -> str:
    """The XML of a cell with its own text."""
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def under_a_name(cells: str, **more: str | bytes) -> bytes:
    """A workbook with a column of one name, and these cells in the second row."""
    return an_xlsx(f'<row r="1">{inline("A1", "value")}</row><row r="2">{cells}</row>', **more)


def a_dated_cell(value: str, code: str = "yyyy-mm-dd", properties: str = "") -> bytes:
    """A workbook with a stored number that a format shows as a day or a time."""
    return under_a_name(f'<c r="A2" s="1"><v>{value}</v></c>', xl__styles=styles({164: code}, (0, 164)), properties=properties)


def by_xlsxwriter(rows: Sequence[Sequence[object]], **formats: str) -> bytes:
    """A workbook as xlsxwriter writes it. Dates get the format of their type's name."""
    body = BytesIO()
    book = xlsxwriter.Workbook(body, {
        "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    })
    styled = {name: book.add_format({"num_format": code}) for name, code in formats.items()}
    sheet = book.add_worksheet("Trees")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value, *([styled[type(value).__name__]] if type(value).__name__ in styled else []))
    book.close()
    return body.getvalue()


def by_openpyxl(rows: Sequence[Sequence[object]]) -> bytes:
    """A workbook as openpyxl writes it."""
    book = openpyxl.Workbook()
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            set_cell = book.active.cell(at, column)
            set_cell.value = value
            if isinstance(value, str):
                set_cell.data_type = "s"   # also where it begins as a formula does
    body = BytesIO()
    book.save(body)
    return body.getvalue()


def an_ods(sheets: Mapping[str, str], **more: str | bytes) -> bytes:
    """An OpenDocument spreadsheet with the XML of the rows of each sheet."""
    tables = "".join(f"<table:table table:name={quoteattr(name)}>{rows}</table:table>" for name, rows in sheets.items())
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content {ODS_NAMES}>{body}</office:document-content>"
    kind = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
    return a_zip({**kind, "content.xml": content, **{f"{name.replace('__', '/')}.xml": part for name, part in more.items()}})


def ods_row(*cells: str, **attributes: int) -> str:
    """The XML of a row."""
    return f"<table:table-row{_table_attributes(attributes)}>{''.join(cells)}</table:table-row>"


def ods_text(text: str, **attributes: int) -> str:
    """The XML of a cell with a paragraph, given as XML."""
    return (f'<table:table-cell office:value-type="string"{_table_attributes(attributes)}><text:p>{text}</text:p>'
            "</table:table-cell>")


def ods_value(kind: str, value: str, key: str = "") -> str:
    """The XML of a cell with a stored value."""
    return f'<table:table-cell office:value-type="{kind}" office:{key or kind}-value="{value}"/>'


def ods_number(value: str, kind: str = "float") -> str:
    """The XML of a cell with a number."""
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>shown</text:p></table:table-cell>'


def ods_under_a_name(*cells: str) -> bytes:
    """A spreadsheet with a column of one name, and a row for each of these cells."""
    return an_ods({"Trees": ods_row(ods_text("value")) + "".join(ods_row(each) for each in cells)})


def expanding(parts_before: Mapping[str, str | bytes], name: str, head: bytes, unit: bytes, times: int) -> bytes:
    """A zip with a part that is one thing many times over, made without ever holding it."""
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED, compresslevel=9) as package:
        for each, part in parts_before.items():
            package.writestr(each, part)
        with package.open(name, "w", force_zip64=True) as stream:
            stream.write(head)
            for _ in range(times // 1_000):
                stream.write(unit * 1_000)
    return body.getvalue()


def noise(size: int) -> bytes:
    """Bytes that cannot be compressed, always the same."""
    return Random(1).randbytes(size)


def _table_attributes(attributes: Mapping[str, int]) -> str:
    return "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
