"""Opendatasoft comes over whole: metadata, fields, attachments, and rows as one export."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.network import lists
from cityfolio.migrate.opendatasoft import listing as opendatasoft_list
from cityfolio.migrate.opendatasoft.importer import import_opendatasoft
from cityfolio.migrate.source import Source, Wishes
from cityfolio.problems import stops
from migrate.portals import BUSY_SECONDS, SOON_OVER, Said, in_json
from migrate.troubled import EVERY_OTHER, run, stopped_at

EXPORTED = "/api/explore/v2.1/catalog/exports/json"
EXPORT = "/api/explore/v2.1/catalog/datasets/trees/exports/csv?delimiter=,&use_labels=false"
BELOW = ("", "information/", "table/", "export/", "map/", "analyze/", "api/")
CSV = "species,height\nchêne,12.5\n"


def a_dataset(name="trees", *, metas=None, **more):
    default = {"title": "Trees", "description": "<p>Every <b>tree</b>.</p>", "theme": ["Parks"], "keyword": ["oak", "elm"],
               "license": "Open Database License (ODbL)", "license_url": "http://opendatacommons.org/licenses/odbl/",
               "modified": "2026-05-05T10:00:00+00:00", "publisher": "City of Example", "records_count": 2}
    return {"dataset_id": name, "dataset_uid": "da_x", "has_records": True, "visibility": "domain", "attachments": [],
            "fields": [{"name": "species", "label": "Species", "type": "text", "description": "As the book has it."},
                       {"name": "height", "label": "height", "type": "double", "annotations": {"unit": "m"}}],
            "metas": {"default": default, "explore": {"download_count": 5}, **(metas or {})}, **more}


def imported(*datasets, **wishes):
    tree = MemoryTree({"answer.json": json.dumps({"total_count": len(datasets), "results": datasets})})
    return import_opendatasoft(Source(tree=tree), Wishes(**wishes))


def record(found, name="trees"):
    return yaml.load(found.files[f"datasets/{name}/dataset.yaml"], yaml.CBaseLoader)


def totals(found):
    return {total.what: (total.found, total.written) for total in found.report.totals}


def test_a_dataset_becomes_one_of_ours():
    links = [{"rel": "self", "href": "https://data.example.fr/api/explore/v2.1/catalog/datasets/trees"}]

    assert record(imported(a_dataset(links=links))) == {
        "title": "Trees", "description": "Every **tree**.", "publisher": "city-of-example", "topics": ["parks"],
        "keywords": ["oak", "elm"], "license": "odbl-1.0", "modified": "2026-05-05",
        "formerly": [f"/explore/dataset/trees/{page}" for page in BELOW], "identifier": "trees",
        "files": [{"url": f"https://data.example.fr{EXPORT}", "format": "CSV"}],
        "columns": {"species": {"title": "Species", "type": "string", "description": "As the book has it."},
                    "height": {"type": "number", "unit": "m"}}}


def test_metadata_of_other_templates_count_too_and_what_has_no_key_becomes_a_note():
    found = record(imported(a_dataset(metas={"dcat": {
        "accrualperiodicity": "http://publications.europa.eu/resource/authority/frequency/MONTHLY", "issued": "2020-01-01",
        "contact_name": "Jo", "contact_email": "jo@example.fr", "granularity": "Tree"}})))

    assert (found["frequency"], found["issued"]) == ("monthly", "2020-01-01")
    assert found["contact"] == {"name": "Jo", "email": "jo@example.fr"}
    assert found["notes"] == {"Granularity": "Tree"}


def test_publishers_beyond_the_first_are_kept():
    found = record(imported(a_dataset(metas={"default": {"title": "Trees", "publisher": ["Parks", "Streets"]}})))

    assert (found["publisher"], found["notes"]) == ("parks", {"Other publishers": "Streets"})


def test_attachments_are_files():
    found = record(imported(a_dataset(attachments=[{"id": "a_pdf", "title": "Guide", "mimetype": "application/pdf",
                                                     "url": "odsfile://a.pdf"}],
                                      links=[{"href": "https://x.example/api/explore/v2.1/catalog/datasets/trees"}])))

    assert found["files"][1] == {
        "url": "https://x.example/api/explore/v2.1/catalog/datasets/trees/attachments/a_pdf", "title": "Guide", "format": "PDF"}


def test_a_dataset_without_rows_has_no_export():
    assert "files" not in record(imported(a_dataset(has_records=False, fields=[])))


def test_the_form_of_2_0_is_read_too():
    tree = MemoryTree({"a.json": json.dumps({"datasets": [{"dataset": a_dataset()}]})})

    assert totals(import_opendatasoft(Source(tree=tree), Wishes()))["datasets"] == (1, 1)


def test_what_a_portal_leaves_empty_says_nothing():
    empty = dict.fromkeys(("description", "theme", "keyword", "license", "modified", "publisher", "attributions", "timezone",
                           "references", "source_domain", "shared_catalog", "parent_domain", "geographic_reference"))
    dcat = {"created": None, "issued": None, "creator": "Parks", "contributor": None, "spatial": None, "temporal": None}

    found = record(imported(a_dataset(metas={"default": {"title": "   ", **empty, "records_count": 12}, "dcat": dcat})))

    assert {*found} == {"publisher", "formerly", "identifier", "files", "columns"}
    assert found["publisher"] == "parks"


def test_units_are_read_as_every_version_annotates_them():
    fields = [{"name": name, "label": name, "type": "double", "annotations": each} for name, each in (
        ("a", {"unit": "m"}), ("b", [{"name": "facet"}, {"name": "unit", "args": ["m"]}]), ("c", []), ("d", {"facet": True}))]

    found = record(imported(a_dataset(fields=fields)))

    assert [each.get("unit") for each in found["columns"].values()] == ["m", "m", None, None]


def test_a_dataset_of_another_portal_forwards_from_its_name_with_that_portals():
    found = imported(a_dataset("trees@example"))

    assert record(found, "trees-example")["formerly"][:2] == [
        "/explore/dataset/trees@example/", "/explore/dataset/trees@example/information/"]
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)


def test_an_export_is_a_list_without_a_page_around_it():
    tree = MemoryTree({"exports.json": json.dumps([a_dataset(), a_dataset("set-1")])})

    assert totals(import_opendatasoft(Source(tree=tree), Wishes()))["datasets"] == (2, 2)


@pytest.mark.parametrize("metas", [
    {"default": None}, {"default": {"title": {"fr": "Arbres"}, "keyword": "oak, elm", "theme": None}}, {"x": [1, 2]},
    {"default": {"title": {"type": "string", "value": "Arbres"}, "publisher": [], "license": None}},
], ids=str)
def test_what_is_strange_comes_over_all_the_same(metas):
    found = imported(a_dataset(metas=metas))

    assert totals(found)["datasets"] == (1, 1)
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)


# From the portal.

DATASETS = [a_dataset(), *(a_dataset(f"set-{number}", has_records=False) for number in range(4))]


def site(path):
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path == "/api/explore/v2.1/catalog/datasets":
        start = int(asked["offset"])
        return in_json({"total_count": len(DATASETS), "results": DATASETS[start: start + int(asked["limit"])]})
    return Said(body=CSV.encode()) if parts.path.endswith("/trees/exports/csv") else Said(status=404)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(lists, "ROWS", 2)


@pytest.fixture
def undisturbed(tmp_path):
    return run(import_opendatasoft, site, tmp_path / "undisturbed")


def test_a_portal_comes_over_page_by_page(undisturbed):
    assert totals(undisturbed.imported)["datasets"] == (5, 5)
    assert undisturbed.asked == [
        "/api/explore/v2.1/catalog/datasets?order_by=dataset_id&limit=2&offset=0", EXPORT,
        "/api/explore/v2.1/catalog/datasets?order_by=dataset_id&limit=2&offset=2",
        "/api/explore/v2.1/catalog/datasets?order_by=dataset_id&limit=2&offset=4"]


def test_rows_come_along_where_they_are_wished(undisturbed):
    assert [*undisturbed.rows.values()] == [CSV.encode()]
    assert record(undisturbed.imported)["files"][0]["path"] == "trees.csv"


def test_rows_that_are_too_many_come_as_a_sample(tmp_path):
    def pages(path):
        return Said(body=CSV.encode()) if "limit=1000" in path else \
            Said(body=CSV.encode() * 50) if "exports" in path else site(path)

    found = run(import_opendatasoft, pages, tmp_path, most_rows_bytes=200)

    assert [*found.rows.values()] == [CSV.encode()]
    assert record(found.imported)["files"][0]["sample"] == "trees-sample.csv"


def test_a_list_that_is_longer_than_the_api_gives_in_pages_is_had_as_one_export(tmp_path, monkeypatch):
    monkeypatch.setattr(opendatasoft_list, "MOST_RECORDS", 4)

    found = run(import_opendatasoft, lambda path: in_json(DATASETS) if path == EXPORTED else site(path), tmp_path)

    assert totals(found.imported)["datasets"] == (5, 5)
    assert found.asked[:2] == ["/api/explore/v2.1/catalog/datasets?order_by=dataset_id&limit=2&offset=0", EXPORTED]


def test_datasets_that_no_page_reaches_are_named_where_there_is_no_export(tmp_path, monkeypatch):
    monkeypatch.setattr(opendatasoft_list, "MOST_RECORDS", 3)

    found = run(import_opendatasoft, site, tmp_path)

    assert totals(found.imported)["datasets"] == (5, 3)
    assert found.asked[-1].endswith("limit=1&offset=2")


@pytest.mark.parametrize("trouble", SOON_OVER)
def test_whatever_fails_at_every_request_the_outcome_is_the_same(trouble, undisturbed, tmp_path):
    troubled = run(import_opendatasoft, site, tmp_path / trouble, dict.fromkeys(EVERY_OTHER, trouble))

    assert troubled.files == undisturbed.files
    assert troubled.rows == undisturbed.rows
    assert troubled.asked == [path for path in undisturbed.asked for _ in range(2)]


def test_a_portal_that_asks_to_wait_is_left_alone_as_long_each_time(undisturbed, tmp_path):
    troubled = run(import_opendatasoft, site, tmp_path / "busy", dict.fromkeys(EVERY_OTHER, "busy"))

    assert troubled.slept.count(BUSY_SECONDS) == len(undisturbed.asked)


@pytest.mark.parametrize("number", range(4))
def test_a_run_that_is_broken_off_goes_on_where_it_was(number, undisturbed, tmp_path):
    broken, resumed = stopped_at(import_opendatasoft, site, tmp_path / "resumed", number)

    assert broken.files == {}
    assert (resumed.files, resumed.rows) == (undisturbed.files, undisturbed.rows)
    assert broken.asked[:-1] + resumed.asked == undisturbed.asked


def test_recorded_answers_give_the_same_without_the_portal(undisturbed, tmp_path):
    folder = tmp_path / "undisturbed"

    replayed = import_opendatasoft(Source(tree=FolderTree(folder), folder=f"{folder}"), Wishes(with_data=True))

    assert (replayed.files, replayed.copies) == (undisturbed.imported.files, undisturbed.imported.copies)
