"""The cells of somebody's spreadsheet, as they stand: XLSX or delimited text. Tables of a catalog are read more strictly."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from cityfolio.migrate.yaml.text import carried
from cityfolio.model.records import FileRecord
from cityfolio.tables.readers.csv_rules import BEGINNING, DELIMITERS, read_rows
from cityfolio.tables.readers.encoding import UTF_16_MARKS, decoded
from cityfolio.tables.readers.package import OLD_OFFICE, SAVE_AGAIN, open_package, refuse
from cityfolio.tables.readers.sheets import Area, SheetRow, cell_name, column_number
from cityfolio.tables.readers.xlsx_cells import AREA, CellContents, CellHandlers
from cityfolio.tables.readers.xlsx_strings import tags
from cityfolio.tables.readers.xlsx_workbook import RELATION_IDS, Sheet, Workbook, workbook_in
from cityfolio.tables.readers.xml_parts import parsed
from cityfolio.tables.table import TableJob, Unreadable

MOST_CELLS = 2_000_000            # an inventory of 13,000 datasets in 40 columns has 520,000
MOST_FILLED = 2_000_000           # cells below the first of merged ones
MOST_CHARACTERS = 100 << 20       # of all cells together
FIRST_ROWS = 30                   # the names of the columns stand in one of these
HYPERLINK = re.compile(r'=?\s*HYPERLINK\(\s*"([^"]{1,8000})"', re.IGNORECASE)
TAGS = tags("c", "f", "hyperlink")
ERRORS = ("error", "uncalculated")


@dataclass(slots=True, kw_only=True)
class Page:
    """One sheet: the text of each filled cell by its row and column, both counted from 1, and what lies behind cells.

    Control characters, which no text of a catalog can hold, are not among it.
    """

    name: str                     # "" for delimited text
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)      # cells that hold an error, or a formula that was never worked out
    filled: list[str] = field(default_factory=list)      # merged cells, the text of which now stands in each of their rows
    encoding: str = "utf-8"

    def place(self, row: int) -> str:
        """How the report names a row."""
        return f"{self.name}, row {row}" if self.name else f"row {row}"


Weigh = Callable[[Sequence[Mapping[int, str]]], int]


def pages_of(body: bytes, weigh: Weigh) -> list[Page]:
    """The sheets of a file. `weigh` says of first rows how much they look like what is wanted. Raises Unreadable."""
    is_text = not body.startswith((b"PK", OLD_OFFICE))
    given = FileRecord(path="", encoding="utf-16" if body.startswith(UTF_16_MARKS) else None)
    job = TableJob(path="", size_bytes=len(body), file=given)
    return [_text_page(body, job, weigh)] if is_text else _workbook_pages(body, job)


def _text_page(body: bytes, job: TableJob, weigh: Weigh) -> Page:
    result = decoded(body, job)
    if result.text is None:
        raise Unreadable(*result.problems)
    text = result.text
    if not text.strip():
        refuse(job, "the file is empty", SAVE_AGAIN)
    try:
        begun = {each: _by_column(read_rows(text[:BEGINNING], each, FIRST_ROWS)) for each in DELIMITERS.values()}
        delimiter = max(begun, key=lambda each: weigh([*begun[each].values()]))
        rows = _by_column(read_rows(text, delimiter))
    except csv.Error as error:
        refuse(job, f"the file is not delimited text: {error}", SAVE_AGAIN)
    _check_size(rows, job)
    page = Page(name="", rows=rows, encoding=result.encoding)
    for number, cells in rows.items():
        page.links |= {(number, column): found[1] for column, cell in cells.items() if (found := HYPERLINK.match(cell))}
    return page


def _by_column(records: list[list[str]]) -> dict[int, dict[int, str]]:
    return {number: cells for number, record in enumerate(records, 1)
            if (cells := {column: said for column, text in enumerate(record, 1) if (said := carried(text).strip())})}


def _check_size(rows: Mapping[int, Mapping[int, str]], job: TableJob) -> None:
    cells = sum(map(len, rows.values()))
    characters = sum(len(text) for each in rows.values() for text in each.values())
    if cells > MOST_CELLS or characters > MOST_CHARACTERS:
        refuse(job, f"the file has {cells:,} cells with {characters:,} characters, more than a list of datasets has", "")


class _Cells(CellHandlers):
    """Takes the cells of a worksheet, and the addresses that lie behind them."""

    def __init__(self, contents: CellContents, job: TableJob) -> None:
        super().__init__(contents, job)
        self.behind: dict[str, str] = {}      # cell -> address
        self.linked: list[tuple[str, str]] = []   # cell, and the number of its address
        self._at = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = TAGS.get(name)
        if tag == "c":
            self._at = attributes.get("r", "")
        elif tag == "f":
            self.texts.clear()
        elif tag == "hyperlink":
            number = next((attributes[key] for key in RELATION_IDS if key in attributes), "")
            self.linked.append((attributes.get("ref", ""), number))
        super().start(name, attributes)

    def end(self, name: str) -> None:
        """An element ends."""
        if TAGS.get(name) == "f" and (found := HYPERLINK.match("".join(self.texts))):
            self.behind[self._at] = found[1]
        super().end(name)


def _workbook_pages(body: bytes, job: TableJob) -> list[Page]:
    with open_package(BytesIO(body), job) as package:
        workbook = workbook_in(package, job)
        contents = workbook.contents()
        return [_sheet_page(workbook, sheet, contents) for sheet in workbook.sheets]


def _sheet_page(workbook: Workbook, sheet: Sheet, contents: CellContents) -> Page:
    page, job = Page(name=" ".join(sheet.name.split())[:100]), workbook.job
    handlers = _Cells(contents, job)
    cells = characters = 0
    for _ in parsed(workbook.part(sheet.part), sheet.part, handlers, job):
        for row in handlers.rows:
            cells, characters = cells + len(row.texts), characters + sum(map(len, row.texts))
            if cells > MOST_CELLS or characters > MOST_CHARACTERS:
                refuse(job, f"sheet {page.name} has more cells than a list of datasets has", "")
            _take(page, row)
        handlers.rows.clear()
    outside = workbook.links(sheet.part).outside if any(number for _, number in handlers.linked) else {}
    addresses = [*((ref, outside.get(number, "")) for ref, number in handlers.linked), *handlers.behind.items()]
    for reference, address in addresses:
        if address and (found := AREA.fullmatch(reference)):
            page.links[int(found[2]), column_number(found[1])] = address
    for reference, address in handlers.behind.items():
        if reference in page.faults and (found := AREA.fullmatch(reference)):
            # A formula that links need not be worked out: its address is all that matters.
            page.faults.remove(reference)
            page.rows.setdefault(int(found[2]), {})[column_number(found[1])] = address
    _fill(page, handlers.merged)
    return page


def _take(page: Page, row: SheetRow) -> None:
    told = [*zip(row.columns, row.texts, row.kinds, strict=True)]
    page.faults += [cell_name(row.number, column) for column, _, kind in told if kind in ERRORS]
    filled = {column: said for column, text, kind in told if kind not in ERRORS and (said := carried(text).strip())}
    if filled:
        page.rows[row.number] = filled


def _fill(page: Page, merged: Sequence[Area]) -> None:
    """Put the text of cells that are merged downward into each of their rows that holds something."""
    numbers, looked_at = sorted(page.rows), 0
    done: dict[int, int] = {}         # column -> the last row that was looked at; merged cells never overlap
    for area in sorted(merged):
        text = page.rows.get(area.top, {}).get(area.left)
        if text is None or area.top <= done.get(area.left, 0):
            continue
        done[area.left] = area.bottom
        rows = numbers[bisect_right(numbers, area.top):bisect_right(numbers, area.bottom)]
        looked_at += len(rows)
        if looked_at > MOST_FILLED:
            return
        for row in rows:
            page.rows[row].setdefault(area.left, text)
        page.filled += [str(area)] if rows else []
