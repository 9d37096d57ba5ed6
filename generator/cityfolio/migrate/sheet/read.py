"""The workbook as it comes back: the cells of each sheet with their places, and what it held when it was made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from cityfolio.frozen import Frozen, field, replace
from cityfolio.migrate.sheet.exporting import EXPORTED
from cityfolio.migrate.sheet.workbook import SHEETS, Sheet
from cityfolio.model.records import FileRecord
from cityfolio.problems import Problem
from cityfolio.tables.readers.xlsx import read_xlsx
from cityfolio.tables.table import Table, TableJob, Unreadable


class Line(Frozen, kw_only=True):
    """One row of a sheet: its number there, and what stands under each name of the header."""

    number: int
    cells: Mapping[str, str]


class Page(Frozen, kw_only=True):
    """One sheet."""

    sheet: Sheet
    header: Mapping[str, int] = field(default_factory=dict)     # name -> column, counted from 1
    lines: Sequence[Line] = ()


class Book(Frozen, kw_only=True):
    """The whole workbook."""

    name: str
    pages: tuple[Page, ...] = ()
    exported: Mapping[tuple[str, str], Mapping[str, str]] = field(default_factory=dict)   # sheet and row -> digest by field
    problems: tuple[Problem, ...] = ()


def read_book(name: str, body: bytes) -> Book:
    """Read a workbook. What keeps it from being read is among the problems."""
    found: dict[str, Table] = {}
    problems: list[Problem] = []
    for sheet in (*(each.name for each in SHEETS), EXPORTED):
        try:
            job = TableJob(path=name, size_bytes=len(body), file=FileRecord(path=name, sheet=sheet))
            reading = read_xlsx(BytesIO(body), job)
        except Unreadable as refusal:
            # A workbook may come without some of its sheets: what is not there is not changed.
            problems += [each for each in refusal.problems if each.code != "sheet-unknown"]
            continue
        problems += [replace(each, says=f"{sheet}: {each.says}") for each in reading.problems]
        if reading.table is not None:
            found[sheet] = reading.table
    pages = tuple(_page(sheet, found[sheet.name]) for sheet in SHEETS if sheet.name in found)
    exported = _exported(found[EXPORTED]) if EXPORTED in found else {}
    return Book(name=name, pages=pages, exported=exported, problems=tuple(_outside(each) for each in dict.fromkeys(problems)))


def _outside(problem: Problem) -> Problem:
    return replace(problem, where=replace(problem.where, in_catalog=False))


def _page(sheet: Sheet, table: Table) -> Page:
    header = {name.strip(): place.column for name, place in zip(table.header, table.source.header(), strict=True)}
    return Page(sheet=sheet, header=header, lines=_lines(table))


def _lines(table: Table) -> list[Line]:
    names = [name.strip() for name in table.header]
    lines: list[Line] = []
    for portion in table.portions:
        columns = [portion.texts(number) for number in range(len(names))]
        for cells in zip(*columns, strict=True):
            filled = {name: text for name, text in zip(names, cells, strict=True) if text}
            lines.append(Line(number=len(lines) + 2, cells=filled))
    return lines


def _exported(table: Table) -> dict[tuple[str, str], dict[str, str]]:
    found = {}
    for line in _lines(table):
        cells = line.cells
        pairs = (pair.rpartition("=") for pair in cells.get("cells", "").split())
        found[cells.get("sheet", ""), cells.get("row", "")] = {name: told for name, _, told in pairs}
    return found
