"""From the cells of a sheet to a table: the row that names the columns, the rows below it, and what each column holds.

A column's kind is what all its filled cells agree on. Numbers with and without decimals make numbers; days, and days with a
time, make days with a time, and each whole day is then written with midnight. Anything else that is mixed is text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.problems import Problem
from cityfolio.tables.limits import LIMITS, Limits, how_to_raise
from cityfolio.tables.readers.cell_faults import CellFaults
from cityfolio.tables.readers.clock import as_moment, as_time
from cityfolio.tables.readers.package import SAVE_AGAIN, START, refuse
from cityfolio.tables.readers.sheet_notes import SheetNotes
from cityfolio.tables.readers.sheets import (
    MOST_COLUMNS,
    MOST_ROWS,
    CellKind,
    SheetRow,
    cell_name,
    column_letters,
)
from cityfolio.tables.readers.spool import Mend, Spool, SpooledPortions
from cityfolio.tables.table import LIMIT_COLUMNS, Cell, Place, Reading, Table, TableJob

FAULTY: frozenset[CellKind] = frozenset(("error", "uncalculated"))
EMPTY: frozenset[Cell] = frozenset((None, ""))
# Where the kinds of a column differ, what they are together, and how cells of it are then written.
TOGETHER: dict[frozenset[CellKind], tuple[ColumnType, Mend | None]] = {
    frozenset(("integer", "number")): ("number", None),
    frozenset(("date", "datetime")): ("datetime", as_moment),
    frozenset(("time",)): ("time", as_time),
    # A stretch of a day or more is no time of day, and then none of its column is.
    frozenset(("span",)): ("string", None),
    frozenset(("time", "span")): ("string", None),
}
ALONE: tuple[ColumnType, ...] = ("string", "integer", "number", "boolean", "date", "datetime")


class SheetSource(Frozen, kw_only=True):
    """Where a table stands in its sheet."""

    header_row: int
    columns: tuple[int, ...]

    def header(self) -> tuple[Place, ...]:
        """Where each name of the header stands."""
        return tuple(Place(line=self.header_row, column=column) for column in self.columns)

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where cells stand, each given as data row and column, both counted from 0."""
        return {(row, column): Place(line=self.header_row + 1 + row, column=self.columns[column]) for row, column in wanted}


