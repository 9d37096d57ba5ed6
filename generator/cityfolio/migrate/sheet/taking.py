"""One workbook while it is compared with the catalog: row by row, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from cityfolio.migrate.sheet.cells import bare, cell_text, fits_cell, meant, value_of
from cityfolio.migrate.sheet.changing import Changing, value_at
from cityfolio.migrate.sheet.exporting import digest, row_digest, shortened
from cityfolio.migrate.sheet.faults import Taken, faults, incomplete, obstacle
from cityfolio.migrate.sheet.read import Book, Line, Page
from cityfolio.migrate.sheet.rows import Key, Refusal
from cityfolio.migrate.sheet.workbook import Field, Row
from cityfolio.problems import Location, Problem
from cityfolio.tables.readers.sheets import cell_name


@dataclass(slots=True, kw_only=True)
class Taking:
    """Collects what a workbook says anew."""

    book: Book
    records: dict[str, Changing]               # by path in the catalog; new ones are put here
    known: Mapping[str, set[str]]
    removing: Collection[str]                  # rows that shall go, as they are named
    rows: Mapping[str, dict[Key, Row]] = field(default_factory=dict)     # by sheet, as the catalog has them and new ones
    files: dict[Key, int] = field(default_factory=dict)                  # dataset and what the sheets call a file -> its number
    called: dict[tuple[str, int], str] = field(default_factory=dict)     # dataset and number of a file -> its name in the sheet
    dropped: set[Key] = field(default_factory=set)                       # files whose rows say that they shall go
    new: dict[str, tuple[Page, Line]] = field(default_factory=dict)      # path of a new dataset -> its row
    taken: Counter[str] = field(default_factory=Counter)                 # cells by path
    added_in: list[tuple[str, str]] = field(default_factory=list)        # path, and the row as it is named
    removed: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    found: set[str] = field(default_factory=set)                         # of `removing`
    problems: list[Problem] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many cells were taken."""
        return self.taken.total()

    @property
    def added(self) -> list[str]:
        """The rows that are new."""
        return [name for _, name in self.added_in]

    def exported(self, page: Page, key: Key) -> Mapping[str, str] | None:
        """What the cells of a row held when the workbook was made, as digests; None where that is not known."""
        return self.book.exported.get((page.sheet.name, row_digest(key)))

    def known_as(self, key: Key) -> Key:
        """The key of a column's row with its file as the catalog calls it, where the sheets call it otherwise."""
        name = self.called.get((key[0], self.files.get(key[:2], -1))) if len(key) > 2 else None
        return key if name is None else (key[0], name, key[2])

    def line(self, page: Page, line: Line, row: Row) -> None:
        """Compare one row, cell by cell."""
        exported = self.exported(page, row.key)
        found = [taken for each in page.sheet.fields if each.name in page.header or each.name in line.cells
                 if (taken := self.cell(page, line, (row, each), exported)) is not None]
        record = self.records[row.file]
        before = value_at(record.values, row.path)
        refused = list(incomplete(page.sheet, before if isinstance(before, Mapping) else {}, found, is_new=not record.text))
        for taken, says, fix in refused:
            self.note((page, line.number, page.header.get(taken.field.name, 1)), "workbook-cell", says, fix)
        kept = [taken for taken in found if all(taken is not other for other, _, _ in refused)]
        for taken in kept:
            record.put((*row.path, *taken.field.path), taken.value)
        self.taken[row.file] += len(kept)

    def cell(self, page: Page, line: Line, place: tuple[Row, Field], exported: Mapping[str, str] | None) -> Taken | None:
        """What one cell says anew; None where that is nothing, or cannot be taken."""
        row, each = place
        raw, now = bare(line.cells.get(each.name, "")), row.value(each)
        given, shown = meant(raw, each.kind), shortened(cell_text(now))
        if bare(shown) in (raw, given) or meant(shown, each.kind) == given:
            return None
        was = exported.get(each.name, digest("")) if exported is not None else digest(shown)
        if was in (digest(raw), digest(given)):
            return None     # staff left it; the catalog has changed meanwhile
        value = value_of(given, each.kind)
        code, found = "workbook-cell", obstacle(self.records[row.file].values, row, each)
        if digest(shown) != was:
            says = f'"{each.name}" was changed here and in the catalog, which now says "{_short(shown)}"'
            code, found = "workbook-conflict", (says, f"Make the two alike: here, or in {row.file}.")
        elif found is None and not fits_cell(now, each.kind):
            says = f'"{each.name}" cannot be changed in a cell, which would not hold all of it'
            found = (says, f"Change it in {row.file}.")
        if found := found or faults(row, each, value, self.known):
            self.note((page, line.number, page.header.get(each.name, 1)), code, *found)
            return None
        return Taken(each, value)

    def refuse(self, page: Page, line: Line, refusal: Refusal) -> None:
        """Say why a row cannot be taken, at one of the cells that say what it is about."""
        column = page.header[page.sheet.keys[refusal.depth]]
        self.note((page, line.number, column), "workbook-row", refusal.says, refusal.fix)

    def note(self, at: tuple[Page, int, int], code: str, says: str, fix: str) -> None:
        """Note a problem at a cell: a sheet, its row and its column."""
        page, row, column = at
        where = Location(path=self.book.name, line=row, column=column, in_catalog=False)
        named = f"{page.sheet.name}, cell {cell_name(row, column)}: {says}"
        self.problems.append(Problem(code=code, where=where, says=named, fix=fix))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"{flat[:100]}…" if len(flat) > 100 else flat
