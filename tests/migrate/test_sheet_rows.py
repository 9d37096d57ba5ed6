"""Staff add rows to the workbook and take some away: what becomes of the catalog."""

from __future__ import annotations

import openpyxl
import pytest

from cityfolio.files import FolderTree
from cityfolio.load.catalog import load
from migrate.workbooks import RECORD, TREES_PATH, changed, laid_out, record, run, with_row, without_row

BIKES = "datasets/bikes/dataset.yaml"


@pytest.fixture
def city(tmp_path):
    """A city's catalog on disk, and the workbook of it."""
    return laid_out(tmp_path)


def test_a_new_row_with_a_reason_is_a_planned_dataset(city):
    with_row(city, "Datasets", dataset="bikes", title="Bike racks", publisher="parks", keywords="bicycles, racks",
             reason="The survey ends in May.")

    result = run(city, "import")

    assert result.output == "4 cells taken, 1 row added, 1 file changed.\n"
    assert record(city, BIKES) == ("title: Bike racks\npublisher: parks\nkeywords: [bicycles, racks]\nstatus: planned\n"
                                   "reason: The survey ends in May.\n")
    assert "bikes" in load(FolderTree(city / "catalog")).datasets


def test_a_new_dataset_with_a_file_and_a_column_is_published(city):
    with_row(city, "Datasets", dataset="bikes", title="Bike racks")
    with_row(city, "Files", dataset="bikes", file="https://example.gov/racks.csv", title="All racks")
    with_row(city, "Columns", dataset="bikes", column="spaces", title="Bikes it holds", type="integer")

    result = run(city, "import")

    assert result.output == "5 cells taken, 3 rows added, 1 file changed.\n"
    assert record(city, BIKES) == ("title: Bike racks\nfiles:\n  - url: https://example.gov/racks.csv\n    title: All racks\n"
                                   "columns:\n  spaces: {title: Bikes it holds, type: integer}\n")


def test_importing_the_same_workbook_again_changes_nothing(city):
    with_row(city, "Datasets", dataset="bikes", title="Bike racks")
    with_row(city, "Files", dataset="bikes", file="The list", path="racks.csv")
    with_row(city, "Columns", dataset="bikes", file="The list", column="spaces", title="Bikes it holds")
    changed(city, Columns__3__remove="yes")
    run(city, "import")
    before = (record(city), record(city, BIKES))

    result = run(city, "import")

    assert result.output == "0 cells taken, 0 files changed.\n"
    assert (record(city), record(city, BIKES)) == before


def test_a_new_dataset_can_be_pointed_to_from_rows_above_it(city):
    with_row(city, "Datasets", dataset="bikes", title="Bike racks", reason="Soon.")
    changed(city, Datasets__2__related="bikes")

    run(city, "import")

    assert "related: [bikes]\n" in record(city)


@pytest.mark.parametrize(("row", "says"), [
    ({"dataset": "Bike Racks", "title": "Bike racks"}, 'cell A3: "Bike Racks" cannot be part of an address [workbook-row]'),
    ({"dataset": "status", "title": "Status"}, '"status" is kept for the filters of the data list [workbook-row]'),
    ({"title": "Bike racks"}, "cell A3: the row does not say which dataset it is about [workbook-row]"),
    ({"dataset": "bikes"}, '"title" is needed, and its cell is empty [workbook-cell]'),
    ({"dataset": "bikes", "title": "Bike racks"},
     '"reason" is needed where a dataset is planned, as one without files is, so "bikes" was not made [workbook-cell]'),
    ({"dataset": "bikes", "title": "Bike racks", "status": "restricted"}, '"reason" is needed where a dataset is restricted'),
], ids=["no address", "kept name", "no name", "no title", "no reason", "no reason for its status"])
def test_a_row_that_cannot_become_a_dataset_is_named_with_its_cell(city, row, says):
    with_row(city, "Datasets", **row)

    result = run(city, "import")

    assert says in result.output
    assert result.exit_code == 1
    assert not (city / "catalog/datasets/bikes").exists()


def test_a_dataset_whose_name_was_changed_is_not_taken_for_a_new_one(city):
    changed(city, Datasets__2__dataset="street-trees")

    result = run(city, "import")

    assert 'the catalog has no dataset "street-trees"' in result.output
    assert 'Did you mean "trees", whose row is gone?' in result.output
    assert not (city / "catalog/datasets/street-trees").exists()


