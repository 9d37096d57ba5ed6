"""Datasets of an Opendatasoft portal, as its Explore API 2.1 lists them (https://help.opendatasoft.com/apis/ods-explore-v2/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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
API = "/api/explore/v2.1/catalog"


def datasets(source: Source, portal: Portal | None) -> Iterator[Found]:
    """Every dataset of a source."""
    if portal:
        yield from _asked(portal)
        return
    counted = Counted()
    for document in documents(source):
        if isinstance(document, Problem):
            yield document
        else:
            yield from map(_dataset, _of_document(document, counted))
    yield from counted.missing()


def _of_document(document: Document, counted: Counted) -> Iterator[Found]:
    value = document.value
    for name in ("results", "datasets"):   # 2.1, and 2.0 before it
        if isinstance(value, dict) and isinstance(value.get(name), list):
            counted.add(items(value[name]), value.get("total_count"))
            return numbered(document, items(value[name]), name)
    if isinstance(value, list):
        return numbered(document, value, "")
    return iter([Listed(document.place, group(value))])


def _dataset(found: Found) -> Found:
    if not isinstance(found, Listed):
        return found
    values = group(found.values.get("dataset")) or found.values   # 2.0 has it one step deeper
    return Listed(found.place, values) if identifier(values) else Lost(found.place, "not a dataset of Opendatasoft's catalog")


def identifier(values: Mapping[str, Given]) -> str:
    """What the portal calls a dataset."""
    return as_words(values.get("dataset_id")) or as_words(values.get("datasetid"))


def _asked(portal: Portal) -> Iterator[Found]:
    paging = Paging(identifier)

    def page_at(start: int) -> tuple[str, Page]:
        url = question(portal.root, f"{API}/datasets", limit=ROWS, offset=start, order_by="dataset_id")
        if start + ROWS > MOST_RECORDS:
            return url, Page([])
        answer = group(portal.json(url))
        return url, Page(items(answer.get("results")), whole_number(answer.get("total_count")))

    yield from map(_dataset, paging.records(stepped(0, page_at)))
