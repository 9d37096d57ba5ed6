"""The catalog goes into a workbook and comes back: unchanged when nobody changed it, and else with the smallest change."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from click.testing import CliRunner

from cityfolio.begin import starter_root
from cityfolio.cli import main
from cityfolio.files import FolderTree
from cityfolio.migrate.sheet.cells import cell_text, fits_cell, value_of
from cityfolio.model.keys import ListOf, MapOf, Markdown, Text
from migrate.workbooks import RECORD, TREES_PATH, changed, laid_out, record, run


@pytest.fixture
def city(tmp_path):
    """A city's catalog on disk, and the workbook of it."""
    return laid_out(tmp_path)


def everything(root):
    """Every file of a catalog."""
    tree = FolderTree(root)
    return {node.path: tree.read(node.path) for node in tree.nodes() if node.kind == "file"}


def test_the_demonstration_comes_back_without_a_byte_changed(tmp_path):
    for path, body in everything(starter_root()).items():
        (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalog" / path).write_bytes(body if path.endswith((".yaml", ".md")) else b"")
    before = everything(tmp_path / "catalog")
    run(tmp_path, "export")
    changed(tmp_path)   # another program saves it

    result = run(tmp_path, "import")

    assert result.output == "0 cells taken, 0 files changed.\n"
    assert everything(tmp_path / "catalog") == before


def test_a_workbook_is_the_same_whenever_it_is_made(city):
    first = (city / "m.xlsx").read_bytes()

    run(city, "export")

    assert (city / "m.xlsx").read_bytes() == first


def test_a_changed_cell_changes_its_value_and_keeps_the_comments(city):
    changed(city, Datasets__2__title="Trees of the city")

    result = run(city, "import")

    assert result.output == "1 cell taken, 1 file changed.\n"
    assert record(city) == RECORD.replace("title: Street trees ", "title: Trees of the city ")


@pytest.mark.parametrize(("cells", "old", "new"), [
    ({"Datasets__2__contact.email": "trees@example.gov"}, "topics:", "contact: {email: trees@example.gov}\ntopics:"),
    ({"Datasets__2__keywords": "oak, elm"}, "frequency:", "keywords: [oak, elm]\nfrequency:"),
    ({"Datasets__2__keywords": "oak, red\nelm"}, "frequency:", 'keywords: ["oak, red", elm]\nfrequency:'),
    ({"Datasets__2__summary": None}, "summary: Every tree the city planted.\n", ""),
    ({"Datasets__2__description": "One.\n\nTwo."}, "publisher:", "description: |\n  One.\n\n  Two.\npublisher:"),
    ({"Files__2__title": "All trees"}, "  - path: trees.csv\n", "  - path: trees.csv\n    title: All trees\n"),
    ({"Columns__3__unit": "meters"}, "unit: feet", "unit: meters"),
    ({"Columns__2__values": "OAK: Oak\nELM"}, "  species: {title: What kind of tree it is}\n",
     '  species:\n    title: What kind of tree it is\n    values:\n      OAK: Oak\n      ELM: ""\n'),
    ({"Columns__4__dataset": "trees", "Columns__4__column": "age", "Columns__4__title": "Age"}, "minimum: 0}\n",
     "minimum: 0}\n  age: {title: Age}\n"),
], ids=["a key in a group", "a list", "words with commas", "an emptied cell", "lines", "a file", "a column", "codes",
        "a new column"])
def test_an_edit_is_written_where_a_person_would_write_it(city, cells, old, new):
    changed(city, **cells)

    result = run(city, "import")

    assert result.exit_code == 0
    assert record(city) == RECORD.replace(old, new, 1)


@pytest.mark.parametrize(("cells", "says"), [
    ({"Datasets__2__dataset": "treez"}, 'm.xlsx:2:1: error: Datasets, cell A2: the catalog has no dataset "treez"'),
    ({"Files__2__file": "shrubs.csv"}, 'Files, cell B2: the catalog has no file "shrubs.csv"'),
    ({"Columns__3__column": "species"}, 'Columns, cell C3: "species" stands in a row above already'),
    ({"Columns__3__file": "shrubs.csv"}, 'Columns, cell B3: the catalog has no file "shrubs.csv"'),
    ({"Datasets__2__publisher": "park"}, '"park" is not in publishers/'),
    ({"Datasets__2__topics": "nature, bugs"}, '"bugs" is not in topics/'),
    ({"Datasets__2__issued": "30.6.2026"}, '"30.6.2026" is not written as YYYY-MM-DD'),
    ({"Datasets__2__frequency": "weekley"}, 'frequency "weekley" is not a known frequency'),
    ({"Datasets__2__landing_page": "javascript:alert(1)"}, 'addresses that start with "javascript:" are not linked to'),
    ({"Columns__2__type": "words"}, 'type "words" is not known'),
    ({"Datasets__1__title": "headline"}, '"headline" is not a column of this sheet'),
    ({"Datasets__1__dataset": "id"}, "the sheet lacks the column dataset"),
], ids=["dataset", "file", "twice", "file of a column", "publisher", "topic", "date", "frequency", "scheme", "type", "header",
        "no key"])
def test_what_the_catalog_cannot_take_is_named_with_its_cell_and_left_out(city, cells, says):
    changed(city, Datasets__2__summary="Every tree.", **cells)

    result = run(city, "import")

    assert says in result.output
    assert result.exit_code == 1
    assert record(city) in (RECORD, RECORD.replace("Every tree the city planted.", "Every tree."))


def test_a_day_that_the_program_took_for_a_date_is_a_day(city):
    from datetime import date

    changed(city, Datasets__2__issued=date(2020, 2, 1))

    run(city, "import")

    assert record(city) == RECORD.replace("issued: 2020-01-01", "issued: 2020-02-01")


def test_what_changed_in_the_catalog_meanwhile_is_not_undone(city):
    now = RECORD.replace("Every tree the city planted.", "Every tree.").replace("unit: feet", "unit: meters")
    (city / "catalog" / TREES_PATH).write_text(now)
    changed(city, Columns__3__unit="yards", Columns__3__title="Height")

    result = run(city, "import")

    assert '"unit" was changed here and in the catalog, which now says "meters"' in result.output
    assert "[workbook-conflict]" in result.output
    assert record(city) == now.replace("How tall it is", "Height")


def test_rows_that_are_sorted_and_deleted_change_nothing_and_those_that_are_gone_are_named(city):
    book = openpyxl.load_workbook(city / "m.xlsx")
    page = book["Columns"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=2)]
    for column, value in enumerate(rows[1], 1):
        page.cell(2, column).value = value
    page.delete_rows(3)
    book.save(city / "m.xlsx")

    result = run(city, "import")

    assert "1 of the rows that were here are gone: Columns: trees / species [workbook-gone]" in result.output
    assert result.output.endswith("0 cells taken, 0 files changed.\n")
    assert record(city) == RECORD


