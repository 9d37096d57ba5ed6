"""ArcGIS Hub comes over whole: DCAT feeds with their odd keys, and both search APIs with the fields of each layer."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from cityfolio.files import FolderTree, MemoryTree
from cityfolio.load.catalog import load
from cityfolio.migrate.arcgis import listing as arcgis_list
from cityfolio.migrate.arcgis.importer import import_arcgis_hub
from cityfolio.migrate.source import Source, Wishes
from cityfolio.problems import stops
from migrate.imports import entries, whys
from migrate.portals import BUSY_SECONDS, SOON_OVER, Said, in_json
from migrate.troubled import EVERY_OTHER, run, stopped_at

ITEM = "0123456789abcdef0123456789abcdef"
PAGE = "https://data.example.gov/maps/Org::trees"


def a_record(**more):
    return {"@type": "dcat:Dataset", "@id": PAGE, "dct:title": "Trees", "dct:description": "<p>Every <b>tree</b>.</p>",
            "dcat:keyword": ["oak", "elm"], "dcat:theme": "geospatial", "dct:accessRights": "public",
            "dct:identifier": f"https://www.arcgis.com/home/item.html?id={ITEM}&sublayer=3",
            "dct:publisher": "City of Example", "dct:issued": "2022-03-10T20:01:29.000Z", "dct:language": {"@id": "lang:ENG"},
            "dcat:distribution": [
                {"dcat:accessUrl": PAGE, "dct:format": {"@id": "ftype:HTML"}, "dct:title": "ArcGIS Hub Dataset"},
                {"dcat:accessUrl": "https://x.example/trees.csv", "dct:format": {"@id": "ftype:CSV"}, "dct:title": "CSV"}],
            **more}


def imported(*records, **about):
    tree = MemoryTree({"feed.json": json.dumps({"@id": "https://data.example.gov", **about, "dcat:dataset": records})})
    return import_arcgis_hub(Source(tree=tree), Wishes())


def record(found, name="trees"):
    return yaml.load(found.files[f"datasets/{name}/dataset.yaml"], yaml.CBaseLoader)


def totals(found):
    return {total.what: (total.found, total.written) for total in found.report.totals}


def test_a_record_of_a_feed_becomes_a_dataset():
    assert record(imported(a_record())) == {
        "title": "Trees", "description": "Every **tree**.", "publisher": "city-of-example", "keywords": ["oak", "elm"],
        "issued": "2022-03-10", "formerly": [
            "/maps/Org::trees", "/maps/Org::trees/about", "/maps/Org::trees/explore", "/maps/trees", f"/maps/{ITEM}_3",
            "/datasets/Org::trees", "/datasets/Org::trees/about", "/datasets/Org::trees/explore", "/datasets/trees",
            f"/datasets/{ITEM}_3"],
        "identifier": f"https://www.arcgis.com/home/item.html?id={ITEM}&sublayer=3",
        "files": [{"url": "https://x.example/trees.csv", "title": "CSV", "format": "CSV"}]}


def test_keys_are_known_with_any_prefix_and_in_any_case():
    plain = {"title": "Trees", "Keyword": ["oak"], "landingPage": "https://data.example.gov/datasets/trees",
             "distribution": [{"downloadURL": "https://x.example/trees.csv", "mediaType": "text/csv"}]}

    found = record(imported(plain))

    assert (found["keywords"], found["formerly"]) == (
        ["oak"], ["/datasets/trees", "/datasets/trees/about", "/datasets/trees/explore"])
    assert found["files"] == [{"url": "https://x.example/trees.csv", "format": "CSV"}]


def test_the_page_of_the_old_site_is_no_file_and_is_counted():
    found = imported(a_record())

    assert totals(found)["files"] == (2, 1)


def test_templates_that_nobody_filled_in_say_nothing():
    found = record(imported(a_record(**{"dcat:contactPoint": {"vcard:fn": "gis", "vcard:hasEmail": "{{orgContactEmail}}"}})))

    assert found["contact"] == {"name": "gis"}


def test_a_fact_that_is_nothing_but_its_template_says_nothing():
    found = imported(a_record(**{"dct:description": "{{description}}"}))

    assert "description" not in record(found)
    assert "a template that was never filled in" in whys(found)


@pytest.mark.parametrize("given", ["-80.9,35.1,-80.6,35.3", {"@type": "Location", "coordinates": [1, 2]}],
                         ids=["a box", "a shape"])
def test_the_corners_of_a_map_are_no_place_and_are_written_down(given):
    found = imported(a_record(**{"dct:spatial": given}))

    assert "spatial" not in record(found)
    assert ("left-out", "spatial") in entries(found)


def test_an_address_in_the_place_of_words_is_not_lost():
    said = {"vcard:hasEmail": "http://call the switchboard, or write to jo@example.gov"}

    assert record(imported(a_record(**{"dcat:contactPoint": said})))["notes"] == {
        "Contact": "call the switchboard, or write to jo@example.gov"}


def test_what_the_site_did_not_write_itself_is_not_its_description():
    found = imported(a_record(), **{"dct:title": "Example", "dct:description": "DO NOT DELETE OR MODIFY THIS ITEM. ..."})

    assert "DO NOT DELETE" not in found.files["site.yaml"]


@pytest.mark.parametrize("more", [
    {"dcat:distribution": None}, {"dcat:distribution": [None, "x", {}]}, {"@id": "javascript:alert(1)"}, {"dct:title": None},
    {"dct:description": "<script>alert(1)</script>"}, {"dct:identifier": "../../etc/passwd"}, {"dcat:contactPoint": "Jo"},
    {"@id": "https://data.example.gov/../../x"}, {"dct:language": None}, {"dct:publisher": {"foaf:name": "Parks"}},
], ids=str)
def test_what_is_strange_comes_over_all_the_same(more):
    found = imported(a_record(**more))

    assert totals(found)["datasets"] == (1, 1)
    assert not [path for path in found.files if ".." in path]
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)


# From the search API.

LAYER = "http://portal/server/rest/services/Trees/FeatureServer/0"
FIELDS = [
    {"name": "Shape", "type": "esriFieldTypeGeometry"}, {"name": "KIND", "alias": "Kind of tree", "type": "esriFieldTypeString",
     "domain": {"type": "codedValue", "codedValues": [{"code": "O", "name": "Oak"}, {"code": "E", "name": "Elm"}]}},
    {"name": "HEIGHT", "alias": "HEIGHT", "type": "esriFieldTypeDouble", "domain": {"type": "range", "range": [0, 120]},
     "description": '{"value":"In \\"meters\\".","fieldValueType":""}'}]


def an_item(name=f"{ITEM}_0", **more):
    return {"id": name, "title": f"Trees {name[-1]}", "snippet": "Every tree.", "description": "<p>All.</p>", "tags": ["oak"],
            "categories": ["/Categories/Parks"], "licenseInfo": "<a href='https://creativecommons.org/licenses/by/4.0/'>CC</a>",
            "source": "City of Example", "created": 1_646_942_489_000, "modified": 1_746_942_489_000, "access": "public",
            "type": "Feature Service", "url": LAYER, "slug": "org::trees", **more}


ITEMS = [an_item(), an_item(f"{ITEM[:-1]}1", url="https://x.example/a.csv", type="CSV"),
         an_item(f"{ITEM[:-1]}2_0", url="http://portal/server/rest/services/Gone/FeatureServer/0")]


ROWS = b"OBJECTID,Kind of tree,HEIGHT\n1,O,30\n"


def site(path):
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path == "/api/search/v1/collections/dataset/items":
        start = int(asked["startindex"]) - 1
        return in_json({"type": "FeatureCollection", "numberMatched": len(ITEMS), "features": [
            {"id": each["id"], "type": "Feature", "properties": each} for each in ITEMS[start: start + int(asked["limit"])]]})
    if parts.path.startswith("/api/download/v1/"):
        return Said(body=ROWS)
    if parts.path == "/server/rest/services/Trees/FeatureServer/0":
        return in_json({"name": "Trees", "fields": FIELDS})
    if parts.path.startswith("/server/"):
        return in_json({"error": {"code": 400, "message": "Invalid URL"}})
    return Said(status=404)


def site_3(path):
    """A site that has only the third version of the API before."""
    parts = urlsplit(path)
    asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.path != "/api/v3/datasets":
        return Said(status=404)
    start = (int(asked["page[number]"]) - 1) * int(asked["page[size]"])
    terms = {"url": "https://creativecommons.org/licenses/by/4.0/"}
    return in_json({"meta": {"stats": {"totalCount": len(ITEMS)}}, "data": [
        {"id": each["id"], "type": "dataset", "attributes": {**each, "fields": FIELDS, "structuredLicense": terms}}
        for each in ITEMS[start: start + int(asked["page[size]"])]]})


@pytest.fixture(autouse=True)
def short_pages(monkeypatch):
    monkeypatch.setattr(arcgis_list, "ROWS", 2)


@pytest.fixture
def undisturbed(tmp_path):
    return run(import_arcgis_hub, site, tmp_path / "undisturbed")


def test_an_item_becomes_a_dataset_with_the_fields_of_its_layer(tmp_path):
    found = record(run(import_arcgis_hub, site, tmp_path, with_data=False).imported, "trees-0")

    assert (found["summary"], found["publisher"], found["topics"], found["license"]) == (
        "Every tree.", "city-of-example", ["parks"], "cc-by-4.0")
    assert {"/maps/org::trees", "/datasets/org::trees/explore", f"/maps/{ITEM}", f"/datasets/{ITEM}_0"} <= {*found["formerly"]}
    assert found["columns"] == {
        "KIND": {"title": "Kind of tree", "type": "string", "values": {"O": "Oak", "E": "Elm"}},
        "HEIGHT": {"type": "number", "minimum": "0", "maximum": "120", "description": 'In "meters".'}}
    assert [file["format"] for file in found["files"]] == ["CSV", "GeoJSON", "SHP", "KML", "Esri REST"]


def test_rows_come_along_where_they_are_wished_and_columns_have_their_names(undisturbed):
    found = record(undisturbed.imported, "trees-0")

    assert undisturbed.rows["datasets/trees-0/trees-0.csv"] == ROWS
    assert found["files"][0]["path"] == "trees-0.csv"
    assert found["columns"] == {
        "Kind of tree": {"type": "string", "values": {"O": "Oak", "E": "Elm"}},
        "HEIGHT": {"minimum": "0", "maximum": "120", "description": 'In "meters".'}}


def test_rows_that_the_site_does_not_give_stay_where_they_are(tmp_path):
    found = run(import_arcgis_hub, lambda path: Said(status=404) if "download" in path else site(path), tmp_path)

    assert found.rows == {}
    assert "rows that could not be brought along" in found.files["reports/import-arcgis-hub.md"]


def test_a_file_that_is_being_made_is_waited_for(tmp_path):
    asked = []

    def making(path):
        asked.append(path)
        return Said(body=b'{"status":"Pending"}', status=202) if "download" in path and asked.count(path) < 3 else site(path)

    assert run(import_arcgis_hub, making, tmp_path).rows["datasets/trees-0/trees-0.csv"] == ROWS


def test_an_item_that_is_a_file_has_that_file(undisturbed):
    assert record(undisturbed.imported, "trees-1")["files"] == [{"url": "https://x.example/a.csv", "format": "CSV"}]


def test_a_layer_that_does_not_answer_is_written_down(undisturbed):
    assert "columns that the layer's server did not tell" in undisturbed.files["reports/import-arcgis-hub.md"]


def test_a_layer_that_is_not_there_holds_up_nothing(tmp_path):
    found = run(import_arcgis_hub, lambda path: site(path) if path.startswith("/api/") else Said(status=404), tmp_path)

    assert totals(found.imported)["datasets"] == (3, 3)
    assert totals(found.imported)["columns"] == (0, 0)


def test_the_third_version_of_the_api_is_asked_where_there_is_no_newer_one(tmp_path):
    found = run(import_arcgis_hub, site_3, tmp_path, with_data=False)

    assert totals(found.imported)["datasets"] == (3, 3)
    assert totals(found.imported)["columns"] == (6, 6)
    assert found.asked[1:] == [f"/api/v3/datasets?page%5Bsize%5D=2&page%5Bnumber%5D={number}" for number in (1, 2)]


def test_answers_of_the_api_can_be_files(undisturbed):
    tree = MemoryTree({"page.json": json.dumps({"features": [{"id": each["id"], "properties": each} for each in ITEMS]})})

    assert totals(import_arcgis_hub(Source(tree=tree), Wishes()))["datasets"] == (3, 3)


def test_no_question_reaches_beyond_what_the_search_answers(tmp_path, monkeypatch):
    monkeypatch.setattr(arcgis_list, "MOST_RECORDS", 4)

    found = run(import_arcgis_hub, site, tmp_path, with_data=False)

    assert totals(found.imported)["datasets"] == (3, 3)
    assert found.asked[-2].endswith("limit=1&startindex=3")


@pytest.mark.parametrize("trouble", SOON_OVER)
def test_whatever_fails_at_every_request_the_outcome_is_the_same(trouble, undisturbed, tmp_path):
    troubled = run(import_arcgis_hub, site, tmp_path / trouble, dict.fromkeys(EVERY_OTHER, trouble))

    assert troubled.files == undisturbed.files
    assert troubled.asked == [path for path in undisturbed.asked for _ in range(2)]


def test_a_site_that_asks_to_wait_is_left_alone_as_long_each_time(undisturbed, tmp_path):
    troubled = run(import_arcgis_hub, site, tmp_path / "busy", dict.fromkeys(EVERY_OTHER, "busy"))

    assert troubled.slept.count(BUSY_SECONDS) == len(undisturbed.asked)


@pytest.mark.parametrize("number", range(4))
def test_a_run_that_is_broken_off_goes_on_where_it_was(number, undisturbed, tmp_path):
    broken, resumed = stopped_at(import_arcgis_hub, site, tmp_path / "resumed", number)

    assert broken.files == {}
    assert resumed.files == undisturbed.files
    assert broken.asked[:-1] + resumed.asked == undisturbed.asked


def test_recorded_answers_give_the_same_without_the_site(undisturbed, tmp_path):
    folder = tmp_path / "undisturbed"

    replayed = import_arcgis_hub(Source(tree=FolderTree(folder), folder=f"{folder}"), Wishes(with_data=True))

    assert replayed.files == undisturbed.imported.files


# The real ones.

@pytest.mark.parametrize("name", ["glasgow", "highland"])
def test_everything_of_a_real_feed_comes_over_or_is_named(name, inputs):
    feed = json.loads((inputs / "arcgis-hub" / f"{name}.json").read_text())["dcat:dataset"]

    found = import_arcgis_hub(Source(tree=FolderTree(inputs / "arcgis-hub"), path=f"{name}.json"), Wishes())

    files = [(each["@id"], file.get("dcat:accessUrl")) for each in feed for file in each["dcat:distribution"]]
    pages = sum(page == address for page, address in files)
    keywords = sum(word != "" for each in feed for word in each["dcat:keyword"])
    assert totals(found)["datasets"] == (len(feed), len(feed))
    assert totals(found)["files"] == (len(files), len(files) - pages)
    assert totals(found)["keywords"] == (keywords, keywords)
    assert not stops(load(MemoryTree(found.files)).problems, strict=False)


def test_the_theme_that_every_dataset_has_is_no_topic_and_is_written_down():
    found = imported(a_record())

    assert "topics" not in record(found)
    assert "says what its software is for; was `geospatial`" in found.files["reports/import-arcgis-hub.md"]
