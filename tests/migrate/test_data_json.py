"""A data.json comes over whole, whatever its dialect: DCAT-US 1.1, 3.0, and what people make of them."""

import copy
import json

import orjson
import pytest
import yaml
from hypothesis import given, settings, strategies as st

from cityfolio.files import FolderTree
from cityfolio.migrate.formats import importer
from cityfolio.migrate.source import Source, Wishes
from migrate.imports import TODAY, a_data_json, entries, errors, from_data_json, imported, only, records, totals, whys

TREES = {
    "@type": "dcat:Dataset", "title": "Street trees", "identifier": "street-trees", "description": "All of them.",
    "keyword": ["trees", "parks"], "modified": "2026-01-02", "issued": "2020-03-04", "accessLevel": "public",
    "publisher": {"@type": "org:Organization", "name": "Parks", "subOrganizationOf": {"name": "City"}},
    "contactPoint": {"@type": "vcard:Contact", "fn": "Tree desk", "hasEmail": "mailto:trees@example.gov"},
    "license": "https://creativecommons.org/publicdomain/zero/1.0/", "theme": ["Environment"],
    "accrualPeriodicity": "R/P1Y", "temporal": "2016-01-01/2025-12-31", "spatial": "Charlotte",
    "landingPage": "https://old.example.gov/d/trees", "bureauCode": ["015:11"],
    "distribution": [{"@type": "dcat:Distribution", "title": "Trees", "downloadURL": "https://example.gov/trees.csv",
                      "mediaType": "text/csv", "format": "CSV"}],
}


def test_a_plain_dataset_comes_over_with_every_fact():
    result = from_data_json(TREES, homepage="https://old.example.gov")

    assert result.files["datasets/street-trees/dataset.yaml"] == (
        "title: Street trees\ndescription: All of them.\npublisher: parks\n"
        "contact: {name: Tree desk, email: trees@example.gov}\ntopics: [environment]\nkeywords: [trees, parks]\n"
        "license: cc0-1.0\nfrequency: yearly\nissued: 2020-03-04\nmodified: 2026-01-02\n"
        "temporal: {start: 2016-01-01, end: 2025-12-31}\nspatial: Charlotte\nformerly: [/d/trees]\nidentifier: street-trees\n"
        "files:\n  - url: https://example.gov/trees.csv\n    title: Trees\n    format: CSV\nnotes:\n"
        '  Bureau code: 015:11\n'
    )
    assert entries(result, kinds=("doubtful", "left-out", "mended")) == [("mended", "temporal")]


def test_what_was_imported_has_no_error():
    assert errors(from_data_json(TREES)) == []


def test_the_third_edition_comes_over():
    result = from_data_json({
        "@id": "https://example.gov/id/1", "@type": "Dataset", "title": "Trees", "description": "All.",
        "identifier": {"@type": "Identifier", "notation": "T-1"},
        "publisher": {"@type": "Organization", "name": "Parks"},
        "contactPoint": [{"@type": "Kind", "fn": "Desk", "hasEmail": "mailto:d@example.gov", "tel": "tel:704-555-0100"}],
        "theme": [{"@type": "Concept", "prefLabel": "Environment"}],
        "temporal": [{"@type": "PeriodOfTime", "startDate": "2016-01-01"}],
        "spatial": [{"@type": "Location", "prefLabel": "Charlotte"}],
        "conformsTo": [{"@type": "Standard", "@id": "https://example.gov/standard"}],
        "landingPage": {"@type": "Document", "accessURL": "https://parks.example.gov/trees"},
        "distribution": [{"downloadURL": {"@id": "https://example.gov/t.csv"}, "license": "https://opensource.org/license/mit",
                          "byteSize": "5"}],
    }, homepage="https://old.example.gov", title="Our data")

    assert only(result) == {
        "title": "Trees", "description": "All.", "publisher": "parks", "topics": ["environment"], "license": "mit",
        "contact": {"name": "Desk", "email": "d@example.gov", "phone": "704-555-0100"}, "temporal": {"start": "2016-01-01"},
        "spatial": "Charlotte", "conforms_to": "https://example.gov/standard", "identifier": "T-1",
        "landing_page": "https://parks.example.gov/trees", "files": [{"url": "https://example.gov/t.csv"}],
    }
    assert yaml.safe_load(result.files["site.yaml"])["name"] == "Our data"


