"""`index.json` beside the page of what can be seen by district or group: each measure and dataset, and what it lacks."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.equity import PLACES, DatasetSeen, MeasureSeen, seen


def equity_file(catalog: Catalog, build: Build) -> Iterator[Output]:
    """What the page says; nothing where there is no page."""
    found, feed = seen(catalog), routes.index_url(routes.EQUITY)
    if found.has_any:
        body = {"title": catalog.site.name, "url": address(feed, routes.EQUITY, build),
                "measures": [_measure(each, feed, build) for each in found.measures],
                "datasets": [_dataset(each, feed, build) for each in found.datasets]}
        yield Output(url=feed, body=orjson.dumps(body), media_type="application/json", kind="feed", source="site.yaml")


def _measure(each: MeasureSeen, feed: str, build: Build) -> Json:
    said: Json = {"id": each.measure.id, "title": each.measure.title,
                  "url": address(feed, routes.measure_url(each.measure.id), build),
                  "by_area": each.shown("area"), "by_group": each.shown("group")}
    by = [{"column": cut.column, "kind": cut.kind, "groups": cut.groups, "held_back": cut.hidden} for cut in each.cuts]
    return said | filled({"by": by, "lacks": each.lack, "could_be_by": list(each.could)})


def _dataset(each: DatasetSeen, feed: str, build: Build) -> Json:
    said: Json = {"id": each.dataset.id, "title": each.dataset.title,
                  "url": address(feed, routes.dataset_url(each.dataset.id), build),
                  "by_area": each.shown("area"), "by_group": each.shown("group")}
    return said | filled({"areas": [name for name in each.areas if name != PLACES], "has_places": PLACES in each.areas or None,
                          "groups": list(each.groups)})
