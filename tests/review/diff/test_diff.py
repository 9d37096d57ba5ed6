"""What a comparison finds beyond single edits: rows, measures, problems, and what it keeps to itself."""

from __future__ import annotations

import pytest

from cities import CSV, ON_TIME, REPAIRED, REPAIRS, SITE, TREES, a_build, a_city, a_measured_city
from cityfolio.build import Workshop, inspect
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.publish.sinks import MemorySink
from cityfolio.review.compare_problems import problem_changes
from review.diff.comparing import compared, told
from review.diff.planted import an_invented_catalog, planted

SECRET = "704-555-0199"
PHONES = f"species,height,phone\noak,12.5,{SECRET}\nmaple,,704-555-0198\nelm,8,704-555-0197\n"
SHIELDED = TREES + "  phone: {title: Who looks after it, sensitive: true}\n"


def city(dataset=TREES, rows=CSV, **more):
    return a_city(**{"datasets__trees__dataset.yaml": dataset, "datasets__trees__trees.csv": rows, **more})


def only(changes, kind):
    (found,) = (each for each in changes if each.kind == kind)
    return found


def every_text(diff):
    return repr(diff)


def test_a_catalog_differs_from_itself_in_nothing():
    assert compared(city(), city()).changes == ()


def test_rows_are_told_with_their_lines():
    rows = only(compared(city(), city(rows=CSV + "ash,3\n")).changes, "rows-added").rows

    assert (rows.before, rows.after, [sample.after_line for sample in rows.samples["added"]]) == (3, 4, [5])


@pytest.mark.parametrize(("before", "after"), [
    (SHIELDED, SHIELDED),
    (SHIELDED, SHIELDED.replace(", sensitive: true", "")),
    (SHIELDED.replace(", sensitive: true", ""), SHIELDED),
    (SHIELDED, TREES),
    (TREES, SHIELDED),
], ids=["always", "no longer", "from now on", "described no more", "described now"])
def test_no_value_of_a_sensitive_column_is_told(before, after):
    diff = compared(city(before, PHONES.replace(SECRET, "704-555-0100")), city(after, PHONES))

    assert SECRET not in every_text(diff)


def test_no_value_of_a_sensitive_column_is_told_that_has_another_name():
    diff = compared(city(SHIELDED, PHONES), city(SHIELDED, PHONES.replace(",phone", ",telephone").replace("elm,8", "elm,9")))

    assert SECRET not in every_text(diff)


def test_no_value_of_a_sensitive_key_is_told():
    keyed = SHIELDED.replace("path: trees.csv", "path: trees.csv\n    primary_key: [phone]")

    diff = compared(city(keyed, PHONES), city(keyed, PHONES.replace("elm,8", "elm,9")))

    assert (only(diff.changes, "rows-changed").rows.changed, "704-555-0197" in every_text(diff)) == (1, False)


def test_rows_of_what_is_only_listed_are_not_looked_into():
    planned = TREES + "status: restricted\nreason: The law.\n"

    diff = compared(city(planned), city(planned, CSV + "ash,3\n"))

    assert told(diff.changes) == [("file-changed", "datasets/trees", "files/trees.csv")]


def test_a_measure_is_told_that_moves_with_its_rows():
    worse = REPAIRED.replace("2026-05-04,POTHOLE,3,1", "2026-05-04,POTHOLE,8,1")

    diff = compared(a_measured_city(), a_measured_city(**{"datasets__repairs__repairs.csv": worse}))

    moved = only(diff.changes, "measure-value-moved")
    assert (moved.about, moved.before, moved.after) == ("measures/on-time", "50.00 percent", "0.00 percent")


def test_a_measure_is_told_whose_status_moves_with_its_target():
    easy = ON_TIME.replace("value: 80", "value: 45")

    diff = compared(a_measured_city(), a_measured_city(**{"measures__on-time__measure.yaml": easy}))

    assert {("target-changed", "measures/on-time", "targets/2026-12/value"),
            ("measure-status-moved", "measures/on-time", "status")} <= set(told(diff.changes))


