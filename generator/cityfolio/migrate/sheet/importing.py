"""What staff changed in the workbook, as the smallest changes of the catalog's files.

A cell that shows what the catalog says changes nothing. One that differs is taken where the catalog still says what it said
when the workbook was made; where it does not, somebody changed both, and it is shown and left.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from cityfolio.migrate.harvest.merge import Maybe, Values
from cityfolio.migrate.sheet.cells import bare, cell_text, fits_cell, value_of
from cityfolio.migrate.sheet.exporting import digest, row_digest, shortened
from cityfolio.migrate.sheet.faults import faults, obstacle
from cityfolio.migrate.sheet.read import Book, Line, Page
from cityfolio.migrate.sheet.workbook import COLUMNS, SHEETS, Field, Row, Sheet, names_of, rows_of
from cityfolio.migrate.yaml.changes import Path, changes_between
from cityfolio.migrate.yaml.edit import edited
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.records import DatasetRecord
from cityfolio.problems import Location, Problem, did_you_mean
from cityfolio.tables.readers.sheets import cell_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """What to write, and what could not be taken."""

    writes: Mapping[str, str] = field(default_factory=dict)     # path in the catalog -> its new text
    cells: int = 0                # that were taken
    problems: tuple[Problem, ...] = ()


def edits(book: Book, texts: Mapping[str, str], values: Mapping[str, Values], known: Mapping[str, Collection[str]]) -> Edits:
    """Compare a workbook with the catalog: its files as text and as values, and the ids that can be pointed to."""
    taking = _Taking(book, dict(values), known)
    for page in book.pages:
        taking.page(page)
    writes = {}
    for path, record in taking.touched.items():
        text = edited(texts[path], changes_between(values[path], taking.values[path], record))
        if text != texts[path]:
            writes[path] = text
    return Edits(writes=writes, cells=taking.cells, problems=tuple(taking.problems))


@dataclass(slots=True)
class _Taking:
    """One workbook while it is compared."""

    book: Book
    values: dict[str, Values]
    known: Mapping[str, Collection[str]]
    touched: dict[str, type] = field(default_factory=dict)
    cells: int = 0
    problems: list[Problem] = field(default_factory=list)

    def page(self, page: Page) -> None:
        """Compare one sheet, row by row."""
        sheet = page.sheet
        rows = {row.key: row for row in rows_of(sheet, self.values)}
        missing = [key for key in sheet.keys if key not in page.header]
        if missing:
            says = f"the sheet lacks the column {missing[0]}"
            self.note((page, 1, 1), "workbook-row", says, "Put the header back as it was.")
            return
        names = {*sheet.keys, *(each.name for each in sheet.fields)}
        for name, column in page.header.items():
            if name not in names:
                self.note((page, 1, column), "workbook-cell", f'"{name}" is not a column of this sheet',
                          did_you_mean(name, names))
        met: set[tuple[str, ...]] = set()
        for line in page.lines:
            if not any(text.strip() for text in line.cells.values()):
                continue
            key = tuple(line.cells.get(name, "").strip() for name in sheet.keys)
            row = rows.get(key) or self.new_row(sheet, key)
            if row is None or key in met:
                self.refuse_row(page, line, key, [*rows] if key not in met else None)
            else:
                met.add(key)
                self.line(page, line, row)

    def new_row(self, sheet: Sheet, key: tuple[str, ...]) -> Row | None:
        """A column of a dataset that its dictionary does not have yet; nothing else can be made in a sheet."""
        if sheet is not COLUMNS or not key[2]:
            return None
        path = f"datasets/{key[0]}/dataset.yaml"
        if path not in self.values:
            return None
        files = self.values[path].get("files")
        names = names_of([each if isinstance(each, Mapping) else {} for each in files] if isinstance(files, list) else [])
        if key[1] and key[1] not in names:
            return None
        place: Path = ("files", names.index(key[1]), "columns") if key[1] else ("columns",)
        return Row(key=key, file=path, record=DatasetRecord, path=(*place, key[2]), values={})

    def refuse_row(self, page: Page, line: Line, key: tuple[str, ...], known: Sequence[tuple[str, ...]] | None) -> None:
        """Say that a row is about nothing that the catalog has; without `known`, that it stands there twice."""
        if known is None:
            name, says, fix = page.sheet.keys[-1], f'"{key[-1]}" stands in a row above already', "Keep one of the rows."
        else:
            depth = next((at for at in range(len(key)) if not any(each[: at + 1] == key[: at + 1] for each in known)), 0)
            name, says = page.sheet.keys[depth], f'the catalog has no {page.sheet.keys[depth]} "{key[depth]}"'
            fix = did_you_mean(key[depth], {each[depth] for each in known if each[:depth] == key[:depth] and each[depth]})
        self.note((page, line.number, page.header[name]), "workbook-row", says, fix)

    def line(self, page: Page, line: Line, row: Row) -> None:
        """Compare one row, cell by cell."""
        before = self.book.exported.get((page.sheet.name, row_digest(row.key)))
        for each in page.sheet.fields:
            if each.name in page.header:
                self.cell(page, line, (row, each), before)

    def cell(self, page: Page, line: Line, place: tuple[Row, Field], exported: Mapping[str, str] | None) -> None:
        """Take one cell, if it says something new."""
        row, each = place
        given, now = bare(line.cells.get(each.name, "")), row.value(each)
        shown = shortened(cell_text(now, each.kind))
        if given == bare(shown):
            return
        was = exported.get(each.name, digest("")) if exported is not None else digest(shown)
        if digest(given) == was:
            return     # staff left it; the catalog has changed meanwhile

        def note(code: str, says: str, fix: str) -> None:
            self.note((page, line.number, page.header[each.name]), code, says, fix)

        if digest(shown) != was:
            note("workbook-conflict", f'"{each.name}" was changed here and in the catalog, which now says "{_short(shown)}"',
                 f"Make the two alike: here, or in {row.file}.")
        elif found := obstacle(self.values[row.file], row, each):
            note("workbook-cell", *found)
        elif not fits_cell(now, each.kind):
            note("workbook-cell", f'"{each.name}" cannot be changed in a cell, which would not hold all of it',
                 f"Change it in {row.file}.")
        elif found := faults(row, each, value_of(given, each.kind), self.known):
            note("workbook-cell", *found)
        else:
            self.take(row, each, value_of(given, each.kind))

    def take(self, row: Row, each: Field, value: Maybe) -> None:
        """Put a value where it belongs."""
        made = _set(self.values[row.file], (*row.path, *each.path), value)
        assert isinstance(made, dict)
        self.values[row.file] = made
        self.touched[row.file] = row.record
        self.cells += 1

    def note(self, at: tuple[Page, int, int], code: str, says: str, fix: str) -> None:
        """Note a problem at a cell: a sheet, its row and its column."""
        page, row, column = at
        where = Location(path=self.book.name, line=row, column=column, in_catalog=False)
        named = f"{page.sheet.name}, cell {cell_name(row, column)}: {says}"
        self.problems.append(Problem(code=code, where=where, says=named, fix=fix))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return f"{flat[:100]}…" if len(flat) > 100 else flat


def _set(values: Yaml, path: Path, value: Maybe) -> Yaml:
    """Values with one set; groups on the way are made, and those that are left empty go, but for the items of a list."""
    if not path:
        return value if value is not None else {}
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        # A single value stands for a list of one.
        items: list[Yaml] = [values] if isinstance(values, str | Mapping) else list(values)
        items[step] = _set(items[step], rest, value)
        return items if not isinstance(values, Mapping) else items[0]
    group: dict[str, Yaml] = dict(values) if isinstance(values, Mapping) else {}
    below: Yaml = group.get(step, {}) if rest else {}
    made = _set(below, rest, value)
    if made == {} or (not rest and value is None):
        group.pop(step, None)
    else:
        group[step] = made
    return group


def sheets_of(values: Mapping[str, Values]) -> dict[str, list[Row]]:
    """The rows of every sheet."""
    return {sheet.name: rows_of(sheet, values) for sheet in SHEETS}
