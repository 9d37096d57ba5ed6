"""Rows of a workbook that are new: a dataset, a file or a column more."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.frozen import replace
from cityfolio.migrate.sheet.changing import Changing
from cityfolio.migrate.sheet.faults import ADDRESSES
from cityfolio.migrate.sheet.read import Line, Page
from cityfolio.migrate.sheet.rows import Key, Refusal, looks_renamed, unknown_key
from cityfolio.migrate.sheet.taking import Taking
from cityfolio.migrate.sheet.workbook import COLUMNS, DATASETS, FILES, Row, name_of
from cityfolio.migrate.yaml.changes import Path
from cityfolio.model.records import ColumnRecord, DatasetRecord


def new_row(taking: Taking, page: Page, line: Line, key: Key, around: tuple[list[Row], Sequence[Key]]) -> None:
    """A row about something that the catalog does not have: a dataset, a file or a column more, or a mistake.

    `around` holds the rows that are gone, of which one may be found again, and the keys of the rows above and below.
    """
    gone, near = around
    refusal = looks_renamed(page.sheet, line, key, [(row, taking.exported(page, row.key) or {}) for row in gone]) \
        or unknown_key(page.sheet, key, taking.rows, taking.files)
    if refusal is not None:
        taking.refuse(page, line, refusal)
        gone[:] = [row for row in gone if row is not refusal.instead]
    elif page.sheet is FILES:
        _new_file(taking, page, line, key, near[0])
    elif page.sheet is COLUMNS:
        _new_column(taking, page, line, key, near)
    else:
        _new_record(taking, page, line, key)


def _new_record(taking: Taking, page: Page, line: Line, key: Key) -> None:
    is_dataset = page.sheet is DATASETS
    path = f"datasets/{key[0]}/dataset.yaml" if is_dataset else f"columns/{key[0]}.yaml"
    record = DatasetRecord if is_dataset else ColumnRecord
    if is_dataset and not line.cells.get("title", "").strip():
        column = page.header.get("title", 1)
        taking.note((page, line.number, column), "workbook-cell", '"title" is needed, and its cell is empty', "Write it.")
        return
    taking.records[path] = Changing(record, "", {})
    row = Row(key=key, file=path, record=record, path=(), values={})
    taking.line(page, line, row)
    if not taking.records[path].values or is_dataset and "title" not in taking.records[path].values:
        del taking.records[path], taking.taken[path]
        if not is_dataset:
            taking.refuse(page, line, Refusal(0, f'nothing is said of "{key[0]}"', "Write at least its title."))
        return
    taking.rows[page.sheet.name][key] = row
    taking.added_in.append((path, row.is_named(page.sheet)))
    if is_dataset:
        taking.new[path] = (page, line)


def _new_file(taking: Taking, page: Page, line: Line, key: Key, above: Key) -> None:
    """A file more of a dataset, behind that of the row above. `file` is its path or address where nothing else says so."""
    cells = {name: text for name, text in line.cells.items() if text.strip()}
    if not any(name in cells for name in ADDRESSES):
        cells["url" if "://" in key[1] else "path"] = key[1]
    name = name_of({each: cells[each].strip() for each in ("path", "url", "title") if each in cells}) or key[1]
    if (key[0], name) in taking.files:      # it is there already, and its row only calls it otherwise
        taking.files[key] = taking.files[key[0], name]
        if (key[0], name) in taking.rows[FILES.name]:
            taking.line(page, replace(line, cells=cells), taking.rows[FILES.name][key[0], name])
        return
    path = f"datasets/{key[0]}/dataset.yaml"
    record = taking.records[path]
    before, number = taking.taken[path], record.add_file(taking.files.get(above) if above[:1] == key[:1] else None)
    place: Path = ("files", number)
    row = Row(key=key, file=path, record=DatasetRecord, path=place, values={})
    taking.line(page, replace(line, cells=cells), row)
    files = record.values["files"]
    assert isinstance(files, list)
    if not any(name in files[number] for name in ADDRESSES):
        record.take_out(place)      # why is among the problems of its cells
        taking.taken[path] = before
        return
    taking.files[key] = taking.files[key[0], name] = number
    taking.called[key[0], number] = key[1]
    taking.rows[FILES.name][key] = row
    taking.added_in.append((path, row.is_named(FILES)))


def _new_column(taking: Taking, page: Page, line: Line, key: Key, near: Sequence[Key]) -> None:
    """A column more of a dictionary, beside that of the row above or below."""
    path = f"datasets/{key[0]}/dataset.yaml"
    columns: Path = ("files", taking.files[key[:2]], "columns") if key[1] else ("columns",)
    row = Row(key=key, file=path, record=DatasetRecord, path=(*columns, key[2]), values={})
    before = taking.taken[path]
    taking.line(page, line, row)
    if taking.taken[path] == before:
        if not any(name in line.cells for name in (each.name for each in COLUMNS.fields)):
            taking.refuse(page, line, Refusal(2, f'nothing is said of "{key[2]}"', "Write at least its title."))
        return
    above, below = (each[2] if each[:2] == key[:2] else None for each in near)
    taking.records[path].place_column(row.path, below, above)
    taking.rows[COLUMNS.name][key] = row
    taking.added_in.append((path, row.is_named(COLUMNS)))


def settle(taking: Taking, path: str, page: Page, line: Line) -> None:
    """Say of a new dataset without files that it is planned. What is not published needs a reason, or is left out."""
    record = taking.records[path]
    values = record.settled()
    status = values.get("status") or ("published" if values.get("files") else "planned")
    if status != "published" and not values.get("reason"):
        why = "" if values.get("status") else ", as one without files is"
        says = f'"reason" is needed where a dataset is {status}{why}, so "{path.split("/")[1]}" was not made'
        taking.note((page, line.number, page.header.get("reason", 1)), "workbook-cell", says,
                    "Write there, for residents to read, why its data cannot be had, or add its files in the sheet Files.")
        del taking.records[path], taking.taken[path]
        taking.added_in = [each for each in taking.added_in if each[0] != path]
    elif status == "planned":
        record.put(("status",), status)
