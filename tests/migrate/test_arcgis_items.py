"""What ArcGIS Hub's search says of an item today, with what the servers of its layers tell, becomes a dataset."""

from __future__ import annotations

import json

import pytest
import yaml

from cityfolio.files import MemoryTree
from cityfolio.migrate.arcgis.addresses import old_paths
from cityfolio.migrate.arcgis.importer import import_arcgis_hub
from cityfolio.migrate.source import Source, Wishes
from migrate.portals import Said, asking, in_json, portal, source
from migrate.troubled import run

ITEM = "0123456789abcdef0123456789abcdef"
SERVICE = "/server/rest/services/Trees/FeatureServer"
ZERO = "https://creativecommons.org/publicdomain/zero/1.0/"
FIELDS = [
    {"name": "SHAPE", "type": "esriFieldTypeGeometry", "alias": "Shape", "domain": None},
    {"name": "KIND", "type": "esriFieldTypeString", "alias": "Kind of tree", "length": 15, "domain": None},
    {"name": "HEIGHT", "type": "esriFieldTypeDouble", "alias": "HEIGHT", "domain": None}]


def record(found, name="trees"):
    return yaml.load(found.files[f"datasets/{name}/dataset.yaml"], yaml.CBaseLoader)


def hub(*listed, total=None, servers=None):
    """A site that lists some items, and what servers below its address tell."""
    answer = {"type": "FeatureCollection", "numberMatched": len(listed) if total is None else total, "features": [
        {"id": each["id"], "type": "Feature", "geometry": None, "time": None, "properties": each} for each in listed]}
    said = {"/api/search/v1/collections/dataset/items": answer, **(servers or {})}
    return lambda path: in_json(said[path.split("?")[0]]) if path.split("?")[0] in said else Said(status=404)


def an_item(**more):
    """A service as today's search lists it: without a layer, a slug or fields. Everything a portal may leave empty is."""
    return {"id": ITEM, "title": "Trees", "name": "Trees_2024", "type": "Feature Service", "typeKeywords": ["Singlelayer"],
            "snippet": None, "description": None, "tags": ["oak"], "categories": [], "license": None, "licenseInfo": None,
            "access": "public", "accessInformation": None, "culture": "en-us", "created": 1_646_942_489_000,
            "modified": 1_746_942_489_000, "owner": "gis_account", "orgId": "a1", "source": None, "guid": None, "size": -1,
            "numViews": 4, "spatialReference": "102685", "scoreCompleteness": 78, "documentation": None,
            "url": f"http://portal{SERVICE}", **more}


def test_an_item_that_is_a_service_has_the_fields_of_its_only_layer(tmp_path):
    servers = {SERVICE: {"layers": [{"id": 4, "name": "Trees", "subLayerIds": None}], "tables": []},
               f"{SERVICE}/4": {"fields": FIELDS}}

    found = record(run(import_arcgis_hub, hub(an_item(), servers=servers), tmp_path).imported)

    assert [*found["columns"]] == ["KIND", "HEIGHT"]
    assert f"/{ITEM}_4/" in found["files"][0]["url"]
    assert found["formerly"][:3] == [f"/maps/{ITEM}", f"/maps/{ITEM}/about", f"/maps/{ITEM}/explore"]


def test_a_service_of_several_layers_has_the_files_and_columns_of_each(tmp_path):
    layers = [{"id": 0, "name": "All", "subLayerIds": [1]}, {"id": 1, "name": "Trees", "subLayerIds": None}]
    servers = {SERVICE: {"layers": layers, "tables": [{"id": 2, "name": "Visits"}]}, f"{SERVICE}/1": {"fields": FIELDS},
               f"{SERVICE}/2": {"fields": [{"name": "DAY", "alias": "DAY", "type": "esriFieldTypeDateOnly"}]}}

    found = record(run(import_arcgis_hub, hub(an_item(), servers=servers), tmp_path).imported)

    assert "columns" not in found
    assert {file["title"]: [*file.get("columns", {})] for file in found["files"] if "(CSV)" in file["title"]} == {
        "Trees (CSV)": ["KIND", "HEIGHT"], "Visits (CSV)": ["DAY"]}
    assert len(found["files"]) == 9


@pytest.mark.parametrize(("terms", "license_", "rights"), [
    ({"license": "CC-BY-4.0", "licenseInfo": "<p>Say who we are.</p>"}, "cc-by-4.0", "Say who we are."),
    ({"license": "custom", "licenseInfo": f"<a href='{ZERO}'>all</a>"}, "cc0-1.0", None),
    ({"license": "none", "licenseInfo": None}, None, None),
    ({"structuredLicense": {"type": "custom", "text": "Ask first."}, "license": "custom"}, None, "Ask first."),
], ids=["a code", "an address", "none", "words alone"])
def test_terms_are_a_license_where_they_name_one_and_conditions_beside_it(terms, license_, rights):
    tree = MemoryTree({"page.json": json.dumps({"features": [{"id": ITEM, "properties": an_item(**terms)}]})})

    found = record(import_arcgis_hub(Source(tree=tree), Wishes()))

    assert found.get("license") == license_
    assert rights is None or found["rights"] == rights
    assert "notes" not in found


def test_an_account_is_no_publisher(tmp_path):
    item = an_item(accessInformation="Parks and Recreation", source="gis_account", title="   ", name="Trees")

    found = record(run(import_arcgis_hub, hub(item), tmp_path).imported)

    assert "publisher" not in found
    assert (found["title"], found["notes"]) == ("Trees", {"Credits": "Parks and Recreation"})


def test_a_search_that_lists_everybodys_data_is_not_taken_for_the_sites_own(tmp_path):
    found = run(import_arcgis_hub, hub(an_item(), total=10_000), tmp_path).imported

    assert found.files == {}
    assert "a site without a catalog of its own" in found.problems[0].says
    assert "/api/feed/dcat-us/1.1.json" in found.problems[0].fix


def test_the_feed_of_a_site_can_be_named_in_the_place_of_the_site(tmp_path):
    feed = {"title": "Example", "dataset": [{"title": "Trees", "landingPage": "http://portal/maps/Example::trees"}]}

    with portal(lambda path: in_json(feed) if path == "/api/feed/dcat-us/1.1.json" else Said(status=404)) as served:
        found = import_arcgis_hub(source(f"{served.root}/api/feed/dcat-us/1.1.json", tmp_path), Wishes(), asking())

    assert served.asked == ["/api/feed/dcat-us/1.1.json"]
    assert record(found)["formerly"][0] == "/maps/Example::trees"
    assert "name: Example\n" in found.files["site.yaml"]


@pytest.mark.parametrize(("page", "item", "layer", "paths"), [
    ("/pages/trees", "", "", ["/pages/trees"]), ("/a/b/c", "", "", ["/a/b/c"]), ("", "", "", []),
    ("/documents/Org::plan/", "a", "", ["/documents/Org::plan", "/documents/Org::plan/about", "/documents/Org::plan/explore",
     "/documents/a", "/documents/a/about", "/documents/a/explore", "/documents/plan", "/datasets/Org::plan",
     "/datasets/Org::plan/about", "/datasets/Org::plan/explore", "/datasets/a", "/datasets/a/about", "/datasets/a/explore",
     "/datasets/plan"]),
], ids=["a page", "something else", "nothing", "a document"])
def test_an_item_answered_at_each_of_its_names(page, item, layer, paths):
    assert old_paths(page, item, layer) == paths
