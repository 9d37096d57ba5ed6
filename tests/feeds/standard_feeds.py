"""Feeds of standards as programs read them, made of datasets of the tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import orjson

from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.site import Output
from pages.factories import a_build, a_catalog

Feed = Callable[[Catalog, Build], Output]


def read(feed: Feed, *datasets: Dataset, build: Build | None = None, **site: Any) -> Any:
    """A feed of some datasets as the JSON that it is."""
    body = feed(a_catalog(*datasets, **site), build or a_build()).body
    assert isinstance(body, bytes)
    return orjson.loads(body)


def only(feed: Feed, dataset: Dataset, build: Build | None = None, **site: Any) -> Any:
    """What a feed says of one dataset."""
    (entry,) = read(feed, dataset, build=build, **site)["dataset"]
    return entry
