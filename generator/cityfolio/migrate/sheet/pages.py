"""The sheets of a workbook that comes back, row by row: which are known, which are new, and which are gone."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.migrate.sheet.adding import new_row, settle
from cityfolio.migrate.sheet.read import Line, Page
from cityfolio.migrate.sheet.removing import missing, retire, shall_go, take_out
from cityfolio.migrate.sheet.rows import Key, Refusal, new_id
from cityfolio.migrate.sheet.taking import Taking
from cityfolio.migrate.sheet.workbook import COLUMNS, DATASETS, FILES, REMOVE, SHARED, Row
from cityfolio.problems import did_you_mean

ROOMS = {DATASETS.name: "datasets", SHARED.name: "columns"}     # of sheets whose rows are files of the catalog


def all_pages(taking: Taking, rows: Mapping[str, dict[Key, Row]]) -> None:
    """Compare every sheet with the rows that the catalog has."""
    taking.rows = rows
    taking.files = {key: number for key, row in rows[FILES.name].items() if isinstance(number := row.path[1], int)}
    taking.called = {(key[0], number): key[1] for key, number in taking.files.items()}
    for page in taking.book.pages:      # what one row makes, another can point to
        room = ROOMS.get(page.sheet.name, "")
        if room in taking.known:
            taking.known[room] |= {key[0] for _, key in _keyed(page) if not new_id(page.sheet, key[0])}
    for page in taking.book.pages:
        _page(taking, page)
    for path, (page, line) in taking.new.items():
        settle(taking, path, page, line)


def _page(taking: Taking, page: Page) -> None:
    if not _has_header(taking, page):
        return
    rows = taking.rows[page.sheet.name]
    lines = [(line, taking.known_as(key)) for line, key in _keyed(page)]
    here = {key for _, key in lines}
    gone = [row for key, row in rows.items() if key not in here and taking.exported(page, key) is not None]
    met: set[Key] = set()
    for number, (line, key) in enumerate(lines):
        if key in met:
            refusal = Refusal(len(key) - 1, f'"{key[-1]}" stands in a row above already', "Keep one of the rows.")
            taking.refuse(page, line, refusal)
            continue
        met.add(key)
        goes = shall_go(taking, page, line)
        if page.sheet is FILES and goes:
            taking.dropped.add(key)
        if page.sheet is COLUMNS and key[:2] in taking.dropped:
            continue
        if key in rows:
            _known_row(taking, page, (line, rows[key]), goes=goes)
        elif not goes:
            near = [lines[at][1] if 0 <= at < len(lines) else () for at in (number - 1, number + 1)]
            new_row(taking, page, line, key, (gone, near))
    missing(taking, page, gone)


def _keyed(page: Page) -> list[tuple[Line, Key]]:
    """The rows of a sheet that say something, each with what it is about."""
    return [(line, tuple(line.cells.get(name, "").strip() for name in page.sheet.keys)) for line in page.lines
            if any(line.cells.get(name, "").strip() for name in page.sheet.names)]


def _has_header(taking: Taking, page: Page) -> bool:
    """Whether a sheet says what its rows are about. Columns of the city's own are passed over."""
    lacking = [name for name in page.sheet.keys if name not in page.header]
    if lacking:
        says = f"the sheet lacks the column {lacking[0]}"
        taking.note((page, 1, 1), "workbook-row", says, "Put the header back as it was.")
        return False
    absent = [name for name in page.sheet.names if name not in page.header and name != REMOVE]
    for name, column in page.header.items():
        if name in page.sheet.names:
            continue
        if absent:
            says = f'"{name}" is not a column of this sheet'
            taking.note((page, 1, column), "workbook-cell", says, did_you_mean(name, absent))
        else:
            taking.passed_over.append(f"{page.sheet.name}: {name}")
    return True


def _known_row(taking: Taking, page: Page, found: tuple[Line, Row], *, goes: bool) -> None:
    line, row = found
    if not goes:
        taking.line(page, line, row)
    elif page.sheet is DATASETS:
        taking.line(page, line, row)
        retire(taking, (page, line.number, page.header.get("reason", 1)), row)
    else:
        take_out(taking, (page, line.number, page.header[REMOVE]), row)
