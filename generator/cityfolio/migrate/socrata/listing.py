"""Assets of a Socrata portal as its catalog API lists them (https://dev.socrata.com/docs/other/discovery): files, or asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from cityfolio.migrate.network.listing import (
    Counted,
    Found,
    Listed,
    Lost,
    Page,
    Paging,
    group,
    items,
    numbered,
    question,
    stepped,
    whole_number,
)
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.reading import Document, documents
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.problems import Problem

ROWS = 100
MOST_RECORDS = 10_000             # `offset` and `limit` together may not be more
CATALOG = "/api/catalog/v1"


def assets(source: Source, portal: Portal | None) -> Iterator[Found]:
    """Every asset of a source."""
    if portal:
        yield from _asked(portal)
        return
    counted = Counted()
    for document in documents(source):
        if isinstance(document, Problem):
            yield document
        else:
            yield from _of_document(document, counted)
    yield from counted.missing()


def _of_document(document: Document, counted: Counted) -> Iterator[Found]:
    value = document.value
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        counted.add(items(value["results"]), value.get("resultSetSize"))
        found = numbered(document, items(value["results"]), "results")
    elif isinstance(value, list):
        found = numbered(document, value, "")
    else:
        found = iter([Listed(document.place, group(value))])
    yield from map(_asset, found)


def _asset(found: Found) -> Found:
    if isinstance(found, Listed) and not identifier(found.values):
        return Lost(found.place, "not an asset of Socrata's catalog")
    return found


def identifier(values: Mapping[str, Given]) -> str:
    """The four-by-four identifier of an asset."""
    return as_words(group(values.get("resource")).get("id"))


def _asked(portal: Portal) -> Iterator[Found]:
    domain = urlsplit(portal.address).hostname or ""
    paging = Paging(identifier)

    def page_at(start: int) -> tuple[str, Page]:
        url = question(portal.root, CATALOG, domains=domain, search_context=domain, order="dataset_id", limit=ROWS,
                       offset=start)
        if start + ROWS > MOST_RECORDS:
            return url, Page([])
        answer = group(portal.json(url))
        return url, Page(items(answer.get("results")), whole_number(answer.get("resultSetSize")))

    yield from map(_asset, paging.records(stepped(0, page_at)))
