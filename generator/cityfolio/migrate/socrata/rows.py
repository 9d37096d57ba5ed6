"""Rows of a Socrata dataset, page by page in the order of their ids (https://dev.socrata.com/docs/paging)."""

from __future__ import annotations

import csv
from functools import partial

from cityfolio.fetch.answers import Failed
from cityfolio.migrate.network.listing import first_group, question
from cityfolio.migrate.network.manner import AGAIN
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.network.recorded import path_of
from cityfolio.migrate.rows import MOST_SAMPLED, Rows, count_of, first_record, header_of
from cityfolio.migrate.values.given import as_words

ROWS = 50_000


def socrata_rows(portal: Portal, root: str, named: str, most_bytes: int) -> Rows:
    """The rows of a dataset; the first ones, where all are too many. Raises Failed."""
    path = f"rows/{named}.csv"
    kept = portal.answers.get(path)
    if kept is not None:
        return Rows(path, header_of(kept))
    resource = f"/resource/{named}"
    counted = first_group(portal.json(question(root, f"{resource}.json", **{"$select": "count(*)"})))
    expected = int(as_words(next(iter(counted.values()), "0")) or 0)
    pages, size = list[bytes](), 0
    for start in range(0, max(expected, 1), ROWS):
        url = _page_url(root, resource, start, ROWS)
        page = portal.body(url, ".csv", is_whole=partial(_has, rows=min(ROWS, expected - start)))
        pages.append(page if not pages else _below(page, first_record(pages[0])))
        size += len(pages[-1])
        # What all will be is known from the first page: there is no need to ask for what will not be kept.
        if size > most_bytes or size / len(pages) * (expected / ROWS) > most_bytes and expected > ROWS:
            return _sample(portal, root, resource)
    if size > most_bytes:
        return _sample(portal, root, resource)
    portal.answers.put(path, b"".join(pages))
    for start in range(0, max(expected, 1), ROWS):
        portal.answers.forget(_page_url(root, resource, start, ROWS), ".csv")
    return Rows(path, header_of(pages[0]))


def _page_url(root: str, resource: str, start: int, most: int) -> str:
    query: dict[str, str | int] = {"$order": ":id", "$limit": most, "$offset": start}
    return question(root, f"{resource}.csv", **query)


def _sample(portal: Portal, root: str, resource: str) -> Rows:
    url = _page_url(root, resource, 0, MOST_SAMPLED)
    return Rows(path_of(url, ".csv"), header_of(portal.body(url, ".csv")), is_whole=False)


def _has(page: bytes, rows: int) -> bool:
    """Whether a page has at least so many rows, the last one whole."""
    try:
        return page.endswith(b"\n") and count_of(page) >= rows
    except csv.Error:
        return False


def _below(page: bytes, header: bytes) -> bytes:
    """A page without its header, which is the same on each."""
    if not page.startswith(header):
        raise Failed("its columns changed while its rows were read", AGAIN)
    return page[len(header):]