ODD = [
    ("modified", None), ("modified", ""), ("modified", "R/P1D"), ("keyword", None), ("keyword", "trees, parks"),
    ("keyword", [None]), ("publisher", "Parks"), ("publisher", None), ("contactPoint", None),
    ("contactPoint", "trees@example.gov"), ("theme", None),
    ("distribution", None), ("distribution", {}), ("distribution", [None]), ("distribution", ["https://example.gov/x.csv"]),
    ("description", None), ("title", None), ("identifier", None), ("license", "[[REDACTED-EX B4]]"), ("temporal", None),
    ("accessLevel", None), ("accessLevel", "non-public"), ("accessLevel", "restricted public"), ("language", ["es-MX"]),
    ("landingPage", "javascript:alert(1)"), ("identifier", "../../../etc/passwd"), ("title", "x\x00\u202ey"),
    ("spatial", [[0, 1]]), ("describedBy", "https://example.gov/dictionary.pdf"), ("title", {"en": "Trees"}),
    ("accrualPeriodicity", "R/P3.5D"),
    ("modified", 1577836800000), ("isPartOf", {"a": [{"b": None}]}), ("rights", "x" * 9_000), ("publisher", {"name": "N/A"}),
]


@pytest.mark.parametrize(("key", "value"), ODD, ids=[f"{key} {str(value)[:20]}" for key, value in ODD])
def test_odd_values_are_read_or_reported_and_what_comes_over_has_no_error(key, value):
    result = from_data_json(TREES | {key: value})

    assert totals(result)["datasets"] == (1, 1)
    assert errors(result) == []


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "not JSON"), (b"{", "not JSON"), (b"<html>", "not JSON"), (b'{"a": 1}', "no list called dataset"),
     (b"[" * 100_000, "deep"),     (b"\xff\xfe\x00", "not JSON")],
    ids=["empty", "broken", "a page", "something else", "deep", "bytes"],
)
def test_what_is_no_data_json_is_a_problem(content, says):
    result = imported("data-json", {"data.json": content})

    assert [each.code for each in result.problems] == ["source-unreadable"]
    assert says in result.problems[0].says
    assert result.files == {}


def test_json_that_is_not_quite_by_the_rules_is_read():
    text = '\ufeff{"dataset": [{"title": "Trees\t", "identifier": NaN, "description": "a\nb"}]}'
    result = imported("data-json", {"data.json": text})

    assert totals(result)["datasets"] == (1, 1)
    assert "NaN and infinite numbers left out" in whys(result)


def test_a_record_that_is_none_is_counted_and_reported():
    result = from_data_json(TREES, None, "x", [])

    assert totals(result)["datasets"] == (4, 1)
    assert [each.source for each in result.report.records if not each.path] == ["dataset[2]", "dataset[3]", "dataset[4]"]


def test_nothing_leaves_the_catalog_folder():
    result = from_data_json(TREES | {"identifier": "../../x", "title": "../../../etc/passwd"},
                            {"title": "..", "identifier": "/etc/passwd"}, {"title": "C:\\x", "theme": ["../up"]})

    assert [path for path in result.files if ".." in path or path.startswith("/") or "\\" in path] == []


def test_texts_of_ten_megabytes_are_cut_and_reported():
    result = from_data_json(TREES | {"description": "word " * 2_000_000, "title": "x" * 1_000_000})

    assert len(result.files["datasets/street-trees/dataset.yaml"]) < 200_000
    assert errors(result) == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
    | st.sampled_from(["javascript:x", "<p>x</p>", "R/P1D", "../x", "http://[", "mailto:a@b.gov", "2026-01-01/2020"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*TREES, "name", "@id", "fn"]), inner, max_size=3)),
    max_leaves=8,
)
CHANGES = st.dictionaries(st.sampled_from([*TREES, "rights", "conformsTo", "language"]), JSON, max_size=4)


@settings(max_examples=50)
@given(CHANGES)
def test_whatever_is_put_into_a_dataset_it_comes_over_without_an_error(changes):
    result = imported("data-json", {"data.json": json.dumps({"dataset": [copy.deepcopy(TREES) | changes]})})

    assert totals(result)["datasets"] == (1, 1)
    assert errors(result) == []


def counted(path):
    """What a data.json holds, counted by the plainest means."""
    listed = json.loads(path.read_text())["dataset"]
    words = [{word.strip() for word in each.get("keyword") or () if word and word.strip()} for each in listed]
    return {
        "datasets": len(listed), "files": sum(len(each.get("distribution") or ()) for each in listed),
        "keywords": sum(map(len, words)), "identifiers": sorted(each["identifier"] for each in listed),
    }


