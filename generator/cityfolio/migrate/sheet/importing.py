"""What staff changed in the workbook, as the smallest changes of the catalog's files.

A cell that shows what the catalog says changes nothing. One that differs is taken where the catalog still says what it said
when the workbook was made; where it does not, somebody changed both, and it is shown and left. A new row is a new dataset,
file or column; one that is gone takes nothing with it, unless that is asked for by name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cityfolio.frozen import Frozen, field
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.sheet.changing import Changing
from cityfolio.migrate.sheet.pages import all_pages
from cityfolio.migrate.sheet.read import Book
from cityfolio.migrate.sheet.taking import Taking
from cityfolio.migrate.sheet.workbook import SHEETS, Row, rows_of
from cityfolio.model.records import ColumnRecord, DatasetRecord
from cityfolio.problems import Problem

RECORDS: Mapping[str, type] = {"datasets": DatasetRecord, "columns": ColumnRecord}


class Edits(Frozen, kw_only=True):
    """What to write, and what could not be taken."""

    writes: Mapping[str, str] = field(default_factory=dict)     # path in the catalog -> its new text
    cells: int = 0                # that were taken
    added: tuple[str, ...] = ()   # rows that are new, as they are named
    removed: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()   # columns of the city's own
    unknown: tuple[str, ...] = ()       # what was to be removed, and is no row that is gone
    problems: tuple[Problem, ...] = ()


def edits(book: Book, texts: Mapping[str, str], values: Mapping[str, Values], known: Mapping[str, Collection[str]],
          removing: Collection[str] = ()) -> Edits:
    """Compare a workbook with the catalog: its files as text and as values, and the ids that can be pointed to.

    `removing` names rows that are gone from the workbook and shall go from the catalog too.
    """
    records = {path: Changing(RECORDS[room], texts[path], each) for path, each in values.items()
               if (room := path.partition("/")[0]) in RECORDS}
    taking = Taking(book=book, records=records, known={room: {*ids} for room, ids in known.items()}, removing=removing)
    all_pages(taking, {sheet.name: {row.key: row for row in rows} for sheet in SHEETS for rows in [rows_of(sheet, values)]})
    texts_now = {path: each.new_text() for path, each in records.items()
                 if not each.text or each.gone or each.values is not each.before}
    return Edits(
        writes={path: text for path, text in texts_now.items() if text != records[path].text}, cells=taking.cells,
        added=tuple(taking.added), removed=tuple(taking.removed), passed_over=tuple(taking.passed_over),
        unknown=tuple(name for name in removing if name not in taking.found), problems=tuple(taking.problems),
    )


def sheets_of(values: Mapping[str, Values]) -> dict[str, list[Row]]:
    """The rows of every sheet."""
    return {sheet.name: rows_of(sheet, values) for sheet in SHEETS}
