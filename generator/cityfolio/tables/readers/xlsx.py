"""XLSX workbooks: the sheet that is meant, and its table."""

from __future__ import annotations

from typing import BinaryIO

from cityfolio.tables.limits import Limits
from cityfolio.tables.readers.grid import Grid
from cityfolio.tables.readers.package import open_package
from cityfolio.tables.readers.sheets import no_such_sheet, which_sheet
from cityfolio.tables.readers.xlsx_cells import CellHandlers
from cityfolio.tables.readers.xlsx_strings import tags
from cityfolio.tables.readers.xlsx_workbook import Sheet, Workbook, workbook_in
from cityfolio.tables.readers.xml_parts import parsed
from cityfolio.tables.table import Reading, TableJob


class FilledHandlers:
    """Looks for the first value of a worksheet, to tell sheets that hold something from those that only are there."""

    TAGS = tags("v", "t")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.is_filled = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.texts.clear()

    def end(self, name: str) -> None:
        """An element ends."""
        self.is_filled = self.is_filled or (name in self.TAGS and bool(self.texts))
        self.texts.clear()


def read_xlsx(stream: BinaryIO, job: TableJob, limits: Limits | None = None) -> Reading:
    """Read the table of one sheet of a workbook. Raises Unreadable where the file cannot be trusted."""
    limits = limits or job.limits
    with open_package(stream, job, limits) as package:
        workbook = workbook_in(package, job, limits)
        return _reading(workbook, _chosen(workbook))


def _reading(workbook: Workbook, sheet: Sheet) -> Reading:
    job = workbook.job
    handlers = CellHandlers(workbook.contents(), job)
    grid = Grid(sheet=sheet.name, job=job, limits=workbook.limits)
    for _ in parsed(workbook.part(sheet.part), sheet.part, handlers, job):
        for row in handlers.rows:
            grid.add(row)
        for area in handlers.merged:
            grid.faults.merge(area, grid.header_row)
        handlers.rows.clear()
        handlers.merged.clear()
    return grid.reading()


def _chosen(workbook: Workbook) -> Sheet:
    wanted, names = workbook.job.file.sheet, [sheet.name for sheet in workbook.sheets]
    if wanted is not None:
        found = next((sheet for sheet in workbook.sheets if sheet.name == wanted), None)
        if found is None:
            raise no_such_sheet(wanted, names, workbook.job)
        return found
    if len(names) == 1:
        return workbook.sheets[0]
    filled = [sheet for sheet in workbook.sheets if _is_filled(workbook, sheet)]
    if len(filled) > 1:
        raise which_sheet([sheet.name for sheet in filled], workbook.job)
    return filled[0] if filled else workbook.sheets[0]


def _is_filled(workbook: Workbook, sheet: Sheet) -> bool:
    handlers = FilledHandlers()
    return any(handlers.is_filled for _ in parsed(workbook.part(sheet.part), sheet.part, handlers, workbook.job))