@pytest.mark.parametrize("name", ["federal.data.json", "seattle-performance.data.json"])
def test_a_real_catalog_comes_over_whole(inputs, name):
    folder = inputs / "data-json"
    result = importer("data-json")(Source(tree=FolderTree(folder), path=name), Wishes(today=TODAY))
    made = records(result)

    assert counted(folder / name) == {
        "datasets": len(made), "files": sum(len(each.get("files", ())) for each in made.values()),
        "keywords": sum(len(each.get("keywords", ())) for each in made.values()),
        "identifiers": sorted(each["identifier"] for each in made.values()),
    }
    assert errors(result) == []


def test_the_report_is_kept_with_the_catalog():
    result = from_data_json(TREES)

    assert result.files["reports/import-data-json.md"].startswith("# Import from data.json\n")
    assert orjson.loads(result.files["reports/import-data-json.json"])["format"] == "data.json"


def test_a_folder_with_one_file_of_another_name_is_read():
    result = imported("data-json", {"ours.json": a_data_json(TREES)["data.json"]})

    assert totals(result)["datasets"] == (1, 1)


def test_catalogs_within_a_catalog_come_over_and_what_has_no_place_is_named():
    more = {"catalog": [{"dataset": {"title": "Inner"}}], "datasetSeries": [{"title": "Series"}], "rights": "ours"}
    result = from_data_json(TREES, **more)

    assert sorted(records(result)) == ["inner", "series", "street-trees"]
    assert ("left-out", "rights") in entries(result)


def test_an_old_data_json_is_a_list():
    assert sorted(records(imported("data-json", {"data.json": orjson.dumps([TREES])}))) == ["street-trees"]


@pytest.mark.parametrize("files", [{}, {"a.json": "{}", "b.json": "{}"}, {"readme.txt": "x"}], ids=["empty", "two", "other"])
def test_a_folder_without_a_data_json_is_a_problem(files):
    assert [each.says for each in imported("data-json", files).problems] == ["the folder holds no data.json"]


def test_a_file_that_is_not_there_is_a_problem():
    assert [each.code for each in imported("data-json", {}, path="gone.json").problems] == ["source-unreadable"]


def test_publishers_contacts_and_files_beyond_the_first_are_kept():
    result = from_data_json(TREES | {
        "publisher": [{"name": "Parks", "subOrganizationOf": [{"name": "Works", "subOrganizationOf": {"name": "City"}}],
                       "email": "p@example.gov"}, {"name": "Friends"}],
        "contactPoint": [{"fn": "Desk", "hasTelephone": {"hasValue": "tel:1"}, "title": "Chief"}, {"fn": "Other"}],
        "distribution": [{"accessURL": "https://a.gov/page", "downloadURL": "https://a.gov/x.csv",
                          "describedBy": "https://a.gov/d", "license": "https://a.gov/other", "conformsTo": {"@id": "https://a.gov/s"}}],
    })
    notes = only(result)["notes"]

    assert yaml.safe_load(result.files["publishers/works.yaml"]) == {"title": "Works", "parent": "city"}
    assert {"Other publishers", "Other contacts", "Email", "Title"} <= set(notes)
    assert only(result)["files"][0]["description"].count("\n\n") == 3


def test_what_the_city_holds_and_does_not_publish_is_restricted():
    result = only(from_data_json(TREES | {"accessLevel": "non-public", "rights": "Names of children."}))

    assert (result["status"], result["reason"]) == ("restricted", "Names of children.")


@pytest.mark.parametrize("shape", [{"type": "Point", "coordinates": [1, 2]}, '{"type": "Point", "coordinates": [1, 2]}'],
                         ids=["group", "text"])
def test_a_shape_is_no_place_and_is_kept_as_it_is(shape):
    found = only(from_data_json({"title": "Trees", "spatial": shape}))

    assert "spatial" not in found
    assert "Point" in found["notes"]["Extent"]


def test_a_time_that_repeats_gives_its_start():
    assert only(from_data_json(TREES | {"temporal": "R/2021-01-04/P1W"}))["temporal"] == {"start": "2021-01-04"}


@pytest.mark.parametrize("listed", [None, [], {}], ids=["null", "an empty list", "an empty group"])
def test_a_list_without_a_dataset_is_a_problem(listed):
    result = imported("data-json", {"data.json": orjson.dumps({"dataset": listed})})

    assert [each.code for each in result.problems] == ["source-unreadable"]
    assert result.files == {}


def test_nothing_in_a_list_of_files_is_written_down_and_is_no_file():
    result = from_data_json(TREES | {"distribution": [None, *TREES["distribution"]]})

    assert [each["title"] for each in only(result)["files"]] == ["Trees"]
    assert "an empty entry of the list" in whys(result)
    assert totals(result)["files"] == (2, 1)
