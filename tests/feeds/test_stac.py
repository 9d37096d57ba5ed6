"""STAC as its clients walk it, and the boxes around rows."""

from __future__ import annotations

import re
from typing import Any

import orjson
import pytest

from cityfolio.feeds.stac import stac
from cityfolio.model.catalog import Catalog, File
from cityfolio.model.records import Temporal
from cityfolio.pages.bounds import Bounds, around, bounds_of, geometry, well_known_text
from cityfolio.pages.described import linked_data_pages
from cityfolio.pages.pages import pages
from cityfolio.pages.passing_routes import is_view
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_dataset, a_file, a_profile, an_export, numbers, shapes

SITE = "https://data.example.gov"
SPAN = Temporal(start="2016", end="2024-02")


def made(catalog: Catalog, **build: Any) -> dict[str, Any]:
    return {each.url: orjson.loads(each.body) for each in stac(catalog, a_build(**build)) if isinstance(each.body, bytes)}


def trees(**given: Any) -> Catalog:
    return a_catalog(a_dataset("Trees", files=given.pop("files", [a_map()]), **given), a_dataset("Budget"))


def a_map(**given: Any) -> File:
    return a_file("trees.geojson", **{"format": "GeoJSON", "page": "trees", "profile": a_profile(shapes=shapes()), **given})


def points(latitude: Any, longitude: Any) -> File:
    columns = (numbers("lat", type="number", minimum=latitude[0], maximum=latitude[1]),
               numbers("lon", type="number", minimum=longitude[0], maximum=longitude[1]))
    return a_file("trees.csv", page="trees", profile=a_profile(*columns), places=("lat", "lon"))


def links(document: Any, rel: str) -> list[str]:
    return [each["href"].removeprefix(SITE) for each in document["links"] if each["rel"] == rel]


def test_the_catalog_leads_to_the_datasets_with_places() -> None:
    found = made(trees(temporal=SPAN))

    assert links(found["/stac/catalog.json"], "child") == ["/data/trees/stac-collection.json"]
    assert links(found["/data/trees/stac-collection.json"], "item") == ["/data/trees/trees/stac-item.json"]
    assert len(found) == 3


def test_an_item_covers_whole_days() -> None:
    item = made(trees(temporal=SPAN))["/data/trees/trees/stac-item.json"]

    assert item["properties"]["datetime"] is None
    assert item["properties"]["start_datetime"] == "2016-01-01T00:00:00Z"
    assert item["properties"]["end_datetime"] == "2024-02-29T23:59:59Z"


def test_an_asset_can_be_verified() -> None:
    item = made(trees(temporal=SPAN, files=[a_map(bytes=9, sha256="ab" * 32)]))["/data/trees/trees/stac-item.json"]

    asset = item["assets"]["trees.geojson"]
    assert (asset["file:size"], asset["file:checksum"]) == (9, "1220" + "ab" * 32)
    assert asset["href"] == f"{SITE}/data/trees/trees.geojson"


@pytest.mark.parametrize("temporal", [None, Temporal(start="2016"), Temporal(end="2024"), Temporal(start="2024", end="2016")],
                         ids=["nothing said", "going on", "no start", "upside down"])
def test_a_file_of_no_certain_time_is_listed_with_the_collection(temporal: Temporal | None) -> None:
    found = made(trees(temporal=temporal, files=[a_map(exports=(an_export("trees.parquet"),))]))

    assert sorted(found) == ["/data/trees/stac-collection.json", "/stac/catalog.json"]
    assert list(found["/data/trees/stac-collection.json"]["assets"]) == ["trees.geojson", "trees.parquet"]


def test_a_collection_leaves_its_time_open() -> None:
    found = made(trees(temporal=Temporal(start="2016")))["/data/trees/stac-collection.json"]

    assert found["extent"]["temporal"]["interval"] == [["2016-01-01T00:00:00Z", None]]


