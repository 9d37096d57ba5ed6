"""Cells of a sheet that are no values: errors, formulas that nobody calculated, and cells merged with others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cityfolio.problems import Problem
from cityfolio.tables.readers.sheets import Area, CellKind, SheetRow, cell_name
from cityfolio.tables.table import Place, TableJob

# What spreadsheets show in place of a value. `Err:508` is LibreOffice's own.
ERROR = re.compile(r"#[A-Z][A-Z0-9_/]{0,30}[!?]?|Err:[0-9]{3}")


@dataclass(slots=True, kw_only=True)
class Merged:
    """Areas of merged cells that begin in one column."""

    first: Area
    count: int = 1


@dataclass(slots=True, kw_only=True)
class CellFaults:
    """Counts faults of cells and remembers the first of each sort, so that a sheet full of them takes no memory."""

    _counts: dict[CellKind, int] = field(default_factory=dict)
    _first: dict[CellKind, tuple[int, int, str]] = field(default_factory=dict)
    _merged: dict[int, Merged] = field(default_factory=dict)

    def look_at(self, row: SheetRow) -> None:
        """Count the errors of a row."""
        for column, text, kind in zip(row.columns, row.texts, row.kinds, strict=True):
            if kind in ("error", "uncalculated"):
                self._counts[kind] = self._counts.get(kind, 0) + row.repeated
                self._first.setdefault(kind, (row.number, column, text))

    def merge(self, area: Area, header_row: int) -> None:
        """Note merged cells, if any of them lie in the header or below it."""
        if area.bottom < header_row or (area.top == area.bottom and area.left == area.right):
            return
        found = self._merged.get(area.left)
        if found is None:
            self._merged[area.left] = Merged(first=area)
            return
        found.count += 1
        found.first = min(found.first, area)

    def problems(self, job: TableJob, header_row: int, last_row: int, width: int) -> Iterator[Problem]:
        """What is wrong with the cells from the header to the last filled row and column."""
        touching = [each for each in self._merged.values() if each.first.left <= width and each.first.top <= last_row]
        if touching:
            yield _merged_problem(job, min(each.first for each in touching), sum(each.count for each in touching), header_row)
        if "error" in self._first:
            row, column, text = self._first["error"]
            # Only what spreadsheets themselves show: a file can say of any text that it is an error.
            shown = f", `{text}`" if ERROR.fullmatch(text) else ""
            yield _cell_problem(job, (row, column), f"{_cells(self._counts['error'])} an error in place of a value (first: "
                                f"{cell_name(row, column)}{shown})", "Correct the formulas, or clear the cells.")
        if "uncalculated" in self._first:
            row, column, _ = self._first["uncalculated"]
            count, first = _cells(self._counts["uncalculated"]), cell_name(row, column)
            yield _cell_problem(job, (row, column), f"{count} a formula that was never calculated (first: {first})",
                                "Open the file in a spreadsheet program, which calculates them, and save it.")


def _cells(count: int) -> str:
    return "1 cell holds" if count == 1 else f"{count:,} cells hold"


def _cell_problem(job: TableJob, cell: tuple[int, int], says: str, fix: str) -> Problem:
    return Problem(code="sheet-error", where=job.location(Place(line=cell[0], column=cell[1])), says=says, fix=fix)


def _merged_problem(job: TableJob, first: Area, count: int, header_row: int) -> Problem:
    others = "" if count == 1 else f", and {count - 1:,} more {'area' if count == 2 else 'areas'}"
    place = Place(line=max(first.top, header_row), column=first.left)
    return Problem(code="sheet-merged", where=job.location(place), says=f"the cells {first} are merged into one{others}",
                   fix="Undo it and give each row its own value, since only the first cell of them has one.")