def test_a_new_file_stands_behind_the_one_above_it(city):
    with_row(city, "Files", dataset="trees", file="elms.csv")
    with_row(city, "Files", 3, dataset="trees", file="oaks.csv")

    run(city, "import")

    files = ["  - path: trees.csv\n", "  - path: oaks.csv\n", "  - path: elms.csv\n"]
    assert record(city) == RECORD.replace(files[0], "".join(files))


@pytest.mark.parametrize(("at", "place"), [(2, 0), (3, 1), (4, 2)], ids=["first", "between", "last"])
def test_a_new_column_stands_where_its_row_does(city, at, place):
    with_row(city, "Columns", at, dataset="trees", column="age", title="Years since it was planted")
    lines = RECORD.splitlines(keepends=True)
    lines.insert(lines.index("columns:\n") + 1 + place, "  age: {title: Years since it was planted}\n")

    run(city, "import")

    assert record(city) == "".join(lines)


@pytest.mark.parametrize(("sheet", "row", "says"), [
    ("Files", {"dataset": "treez", "file": "oaks.csv"}, 'Files, cell A3: the catalog has no dataset "treez"'),
    ("Files", {"dataset": "trees", "title": "Oaks"}, "Files, cell B3: the row does not say which file it is about"),
    ("Columns", {"dataset": "trees", "file": "oaks.csv", "column": "age"}, 'cell B4: the catalog has no file "oaks.csv"'),
    ("Columns", {"dataset": "trees", "title": "Age"}, "cell C4: the row does not say which column it is about"),
    ("Shared columns", {"column": "district"}, 'cell A2: nothing is said of "district"'),
], ids=["dataset", "no file", "file", "no column", "no words"])
def test_a_row_that_cannot_become_anything_is_named_with_its_cell(city, sheet, row, says):
    with_row(city, sheet, **row)

    result = run(city, "import")

    assert says in result.output
    assert "[workbook-row]" in result.output
    assert record(city) == RECORD


def test_a_new_column_may_take_the_place_of_one_whose_row_is_gone(city):
    without_row(city, "Columns", 3)
    with_row(city, "Columns", dataset="trees", column="age", title="Age")

    result = run(city, "import", "--remove", "Columns: trees / height")

    assert result.output == "1 cell taken, 1 row added, 1 row taken out, 1 file changed.\n"
    assert record(city).endswith("  species: {title: What kind of tree it is}\n  age: {title: Age}\n")


def test_a_column_with_a_name_alone_is_not_made(city):
    with_row(city, "Columns", dataset="trees", column="age")

    result = run(city, "import")

    assert 'nothing is said of "age" [workbook-row]' in result.output
    assert record(city) == RECORD


def test_a_file_without_anything_to_have_is_not_made(city):
    with_row(city, "Files", dataset="trees", file="../oaks.csv", title="Oaks")

    result = run(city, "import")

    assert '"../oaks.csv" is not a file in this dataset' in result.output
    assert record(city) == RECORD


def test_a_shared_column_can_be_added(city):
    with_row(city, "Shared columns", column="council-district", title="The council district", type="integer")
    changed(city, Columns__3__standard="council-district")

    run(city, "import")

    assert record(city, "columns/council-district.yaml") == "title: The council district\ntype: integer\n"
    assert "height: {standard: council-district, title:" in record(city)


def test_a_column_that_shall_go_leaves_the_dictionary_alone(city):
    changed(city, Columns__3__remove="yes")

    result = run(city, "import")

    assert result.output == "0 cells taken, 1 row taken out, 1 file changed.\n"
    assert record(city) == RECORD.replace(RECORD.splitlines(keepends=True)[-1], "")


def test_a_file_that_shall_go_is_listed_no_more_and_stays_in_the_folder(city):
    with_row(city, "Files", dataset="trees", file="oaks.csv")
    run(city, "import")
    run(city, "export", "--force")
    changed(city, Files__2__remove="yes")

    run(city, "import")

    assert record(city) == RECORD.replace("trees.csv", "oaks.csv")
    assert (city / "catalog/datasets/trees/trees.csv").exists()


def test_a_dataset_that_shall_go_is_retired_with_its_reason(city):
    changed(city, Datasets__2__remove="yes", Datasets__2__reason="Trees are counted by the county now.")

    result = run(city, "import")

    assert result.output == "1 cell taken, 1 row taken out, 1 file changed.\n"
    assert record(city) == RECORD.replace(
        "files:", "status: retired\nreason: Trees are counted by the county now.\nfiles:")


