"""A city's catalog on disk, and the workbook of it, for tests of what staff do to it."""

import openpyxl
from click.testing import CliRunner

from cities import a_city, with_files
from cityfolio.cli import main

RECORD = """\
# Kept by hand.
title: Street trees   # as signs say
summary: Every tree the city planted.
publisher: parks
topics: [nature]
frequency: yearly
issued: 2020-01-01
modified: 2026-01-01
files:
  - path: trees.csv
columns:
  species: {title: What kind of tree it is}
  height: {title: How tall it is, type: number, unit: feet, minimum: 0}
"""
TREES_PATH = "datasets/trees/dataset.yaml"


def laid_out(folder, **files):
    """The city's catalog in a folder, and its workbook."""
    for path, body in with_files(a_city(), {TREES_PATH: RECORD, **files}).items():
        (folder / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "catalog" / path).write_text(body)
    run(folder, "export")
    return folder


def run(folder, what, *more):
    """Run one of the two commands on a folder's catalog and workbook."""
    arguments = ["sheet", what, str(folder / "m.xlsx"), "--catalog", str(folder / "catalog"), *more]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def changed(folder, **cells):
    """Change cells of the workbook in another program: by sheet, row and name of the column, as `Datasets__2__title`."""
    book = openpyxl.load_workbook(folder / "m.xlsx")
    for place, value in cells.items():
        sheet, row, name = place.split("__", 2)
        page = book[sheet]
        column = next(cell.column for cell in page[1] if cell.value == name.replace("__", "."))
        page.cell(int(row), column).value = value
    book.save(folder / "m.xlsx")


def record(folder, path=TREES_PATH):
    """A file of the catalog, as it is now."""
    return (folder / "catalog" / path).read_text()


def with_row(folder, sheet, at=None, **cells):
    """Put a row into a sheet of the workbook, before a row or at its end."""
    book = openpyxl.load_workbook(folder / "m.xlsx")
    page = book[sheet]
    if at:
        page.insert_rows(at)
    row = at or page.max_row + 1
    names = {cell.value: cell.column for cell in page[1]}
    for name, value in cells.items():
        page.cell(row, names[name.replace("__", ".")]).value = value
    book.save(folder / "m.xlsx")


def without_row(folder, sheet, row):
    """Delete a row of the workbook."""
    book = openpyxl.load_workbook(folder / "m.xlsx")
    book[sheet].delete_rows(row)
    book.save(folder / "m.xlsx")
