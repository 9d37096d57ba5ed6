"""A catalog goes out in another form and is read again: what the form can carry is there unchanged, and the rest is named."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from cities import a_city, with_files
from cityfolio.begin import starter_root
from cityfolio.cli import main
from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.export.exported import Records, records_of
from cityfolio.migrate.export.round_trip import ADDED, ALTERED, LOST, MOVED, NAMED, differing, left_behind
from cityfolio.model.site import Made
from cityfolio.tables.published import read_tables

TREES = "datasets/trees/dataset.yaml"
# Keys that come back from every dataset that goes along, as they were.
CARRIED = {
    "data-json": {"title", "description", "keywords", "issued", "modified", "spatial", "contact.email", "files.title"},
    "ckan": {"title", "description", "keywords", "issued", "modified", "spatial", "topics", "publisher", "contact.email",
             "contact.phone", "files.title", "files.primary_key", "summary", "each_row_is", "known_limits", "status", "reason",
             "related"},
    "data-package": {"title", "keywords", "files.title"},
    "jkan": {"title", "description", "publisher", "topics", "keywords", "issued", "modified", "spatial", "contact", "frequency",
             "files.title", "files.url", "files.description", "notes"},
}
FORMATS = sorted(CARRIED)


def export(folder, format_name, *more):
    """Run the command on a folder's catalog."""
    arguments = ["export", format_name, str(folder / "out"), "--catalog", str(folder / "catalog"), *more]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


@pytest.fixture
def city(tmp_path):
    """A city's catalog on disk, whose trees have a column that nobody may see."""
    record = str(a_city()[TREES]) + "  planter: {title: Who planted it, sensitive: true}\n"
    files = with_files(a_city(), {TREES: record, "datasets/trees/trees.csv": "species,height,planter\noak,12.5,Ann Other\n"})
    for path, body in files.items():
        (tmp_path / "catalog" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "catalog" / path).write_text(body)
    return tmp_path


@pytest.fixture(scope="module")
def tables_of_the_demonstration(demonstration):
    """What its data files hold, which is the same for every form."""
    bench = demonstration.bench
    tables = read_tables(load(bench.tree), bench)
    for each in tables.published.values():
        if isinstance(each.body, Made):
            each.body.at_hand()    # what is kept comes when it is asked for, and the command keeps nothing
    return tables


@pytest.mark.no_cover    # the same lines are reached by small cities
@pytest.mark.parametrize("format_name", FORMATS)
def test_of_the_demonstration_comes_back_what_the_format_can_carry(
        tmp_path, monkeypatch, tables_of_the_demonstration, format_name):
    monkeypatch.setattr("cityfolio.moving.export_command.read_tables", lambda *_: tables_of_the_demonstration)
    (tmp_path / "catalog").symlink_to(starter_root())

    result = export(tmp_path, format_name)

    report = (tmp_path / "out" / "export-report.md").read_text()
    assert result.exit_code == 0
    assert named(report) & CARRIED[format_name] == set()


def named(report):
    """The keys that the report names for datasets, without the numbers of files."""
    datasets = [part for part in report.split("\n## ") if part.startswith("datasets/")]
    keys = [line.split("`")[1] for part in datasets for line in part.splitlines() if line.startswith("- `")]
    return {".".join(step for step in key.split(".") if not step.isdigit()) for key in keys}


@pytest.mark.parametrize("format_name", FORMATS)
def test_no_cell_of_a_sensitive_column_goes_along(city, format_name):
    export(city, format_name, "--base-url", "https://data.example.gov")

    written = [path.read_bytes() for path in (city / "out").rglob("*") if path.is_file()]
    assert written
    assert [body for body in written if b"Ann Other" in body] == []


def test_data_files_lie_beside_their_packages(city):
    export(city, "data-package")

    package = json.loads((city / "out/trees/datapackage.json").read_text())
    assert [resource["path"] for resource in package["resources"]] == ["trees.csv"]
    assert (city / "out/trees/trees.csv").read_text() == "species,height\noak,12.5\n"


def test_a_catalog_without_a_file_of_its_own_has_a_report_and_no_packages(city):
    record = "title: Trees\ndescription: All\nfiles: [{url: https://example.gov/trees.csv}]\n"
    (city / "catalog" / TREES).write_text(record)
    (city / "catalog/datasets/trees/trees.csv").unlink()

    result = export(city, "data-package")

    assert (result.exit_code, "0 of 1 datasets" in result.output) == (0, True)
    assert [path.name for path in (city / "out").iterdir()] == ["export-report.md"]


def test_packages_of_ckan_stand_a_line_each(city):
    export(city, "ckan", "--base-url", "https://data.example.gov")

    lines = [json.loads(line) for line in (city / "out/datasets.jsonl").read_text().splitlines()]
    assert [each["name"] for each in lines] == ["trees"]
    assert json.loads((city / "out/organizations.jsonl").read_text())["name"] == "parks"
    assert json.loads((city / "out/groups.jsonl").read_text())["name"] == "nature"