def test_a_collection_of_nobody_and_without_a_license_says_so() -> None:
    found = made(trees(publisher=None, license=None))["/data/trees/stac-collection.json"]

    assert "providers" not in found
    assert (found["license"], links(found, "license")) == ("other", [])


def test_a_city_without_maps_has_an_empty_catalog() -> None:
    found = made(a_catalog(a_dataset("Budget")))

    assert list(found) == ["/stac/catalog.json"]
    assert links(found["/stac/catalog.json"], "child") == []


def test_without_an_address_of_the_site_links_are_relative_and_none_leads_to_itself() -> None:
    found = made(trees(temporal=SPAN), base_url="")["/data/trees/trees/stac-item.json"]

    assert links(found, "root") == ["../../../stac/catalog.json"]
    assert links(found, "self") == []


@pytest.mark.parametrize("url", ["/data/trees/stac-collection.json", "/data/trees/trees/stac-item.json", "/dcat-ap/2.ttl",
                                 "/ogc/collections/datasets/items/12.geojson"])
def test_what_comes_and_goes_may_go(url: str) -> None:
    assert is_view(url)


@pytest.mark.parametrize("url", ["/dcat-ap.ttl", "/stac/catalog.json", "/data/trees/record.geojson", "/data/stac-item.json"])
def test_what_is_promised_may_not(url: str) -> None:
    assert not is_view(url)


def test_columns_of_points_have_a_box_around_them() -> None:
    assert bounds_of(points(("35.1", "35.3"), ("-81", "-80.7"))) == (-81, 35.1, -80.7, 35.3)


@pytest.mark.parametrize(("latitude", "longitude"), [(("-999", "35"), ("-81", "-80")), ((None, None), ("-81", "-80")),
                                                     (("35", "36"), ("-81", "999"))])
def test_places_off_the_globe_are_nowhere(latitude: Any, longitude: Any) -> None:
    assert bounds_of(points(latitude, longitude)) is None


def test_the_box_of_a_sample_is_not_that_of_the_data() -> None:
    sample = a_file("trees.geojson", url="https://example.gov/all", sample="trees.geojson", profile=a_profile(shapes=shapes()))

    assert bounds_of(sample) is None


def test_a_box_around_none_is_none() -> None:
    assert around([]) is None


@pytest.mark.parametrize(("box", "expected"),
                         [((1, 2, 1, 2), "Point"), ((1, 2, 1, 3), "LineString"), ((1, 2, 3, 4), "Polygon")])
def test_a_box_is_the_simplest_shape_that_it_can_be(box: Bounds, expected: str) -> None:
    assert geometry(box)["type"] == expected


def test_well_known_text_has_no_exponents() -> None:
    assert well_known_text((0.00001, 0.0, 1.0, 2.0)) == "POLYGON((0.000010 0.0,1.0 0.0,1.0 2.0,0.000010 2.0,0.000010 0.0))"


def twins(document: bytes) -> set[str]:
    """What a page names in its head."""
    return set(re.findall(r'<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)">', document.decode()))


def test_pages_name_what_standards_have_of_them() -> None:
    catalog, build = trees(temporal=SPAN), a_build()

    drawn = {each.url: twins(each.body) for each in pages(catalog, build, the_theme())
             if isinstance(each.body, bytes) and each.media_type == "text/html"}

    assert {f"{SITE}/data/trees/stac-collection.json", f"{SITE}/data/trees/record.geojson", f"{SITE}/dcat-ap.ttl"} \
        <= drawn["/data/trees/"]
    assert f"{SITE}/data/trees/trees/stac-item.json" in drawn["/data/trees/trees/"]


def test_a_dataset_names_the_page_of_linked_data_that_tells_of_it() -> None:
    catalog = a_catalog(*(a_dataset(title, summary="Rows.") for title in ("Ash", "Birch", "Cedar")),
                        a_dataset("No", summary=None))

    assert [[each.title for each in page] for page in linked_data_pages(catalog, 2)] == [["Ash", "Birch"], ["Cedar"]]
