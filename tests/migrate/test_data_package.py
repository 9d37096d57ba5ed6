"""A Data Package comes over with its dictionary and the data beside it."""

import json

import orjson
import pytest

from cityfolio.files import FolderTree
from cityfolio.migrate.formats import importer
from cityfolio.migrate.source import Source, Wishes
from migrate.imports import TODAY, errors, imported, only, records, totals, whys

ROWS = "id,kind,planted,height\n1,oak,2020-01-02,4.5\n2,elm,-,3\n"
SCHEMA = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "unique": True}},
        {"name": "kind", "type": "string", "title": "Kind", "constraints": {"enum": ["oak", "elm"]}},
        {"name": "planted", "type": "date", "description": "When."},
        {"name": "height", "type": "number", "constraints": {"minimum": 0}},
    ],
    "primaryKey": "id", "missingValues": ["", "-"],
}


def a_package(*resources, **more):
    """The files of a package, with one table unless others are given."""
    listed = resources or ({"name": "trees", "path": "data/trees.csv", "schema": SCHEMA},)
    package = {"name": "street-trees", "title": "Street trees", "resources": listed} | more
    return {"datapackage.json": orjson.dumps(package), "data/trees.csv": ROWS}


def test_a_package_becomes_a_dataset_with_its_dictionary():
    files = a_package(licenses=[{"name": "CC-BY-4.0"}], keywords=["trees"], homepage="https://parks.example.gov/",
                      contributors=[{"title": "Parks", "role": "publisher", "email": "p@example.gov"}])
    result = imported("data-package", files)

    assert result.files["datasets/street-trees/dataset.yaml"] == (
        "title: Street trees\npublisher: parks\ncontact: {name: Parks, email: p@example.gov}\nkeywords: [trees]\n"
        "license: cc-by-4.0\nlanding_page: https://parks.example.gov/\nidentifier: street-trees\nfiles:\n  - path: trees.csv\n"
        '    title: trees\n    empty: ["-"]\n    primary_key: [id]\n    columns:\n'
        '      id: {type: integer, required: true, unique: true}\n'
        '      kind:\n        title: Kind\n        type: string\n        values: {oak: "", elm: ""}\n'
        "      planted: {description: When., type: date}\n"
        "      height: {type: number, minimum: 0}\n"
    )
    assert result.copies == {"datasets/street-trees/trees.csv": "data/trees.csv"}
    assert errors(result, files) == []


@pytest.mark.parametrize("path", ["../secret.csv", "/etc/passwd", "data/../../x.csv", "data\\trees.csv", "nothing.csv"],
                         ids=["above", "absolute", "climbing", "backslash", "absent"])
def test_a_path_that_leads_out_of_the_package_is_listed_without_a_link(path):
    result = imported("data-package", a_package({"name": "x", "path": path}) | {"secret.csv": "a\n1\n"})

    assert (result.copies, [sorted(each) for each in only(result)["files"]]) == ({}, [["missing", "title"]])


def test_a_resource_elsewhere_keeps_its_address():
    result = imported("data-package", a_package({"name": "x", "path": "https://example.gov/x.csv", "mediatype": "text/csv"}))

    assert only(result)["files"] == [{"url": "https://example.gov/x.csv", "title": "x", "format": "CSV"}]


def test_a_column_that_the_file_does_not_have_is_written_down():
    schema = {"fields": [{"name": "id"}, {"name": "gone", "type": "string"}]}
    files = a_package({"name": "trees", "path": "data/trees.csv", "schema": schema})
    result = imported("data-package", files)

    assert totals(result)["columns"] == (2, 1)
    assert "a column that the file does not have" in whys(result)
    assert errors(result, files) == []


def test_a_file_that_would_run_in_a_browser_does_not_come_along():
    files = a_package({"name": "page", "path": "page.html"}) | {"page.html": "<script>alert(1)</script>"}
    result = imported("data-package", files)

    assert result.copies == {}
    assert errors(result, files) == []