def test_values_of_earlier_periods_are_told_that_become_others():
    former = REPAIRED.replace("2026-03-02,POTHOLE,1,1", "2026-03-02,POTHOLE,7,1")

    diff = compared(a_measured_city(), a_measured_city(**{"datasets__repairs__repairs.csv": former}))

    assert only(diff.changes, "measure-past-moved").after == "2026-03"


def test_it_is_said_when_measures_cannot_be_compared():
    wrong = REPAIRED.replace("2026-05-04,POTHOLE,3,1", "2026-05-04,POTHOLE,three,1")

    diff = compared(a_measured_city(), a_measured_city(**{"datasets__repairs__repairs.csv": wrong}))

    assert diff.remarks == ("Measures were not compared, because there are errors in after.",)


def test_no_measure_moves_by_a_new_description():
    diff = compared(a_measured_city(), a_measured_city(**{"datasets__repairs__dataset.yaml": f"{REPAIRS}description: More.\n"}))

    assert told(diff.changes) == [("text-changed", "datasets/repairs", "description")]


def test_a_problem_at_another_line_is_the_same_problem():
    wrong = f"{TREES}license: no-such\n"

    diff = compared(city(wrong), city(f"# One line more.\n{wrong}"))

    assert diff.changes == ()


def test_a_problem_of_other_rows_is_the_same_problem():
    diff = compared(city(rows=CSV + "ash,tall\n"), city(rows=CSV + "yew,3\nash,tall\n"))

    assert told(diff.changes, problems=True) == [("rows-added", "datasets/trees", "files/trees.csv")]


def test_a_dataset_that_cannot_be_read_is_not_gone():
    diff = compared(city(), city("title: [\n"))

    assert told(diff.changes, problems=True) == [("error-added", "datasets/trees", "yaml-syntax")]


def test_a_table_that_cannot_be_read_is_told():
    diff = compared(city(), city(rows="species,height\noak,1,2,3\n"))

    assert told(diff.changes) == [("file-unread", "datasets/trees", "files/trees.csv")]


def test_an_error_is_told_in_a_dataset_that_points_to_rows_which_are_gone():
    parks = ("title: Parks\npublisher: parks\nfiles: [{path: parks.csv}]\n"
             "columns: {tree: {title: Tree, foreign_key: {dataset: trees, column: species}}}\n")
    more = {"datasets__parks__dataset.yaml": parks, "datasets__parks__parks.csv": "tree\noak\nelm\n"}

    diff = compared(city(**more), city(rows="species,height\noak,12.5\nmaple,\n", **more))

    assert ("error-added", "datasets/parks", "cell-foreign-key") in told(diff.changes, problems=True)


def test_a_format_that_all_tables_lose_is_told_once():
    offered, fewer = (f"{SITE}exports: {formats}\n" for formats in ("[csv, xlsx]", "[csv]"))

    diff = compared(city(**{"site.yaml": offered}), city(**{"site.yaml": fewer}))

    assert told(diff.changes) == [("export-removed", "site", "exports")]


def test_problems_are_those_that_a_check_of_either_whole_catalog_has():
    found = planted(an_invented_catalog(), 3)
    before, after = (_checked(files) for files in (found.before, found.after))

    changes = [each for each in compared(found.before, found.after).changes if each.kind.endswith(("-added", "-gone"))]

    told_of = {(each.kind, each.where.path, each.part) for each in changes if each.kind in ("error-added", "problem-added")}
    assert told_of == {(each.kind, each.where.path, each.part) for each in problem_changes(before, after, _moved(found))
                       if each.kind != "problem-gone"}


def _checked(files):
    tree = MemoryTree(files)
    return inspect(load(tree), a_build(), Workshop(tree=tree, sink=MemorySink()))[2]


def _moved(found):
    """Folders of datasets that the edits gave another name."""
    news = {path.removesuffix("/dataset.yaml") for path in found.after if path.endswith(("-now/dataset.yaml",
                                                                                         "-elsewhere/dataset.yaml"))}
    return {new.removesuffix("-now").removesuffix("-elsewhere"): new for new in news}


def test_the_order_of_changes_is_always_the_same():
    found = planted(an_invented_catalog(), 4)

    first, second = (compared(found.before, found.after) for _ in range(2))

    assert first == second


