"""Rows of a workbook that are gone, or say that what they are about shall go."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.migrate.sheet.cells import NO, YES
from cityfolio.migrate.sheet.exporting import digests
from cityfolio.migrate.sheet.read import Line, Page
from cityfolio.migrate.sheet.taking import Taking
from cityfolio.migrate.sheet.workbook import DATASETS, REMOVE, SHARED, Row

MOST_NAMED = 10


def shall_go(taking: Taking, page: Page, line: Line) -> bool:
    """Whether a row says that what it is about shall go."""
    said = line.cells.get(REMOVE, "").strip().lower()
    if said in YES and page.sheet.removal:
        return True
    if said not in NO and page.sheet.removal:
        taking.note((page, line.number, page.header[REMOVE]), "workbook-cell", f'"{said}" is no answer to whether it shall go',
                    'Write "yes" to take it out, or nothing.')
    return False


def take_out(taking: Taking, at: tuple[Page, int, int], row: Row) -> None:
    """Take a file or a column out of its dataset, unless the catalog says something else of it now."""
    page, told = at[0], taking.exported(at[0], row.key)
    if page.sheet is SHARED:
        taking.note(at, "workbook-row", f'a shared column is not taken out in a workbook: "{row.key[0]}"',
                    f"Delete {row.file}, once no dataset names it.")
    elif told is not None and dict(told) != dict(digests(page.sheet, row)):
        taking.note(at, "workbook-conflict", f'"{row.key[-1]}" was taken out here and changed in the catalog',
                    f"Export the workbook anew, or take it out of {row.file}.")
    else:
        taking.records[row.file].take_out(row.path)
        taking.removed.append(row.is_named(page.sheet))


def retire(taking: Taking, at: tuple[Page, int, int], row: Row) -> None:
    """Retire a dataset: what was published answers for ever."""
    record = taking.records[row.file]
    if record.values.get("status") == "retired":
        return
    if not record.values.get("reason"):
        taking.note(at, "workbook-cell", '"reason" is needed where a dataset is retired',
                    "Write there, for residents to read, why it is.")
        return
    record.put(("status",), "retired")
    taking.removed.append(row.is_named(at[0].sheet))


def missing(taking: Taking, page: Page, gone: Sequence[Row]) -> None:
    """Rows that are no longer there: what they are about stays, unless it is named."""
    left = []
    for row in gone:
        name, record = row.is_named(page.sheet), taking.records[row.file]
        if name in taking.removing:
            taking.found.add(name)
            (retire if page.sheet is DATASETS else take_out)(taking, (page, 1, 1), row)
        elif record.values.get("status") != "retired" and ("files", taking.files.get(row.key[:2])) not in record.gone:
            left.append(name)
    if left:
        more = f" and {len(left) - MOST_NAMED:,} more" if len(left) > MOST_NAMED else ""
        taking.note((page, 1, 1), "workbook-gone",
                    f"{len(left):,} of the rows that were here are gone: {'; '.join(left[:MOST_NAMED])}{more}",
                    f'To take something out, put its row back with yes under "remove", or give --remove "{left[0]}".')
