"""OGC API Records as a crawler follows it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import pytest

from cityfolio.cache import Cache
from cityfolio.feeds.facts import Facts
from cityfolio.feeds.ogc_record import ogc_record
from cityfolio.feeds.ogc_records import ogc_records
from cityfolio.model.catalog import Catalog, License
from cityfolio.model.digests import Digests
from cityfolio.model.records import Temporal
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.pages import site_of
from cityfolio.pages.periods import first_day, last_day
from cityfolio.publish.headers import media_type
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_contact, a_dataset, a_file, a_profile, a_publisher, shapes

SITE = "https://data.example.gov"


def made(catalog: Catalog, a_page: int = 1_000, **build: Any) -> dict[str, Any]:
    return {each.url: orjson.loads(each.body) for each in ogc_records(catalog, a_build(**build), a_page=a_page)
            if isinstance(each.body, bytes)}


def record(**given: Any) -> Any:
    return made(a_catalog(a_dataset("Trees", **given)))["/data/trees/record.geojson"]


def links(document: Any, rel: str) -> list[str]:
    return [each["href"].removeprefix(SITE) for each in document["links"] if each["rel"] == rel]


def test_the_landing_page_leads_to_every_record() -> None:
    found = made(a_catalog(a_dataset("Trees"), a_dataset("Signals")))
    [collections] = links(found["/ogc/index.json"], "data")
    [items] = links(found[collections]["collections"][0], "items")

    assert [each["id"] for each in found[items]["features"]] == ["signals", "trees"]


def test_the_crawlable_catalog_names_each_record() -> None:
    found = made(a_catalog(a_dataset("Trees"), a_dataset("Signals")))

    named = links(found["/ogc/catalog.json"], "item")
    assert named == ["/data/signals/record.geojson", "/data/trees/record.geojson"]
    assert [found[each]["id"] for each in named] == ["signals", "trees"]


def test_links_promise_the_media_type_that_is_served() -> None:
    found = made(a_catalog(a_dataset("Trees")))
    within = [each for document in found.values() for each in document.get("links", [])
              if each["href"].removeprefix(SITE) in found]

    assert within
    assert all(media_type(each["href"]) == each["type"] for each in within)


def test_a_record_lies_in_the_box_around_the_rows() -> None:
    found = record(files=[a_file(profile=a_profile(shapes=shapes(bounds=("-81", "35", "-80", "36"))))])

    assert found["bbox"] == [-81, 35, -80, 36]
    assert found["geometry"]["coordinates"] == [[[-81, 35], [-80, 35], [-80, 36], [-81, 36], [-81, 35]]]


def test_a_record_without_places_has_no_geometry() -> None:
    assert record()["geometry"] is None


@pytest.mark.parametrize(
    ("temporal", "expected"),
    [(Temporal(start="2016", end="2024-02"), ["2016-01-01", "2024-02-29"]),
     (Temporal(start="2016-03-05"), ["2016-03-05", ".."]),
     (Temporal(end="2024"), ["..", "2024-12-31"])],
    ids=["a span", "going on", "from always"],
)
def test_a_record_says_which_days_it_covers(temporal: Temporal, expected: list[str]) -> None:
    assert record(temporal=temporal)["time"]["interval"] == expected


def test_a_record_without_a_time_says_none() -> None:
    assert "time" not in record()


@pytest.mark.parametrize(("moment", "first", "last"), [("2023", "2023-01-01", "2023-12-31"),
                                                       ("2023-02", "2023-02-01", "2023-02-28"),
                                                       ("2023-02-03", "2023-02-03", "2023-02-03")])
def test_a_moment_has_a_first_and_a_last_day(moment: str, first: str, last: str) -> None:
    assert (first_day(moment), last_day(moment)) == (first, last)


def test_a_record_says_who_answers_and_how_to_ask() -> None:
    found = record(publisher=a_publisher("Parks"), contact=a_contact(name="Foresters", phone="+1 704 555 0100"))

    assert found["properties"]["contacts"] == [
        {"organization": "Parks", "roles": ["publisher"]},
        {"name": "Foresters", "organization": "Parks", "emails": [{"value": "data@example.gov"}],
         "phones": [{"value": "+17045550100"}], "roles": ["pointOfContact"]}]


def test_a_number_without_a_country_is_left_to_readers() -> None:
    found = record(contact=a_contact(phone="704-555-0100"))["properties"]["contacts"][1]

    assert found["contactInstructions"] == "704-555-0100"


def test_nobody_without_a_name_is_a_contact() -> None:
    assert "contacts" not in record(publisher=None, contact=a_contact(name=None))["properties"]


def test_a_license_of_the_citys_own_is_linked() -> None:
    found = record(license=License(id="ours", title="City terms", url="https://example.gov/terms"))

    assert found["properties"]["license"] == "other"
    assert links(found, "license") == ["https://example.gov/terms"]


def test_downloads_are_told_from_services() -> None:
    found = record(files=[a_file("trees.csv"), a_file(None, title="Map", url="https://example.gov/map", format="HTML")])

    assert links(found, "enclosure") == ["/data/trees/trees.csv"]
    assert links(found, "item") == ["https://example.gov/map"]


def test_days_are_those_of_the_files_for_when_the_record_changed_is_not_known() -> None:
    found = record(files=[a_file("trees.csv")], updated=date(2025, 3, 4), issued=date(2020, 1, 2))

    assert not {"created", "updated"} & set(found["properties"])
    assert [each.get("updated") for each in found["links"] if each["rel"] == "enclosure"] == ["2025-03-04T00:00:00Z"]


def test_a_record_on_a_page_is_the_one_beside_its_dataset() -> None:
    found = made(a_catalog(a_dataset("Trees"), a_dataset("Bikes")))

    pages = {each["id"]: each for each in found["/ogc/collections/datasets/items.geojson"]["features"]}
    assert pages == {name: found[f"/data/{name}/record.geojson"] for name in ("trees", "bikes")}


def test_what_a_record_does_not_say_is_absent() -> None:
    found = record(summary=None, contact=None, license=None, topics=[], publisher=None, files=[], updated=None)

    assert set(found["properties"]) == {"type", "title", "resourceLanguages", "externalIds"}


def test_the_records_of_a_large_catalog_come_in_pages() -> None:
    found = made(a_catalog(*map(a_dataset, "ABC")), 2)

    first, second = (found[f"/ogc/collections/datasets/items{each}.geojson"] for each in ("", "/2"))
    assert (first["numberMatched"], first["numberReturned"], second["numberReturned"]) == (3, 2, 1)
    assert links(first, "next") == ["/ogc/collections/datasets/items/2.geojson"]
    assert links(second, "prev") == ["/ogc/collections/datasets/items.geojson"]


def test_records_of_every_page_are_kept_for_the_next_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = site_of(a_catalog(*(a_dataset(f"Trees {number}") for number in range(40))), a_build(), the_theme())
    drawn, draw = list[str](), ogc_record

    def again() -> list[object]:
        known = KnownParts.of(replace(site, digests=Digests()), Cache(tmp_path), "1")
        return [each.body for each in ogc_records(site.catalog, site.build, known, a_page=10)]

    def noted(known: Facts, *more: Any) -> Any:
        drawn.append(known.dataset.id)
        return draw(known, *more)

    monkeypatch.setattr(import_module("cityfolio.feeds.ogc_records"), "ogc_record", noted)
    first = again()
    assert len(drawn) == 40
    assert (again(), len(drawn)) == (first, 40)


def test_a_file_of_the_city_keeps_its_name() -> None:
    found = made(a_catalog(a_dataset("Trees", files=[a_file("record.geojson", format="GeoJSON")])))

    assert "/data/trees/record.geojson" not in found
    assert links(found["/ogc/catalog.json"], "item") == []


def test_without_an_address_of_the_site_links_are_relative() -> None:
    found = made(a_catalog(a_dataset("Trees")), base_url="")

    assert links(found["/ogc/catalog.json"], "item") == ["../data/trees/record.geojson"]
    assert links(found["/data/trees/record.geojson"], "collection") == ["../../ogc/collections/datasets.json"]


def test_pages_elsewhere_tell_of_the_dataset_and_of_whom_to_ask() -> None:
    found = record(landing_page="https://example.gov/trees", contact=a_contact(url="https://example.gov/ask"))

    assert links(found, "about") == ["https://example.gov/trees"]
    assert links(found["properties"]["contacts"][1], "about") == ["https://example.gov/ask"]
