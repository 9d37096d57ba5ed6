"""Socrata comes over whole: assets with their columns, rows in the order of their ids, and the addresses of every view."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.network import lists
from cityfolio.migrate.socrata import listing as socrata_list, rows as socrata_rows
from cityfolio.migrate.socrata.importer import import_socrata
from cityfolio.migrate.source import Source, Wishes
from cityfolio.problems import stops
from migrate.portals import BUSY_SECONDS, SOON_OVER, Said, in_json
from migrate.troubled import EVERY_OTHER, run, stopped_at

COLUMNS = {"columns_name": ["Kind of tree", "Planted"], "columns_field_name": ["species", "planted"],
           "columns_datatype": ["Text", "Calendar date"], "columns_description": ["As the book has it.", ""]}


def an_asset(name="aaaa-0001", kind="dataset", *, resource=None, **more):
    return {
        "resource": {"id": name, "name": f"Trees {name}", "description": "Every tree.", "type": kind, "parent_fxf": [],
                     "data_updated_at": "2026-05-05T19:08:34.000Z", **COLUMNS, **(resource or {})},
        "classification": {"domain_category": "Parks", "domain_tags": ["oak"]},
        "metadata": {"domain": "data.example.gov", "license": "Public Domain"},
        "permalink": f"https://data.example.gov/d/{name}", "link": f"https://data.example.gov/Parks/Trees/{name}", **more}


def imported(*assets, **wishes):
    return import_socrata(Source(tree=MemoryTree({"answer.jsonl": "\n".join(map(json.dumps, assets))})), Wishes(**wishes))


def record(found, name="trees-aaaa-0001"):
    return yaml.load(found.files[f"datasets/{name}/dataset.yaml"], yaml.CBaseLoader)


def totals(found):
    return {total.what: (total.found, total.written) for total in found.report.totals}


def test_an_asset_becomes_a_dataset():
    found = imported(an_asset(resource={"attribution": "Parks Department", "attribution_link": "https://example.gov/parks"}))

    assert record(found) == {
        "title": "Trees aaaa-0001", "description": "Every tree.", "publisher": "parks-department", "topics": ["parks"],
        "keywords": ["oak"], "license": "public-domain", "modified": "2026-05-05",
        "formerly": ["/d/aaaa-0001", "/Parks/Trees/aaaa-0001"], "identifier": "https://data.example.gov/d/aaaa-0001",
        "files": [{"url": "https://data.example.gov/api/views/aaaa-0001/rows.csv?accessType=DOWNLOAD",
                   "title": "Trees aaaa-0001", "format": "CSV"}],
        "columns": {"Kind of tree": {"type": "string", "description": "As the book has it."},
                    "Planted": {"type": "datetime", "format": "%m/%d/%Y %I:%M:%S %p"}}}


def test_fields_of_a_city_s_own_say_who_publishes_and_how_often():
    found = record(imported(an_asset(classification={"domain_metadata": [
        {"key": "Dataset-Details_Department", "value": "Parks"},
        {"key": "Dataset-Details_Update-Frequency", "value": "Monthly"},
        {"key": "Dataset-Details_Time-Period", "value": "Since 2016"}]})))

    assert (found["publisher"], found["frequency"], found["notes"]) == ("parks", "monthly", {"Time Period": "Since 2016"})


def test_a_view_is_not_a_dataset_and_its_addresses_lead_to_what_it_shows():
    chart = an_asset("cccc-0003", "chart", resource={"parent_fxf": ["aaaa-0001"]})

    found = imported(chart, an_asset(), an_asset("ssss-0004", "story"))

    assert totals(found)["datasets"] == (3, 1)
    assert record(found)["formerly"] == ["/d/aaaa-0001", "/Parks/Trees/aaaa-0001", "/d/cccc-0003", "/Parks/Trees/cccc-0003"]


def test_an_asset_that_is_a_file_has_no_rows():
    found = record(imported(an_asset(kind="file", resource={"blob_mime_type": "application/pdf"})))

    assert found["files"][0]["url"] == "https://data.example.gov/download/aaaa-0001/application/pdf"


@pytest.mark.parametrize("asset", [{}, {"resource": None}, {"resource": {"id": ""}}, {"results": "none"}, [1], None], ids=str)
def test_what_is_no_asset_is_named_in_the_report(asset):
    found = imported(an_asset(), asset)

    assert totals(found)["datasets"][1] == 1
    assert totals(found)["datasets"][0] >= 2


@pytest.mark.parametrize("resource", [
    {"columns_name": None, "columns_field_name": ["a", "a", ""]}, {"columns_datatype": "Text", "columns_format": [None]},
    {"name": None}, {"description": "<img src=x onerror=alert(1)>"}, {"attribution": ["a", "b"], "data_updated_at": "soon"},
], ids=str)
def test_what_is_strange_comes_over_all_the_same(resource):
    found = imported(an_asset(resource=resource))

    assert totals(found)["datasets"] == (1, 1)
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)


# From the portal.

HEADER = "species,planted\n"
ROWS = [f'"Oak, ""old""\n{number}",2026-01-0{number}T00:00:00.000\n' for number in range(1, 6)]
ASSETS = [an_asset(), an_asset("bbbb-0002", "file"), an_asset("cccc-0003", "chart", resource={"parent_fxf": ["aaaa-0001"]})]


def site(path):
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path == "/api/catalog/v1":
        start = int(asked["offset"])
        return in_json({"results": ASSETS[start: start + int(asked["limit"])], "resultSetSize": len(ASSETS)})
    if parts.path == "/resource/aaaa-0001.json":
        return in_json([{"count": str(len(ROWS))}])
    if parts.path == "/resource/aaaa-0001.csv" and asked["$order"] == ":id":
        start = int(asked["$offset"])
        return Said(body=(HEADER + "".join(ROWS[start: start + int(asked["$limit"])])).encode())
    return Said(status=404)


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(lists, "ROWS", 2)
    monkeypatch.setattr(socrata_rows, "ROWS", 2)


@pytest.fixture
def undisturbed(tmp_path):
    return run(import_socrata, site, tmp_path / "undisturbed")


def test_rows_are_asked_for_page_by_page_in_the_order_of_their_ids(undisturbed):
    assert [path for path in undisturbed.asked if path.startswith("/resource")] == [
        "/resource/aaaa-0001.json?%24select=count%28*%29",
        *(f"/resource/aaaa-0001.csv?%24order=:id&%24limit=2&%24offset={start}" for start in (0, 2, 4))]


def test_the_pages_make_one_file_with_one_header(undisturbed, tmp_path):
    [path] = undisturbed.imported.copies.values()

    assert (tmp_path / "undisturbed" / path).read_text() == HEADER + "".join(ROWS)


def test_the_dictionary_of_rows_that_come_along_has_their_own_names(undisturbed):
    found = record(undisturbed.imported)

    assert found["files"][0]["path"] == "trees-aaaa-0001.csv"
    assert found["columns"] == {"species": {"title": "Kind of tree", "type": "string", "description": "As the book has it."},
                                "planted": {"title": "Planted"}}


def test_rows_that_are_too_many_come_as_a_sample(tmp_path):
    found = run(import_socrata, site, tmp_path, most_rows_bytes=60).imported

    assert [*record(found)["files"][0]] == ["url", "sample", "title", "format"]
    assert record(found)["files"][0]["sample"] == "trees-aaaa-0001-sample.csv"


def test_assets_beyond_what_the_api_lists_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(socrata_list, "MOST_RECORDS", 2)

    found = run(import_socrata, site, tmp_path).imported

    assert totals(found)["datasets"] == (3, 2)


def test_rows_whose_columns_change_meanwhile_do_not_come_along(tmp_path):
    def pages(path):
        said = site(path)
        return Said(body=said.body.replace(b"planted", b"felled")) if "%24offset=2" in path else said

    found = run(import_socrata, pages, tmp_path).imported

    assert not found.copies
    assert "rows that could not be brought along" in found.files["reports/import-socrata.md"]


@pytest.mark.parametrize("trouble", SOON_OVER)
def test_whatever_fails_at_every_request_the_outcome_is_the_same(trouble, undisturbed, tmp_path):
    troubled = run(import_socrata, site, tmp_path / trouble, dict.fromkeys(EVERY_OTHER, trouble))

    assert troubled.files == undisturbed.files
    assert troubled.rows == undisturbed.rows
    assert troubled.asked == [path for path in undisturbed.asked for _ in range(2)]


def test_a_portal_that_asks_to_wait_is_left_alone_as_long_each_time(undisturbed, tmp_path):
    troubled = run(import_socrata, site, tmp_path / "busy", dict.fromkeys(EVERY_OTHER, "busy"))

    assert troubled.slept.count(BUSY_SECONDS) == len(undisturbed.asked)


@pytest.mark.parametrize("number", range(6))
def test_a_run_that_is_broken_off_goes_on_where_it_was(number, undisturbed, tmp_path):
    broken, resumed = stopped_at(import_socrata, site, tmp_path / "resumed", number)

    assert broken.files == {}
    assert (resumed.files, resumed.rows) == (undisturbed.files, undisturbed.rows)
    assert broken.asked[:-1] + resumed.asked == undisturbed.asked


def test_recorded_answers_give_the_same_without_the_portal(undisturbed, tmp_path):
    folder = tmp_path / "undisturbed"

    replayed = import_socrata(Source(tree=FolderTree(folder), folder=f"{folder}"), Wishes(with_data=True))

    assert (replayed.files, replayed.copies) == (undisturbed.imported.files, undisturbed.imported.copies)


# The real one.

def test_everything_of_a_real_portal_comes_over(inputs):
    path = inputs / "socrata" / "data.littlerock.gov.jsonl"
    assets = [json.loads(line) for line in path.read_text().splitlines()]

    found = import_socrata(Source(tree=FolderTree(path.parent), path=path.name), Wishes())

    columns = sum(len(each["resource"]["columns_name"]) for each in assets)
    keywords = sum(len(each["classification"]["domain_tags"]) for each in assets)
    assert totals(found)["datasets"] == (len(assets), len(assets))
    assert totals(found)["files"] == (len(assets), len(assets))
    assert totals(found)["columns"] == (columns, columns)
    assert totals(found)["keywords"] == (keywords, keywords)
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)
    old = {address for each in assets for address in (f"/d/{each['resource']['id']}", urlsplit(each["link"]).path)}
    assert old == {path for name in found.files if name.endswith("dataset.yaml")
                   for path in yaml.load(found.files[name], yaml.CBaseLoader)["formerly"]}


def test_a_department_that_is_the_publisher_is_said_once():
    parks = {"domain_metadata": [{"key": "About_Department", "value": "Parks department"}]}

    found = imported(an_asset(resource={"attribution": "Parks Department"}, classification=parks))

    assert "notes" not in record(found)
    assert "says again what another key says" in found.files["reports/import-socrata.md"]
