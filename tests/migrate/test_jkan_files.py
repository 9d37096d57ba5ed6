"""Every resource of a JKAN dataset is listed, also one without a usable address."""

import pytest

from cityfolio.migrate.jkan.files import files_of
from cityfolio.migrate.jkan.schema import schema_of
from cityfolio.migrate.report import Ledger
from migrate.jkan_sites import imported, matter, record


def read(*resources, sources=frozenset()):
    """The files that a list of resources gives, and the report."""
    ledger = Ledger()
    return files_of(list(resources), "resources", schema_of(None).file, ledger, sources), ledger.entries


def one(sources=frozenset(), **resource):
    """The only file of a list, without empty values, and the report."""
    files, entries = read({"name": "Trees", "url": "https://example.gov/t.csv"} | resource, sources=sources)
    return {key: value for key, value in files.records[0].items() if value}, entries


def test_a_resource_becomes_a_file():
    assert one(format="CSV", description="All of them.") == (
        {"title": "Trees", "url": "https://example.gov/t.csv", "format": "CSV", "description": "All of them."},
        [],
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("XSLX", "XLSX"),
        ("hTML", "HTML"),
        ("HT ML", "HTML"),
        ("gdb", "GDB"),
        ("geoservice", "GeoService"),
        ("csv", "CSV"),
        (".csv", "CSV"),
        ("geojson", "GeoJSON"),
        ("tif", "TIFF"),
        ("shapefile", "SHP"),
    ],
    ids=str,
)
def test_a_format_is_written_as_others_write_it_and_that_is_said(given, shown):
    file, entries = one(format=given)

    assert file["format"] == shown
    assert [(each.kind, each.field, each.before, each.after) for each in entries] == [
        ("mended", "resources[1].format", given, shown)
    ]


@pytest.mark.parametrize("given", ["GTFS-RT", "PNG 24", "CSV, JSON", "GeoParquet", "Beehive"], ids=str)
def test_a_format_that_is_right_or_not_known_stays(given):
    assert (one(format=given)[0]["format"], one(format=given)[1]) == (given, [])


@pytest.mark.parametrize("given", ["", None, "none"], ids=repr)
def test_no_format_is_no_key(given):
    assert "format" not in one(format=given)[0]


def test_an_address_is_mended_and_that_is_said():
    file, entries = one(url="-https://example.gov/a b")

    assert file["url"] == "https://example.gov/a%20b"
    assert [(each.why, each.before, each.after) for each in entries] == [
        ("stray characters before the address removed", "-https://example.gov/a b", "https://example.gov/a%20b"),
        ("characters that an address cannot hold encoded", "-https://example.gov/a b", "https://example.gov/a%20b"),
    ]


@pytest.mark.parametrize(
    ("url", "kind", "shown"),
    [
        (None, "missing", "gives no address"),
        ("", "missing", "gives no address"),
        ("   ", "missing", "gives no address"),
        ("javascript:alert(1)", "doubtful", "javascript:alert(1)"),
        ("files/lost.csv", "doubtful", "files/lost.csv"),
        ("x" * 2_000, "doubtful", "xxx"),
    ],
    ids=["none", "empty", "spaces", "a script", "relative", "long"],
)
def test_a_file_without_a_usable_address_is_listed_with_the_reason(url, kind, shown):
    file, entries = one(url=url)

    assert "url" not in file
    assert shown in file["missing"]
    assert len(file["missing"]) <= 1_000
    assert [(each.kind, each.field) for each in entries] == [(kind, "resources[1].url")]


def test_a_file_that_the_old_site_keeps_itself_is_brought_along():
    files, entries = read(
        {"name": "A", "url": "/files/My Trees.CSV?v=1"},
        {"name": "B", "url": "files/other/my-trees.json"},
        {"name": "C", "url": "dataset.yaml"},
        sources=frozenset({"files/My Trees.CSV", "files/other/my-trees.json", "dataset.yaml"}),
    )

    assert [each["path"] for each in files.records] == ["my-trees.csv", "my-trees-2.json", "dataset-2.yaml"]
    assert files.copies["my-trees-2.json"] == "files/other/my-trees.json"
    assert [each.kind for each in entries] == ["noted"] * 3


def test_files_that_jekyll_does_not_publish_are_not_brought_along():
    assert "path" not in one(url="_data/secret.csv", sources=frozenset({"_data/secret.csv"}))[0]


def test_fields_without_a_key_stand_behind_the_description():
    file, entries = one(description="Trees.", row_count="12", bounds=["a", "b"])

    assert file["description"] == "Trees.\n\nRow count: 12\n\nBounds: a, b\n"
    assert [(each.kind, each.field) for each in entries] == [
        ("noted", "resources[1].row_count"),
        ("noted", "resources[1].bounds"),
    ]


def test_a_title_that_is_too_long_is_kept_whole_in_the_description():
    file, _ = one(name="tree " * 60)

    assert len(file["title"]) <= 200
    assert file["description"].strip() == ("tree " * 60).strip()


def test_a_file_without_a_title_is_reported():
    assert [each.why for each in one(name="")[1]] == ["no title of a file"]


def test_an_address_alone_is_a_file():
    files, entries = read("https://example.gov/t.csv")

    assert files.records[0]["url"] == "https://example.gov/t.csv"
    assert [each.why for each in entries] == ["an address alone taken for a file", "no title of a file"]


def test_an_empty_entry_is_counted_and_reported():
    files, entries = read(None, {"name": "A", "url": "https://example.gov/"})

    assert (files.found, len(files.records)) == (2, 1)
    assert [(each.kind, each.field) for each in entries] == [("left-out", "resources[1]")]


@pytest.mark.parametrize("given", [None, [], ""], ids=repr)
def test_no_list_is_no_files(given):
    assert files_of(given, "resources", schema_of(None).file, Ledger(), frozenset()).records == []


def test_resources_that_repeated_keys_hide_are_kept_as_notes():
    result = imported({"_datasets/trees.md": matter("resources:\n- format: CSV\n  name: A\n  format: SHP\n  name: B\n")})

    assert [each["title"] for each in record(result)["files"]] == ["B"]
    assert record(result)["notes"] == {"Hidden in resources[1]": "format: CSV; name: A"}
