"""OGC API Records 1.0 (OGC 20-004r1) as files: what it calls a crawlable catalog, and the pages that its clients follow.

A host of files answers no query, so searching by place or time is not among what `/ogc/conformance.json` claims. A record
lies beside each dataset's page; ends of names tell any host the media type, so that links promise what is served.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.bounds import around, dataset_bounds
from cityfolio.feeds.facts import facts, listed
from cityfolio.feeds.ogc_record import CONFORMS_TO, GEO_JSON, JSON, ogc_record
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from cityfolio.pages.described import is_free
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
RECORD = record_url("").rpartition("/")[2]
CLASSES = (
    *CONFORMS_TO,
    "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-collection",
    "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/crawlable-catalog",
    "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/json",
)


def ogc_records(catalog: Catalog, build: Build, a_page: int = A_PAGE) -> Iterator[Output]:
    """The landing page and what it leads to, and the record of every dataset."""
    datasets = listed(catalog)
    yield _output(OGC, _landing_page(catalog, build))
    yield _output(OGC_CONFORMANCE, {"conformsTo": CLASSES})
    yield _output(OGC_COLLECTIONS, {"collections": [_collection(catalog, build, OGC_COLLECTIONS)],
                                    "links": [_link(OGC_COLLECTIONS, OGC_COLLECTIONS, "self", JSON, build)]})
    yield _output(OGC_DATASETS, _collection(catalog, build, OGC_DATASETS))
    yield _output(OGC_CATALOG, _crawlable(catalog, build))
    yield from _pages(catalog, build, a_page)
    for each in datasets:
        if has_record(each):
            url = record_url(each.id)
            yield _output(url, ogc_record(facts(each, catalog, build, url), build, url), GEO_JSON, each.source_path)


def has_record(dataset: Dataset) -> bool:
    """Whether a dataset's record lies beside its page: the city may have a file of that name."""
    return is_free(dataset, RECORD)


def _output(url: str, body: Json, media_type: str = JSON, source: str = "OGC API Records") -> Output:
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


def _pages(catalog: Catalog, build: Build, a_page: int) -> Iterator[Output]:
    datasets = listed(catalog)
    count = max(1, -(-len(datasets) // a_page))
    for number in range(1, count + 1):
        feed = numbered(OGC_RECORDS, number)
        part = datasets[(number - 1) * a_page:number * a_page]
        links = [_link(feed, feed, "self", GEO_JSON, build), _link(feed, OGC_DATASETS, "collection", JSON, build)]
        links += [_link(feed, numbered(OGC_RECORDS, to), rel, GEO_JSON, build)
                  for rel, to in (("prev", number - 1), ("next", number + 1)) if 1 <= to <= count]
        yield _output(feed, {
            "type": "FeatureCollection", "numberMatched": len(datasets), "numberReturned": len(part), "links": links,
            "features": [ogc_record(facts(each, catalog, build, feed), build, feed) for each in part]}, GEO_JSON)