def test_a_workbook_without_its_hidden_sheet_is_compared_with_the_catalog_alone(city):
    book = openpyxl.load_workbook(city / "m.xlsx")
    del book["Exported"]
    book["Datasets"]["B2"] = "Trees"
    book.save(city / "m.xlsx")

    run(city, "import")

    assert record(city) == RECORD.replace("title: Street trees ", "title: Trees ")


def test_a_dry_run_changes_nothing(city):
    changed(city, Datasets__2__title="Trees")

    assert run(city, "import", "--dry-run").output == "1 cell would be taken, 1 file would be changed.\n"
    assert record(city) == RECORD


def test_what_is_no_workbook_is_named(city):
    (city / "m.xlsx").write_bytes(b"dataset,title\n")

    result = run(city, "import")

    assert "[table-syntax]" in result.output
    assert result.exit_code == 1


def test_a_catalog_that_cannot_be_read_is_not_exported(city):
    (city / "catalog" / TREES_PATH).write_text("title: [\n")

    result = run(city, "export")

    assert "[yaml-syntax]" in result.output
    assert result.exit_code == 1


def test_lists_to_choose_from_and_a_word_on_each_column_are_there(city):
    page = openpyxl.load_workbook(city / "m.xlsx")["Datasets"]
    rules = {rule.promptTitle: rule for rule in page.data_validations.dataValidation}

    assert rules["status"].formula1 == '"published,draft,planned,restricted,retired"'
    assert rules["publisher"].formula1.lstrip("=") == "Lists!$A$2:$A$2"
    assert rules["title"].prompt.startswith("Its name")
    assert page.freeze_panes == "B2"


@pytest.mark.parametrize(("value", "kind", "text"), [
    (["a", "b"], ListOf(Text()), "a, b"), (["a, b", "c"], ListOf(Text()), "a, b\nc"),
    ({"A": "One", "B": ""}, MapOf(Text()), "A: One\nB"), ("One.\n\nTwo.\n", Markdown(), "One.\n\nTwo."),
], ids=["words", "words with commas", "codes", "lines"])
def test_a_value_is_read_from_its_cell_as_it_was(value, kind, text):
    assert cell_text(value) == text
    assert value_of(text, kind) == value
    assert fits_cell(value, kind)


