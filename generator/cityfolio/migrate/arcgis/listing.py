"""Datasets of an ArcGIS Hub site: its DCAT feeds, or its search API, either version, as files or asked.

A feed may write its keys with any prefix and in any case; what comes out of here has them without one and in small letters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.network.listing import (
    Counted,
    Found,
    Listed,
    Lost,
    Page,
    Paging,
    group,
    items,
    names_of,
    numbered,
    parts_of,
    question,
    stepped,
    whole_number,
)
from cityfolio.migrate.network.lists import NO_LIST, in_files
from cityfolio.migrate.network.manner import Refused
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.reading import Document, documents
from cityfolio.migrate.report import Ledger
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.given import Given, as_words

ROWS = 100
MOST_RECORDS = 10_000             # the number of the first record and of those asked for may together not be more
EVERYONES = "the search lists 10,000 datasets or more, as it does on a site without a catalog of its own: those of everybody"
FEED = "Import the site's feed: `cityfolio import arcgis-hub {}/api/feed/dcat-us/1.1.json`."
SEARCH = "/api/search/v1/collections/dataset/items"
SEARCH_3 = "/api/v3/datasets"
FEED_KEYS = frozenset({"distribution", "identifier", "landingpage"})


def datasets(source: Source, portal: Portal | None) -> Iterator[Found]:
    """Every dataset of a source: `values` has the keys of a DCAT feed, or those of the search API under "properties"."""
    if portal and (feed := _feed(portal)):
        return map(_dataset, _of_document(feed, Counted()))
    return map(_dataset, _asked(portal) if portal else in_files(source, _of_document))


def _feed(portal: Portal) -> Document | None:
    """The feed of a site, where its address is what was named: https://data.example.gov/api/feed/dcat-us/1.1.json."""
    if not parts_of(portal.address).path.endswith(".json"):
        return None
    return Document(place=portal.address, value=portal.json(portal.address), ledger=Ledger())


def feed_about(source: Source, portal: Portal | None) -> Mapping[str, Given]:
    """What a feed says of its catalog; nothing where there is no feed."""
    for document in [_feed(portal)] if portal else documents(source):
        found = bare(document.value) if isinstance(document, Document) else {}
        if isinstance(found, dict) and "dataset" in found:
            return {key: value for key, value in found.items() if key != "dataset"}
    return {}


def bare(value: Given) -> Given:
    """The same values under names without a prefix, in small letters: `dcat:accessUrl` and `accessURL` are one."""
    if isinstance(value, list):
        return [bare(each) for each in value]
    if isinstance(value, dict):
        return {_bare_name(name): bare(each) for name, each in value.items()}
    return value


def _bare_name(name: str) -> str:
    return name.rpartition(":")[2].rpartition("#")[2].lower() if not name.startswith("@") else name


def _of_document(document: Document, counted: Counted) -> Iterator[Found]:
    value = document.value
    answer = group(value)
    for name in ("features", "data"):
        if isinstance(answer.get(name), list):
            counted.add(Page(items(answer[name]), _total(answer)))
            return numbered(document, items(answer[name]), name)
    feed = group(bare(answer))
    if "dataset" in feed:
        return numbered(document, items(feed["dataset"]), "dataset")
    if isinstance(value, list):
        return numbered(document, value, "")
    return iter([Listed(document.place, answer)])


def _dataset(found: Found) -> Found:
    if not isinstance(found, Listed):
        return found
    # An item of the first search API is a feature; of the third one, a resource of JSON:API.
    properties = group(found.values.get("properties")) or group(found.values.get("attributes"))
    if properties:
        return Listed(found.place, {"properties": {"id": found.values.get("id"), **properties}})
    values = group(bare(dict(found.values)))
    if FEED_KEYS & values.keys():
        return Listed(found.place, values)
    return Lost(found.place, "not a dataset of ArcGIS Hub", names=names_of(values))


def _asked(portal: Portal) -> Iterator[Found]:
    def search(start: int) -> tuple[str, Page]:
        url, page = _page(portal, question(portal.root, SEARCH, limit=min(ROWS, MOST_RECORDS - start), startindex=start))
        if (page.total or 0) >= MOST_RECORDS:
            raise Failed(EVERYONES, FEED.format(portal.root))
        return url, page

    def search_3(start: int) -> tuple[str, Page]:
        return _page(portal, question(portal.root, SEARCH_3, **{"page[size]": ROWS, "page[number]": start // ROWS + 1}))

    try:
        search(1)
    except Refused:
        pages = stepped(0, search_3)
    else:
        pages = stepped(1, search)
    return Paging(lambda values: as_words(values.get("id"))).records(pages)


def _page(portal: Portal, url: str) -> tuple[str, Page]:
    answer = group(portal.json(url))
    for name in ("features", "data"):
        if isinstance(answer.get(name), list):
            return url, Page(items(answer[name]), _total(answer))
    raise Refused(200, NO_LIST.format(url))


def _total(answer: Mapping[str, Given]) -> int | None:
    return whole_number(answer.get("numberMatched") or group(group(answer.get("meta")).get("stats")).get("totalCount"))
