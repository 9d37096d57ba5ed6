"""XLSX: the data with typed cells, its dictionary on a second sheet, and where it comes from on a third.

Nothing in a cell is ever run: text is a string cell, whatever it begins with. What a spreadsheet would alter is text as well:
numbers of more than 15 digits, dates before March 1900, moments with an offset, and fractions of a second beyond milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from cityfolio.tables.exports.schema import About, ExportColumn, ExportTable, Unfit
from cityfolio.tables.exports.workbook_cells import CELLS, Number, XlsxCell
from cityfolio.tables.table import Cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST_ROWS = 1_048_576          # the header among them
MOST_COLUMNS = 16_384
MOST_CHARACTERS = 32_767       # of a cell, counted as UTF-16 does
MADE = datetime(1980, 1, 1)    # noqa: DTZ001 - a date that is the same in every build, and of no place
MOST_OF_PROPERTY = 255
SHEETS = ("Data", "Dictionary", "About")
WIDTHS = (8, 60)
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
# Characters that XML cannot hold, and the carriage return, which XML would read as a line feed.
NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
Row = Sequence[Cell]


def write_xlsx(table: ExportTable, stream: BinaryIO) -> None:
    """Write a table as XLSX. Raises Unfit for a table that is larger than a sheet, and for a text longer than a cell."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    _refuse_size(table.rows or 0, len(table.columns))
    with TemporaryDirectory(prefix="cityfolio-") as folder:
        book = Workbook(stream, {"constant_memory": True, "tmpdir": folder})
        book.use_zip64()
        book.set_properties(_properties(table.about))
        kind = _plain_worksheet()
        sheets = [book.add_worksheet(name, kind) for name in SHEETS]
        try:
            bold = book.add_format({"bold": True})
            _write_data(table, sheets[0], _formats(book), bold)
            _write_texts(_dictionary(table.columns), sheets[1], bold)
            _write_texts(_facts(table.about), sheets[2], bold)
            book.close()
        finally:
            for sheet in sheets:
                sheet._opt_close()   # the rows wait in a file, which stays open when something is refused


def _properties(about: About) -> dict[str, object]:
    # Excel shows no more of these, and refuses a workbook with more.
    texts = {"title": about.title, "author": about.publisher, "comments": about.description}
    return {**{key: text[:MOST_OF_PROPERTY] for key, text in texts.items()}, "created": MADE}


def _refuse_size(rows: int, columns: int) -> None:
    if rows >= MOST_ROWS:
        raise Unfit(f"it has more rows than the {MOST_ROWS - 1:,} that a sheet has below its header")
    if columns > MOST_COLUMNS:
        raise Unfit(f"its {columns:,} columns are more than the {MOST_COLUMNS:,} of a sheet")


def _plain_worksheet() -> type[Worksheet]:
    """A worksheet that keeps what it is given: the package takes text between <r> and </r> for XML, and rounds numbers."""
    from xlsxwriter.worksheet import Worksheet

    class PlainWorksheet(Worksheet):  # type: ignore[misc]  # the package has no types
        def _xml_rich_inline_string(self, string: str, attributes: list[Any]) -> None:
            self._xml_inline_string(string, False, attributes)

        def _xml_number_element(self, number: float | Decimal, attributes: list[Any]) -> None:
            # The package writes 16 digits, which for 552872.06 are those of another number.
            written = "".join(f' {name}="{value}"' for name, value in attributes)
            self.fh.write(f"<c{written}><v>{number}</v></c>")

        @staticmethod
        def _escape_control_characters(data: str | int) -> str:
            return NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", ESCAPED.sub("_x005F_", str(data)))

    return PlainWorksheet


def _formats(book: Workbook) -> Callable[[str], Format]:
    made: dict[str, Format] = {}

    def of(written: str) -> Format:
        if written not in made:
            made[written] = book.add_format({"num_format": written})
        return made[written]

    return of


def _write_data(table: ExportTable, sheet: Worksheet, formats: Callable[[str], Format], bold: Format) -> None:
    for number, column in enumerate(table.columns):
        _write_text(sheet, 0, number, column.name, bold)
    sheet.freeze_panes(1, 0)
    row = 1
    for portion in table.portions:
        _refuse_size(row - 1 + portion.rows, 0)
        columns = [_cells(column, portion.texts(number), table) for number, column in enumerate(table.columns)]
        if row == 1:
            _set_widths(table.columns, columns, sheet)
        for cells in zip(*columns, strict=True):
            _write_row(sheet, row, cells, formats)
            row += 1


def _cells(column: ExportColumn, texts: Sequence[Cell], table: ExportTable) -> list[XlsxCell]:
    make, empty, words = CELLS[column.type], table.empty - table.words, table.words
    return [None if text is None or text in empty else text if text in words else make(text, column.format) for text in texts]


def _write_row(sheet: Worksheet, row: int, cells: Iterable[XlsxCell], formats: Callable[[str], Format]) -> None:
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            _write_text(sheet, row, number, cell)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, number, cell)
        elif isinstance(cell, Number):
            sheet.write_number(row, number, cell.value, formats(cell.shown_as))


def _write_text(sheet: Worksheet, row: int, number: int, text: str, style: Format | None = None) -> None:
    if sheet.write_string(row, number, text, style) != 0:
        raise Unfit(f"a cell in row {row:,} holds more than the {MOST_CHARACTERS:,} characters that a cell can")


def _write_texts(rows: Iterable[Row], sheet: Worksheet, bold: Format) -> None:
    """Rows of text, the first of which is the header."""
    held = list(rows)
    for row, cells in enumerate(held):
        for number, text in enumerate(cells):
            if text:
                # What is too long to be shown is still in the catalog; the sheet is there to be read.
                _write_text(sheet, row, number, text[: MOST_CHARACTERS // 2], bold if row == 0 else None)
    sheet.freeze_panes(1, 0)
    for number, column in enumerate(zip(*held, strict=True)):
        sheet.set_column(number, number, _width(column))


def _set_widths(columns: Sequence[ExportColumn], cells: Sequence[Sequence[XlsxCell]], sheet: Worksheet) -> None:
    for number, (column, some) in enumerate(zip(columns, cells, strict=True)):
        shown = [str(cell.value) if isinstance(cell, Number) else cell for cell in some[:100] if not isinstance(cell, bool)]
        sheet.set_column(number, number, _width([column.name, *shown]))


def _width(texts: Iterable[Cell]) -> int:
    return min(max(WIDTHS[0], 2 + max(len(text or "") for text in texts)), WIDTHS[1])


def _dictionary(columns: Sequence[ExportColumn]) -> list[Row]:
    rows: list[Row] = [("Column", "Title", "Description", "Type", "Unit", "Values", "Source")]
    for column in columns:
        record = column.record
        values = "\n".join(f"{code}: {meaning}" if meaning else code for code, meaning in record.values.items())
        rows.append((column.name, record.title, record.description, column.type, record.unit, values, record.source))
    return rows


def _facts(about: About) -> list[Row]:
    facts = (("Title", about.title), ("Description", about.description), ("Publisher", about.publisher),
             ("License", about.license), ("License address", about.license_url), ("Source", about.source_url),
             ("Last changed", about.modified.isoformat() if about.modified else ""))
    return [("About this data", ""), *((name, text) for name, text in facts if text)]
