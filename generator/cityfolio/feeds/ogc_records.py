"""OGC API Records 1.0 (OGC 20-004r1) as files: what it calls a crawlable catalog, and the pages that its clients follow.

A host of files answers no query, so searching by place or time is not among what `/ogc/conformance.json` claims. A record
lies beside each dataset's page; ends of names tell any host the media type, so that links promise what is served.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.facts import facts, listed
from cityfolio.feeds.ogc_record import CONFORMS_TO, GEO_JSON, JSON, ogc_record
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.bounds import around, dataset_bounds
from cityfolio.pages.described import has_record
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import (
    DATA,
    HOME,
    OGC,
    OGC_CATALOG,
    OGC_COLLECTIONS,
    OGC_CONFORMANCE,
    OGC_DATASETS,
    OGC_RECORDS,
    numbered,
    record_url,
)

Json = dict[str, Any]   # Any: JSON

A_PAGE = 1_000     # records
CLASSES = (
    *CONFORMS_TO,
    "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-collection",
    "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/crawlable-catalog",
    "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/json",
)


def ogc_records(catalog: Catalog, build: Build, known: KnownParts | None = None, a_page: int = A_PAGE) -> Iterator[Output]:
    """The landing page and what it leads to, and the record of every dataset."""
    known = known or KnownParts(catalog, build)
    yield _output(OGC, _landing_page(catalog, build))
    yield _output(OGC_CONFORMANCE, {"conformsTo": CLASSES})
    yield _output(OGC_COLLECTIONS, {"collections": [_collection(catalog, build, OGC_COLLECTIONS)],
                                    "links": [_link(OGC_COLLECTIONS, OGC_COLLECTIONS, "self", JSON, build)]})
    yield _output(OGC_DATASETS, _collection(catalog, build, OGC_DATASETS))
    yield _output(OGC_CATALOG, _crawlable(catalog, build))
    yield from _records(listed(catalog), build, known, a_page)


def _records(datasets: Sequence[Dataset], build: Build, known: KnownParts, a_page: int) -> Iterator[Output]:
    """The record of each dataset, and the pages that hold all of them."""
    for at in range(0, max(1, len(datasets)), a_page):
        page, number = datasets[at:at + a_page], at // a_page + 1
        alone = cache(partial(_alone, page, number, known))
        if any(map(has_record, page)):
            yield from (_output(record_url(each.id), record, GEO_JSON, each.source_path)
                        for each, record in zip(page, alone(), strict=True) if has_record(each))
        told = alone if build.base_url else partial(_within, page, numbered(OGC_RECORDS, number), known)
        yield from known.together("ogc-records", page, partial(_pages, told, number, len(datasets), a_page, build),
                                  beside=(number, len(datasets), a_page))


def _alone(page: Sequence[Dataset], number: int, known: KnownParts) -> list[orjson.Fragment]:
    """Records as they lie by themselves. Each page is kept by itself: one feed of them all would be asked for all at once."""
    return list(map(orjson.Fragment, known.made(f"ogc-record of page {number}", page, partial(_record, ""))))


def _within(page: Sequence[Dataset], feed: str, known: KnownParts) -> list[orjson.Fragment]:
    """Records as they stand in a page: without an address of the site, those in them are relative to where they stand."""
    return list(map(orjson.Fragment, known.made(f"ogc-record {feed}", page, partial(_record, feed))))


def _pages(told: Callable[[], Sequence[orjson.Fragment]], number: int, matched: int, a_page: int,
           build: Build) -> Iterator[Output]:
    yield _output(numbered(OGC_RECORDS, number), _page(told(), number, matched, a_page, build), GEO_JSON)


def _record(feed: str, dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
    """The record of a dataset within a feed, or where it lies itself."""
    into = feed or record_url(dataset.id)
    return orjson.dumps(ogc_record(facts(dataset, catalog, build, into), build, into))


def _output(url: str, body: Json | orjson.Fragment, media_type: str = JSON, source: str = "OGC API Records") -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type=media_type, kind="feed", source=source)


def _link(feed: str, to: str, rel: str, media_type: str, build: Build) -> Json:
    return {"rel": rel, "href": address(feed, to, build), "type": media_type}


def _landing_page(catalog: Catalog, build: Build) -> Json:
    return _named(catalog) | {"links": [
        _link(OGC, OGC, "self", JSON, build), _link(OGC, HOME, "alternate", "text/html", build),
        _link(OGC, OGC_CONFORMANCE, "conformance", JSON, build), _link(OGC, OGC_COLLECTIONS, "data", JSON, build),
        _link(OGC, OGC_CATALOG, "http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog", JSON, build)]}


def _named(catalog: Catalog) -> Json:
    words = catalog.site.description or catalog.site.tagline
    return {"title": catalog.site.name} | ({"description": words} if words else {})


def _about(catalog: Catalog) -> Json:
    box = around(box for each in listed(catalog) if (box := dataset_bounds(each)))
    return {
        "id": "datasets", "type": "Collection", "itemType": "record", **_named(catalog),
        "language": {"code": catalog.site.languages[0]}, **({"extent": {"spatial": {"bbox": [box]}}} if box else {}),
    }


def _collection(catalog: Catalog, build: Build, feed: str) -> Json:
    """The collection of all datasets, for clients that go on to its items."""
    return _about(catalog) | {"links": [
        _link(feed, OGC_DATASETS, "self", JSON, build), _link(feed, OGC, "root", JSON, build),
        _link(feed, OGC_RECORDS, "items", GEO_JSON, build), _link(feed, DATA, "alternate", "text/html", build)]}


def _crawlable(catalog: Catalog, build: Build) -> Json:
    items = [_link(OGC_CATALOG, record_url(each.id), "item", GEO_JSON, build) | {"title": each.title}
             for each in listed(catalog) if has_record(each)]
    return _about(catalog) | {"conformsTo": CLASSES, "links": [
        _link(OGC_CATALOG, OGC_CATALOG, "self", JSON, build), _link(OGC_CATALOG, OGC, "root", JSON, build), *items]}


def _page(features: Sequence[orjson.Fragment], number: int, matched: int, a_page: int, build: Build) -> Json:
    feed = numbered(OGC_RECORDS, number)
    links = [_link(feed, feed, "self", GEO_JSON, build), _link(feed, OGC_DATASETS, "collection", JSON, build)]
    links += [_link(feed, numbered(OGC_RECORDS, to), rel, GEO_JSON, build)
              for rel, to in (("prev", number - 1), ("next", number + 1)) if 0 < to <= -(-matched // a_page)]
    return {"type": "FeatureCollection", "numberMatched": matched, "numberReturned": len(features), "links": links,
            "features": features}
