"""STAC 1.1 (SpatioTemporal Asset Catalog) of the datasets whose rows have places: files of a catalog, as it calls it static.

A dataset is a collection, a file an item with the box around its rows. An item must say when its data begin and end, and
neither the day on which a file was changed nor today says that. So the files of a dataset that leaves one of the two open are
listed with the collection, which may leave it open too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson

from cityfolio.feeds.addresses import address, uri
from cityfolio.feeds.dcat_us import holds_data, offered
from cityfolio.feeds.facts import Download, Facts, facts
from cityfolio.model.catalog import Build, Catalog, Dataset, File
from cityfolio.model.site import Output
from cityfolio.pages.bounds import bounds_of, dataset_bounds, geometry
from cityfolio.pages.described import has_places, placed_tables
from cityfolio.pages.periods import covered
from cityfolio.pages.routes import HOME, STAC, file_page_url, stac_collection_url, stac_item_url

Json = dict[str, Any]   # Any: JSON

VERSION = "1.1.0"
JSON, GEO_JSON = "application/json", "application/geo+json"     # the second in links to items, which end in .json all the same
# Size and digest of an asset: https://github.com/stac-extensions/file
FILE_EXTENSION = "https://stac-extensions.github.io/file/v2.1.0/schema.json"
SHA_256 = "1220"    # multihash: which function, and how many bytes follow


def stac(catalog: Catalog, build: Build) -> Iterator[Output]:
    """The catalog, a collection for each dataset with places, and an item for each of its files that covers a known time."""
    datasets = [each for each in catalog.published if has_places(each)]
    yield _output(STAC, _catalog(catalog, datasets, build), "STAC")
    for dataset in datasets:
        url = stac_collection_url(dataset.id)
        known = facts(dataset, catalog, build, url)
        items = placed_tables(dataset)
        yield _output(url, _collection(known, items, build), dataset.source_path)
        for file in items:
            url = stac_item_url(dataset.id, file.page)
            item = _item(facts(dataset, catalog, build, url), file, build)
            yield _output(url, item, file.source_path or dataset.source_path)


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type=JSON, kind="feed", source=source)


def _link(rel: str, href: str, media_type: str, title: str = "") -> Json:
    return {"rel": rel, "href": href, "type": media_type} | ({"title": title} if title else {})


def _catalog(catalog: Catalog, datasets: Iterable[Dataset], build: Build) -> Json:
    site = catalog.site
    home = _link("alternate", address(STAC, HOME, build), "text/html")
    children = [_link("child", address(STAC, stac_collection_url(each.id), build), JSON, each.title) for each in datasets]
    return {
        "type": "Catalog", "stac_version": VERSION, "id": "datasets", "title": site.name,
        "description": site.description or site.tagline or site.name,      # STAC wants one
        "links": [*_around(STAC, STAC, site.name, build), home, *children],
    }


def _around(feed: str, parent: str, title: str, build: Build) -> Iterator[Json]:
    """How to get from a document to the top. Its own address has to be in full."""
    yield _link("root", address(feed, STAC, build), JSON, title if feed == parent else "")
    if feed != parent:
        yield _link("parent", address(feed, parent, build), JSON, title)
    if build.base_url:
        yield _link("self", address(feed, feed, build), GEO_JSON if feed.endswith("stac-item.json") else JSON)


def _collection(known: Facts, items: Sequence[File], build: Build) -> Json:
    dataset, url = known.dataset, stac_collection_url(known.dataset.id)
    start, end = _begins(known), _ends(known)
    named = [each for each in known.publishers if each.has_title][:1]
    said: Json = {
        "type": "Collection", "stac_version": VERSION, "stac_extensions": [FILE_EXTENSION], "id": dataset.id,
        "title": dataset.title, "description": known.description or dataset.title, "keywords": known.keywords,
        "license": (known.license.spdx if known.license else "") or "other",
        "providers": [{"name": each.title} | ({"url": uri(each.record.url)} if each.record.url else {}) for each in named],
        "extent": {"spatial": {"bbox": [dataset_bounds(dataset)]}, "temporal": {"interval": [[start, end]]}},
        "assets": _assets(known, [each for each in dataset.files if bounds_of(each) and each not in items]),
    }
    links = [*_around(url, STAC, "", build), _link("alternate", known.page, "text/html", dataset.title)]
    if known.license and known.license.url:
        links.append({"rel": "license", "href": uri(known.license.url), "title": known.license.title})
    links += [_link("item", address(url, stac_item_url(dataset.id, each.page), build), GEO_JSON, each.title) for each in items]
    return {key: value for key, value in said.items() if value} | {"links": links}


def _item(known: Facts, file: File, build: Build) -> Json:
    box, dataset = bounds_of(file), known.dataset
    assert box is not None    # items are of files with places
    url, collection = stac_item_url(dataset.id, file.page), stac_collection_url(dataset.id)
    words = file.record.description or ""
    return {
        "type": "Feature", "stac_version": VERSION, "stac_extensions": [FILE_EXTENSION], "id": file.page,
        "collection": dataset.id, "bbox": box, "geometry": geometry(box),
        "properties": {"title": file.title, **({"description": words} if words else {}), "datetime": None,
                       "start_datetime": _begins(known), "end_datetime": _ends(known)},
        "assets": _assets(known, [file]),
        "links": [*_around(url, collection, dataset.title, build),
                  _link("collection", address(url, collection, build), JSON, dataset.title),
                  _link("alternate", address(url, file_page_url(dataset.id, file.page), build), "text/html", file.title)],
    }


def _begins(known: Facts) -> str | None:
    start, _ = covered(known.dataset)
    return f"{start}T00:00:00Z" if start else None


def _ends(known: Facts) -> str | None:
    _, end = covered(known.dataset)
    return f"{end}T23:59:59Z" if end else None


def _assets(known: Facts, files: Sequence[File]) -> dict[str, Json]:
    return {each.id: _asset(each) for each in offered(known.downloads) if each.file in files and holds_data(each)}


def _asset(download: Download) -> Json:
    said = {
        "href": uri(download.url) or download.url, "title": f"{download.title} ({download.format})", "roles": ["data"],
        "type": download.media_type, "file:size": download.bytes,
        "file:checksum": SHA_256 + download.sha256 if download.sha256 else "",
        "updated": f"{download.modified}T00:00:00Z" if download.modified else "",
    }
    return {key: value for key, value in said.items() if value not in ("", None)}
