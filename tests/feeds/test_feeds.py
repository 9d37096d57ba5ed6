"""Feeds as programs read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import orjson
import pytest

from cities import a_bench, a_build, a_city, with_files
from cityfolio.cache import NoCache
from cityfolio.feeds import feeds
from cityfolio.feeds.catalog_json import catalog_json
from cityfolio.feeds.sitemap import MAX_URLS, sitemap
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.model.catalog import Catalog
from cityfolio.model.site import Output
from cityfolio.pages.pages import site_of
from cityfolio.search import search
from cityfolio.tables.offers import offer
from cityfolio.tables.published import read_tables
from pages.answers import a_filter, a_question, an_answer, an_asked_dataset
from pages.drawing import the_theme
from pages.factories import a_catalog, a_dataset

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
CITY = with_files(
    a_city(),
    {
        "datasets/bikes/dataset.yaml": 'title: "Bikes & <trikes>"\nsummary: Counted daily.\nkeywords: Fahrräder\n'
        "modified: 2026-02-03\nissued: 2021-05-06\n"
        "files:\n  - url: https://example.gov/bikes\n    format: CSV\n    sample: some.csv\n",
        "datasets/bikes/some.csv": "counter_name\nA\n",
        "datasets/plan/dataset.yaml": "title: Plan\nstatus: planned\nreason: Next year.\n",
    },
)


def catalog(files: dict[str, str | bytes] = CITY) -> Catalog:
    tree = MemoryTree(files)
    loaded = load(tree)
    return link(loaded, read_tables(loaded, a_bench(tree)), a_build())


def made(url: str, **build: object) -> bytes:
    outputs = {each.url: each.body for each in feeds(catalog(), a_build(**build), [a_page("/"), a_page("/404.html", "404")])}
    body = outputs[url]
    assert isinstance(body, bytes)
    return body


def a_page(url: str, kind: str = "list", updated: date | None = None) -> Output:
    return Output(url=url, body=b"", media_type="text/html", kind=kind, source="x", updated=updated)


def test_the_catalog_lists_every_dataset_with_its_files() -> None:
    listed = orjson.loads(made("/catalog.json"))["datasets"]

    assert [(each["id"], each["status"], len(each["files"])) for each in listed] == [
        ("bikes", "published", 1),
        ("plan", "planned", 0),
        ("trees", "published", 1),
    ]


def test_a_listed_file_says_where_it_is_and_how_to_verify_it() -> None:
    file = orjson.loads(made("/catalog.json"))["datasets"][2]["files"][0]

    assert file["url"] == "https://data.example.gov/data/trees/trees.csv"
    assert (file["bytes"], len(file["sha256"]), file["format"]) == (37, 64, "CSV")


def test_a_file_kept_elsewhere_has_its_own_address_and_that_of_its_sample() -> None:
    file = orjson.loads(made("/catalog.json"))["datasets"][0]["files"][0]

    assert (file["url"], file["bytes"], file["sha256"]) == ("https://example.gov/bikes", None, None)
    assert (file["sample"]["url"], file["sample"]["bytes"]) == ("https://data.example.gov/data/bikes/some.csv", 15)


def test_without_an_address_of_its_own_the_catalog_names_files_beside_it() -> None:
    dataset = orjson.loads(made("/catalog.json", base_url=""))["datasets"][2]

    assert (dataset["url"], dataset["files"][0]["url"]) == ("data/trees/", "data/trees/trees.csv")


def test_the_feed_holds_the_newest_first_and_escapes_what_it_quotes() -> None:
    entries = ElementTree.fromstring(made("/new.atom")).findall(f"{ATOM}entry")

    assert [each.findtext(f"{ATOM}title") for each in entries] == ["Bikes & <trikes>", "Street trees"]
    assert entries[0].findtext(f"{ATOM}updated") == "2026-02-03T00:00:00Z"
    assert entries[0].findtext(f"{ATOM}published") == "2021-05-06T00:00:00Z"
    assert entries[0].findtext(f"{ATOM}id") == "https://data.example.gov/data/bikes/"


@pytest.mark.parametrize("url", ["/topics/nature/feed.atom", "/publishers/parks/feed.atom"])
def test_a_topic_and_a_publisher_have_a_feed_of_their_own(url: str) -> None:
    feed = ElementTree.fromstring(made(url))

    assert [each.findtext(f"{ATOM}title") for each in feed.findall(f"{ATOM}entry")] == ["Street trees"]
    assert feed.findtext(f"{ATOM}id") == f"https://data.example.gov{url}"


def test_without_an_address_links_of_a_feed_are_relative() -> None:
    feed = ElementTree.fromstring(made("/topics/nature/feed.atom", base_url=""))

    link_of_entry = feed.find(f"{ATOM}entry/{ATOM}link")
    assert link_of_entry is not None
    assert link_of_entry.get("href") == "../../data/trees/"


def test_the_sitemap_names_pages_in_full_and_leaves_out_what_nobody_should_find() -> None:
    found = ElementTree.fromstring(made("/sitemap.xml"))

    assert [each.text for each in found.iter(f"{MAP}loc")] == ["https://data.example.gov/"]


def test_the_sitemap_writes_addresses_as_links_do() -> None:
    (found,) = sitemap([a_page("/data/bäume & co/")], a_build())

    assert isinstance(found.body, bytes)
    assert b"<loc>https://data.example.gov/data/b%C3%A4ume%20&amp;%20co/</loc>" in found.body


def test_no_feed_is_made_before_it_is_asked_for() -> None:
    asked = feeds(catalog(), a_build(), iter(()))

    assert next(asked).url == "/catalog.json"


def test_a_page_of_data_says_when_it_changed() -> None:
    (found,) = sitemap([a_page("/data/x/", updated=date(2026, 1, 2))], a_build())

    assert isinstance(found.body, bytes)
    assert b"<lastmod>2026-01-02</lastmod>" in found.body


def test_a_large_site_has_an_index_of_sitemaps() -> None:
    page = a_page("/")

    found = sitemap((replace(page, url=f"/{at}/") for at in range(MAX_URLS + 1)), a_build())

    assert [each.url for each in found] == ["/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml"]
    assert isinstance(found[0].body, bytes)
    assert found[0].body.count(b"<sitemap>") == 2


def test_without_an_address_there_is_no_sitemap_and_robots_names_none() -> None:
    urls = [each.url for each in feeds(catalog(), a_build(base_url=""), [])]

    assert "/sitemap.xml" not in urls
    assert made("/robots.txt", base_url="") == b"User-agent: *\nAllow: /\n"
    assert made("/robots.txt").endswith(b"Sitemap: https://data.example.gov/sitemap.xml\n")


def test_a_dataset_is_found_by_title_keyword_publisher_and_column() -> None:
    body = next(iter(search(site_of(catalog(), a_build(), the_theme()), NoCache()))).body
    assert isinstance(body, bytes)

    words = {each["id"]: each["text"].split() for each in orjson.loads(body)["datasets"]}

    assert {"bikes", "counted", "fahrräder", "counter_name"} <= set(words["bikes"])
    assert {"street", "parks", "species", "tall"} <= set(words["trees"])


def with_exports(files: dict[str, str | bytes], formats: str) -> list[dict[str, object]]:
    """The files that the catalog lists of its first dataset, in a city that offers formats."""
    offering = with_files(files, {"site.yaml": f"name: Example City\ntwins: all\nexports: [{formats}]\n"})
    tree = MemoryTree(offering)
    city, bench = load(tree), a_bench(tree)
    tables = read_tables(city, bench)
    offered = offer(link(city, tables, a_build()), tables, "https://data.example.gov", bench)
    outputs = {each.url: each.body for each in feeds(offered.catalog, a_build(), [])}
    body = outputs["/catalog.json"]
    assert isinstance(body, bytes)
    listed: list[dict[str, object]] = orjson.loads(body)["datasets"][0]["files"]
    return listed


def test_further_formats_of_a_file_are_listed_after_it_with_what_they_are_made_from() -> None:
    source, as_json, as_parquet = with_exports(a_city(), "json, parquet")

    assert (source["id"], source["format"], source.get("made_from")) == ("trees.csv", "CSV", None)
    assert [(each["id"], each["title"], each["format"], each["made_from"]) for each in (as_json, as_parquet)] == [
        ("trees.json", "trees.csv", "JSON", "trees.csv"), ("trees.parquet", "trees.csv", "Parquet", "trees.csv")]
    assert as_json["url"] == "https://data.example.gov/data/trees/trees.json"


def test_a_listed_export_can_be_verified() -> None:
    _, export = with_exports(a_city(), "json")

    assert (export["bytes"], len(str(export["sha256"]))) == (101, 64)


def test_the_archive_is_listed_last_as_the_whole_dataset() -> None:
    listed = with_exports(a_city(), "json, zip")

    assert [each["id"] for each in listed] == ["trees.csv", "trees.json", "trees.zip"]
    assert (listed[-1]["title"], listed[-1]["format"], "made_from" in listed[-1]) == ("Street trees", "ZIP", False)


def test_formats_of_a_sample_are_said_to_be_of_a_sample() -> None:
    source, export = with_exports(CITY, "json")

    assert (source["url"], export["id"], export["is_sample"]) == ("https://example.gov/bikes", "some.json", True)


def test_without_exports_only_sources_are_listed() -> None:
    assert [each["id"] for each in with_exports(a_city(), "csv")] == ["trees.csv"]


def test_the_catalog_for_programs_tells_questions_with_their_answers_in_full() -> None:
    asked = a_question("4.25", filters=(a_filter("request_type", "CART"),), says="in 2024", compared=an_answer("6"))
    listed = orjson.loads(catalog_json(a_catalog(an_asked_dataset(asked)), a_build()).body)["datasets"][0]["questions"]

    assert listed == [{
        "question": "How long does it take?", "value": "4.25", "unit": "days", "measure": "median", "column": "days_open",
        "rows": 300, "file": "requests.csv", "comparison": {"says": "in 2024", "value": "6", "rows": 300},
        "url": "https://data.example.gov/data/service-requests-311/requests/?where=request_type~is~CART&ask=median~days_open",
    }]


def test_the_catalog_for_programs_is_silent_where_nothing_was_asked() -> None:
    assert "questions" not in orjson.loads(catalog_json(a_catalog(a_dataset()), a_build()).body)["datasets"][0]