def test_a_dataset_is_not_retired_without_a_reason(city):
    changed(city, Datasets__2__remove="yes")

    result = run(city, "import")

    assert '"reason" is needed where a dataset is retired [workbook-cell]' in result.output
    assert record(city) == RECORD


def test_an_answer_that_is_none_is_named(city):
    changed(city, Columns__3__remove="maybe")

    assert '"maybe" is no answer to whether it shall go [workbook-cell]' in run(city, "import").output


def test_a_row_that_is_gone_takes_something_with_it_where_it_is_named(city):
    without_row(city, "Columns", 3)

    refused = run(city, "import", "--remove", "Columns: trees / hight")
    taken = run(city, "import", "--remove", "Columns: trees / height")

    assert 'names no row that is gone' in refused.output
    assert refused.exit_code == 2
    assert taken.output == "0 cells taken, 1 row taken out, 1 file changed.\n"
    assert "height" not in record(city)


def test_what_changed_in_the_catalog_meanwhile_is_not_taken_out(city):
    now = RECORD.replace("unit: feet", "unit: meters")
    (city / "catalog" / TREES_PATH).write_text(now)
    changed(city, Columns__3__remove="yes")

    result = run(city, "import")

    assert '"height" was taken out here and changed in the catalog [workbook-conflict]' in result.output
    assert record(city) == now


def test_a_shared_column_is_not_taken_out_in_a_workbook(city):
    with_row(city, "Shared columns", column="council-district", title="The council district")
    run(city, "import")
    run(city, "export", "--force")
    without_row(city, "Shared columns", 2)

    result = run(city, "import", "--remove", "Shared columns: council-district")

    assert "a shared column is not taken out in a workbook" in result.output
    assert (city / "catalog/columns/council-district.yaml").exists()


FOREIGN = "  species: {title: What kind of tree it is, foreign_key: {dataset: trees, column: species}}\n"


@pytest.mark.parametrize(("cells", "expected"), [
    ({"foreign_key.dataset": None, "foreign_key.column": None}, "  species: {title: What kind of tree it is}\n"),
    ({"foreign_key.dataset": None}, FOREIGN), ({"foreign_key.column": None}, FOREIGN),
], ids=["both", "the dataset", "the column"])
def test_what_belongs_together_is_emptied_together(city, cells, expected):
    old = "  species: {title: What kind of tree it is}\n"
    (city / "catalog" / TREES_PATH).write_text(RECORD.replace(old, FOREIGN))
    run(city, "export", "--force")
    changed(city, **{f"Columns__2__{name}": value for name, value in cells.items()})

    result = run(city, "import")

    assert (result.exit_code == 0) == (len(cells) == 2)
    assert ("Fill both cells, or empty both." in result.output) == (len(cells) == 1)
    assert record(city) == RECORD.replace(old, expected)


@pytest.mark.parametrize(("cells", "says"), [
    ({"Datasets__2__status": "restricted"}, '"reason" is needed where a dataset is restricted'),
    ({"Files__2__path": None}, "a file has a path, an address, or words on why it cannot be had"),
], ids=["a status without a reason", "a file without a path"])
def test_what_would_be_half_said_is_named_and_left_out(city, cells, says):
    changed(city, **cells)

    result = run(city, "import")

    assert says in result.output
    assert record(city) == RECORD


def test_a_file_that_has_another_path_now_keeps_the_columns_of_its_own(city):
    own = RECORD.replace("  - path: trees.csv\n", "  - path: trees.csv\n    columns:\n      age: {title: Age}\n")
    (city / "catalog" / TREES_PATH).write_text(own)
    run(city, "export", "--force")
    changed(city, Files__2__path="all-trees.csv", Columns__4__title="Years")

    result = run(city, "import")

    assert result.exit_code == 0
    assert record(city) == own.replace("trees.csv", "all-trees.csv").replace("Age", "Years")


def test_a_column_of_the_citys_own_is_passed_over_and_named(city):
    book = openpyxl.load_workbook(city / "m.xlsx")
    page = book["Datasets"]
    page.cell(1, page.max_column + 1).value = "Who looks at it"
    page.cell(2, page.max_column).value = "Ann"
    book.save(city / "m.xlsx")

    result = run(city, "import")

    assert result.output == "Columns of your own, passed over: Datasets: Who looks at it.\n0 cells taken, 0 files changed.\n"
    assert record(city) == RECORD