def test_datasets_and_publishers_come_back_from_data_json_under_their_ids(city):
    (city / "catalog/publishers/parks.yaml").write_text("title: Department of Parks and Recreation\n")

    export(city, "data-json", "--base-url", "https://data.example.gov")

    report = (city / "out/export-report.md").read_text()
    renamed = [part.partition("\n")[0] for part in report.split("\n## ") if "`(id)`" in part]
    assert [path for path in renamed if path.startswith(("datasets/", "publishers/"))] == []


def test_a_folder_that_holds_something_is_refused_untouched(city):
    (city / "out").mkdir()
    (city / "out" / "letter.txt").write_text("Dear")

    result = export(city, "jkan")

    assert (result.exit_code, "[destination-taken]" in result.output) == (1, True)
    assert [path.name for path in (city / "out").iterdir()] == ["letter.txt"]


def test_a_format_that_links_to_the_site_asks_where_that_is(city):
    result = export(city, "data-json")

    assert (result.exit_code, "--base-url" in result.output) == (2, True)


def test_a_catalog_with_errors_is_not_exported(city):
    (city / "catalog" / TREES).write_text("title: [\n")

    result = export(city, "jkan")

    assert (result.exit_code, "[yaml-syntax]" in result.output) == (1, True)
    assert not (city / "out").exists()


def test_a_place_that_cannot_be_written_to_is_named(city):
    (city / "note").write_text("")

    result = CliRunner().invoke(main, ["export", "jkan", str(city / "note" / "out"), "--catalog", str(city / "catalog")])

    assert result.exit_code == 1


@pytest.mark.parametrize(("before", "after", "expected"), [
    ({"title": "Trees"}, {"title": "Trees\n"}, []),
    ({"topics": "nature"}, {"topics": ["nature"]}, []),
    ({"title": "Trees"}, {}, [("title", LOST)]),
    ({}, {"title": "Trees"}, [("title", ADDED)]),
    ({"title": "Trees"}, {"title": "Oaks"}, [("title", ALTERED)]),
    ({"contact": {"name": "A", "phone": "1"}}, {"contact": {"name": "A"}}, [("contact.phone", LOST)]),
    ({"files": [{"path": "a.csv"}]}, {"files": [{"path": "a.csv", "format": "CSV"}]}, [("files.0.format", ADDED)]),
    ({"files": [{"path": "a.csv"}]}, {"files": [{"path": "a.csv"}, {"path": "b.csv"}]}, [("files", ALTERED)]),
], ids=["the same", "a list of one", "lost", "added", "altered", "in a group", "in a file", "another file"])
def test_what_differs_is_named_by_its_key(before, after, expected):
    assert list(differing(before, after)) == expected


def left(before, after, identifiers):
    """What `left_behind` says of records by path."""
    found = left_behind(Records.of(before), Records.of(after), identifiers)
    return {(each.path, each.key, each.why) for each in found}


def test_a_dataset_is_known_again_by_its_identifier_and_names_others_by_new_ids():
    before = {TREES: {"title": "Trees", "publisher": "parks"}, "publishers/parks.yaml": {"title": "Parks and Recreation"}}
    after = {"datasets/street-trees/dataset.yaml": {"title": "Trees", "publisher": "parks-recreation", "identifier": "t-1"},
             "publishers/parks-recreation.yaml": {"title": "Parks & Recreation"}}

    assert left(before, after, {"trees": "t-1"}) == {
        (TREES, "(id)", NAMED), (TREES, "identifier", ADDED),
        ("publishers/parks.yaml", "(id)", NAMED), ("publishers/parks.yaml", "title", ALTERED)}


def test_datasets_that_share_an_identifier_are_told_apart_by_title():
    before = Records.of({"datasets/a/dataset.yaml": {"title": "Oaks"}, "datasets/b/dataset.yaml": {"title": "Elms"}})
    after = Records.of({"datasets/elms/dataset.yaml": {"title": "Elms", "identifier": "X"},
                        "datasets/oaks/dataset.yaml": {"title": "Oaks", "identifier": "X"}})

    left = left_behind(before, after, {"a": "X", "b": "X"})

    assert {(each.path, each.key) for each in left if each.key in ("", "title")} == set()


def test_a_dictionary_that_comes_back_with_each_file_is_compared_column_by_column():
    columns = {"x": {"standard": "code"}, "y": {"title": "Y", "unit": "feet"}}
    before = {TREES: {"files": [{"path": "a.csv"}], "columns": columns}, "columns/code.yaml": {"title": "Code"}}
    after = {TREES: {"files": [{"path": "a.csv", "columns": {"x": {"title": "Code"}, "y": {"title": "Y"}}}]}}

    assert left(before, after, {"trees": "trees"}) == {
        (TREES, "columns", MOVED), (TREES, "files.0.columns.y.unit", LOST), ("columns/code.yaml", "", LOST)}


def test_a_dataset_that_does_not_come_back_is_named_as_a_whole():
    assert left({TREES: {"title": "Trees"}}, {}, {}) == {(TREES, "", LOST)}


def test_reading_the_same_again_leaves_nothing_behind():
    tree = FolderTree(starter_root())
    files = {node.path: tree.read(node.path).decode() for node in tree.nodes()
             if node.path.endswith("dataset.yaml") or node.path.startswith(("publishers/", "topics/")) and node.kind == "file"}
    records = records_of(MemoryTree(files))

    assert left_behind(records, records, {each: each for each in records.room("datasets")}) == ()
