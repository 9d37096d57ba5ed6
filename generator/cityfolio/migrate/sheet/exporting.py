"""The sheets as an XLSX workbook that is comfortable to fill in: lists to choose from, a word on each column, wrapped text.

A hidden sheet holds a digest of each cell as it was written, so that what staff changed can later be told from what has changed
in the catalog meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cityfolio.files import sha256
from cityfolio.migrate.sheet.cells import MOST_CHARACTERS, bare
from cityfolio.migrate.sheet.workbook import REMOVE, SHEETS, Field, Row, Sheet, choices
from cityfolio.model.frequency import WORDS
from cityfolio.model.keys import Boolean, Integer, ListOf, MapOf, Markdown, Reference, Repeats

if TYPE_CHECKING:
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.workbook import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

START, LISTS, EXPORTED = "Read me", "Lists", "Exported"
MADE = datetime(1980, 1, 1)       # noqa: DTZ001 - a date that is the same whenever it is made, and of no place
SPARE_ROWS = 500                  # below the last row that still have their lists to choose from
MOST_OF_MESSAGE = 255             # characters of what Excel shows beside a cell
MOST_OF_TITLE = 32
README = (
    "This workbook holds what the catalog says of its data. Change cells, save it, and give it back to who keeps the catalog.",
    "cityfolio sheet import puts your changes, and nothing else, into the catalog's files.",
    "An empty cell says nothing. To take something out of a row, empty its cell.",
    "Several words of one cell, such as keywords and topics, are divided by commas.",
    "Where a word itself has a comma, write each word on a line of its own (Alt+Enter).",
    "Values with meanings have a line each: CODE: what it means.",
    "Dates are written as 2026-06-30.",
    "The gray columns say what a row is about; leave them as they are in rows that are there.",
    "A new dataset, file or column is a new row. To take out a whole row, write yes under remove in the last column.",
    "Rows can be sorted, filtered and hidden, and columns of your own added. What a row that you delete is about stays.",
)


def workbook(rows: Mapping[str, Sequence[Row]], references: Mapping[str, Sequence[str]]) -> bytes:
    """The workbook. `rows` by the names of sheets; `references` are the ids that can be pointed to, by the kind of thing."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    stream = BytesIO()
    book = Workbook(stream, {"in_memory": True})
    book.set_properties({"title": "Catalog", "created": MADE})
    styles = _styles(book)
    _write_readme(book.add_worksheet(START), styles)
    sheets = [(sheet, book.add_worksheet(sheet.name)) for sheet in SHEETS]
    lists = _Lists(book.add_worksheet(LISTS), {**references, "boolean": ("true", "false"), "frequency": tuple(WORDS)})
    for sheet, page in sheets:
        _write_sheet(sheet, page, rows[sheet.name], styles, lists)
    _write_exported(book.add_worksheet(EXPORTED), rows)
    book.close()
    return stream.getvalue()


def _styles(book: Workbook) -> dict[str, Format]:
    cell = {"num_format": "@", "text_wrap": True, "valign": "top"}
    return {"cell": book.add_format(cell), "key": book.add_format({**cell, "font_color": "#595959", "bg_color": "#EDEDED"}),
            "head": book.add_format({**cell, "bold": True, "bottom": 1}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "text": book.add_format({"text_wrap": True, "valign": "top"})}


def _write_readme(page: Worksheet, styles: Mapping[str, Format]) -> None:
    page.set_column(0, 0, 18)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, "The catalog's metadata", styles["title"])
    for number, text in enumerate(README, 2):
        page.write_string(number, 1, text, styles["text"])
    for number, sheet in enumerate(SHEETS, len(README) + 3):
        page.write_string(number, 0, sheet.name, styles["head"])
        page.write_string(number, 1, sheet.about, styles["text"])
    page.hide_gridlines(2)
    page.activate()


