"""Import from a list of datasets that somebody keeps as a spreadsheet: XLSX or delimited text, a row for each dataset.

What the columns are called is matched with what people call them; columns that mean nothing to us are kept under notes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cityfolio.migrate.drafts.dataset import DatasetDraft
from cityfolio.migrate.drafts.draft import Draft
from cityfolio.migrate.imported import Imported
from cityfolio.migrate.source import Source, Wishes
from cityfolio.migrate.spreadsheet.cells import Page, pages_of
from cityfolio.migrate.spreadsheet.dataset import Group, Row, dataset_of
from cityfolio.migrate.spreadsheet.header import Header, columns_header, datasets_header, likeness
from cityfolio.migrate.values.document import document_of
from cityfolio.migrate.values.names import comparable
from cityfolio.migrate.values.texts import NO_WORDS
from cityfolio.problems import Problem
from cityfolio.tables.readers.sheets import column_letters
from cityfolio.tables.table import Unreadable

NAMES = ("inventory.xlsx", "datasets.xlsx", "inventory.csv", "datasets.csv", "inventory.tsv")
NO_HEADER = "no sheet has a row that names the columns, with one for the title of each dataset, such as Dataset name"


@dataclass(slots=True)
class Known:
    """The datasets of a list, by what rows may call them."""

    groups: dict[tuple[str, ...], Group] = field(default_factory=dict)
    drafts: dict[str, DatasetDraft] = field(default_factory=dict)


def import_spreadsheet(source: Source, wishes: Wishes) -> Imported:
    """Make a catalog from a spreadsheet."""
    draft = Draft("spreadsheet", name=wishes.name, today=wishes.today)
    document = document_of(source, NAMES)
    if isinstance(document, Problem):
        draft.problems.append(document)
        return draft.refused()
    try:
        pages = pages_of(document.content, likeness)
    except Unreadable as refusal:
        draft.problems += [document.refused(each.says) for each in refusal.problems]
        return draft.refused()
    about_columns = [(page, header) for page in pages if (header := columns_header(page)) is not None]
    others = [page for page in pages if not any(page is each for each, _ in about_columns)]
    found = next(((page, header) for page in others if (header := datasets_header(page)) is not None), None)
    if found is None:
        draft.problems.append(document.refused(NO_HEADER))
        return draft.refused()
    known = Known()
    for group in _groups(*found, draft, known):
        each = dataset_of(group, draft)
        for name in group.rows[0].called:
            known.drafts.setdefault(name, each)
    for page, header in about_columns:
        _columns(page, header, draft, known)
    _rest(draft, [page for page in others if page is not found[0]], [found[0], *(page for page, _ in about_columns)])
    return draft.imported()


def _groups(page: Page, header: Header, draft: Draft, known: Known) -> list[Group]:
    """The rows, those of one dataset together: same title, publisher and identifier, each with an address of its own."""
    groups: list[Group] = []
    met: dict[tuple[tuple[int, str], ...], str] = {}      # cells -> where they stood first
    for row in _rows(page, header):
        cells = tuple(row.cells.items())
        if row.title.lower() in NO_WORDS | {""}:
            draft.left_out(row.place, "a row without a title")
        elif cells in met:
            draft.left_out(row.place, f"the same as {met[cells]}", is_meant=True)
        elif (group := known.groups.get(row.key)) and row.urls and group.urls and not row.urls & group.urls:
            group.rows.append(row)
            draft.ledger.note("joined", row.place, "a row that gives another file of a dataset above", row.title)
        else:
            groups.append(Group(rows=[row]))
            known.groups[row.key] = groups[-1]
        met.setdefault(cells, row.place)
    return groups


def _rows(page: Page, header: Header) -> Iterator[Row]:
    order = _order_of_dates(page, header)
    for number in sorted(page.rows):
        if number > header.row and page.rows[number] != page.rows[header.row]:
            yield Row(page=page, header=header, number=number, day_first=order)


def _order_of_dates(page: Page, header: Header) -> bool | None:
    """Whether days come first in dates such as 3/4/2026: all of a list tells where one alone cannot."""
    columns = [column for fact in ("issued", "modified", "start", "end") for column in header.known.get(fact, ())]
    firsts, seconds = Counter[bool](), Counter[bool]()
    for cells in page.rows.values():
        for column in columns:
            first, _, rest = cells.get(column, "").partition("/")
            second = rest.partition("/")[0]
            if first.isdecimal() and second.isdecimal() and len(first) < 3 and len(second) < 3:
                firsts[int(first) > 12] += 1
                seconds[int(second) > 12] += 1
    return None if bool(firsts[True]) == bool(seconds[True]) else bool(firsts[True])


def _columns(page: Page, header: Header, draft: Draft, known: Known) -> None:
    """Read a sheet in which each row is a column of a dataset."""
    name = ""
    for number in sorted(page.rows):
        if number <= header.row:
            continue
        cells, place = page.rows[number], page.place(number)
        said = {fact: cells.get(columns[0], "") for fact, columns in header.known.items()}
        name = said["dataset"] or name     # people name a dataset once, in the first of its rows
        each = known.drafts.get(comparable(name)) or known.drafts.get(name)
        if each is None:
            draft.gathered.count("columns", found=1)
            draft.ledger.note("left-out", place, "a column of a dataset that is not in the list", f"{name}: {said['name']}")
            continue
        more = [f"{header.names.get(column, column_letters(column))}: {text}" for column, text in cells.items()
                if column not in header.taken]
        described = "\n\n".join(part for part in (said.get("description", ""), *more) if part)
        each.column(place, said["name"], title=said.get("title"), description=described, type=said.get("type"),
                    unit=said.get("unit"), required=said.get("required", "").lower() in ("yes", "y", "true", "x", "required"))


def _rest(draft: Draft, unread: list[Page], read: list[Page]) -> None:
    for page in unread:
        if page.rows:
            draft.ledger.note("left-out", page.name, "a sheet that was not read", f"{len(page.rows):,} rows")
    for page in read:
        sheet = page.name or "(file)"
        if page.encoding == "cp1252":
            draft.ledger.note("doubtful", sheet, "not UTF-8, so read as Windows' Western encoding")
        for cell in page.filled:
            draft.ledger.note("mended", f"{sheet}, {cell}", "the text of merged cells taken for each of their rows")
        for cell in page.faults:
            draft.ledger.note("left-out", f"{sheet}, {cell}", "an error, or a formula that was never worked out")