@dataclass(slots=True, kw_only=True)
class Grid:
    """Takes the rows of a sheet from top to bottom and makes a table of them."""

    sheet: str
    job: TableJob
    limits: Limits = LIMITS
    faults: CellFaults = field(default_factory=CellFaults)
    _notes: SheetNotes = field(init=False)
    _names: dict[int, str] = field(default_factory=dict)     # of the columns that have one, by their place in the sheet
    _columns: list[int] = field(default_factory=list)        # the same places
    _kinds: list[set[CellKind]] = field(default_factory=list)
    _last_kinds: list[CellKind] = field(default_factory=list)   # of the last full row, which most rows are like
    _unnamed: dict[int, int] = field(default_factory=dict)   # columns without a name, each with its first filled row
    _spool: Spool = field(default_factory=lambda: Spool(0))
    _rows: int = 0                                           # put into the spool
    _filled_rows: int = 0                                    # of these, up to the last one that holds a value
    _first_filled: int = 0                                   # row of the sheet, from the header on
    _width: int = 0                                          # the last filled column
    _characters: int = 0

    def __post_init__(self) -> None:
        self._notes = SheetNotes(job=self.job, header_row=self.header_row)

    @property
    def header_row(self) -> int:
        """The row that names the columns; the first is 1."""
        return max(1, self.job.file.header_row)

    def add(self, row: SheetRow) -> None:
        """Take a row that holds something. Raises Unreadable."""
        last = row.number + row.repeated - 1
        if last < self.header_row or not row.columns:
            return
        self._check_size(row, last)
        if row.number <= self.header_row:
            self._name_columns(row)
            row = row._replace(number=self.header_row + 1, repeated=last - self.header_row)
        if row.repeated:
            self._add_data(row)

    def reading(self) -> Reading:
        """The table, or everything that keeps it from being one."""
        if not self._names:
            return Reading(table=None, problems=(self._no_header(),))
        last_row = self.header_row + self._filled_rows
        problems = (*self._header_faults(), *self._notes.faults(),
                    *self.faults.problems(self.job, self.header_row, last_row, self._width))
        if problems:
            return Reading(table=None, problems=problems)
        found = [_together(frozenset(kinds)) for kinds in self._kinds]
        mends = {number: mend for number, (_, mend) in enumerate(found) if mend is not None}
        return Reading(table=Table(
            header=tuple(self._names.values()),
            portions=SpooledPortions(spool=self._spool, rows=self._filled_rows, mends=mends),
            source=SheetSource(header_row=self.header_row, columns=tuple(self._columns)),
            kinds=tuple(kind for kind, _ in found), empty=EMPTY, sheet=self.sheet,
            notes=self._notes.warnings(),
        ))

    def _check_size(self, row: SheetRow, last: int) -> None:
        self._characters += sum(map(len, row.texts)) * row.repeated
        if self._characters > self.limits.expanded_bytes:
            says = (f"the texts of all cells together have {self._characters:,} characters, and the limit is "
                    f"{self.limits.expanded_bytes:,}")
            raise self.job.refusal(START, "table-limit", says, how_to_raise("expanded_bytes", self._characters))
        self._width = max(self._width, row.columns[-1])
        rows = last - self.header_row + 1
        if rows * self._width > self.limits.cells:
            says = (f"the table reaches to {cell_name(last, self._width)} and has {rows * self._width:,} cells, and the limit "
                    f"is {self.limits.cells:,}")
            clear = f"Clear {cell_name(last, row.columns[-1])} if nothing should be there. "
            raise self.job.refusal(Place(line=last, column=row.columns[-1]), "table-limit", says,
                                   clear + how_to_raise("cells", rows * self._width))
        if self._width > MOST_COLUMNS or last > MOST_ROWS:
            refuse(self.job, f"the sheet reaches to {cell_name(last, self._width)}, and none has so many cells", SAVE_AGAIN)

    def _name_columns(self, row: SheetRow) -> None:
        self.faults.look_at(row._replace(number=self.header_row))
        self._names = {column: text for column, text in zip(row.columns, row.texts, strict=True) if text.strip()}
        self._notes.look_at_header(row, self._names)
        self._columns = list(self._names)
        self._kinds = [set() for _ in self._columns]
        self._spool = Spool(len(self._columns))
        self._first_filled = self.header_row

    def _add_data(self, row: SheetRow) -> None:
        self._spool_gap(row.number - self.header_row - 1)
        if row.columns == self._columns:
            cells: Sequence[Cell] = row.texts
            self._notes.look_at_row(row)
            if row.kinds != self._last_kinds:
                self._note_kinds(row, range(len(self._columns)))
        else:
            cells = self._spread(row)
        for _ in range(row.repeated):
            self._spool.add(cells)
        self._rows += row.repeated
        if any(row.kinds):
            first_empty = self.header_row + 1 + self._filled_rows
            self._notes.note_empty(first_empty, row.number - first_empty)
            self._filled_rows = self._rows
            self._first_filled = self._first_filled or row.number

    def _spread(self, row: SheetRow) -> list[Cell]:
        """The cells of a row that is not filled from end to end, or goes beyond the names."""
        places = {column: number for number, column in enumerate(self._columns)}
        cells: list[Cell] = [None] * len(places)
        for column, text, kind in zip(row.columns, row.texts, row.kinds, strict=True):
            if column in places:
                cells[places[column]] = text
            elif kind:
                self._unnamed.setdefault(column, row.number)
        self._note_kinds(row, [places.get(column, -1) for column in row.columns])
        return cells

    def _note_kinds(self, row: SheetRow, numbers: Iterable[int]) -> None:
        for number, kind in zip(numbers, row.kinds, strict=True):
            if number >= 0 and kind:
                self._kinds[number].add(kind)
        # Each row with an error is looked at, so that they can be counted.
        faulty = not FAULTY.isdisjoint(row.kinds)
        if faulty:
            self.faults.look_at(row)
        self._last_kinds = [] if faulty else row.kinds

    def _spool_gap(self, rows: int) -> None:
        """Put in rows that hold nothing, up to so many in all: they stand in the sheet and are rows."""
        for _ in range(rows - self._rows):
            self._spool.add((None,) * len(self._columns))
        self._rows = max(self._rows, rows)

    def _no_header(self) -> Problem:
        where = self.job.location(Place(line=self.header_row, column=1))
        sheet, row = f"sheet `{self.sheet[:80]}`", f"row {self.header_row:,}"
        if not self._first_filled:
            return Problem(code="table-shape", where=where, says=f"{sheet} holds nothing from {row} on",
                           fix="Name another one as `sheet:`, or the right `header_row:`.")
        return Problem(code="table-shape", where=where, says=f"{row} of {sheet} is empty, so the columns have no names",
                       fix="Write the number of the row that names them as `header_row:` in the file's entry. The first "
                           f"that holds something is {self._first_filled:,}.")

    def _header_faults(self) -> list[Problem]:
        if self._width > LIMIT_COLUMNS:
            where = self.job.location(Place(line=self.header_row, column=LIMIT_COLUMNS + 1))
            says = f"the sheet has {self._width:,} columns, more than the {LIMIT_COLUMNS:,} that can be read"
            return [Problem(code="file-large", where=where, says=says,
                            fix="Turn columns into rows: one row for each thing and kind.")]
        return [*self._unnamed_faults(), *self._repeated_faults()]

    def _unnamed_faults(self) -> list[Problem]:
        return [
            Problem(code="column-unnamed", where=self.job.location(Place(line=self.header_row, column=column)),
                    says=f"column {column_letters(column)} has no name in row {self.header_row:,}, and is not empty (see "
                         f"{cell_name(row, column)})",
                    fix="Give it a name, or clear its cells.")
            for column, row in sorted(self._unnamed.items())
        ]

    def _repeated_faults(self) -> list[Problem]:
        first: dict[str, int] = {}
        problems = []
        for column, name in self._names.items():
            if first.setdefault(name, column) != column:
                problems.append(Problem(
                    code="column-repeated", where=self.job.location(Place(line=self.header_row, column=column)),
                    says=f"columns {column_letters(first[name])} and {column_letters(column)} are both named "
                         f"{f'`{name[:80]}`' if self.job.may_show(name) else 'the same'}",
                    fix="Give each column a name of its own.",
                ))
        return problems


def _together(kinds: frozenset[CellKind]) -> tuple[ColumnType | None, Mend | None]:
    """What a column is of which the cells have these kinds; None where it has no filled cells."""
    if not kinds:
        return None, None
    if kinds in TOGETHER:
        return TOGETHER[kinds]
    return next((kind for kind in ALONE if kinds == {kind}), "string"), None