class _Lists:
    """A hidden sheet with what can be chosen, a column a list."""

    def __init__(self, page: Worksheet, lists: Mapping[str, Sequence[str]]) -> None:
        self.places: dict[str, str] = {}
        for number, (name, words) in enumerate(lists.items()):
            page.write_string(0, number, name)
            for row, word in enumerate(words, 1):
                page.write_string(row, number, word)
            letter = chr(ord("A") + number)
            if words:
                self.places[name] = f"={LISTS}!${letter}$2:${letter}${len(words) + 1}"
        page.hide()

    def source(self, field: Field) -> Any:  # Any: a list of words, or a formula
        """What a cell of a column is chosen from; None where anything may be written."""
        match field.kind:
            case Reference(room):
                return self.places.get(room)
            case Boolean():
                return self.places["boolean"]
            case Repeats():
                return self.places["frequency"]
            case _:
                return list(choices(field.kind)) or None


def _write_sheet(sheet: Sheet, page: Worksheet, rows: Sequence[Row], styles: Mapping[str, Format], lists: _Lists) -> None:
    keys = len(sheet.keys)
    for column, name in enumerate(sheet.names):
        page.write_string(0, column, name, styles["head"])
    page.set_column(0, keys - 1, 22, styles["key"])
    for column, field in enumerate(sheet.fields, keys):
        page.set_column(column, column, _width(field), styles["cell"])
        _validate(page, column, len(rows), field, lists.source(field))
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row.key):
            page.write_string(number, column, text, styles["key"])
        for column, field in enumerate(sheet.fields, keys):
            if text := row.text(field):
                page.write_string(number, column, _plain(shortened(text)), styles["cell"])
    if sheet.removal:
        column = len(sheet.names) - 1
        page.set_column(column, column, 12, styles["cell"])
        rule = {"validate": "list", "source": ["yes"], "input_title": REMOVE, "input_message": sheet.removal}
        page.data_validation(1, column, len(rows) + SPARE_ROWS, column, rule)
    page.freeze_panes(1, keys)
    page.autofilter(0, 0, max(1, len(rows)), len(sheet.names) - 1)


def _plain(text: str) -> str:
    # The package takes text between <r> and </r> for XML of its own.
    return f" {text}" if text.startswith("<r>") else text


def _validate(page: Worksheet, column: int, rows: int, field: Field, source: Any) -> None:  # Any: as `_Lists.source` gives it
    told = {"input_title": field.name[-MOST_OF_TITLE:], "input_message": field.doc[:MOST_OF_MESSAGE]}
    if source is None:
        rule: dict[str, Any] = {"validate": "any"}   # Any: as the package takes options
    else:
        rule = {"validate": "list", "source": source, "error_title": "Not in the list",
                "error_message": "Choose one of the list.",
                "error_type": "warning" if isinstance(field.kind, Repeats) else "stop"}
    page.data_validation(1, column, rows + SPARE_ROWS, column, {**rule, **told})


def _width(field: Field) -> int:
    match field.kind:
        case Markdown() | MapOf():
            return 60
        case Boolean() | Integer():
            return 12
        case ListOf():
            return 30
        case _:
            return 40 if field.name in ("title", "summary", "url") else 20


def shortened(text: str) -> str:
    """A text as far as a cell can hold it. The rest stays in the catalog; such a cell is not taken back."""
    while len(text.encode("utf-16-le")) // 2 > MOST_CHARACTERS:
        text = text[: len(text) - max(1, (len(text.encode("utf-16-le")) // 2 - MOST_CHARACTERS) // 2)]
    return text


def _write_exported(page: Worksheet, rows: Mapping[str, Sequence[Row]]) -> None:
    for column, name in enumerate(("sheet", "row", "cells")):
        page.write_string(0, column, name)
    listed = ((sheet, row) for sheet in SHEETS for row in rows[sheet.name])
    for number, (sheet, row) in enumerate(listed, 1):
        for column, text in enumerate((sheet.name, row_digest(row.key), " ".join(map("=".join, digests(sheet, row))))):
            page.write_string(number, column, text)
    page.very_hidden()


def digests(sheet: Sheet, row: Row) -> Iterator[tuple[str, str]]:
    """The filled cells of a row by name, as the hidden sheet has them."""
    for field in sheet.fields:
        if text := row.text(field):
            yield field.name, digest(shortened(text))


def row_digest(key: tuple[str, ...]) -> str:
    """What stands for a row in the hidden sheet."""
    return digest("\x1f".join(key))


def digest(text: str) -> str:
    """What stands for the text of a cell in the hidden sheet."""
    return sha256(bare(text).encode())[:12]