@pytest.mark.parametrize(("value", "kind"), [
    (["a, b"], ListOf(Text())), ({"A: B": "One"}, MapOf(Text())), ({"A": "One\nTwo"}, MapOf(Text())),
    ("x" * 40_000, Markdown()),
], ids=["one word with a comma", "a code with a colon", "a meaning of two lines", "too long"])
def test_a_value_that_a_cell_cannot_hold_is_known(value, kind):
    assert not fits_cell(value, kind)


def test_what_a_cell_cannot_hold_is_changed_in_the_file_only(city):
    (city / "catalog" / TREES_PATH).write_text(RECORD + 'keywords: ["oak, red"]\n')
    run(city, "export", "--force")
    changed(city, Datasets__2__keywords="elm")

    result = run(city, "import")

    assert '"keywords" cannot be changed in a cell' in result.output
    assert record(city).endswith('keywords: ["oak, red"]\n')


def test_a_formula_in_the_catalog_is_text_in_the_workbook(city):
    (city / "catalog" / TREES_PATH).write_text(RECORD.replace("Every tree the city planted.", "=1+1"))
    run(city, "export", "--force")

    cell = openpyxl.load_workbook(BytesIO((city / "m.xlsx").read_bytes()))["Datasets"]["C2"]

    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_a_workbook_with_changes_is_not_written_over_unless_that_is_asked_for(city):
    changed(city, Datasets__2__title="Trees of the city")
    filled = (city / "m.xlsx").read_bytes()

    refused = run(city, "export")
    kept = (city / "m.xlsx").read_bytes()
    forced = run(city, "export", "--force")

    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert kept == filled
    assert forced.exit_code == 0
    assert (city / "m.xlsx").read_bytes() != filled


def test_a_workbook_is_written_to_a_name_of_one_only(city):
    record_file = city / "catalog" / TREES_PATH

    result = CliRunner().invoke(main, ["sheet", "export", str(record_file), "--catalog", str(city / "catalog"), "--force"])

    assert result.exit_code == 2
    assert ".xlsx" in result.output
    assert record_file.read_text() == RECORD


@pytest.mark.parametrize(("written", "cells", "says"), [
    ("contact: someone\n", {"Datasets__2__contact.email": "a@example.gov"}, '"contact" holds "someone"'),
    ("contact: [Ann, Bob]\n", {"Datasets__2__contact.email": "a@example.gov"}, '"contact" holds a list'),
    ('temporal: "2020"\n', {"Datasets__2__temporal.start": "2020-01-01"}, '"temporal" holds "2020"'),
    ("  age: In years\n", {"Columns__4__title": "Age"}, '"columns.age" holds "In years"'),
], ids=["text for a group", "list for a group", "a year for a period", "text for a column"])
def test_a_value_that_could_not_be_read_is_not_replaced_by_a_cell(city, written, cells, says):
    (city / "catalog" / TREES_PATH).write_text(RECORD + written)
    run(city, "export", "--force")
    changed(city, **cells)

    result = run(city, "import")

    assert says in result.output
    assert "[workbook-cell]" in result.output
    assert record(city) == RECORD + written


def test_a_file_that_is_text_alone_is_not_replaced_by_a_cell(city):
    now = RECORD.replace("  - path: trees.csv\n", "  - trees.csv\n")
    (city / "catalog" / TREES_PATH).write_text(now)
    run(city, "export", "--force")
    changed(city, Files__2__title="All trees")

    result = run(city, "import")

    assert '"files[0]" holds "trees.csv"' in result.output
    assert record(city) == now


def test_a_group_that_holds_nothing_is_filled(city):
    (city / "catalog" / TREES_PATH).write_text(RECORD + "contact:\n")
    run(city, "export", "--force")
    changed(city, **{"Datasets__2__contact.email": "a@example.gov"})

    result = run(city, "import")

    assert result.exit_code == 0
    assert record(city) == RECORD + "contact: {email: a@example.gov}\n"


def test_a_single_value_for_a_list_can_be_changed_in_its_cell(city):
    (city / "catalog" / TREES_PATH).write_text(RECORD + "keywords: oak\n")
    run(city, "export", "--force")
    changed(city, Datasets__2__keywords="elm, maple")

    run(city, "import")

    assert record(city) == RECORD + "keywords: [elm, maple]\n"


def test_a_title_is_not_taken_out_by_emptying_its_cell(city):
    changed(city, Datasets__2__title=None)

    result = run(city, "import")

    assert '"title" is needed, and its cell is empty' in result.output
    assert "[workbook-cell]" in result.output
    assert record(city) == RECORD
