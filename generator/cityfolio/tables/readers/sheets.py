"""Sheets of a workbook: how cells are called, what a row of one is, and which sheet is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from cityfolio.problems import did_you_mean
from cityfolio.tables.readers.package import START
from cityfolio.tables.table import SeveralTables, TableJob, Unreadable

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384   # of a sheet, in every program of today

CellKind = Literal["string", "integer", "number", "boolean", "date", "datetime", "time", "span", "error", "uncalculated", ""]
# "span": a stretch of time. "": a text without a character, which is no value.


class SheetRow(NamedTuple):
    """The cells of a row that hold something, from left to right; rows and columns count from 1."""

    number: int
    repeated: int
    columns: list[int]
    texts: list[str]
    kinds: list[CellKind]


class Area(NamedTuple):
    """Cells that are merged into one, by their outermost rows and columns."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        return f"{cell_name(self.top, self.left)}:{cell_name(self.bottom, self.right)}"


def column_letters(column: int) -> str:
    """What a spreadsheet calls a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def column_number(letters: str) -> int:
    """The column of letters from A to XFD; 0 for anything else."""
    if not 1 <= len(letters) <= 3 or not (letters.isascii() and letters.isupper() and letters.isalpha()):
        return 0
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if number <= MOST_COLUMNS else 0


def cell_name(row: int, column: int) -> str:
    """What a spreadsheet calls a cell: C12 is in row 12, column 3."""
    return f"{column_letters(column)}{row}"


def no_such_sheet(wanted: str, names: Sequence[str], job: TableJob) -> Unreadable:
    """What to raise where the sheet that is named is not among the names."""
    return job.refusal(START, "sheet-unknown", f'the file has no sheet "{wanted}"', did_you_mean(wanted, names))


def which_sheet(names: Sequence[str], job: TableJob) -> Unreadable:
    """What to raise where no sheet is named and several hold cells."""
    shown = ", ".join(f'"{name[:60]}"' for name in names[:12]) + (", ..." if len(names) > 12 else "")
    refusal = job.refusal(START, "sheet-unknown", f"the file has {len(names)} sheets with something in them, and none is named",
                          f"Write one of them as `sheet:` in the file's entry: {shown}.")
    return SeveralTables(refusal.problems[0], names)
