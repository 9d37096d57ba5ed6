"""What is strange in the rows of a sheet that can be read: names that look like data, the names once more, empty rows.

The same is said of delimited text. Nothing is mended: what is plain is refused, and what is only likely is a warning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cityfolio.problems import Location, Problem
from cityfolio.tables.readers.sheets import CellKind, SheetRow
from cityfolio.tables.table import Place, TableJob
from cityfolio.tables.types import found_type

VALUES = ("number", "date", "datetime")
LONG_NUMBER = 5               # digits: years name columns, and numbers of requests do not


@dataclass(slots=True, kw_only=True)
class SheetNotes:
    """Looks at the rows of a table from the one that names the columns on, and remembers the first of each sort."""

    job: TableJob
    header_row: int
    names: list[str] = field(default_factory=list)
    _like_data: int = 0           # column of the first name that looks like a value
    _like_data_name: str = ""
    _repeated: int = 0            # row of the sheet that holds the names again
    _first_empty: int = 0         # row of the sheet
    _empty: int = 0

    def look_at_header(self, row: SheetRow, names: Mapping[int, str]) -> None:
        """Take the names of the columns, by their places in the sheet."""
        self.names = list(names.values())
        if all(name in self.job.columns for name in self.names):
            return
        kinds = dict(zip(row.columns, row.kinds, strict=True))
        for column, name in names.items():
            if not self._like_data and _is_value(name, kinds[column]):
                self._like_data, self._like_data_name = column, name

    def look_at_row(self, row: SheetRow) -> None:
        """Take a row that fills every column that has a name, and no other."""
        if row.texts == self.names and len(self.names) > 1:
            self._repeated = self._repeated or row.number

    def note_empty(self, first: int, count: int) -> None:
        """Note rows without a value that have one with a value below them; the first by its number in the sheet."""
        if count and len(self.names) > 1:
            self._first_empty = self._first_empty or first
            self._empty += count

    def faults(self) -> list[Problem]:
        """What keeps the rows from being one table."""
        if not self._repeated:
            return []
        says = (f"row {self._repeated:,} of the sheet repeats the names of the columns, so two tables may stand one below the "
                "other")
        return [Problem(code="table-shape", where=self._place(self._repeated, 1), says=says,
                        fix="Remove the row, or put each table on a sheet of its own.")]

    def warnings(self) -> list[Problem]:
        """What is read as it stands, and may be meant in another way."""
        found = []
        if self._like_data:
            name = self._like_data_name
            given = f"`{name[:80]}`" if self.job.may_show(name) else "one of its cells"
            found.append(Problem(code="header-data", where=self._place(self.header_row, self._like_data),
                                 says=f"row {self.header_row:,} should name the columns, and {given} looks like a value",
                                 fix="Put a row with the names of the columns above it, or write the right `header_row:`."))
        if self._empty:
            others = "" if self._empty == 1 else f" and {self._empty - 1:,} other row{'' if self._empty == 2 else 's'}"
            are = "is" if self._empty == 1 else "are"
            says = f"row {self._first_empty:,} of the sheet{others} {are} empty in every column, and counted as any other row"
            found.append(Problem(code="csv-row", where=self._place(self._first_empty, 1), says=says, fix="Remove such rows."))
        return found

    def _place(self, row: int, column: int) -> Location:
        return self.job.location(Place(line=row, column=column))


def _is_value(name: str, kind: CellKind) -> bool:
    if kind in VALUES:
        return True
    found = found_type([name])
    return found in VALUES or (found == "integer" and len(name) >= LONG_NUMBER)