def test_a_schema_in_a_file_of_its_own_is_read():
    files = a_package({"name": "trees", "path": "data/trees.csv", "schema": "schema.json"})
    result = imported("data-package", files | {"schema.json": orjson.dumps(SCHEMA)})

    assert list(only(result)["files"][0]["columns"]) == ["id", "kind", "planted", "height"]


def test_every_package_of_a_folder_comes_over():
    files = {f"{name}/datapackage.json": orjson.dumps({"name": name, "resources": []}) for name in ("a", "b")}

    assert sorted(records(imported("data-package", files))) == ["a", "b"]


@pytest.mark.parametrize("content", [b"{}", b"[]", b"x", b'{"resources": {}}'], ids=["empty", "list", "text", "group"])
def test_what_is_no_package_is_a_problem(content):
    result = imported("data-package", {"datapackage.json": content})

    assert ([each.code for each in result.problems], result.files) == (["source-unreadable"], {})


def test_odd_resources_are_counted_and_reported():
    result = imported("data-package", a_package(None, "x", {}, {"data": [{"a": 1}]}, {"path": ["data/trees.csv", None]}))

    assert totals(result)["datasets"] == (1, 1)
    assert totals(result)["files"][0] >= 5


def test_a_real_package_comes_over_whole(inputs):
    folder = inputs / "data-package"
    given = json.loads((folder / "datapackage.json").read_text())
    result = importer("data-package")(Source(tree=FolderTree(folder)), Wishes(today=TODAY))
    files = only(result)["files"]

    assert [len(each["schema"]["fields"]) for each in given["resources"]] == [len(each["columns"]) for each in files]
    assert sorted(only(result)["keywords"]) == sorted(given["keywords"])
    assert errors(result, {path: (folder / path).read_bytes() for path in result.copies.values()}) == []


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"dialect": {"delimiter": ";"}, "encoding": "iso-8859-1"}, {"delimiter": ";", "encoding": "latin-1"}),
        ({"dialect": {"delimiter": "\t"}}, {"delimiter": "tab"}),
        ({"dialect": {"delimiter": "~"}, "encoding": "koi8-r"}, {"description": "Delimiter: ~\n\nEncoding: koi8-r\n"}),
        ({"dialect": {"header": False}}, {"look_inside": "false", "description": "Header: The file has no row of names."}),
        ({"hash": "x", "note": "By hand"}, {"description": "Note: By hand"}),
        ({"schema": {"primaryKey": ["gone"], "foreignKeys": [{"fields": "a"}]}},
         {"description": "Primary key: gone\n\nForeign keys: fields: a\n"}),
    ],
    ids=["semicolon", "tab", "unknown", "no header", "other facts", "keys"],
)
def test_how_a_file_is_written_comes_over(resource, expected):
    result = imported("data-package", a_package({"name": "trees", "path": "data/trees.csv"} | resource))

    assert only(result)["files"] == [{"path": "trees.csv", "title": "trees"} | expected]


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ({"type": "date", "format": "%d/%m/%Y"}, {"type": "date", "format": "%d/%m/%Y"}),
        ({"type": "date", "format": "any"}, {}),
        ({"type": "number", "decimalChar": ","}, {}),
        ({"type": "geopoint"}, {"type": "string"}),
        ({"type": "string", "categories": [{"value": "O", "label": "Oak"}]}, {"type": "string", "values": {"O": "Oak"}}),
    ],
    ids=["pattern", "any date", "comma", "point", "categories"],
)
def test_a_type_is_taken_where_we_read_its_values_alike(field, column):
    schema = {"fields": [{"name": "kind"} | field]}
    result = imported("data-package", a_package({"name": "trees", "path": "data/trees.csv", "schema": schema}))

    assert only(result)["files"][0]["columns"] == {"kind": column}


def test_the_parts_of_one_table_say_that_they_are():
    files = a_package({"name": "trees", "path": ["data/trees.csv", "data/more.csv"], "schema": SCHEMA})

    result = imported("data-package", files | {"data/more.csv": "3,oak,2021-01-02,5\n"})

    first, second = only(result)["files"]
    assert (first["description"], "look_inside" in first) == ("Part: 1 of 2 of one table", False)
    assert (second["look_inside"], "Part: 2 of 2 of one table" in second["description"]) == ("false", True)
