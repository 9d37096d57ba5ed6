"""Datasets of an Opendatasoft portal, as its Explore API 2.1 lists them (https://help.opendatasoft.com/apis/ods-explore-v2/)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.migrate.network.listing import Found, Listed, Lost, Page, Paging, group, items, names_of, question
from cityfolio.migrate.network.lists import Answer, Offsets, in_files
from cityfolio.migrate.network.manner import Refused, TooLarge
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.given import Given, as_words

MOST_RECORDS = 9_999              # `offset` and `limit` together must stay below 10,000
API = "/api/explore/v2.1/catalog"
ANSWER = Answer(("results", "datasets"), "total_count")   # 2.1, and 2.0 before it


def datasets(source: Source, portal: Portal | None) -> Iterator[Found]:
    """Every dataset of a source."""
    return map(_dataset, _asked(portal) if portal else in_files(source, ANSWER.found))


def _dataset(found: Found) -> Found:
    if not isinstance(found, Listed):
        return found
    values = group(found.values.get("dataset")) or found.values   # 2.0 has it one step deeper
    if identifier(values):
        return Listed(found.place, values)
    return Lost(found.place, "not a dataset of Opendatasoft's catalog", names=names_of(values))


def identifier(values: Mapping[str, Given]) -> str:
    """What the portal calls a dataset."""
    return as_words(values.get("dataset_id")) or as_words(values.get("datasetid"))


def _asked(portal: Portal) -> Iterator[Found]:
    return Paging(identifier).records(_pages(portal))


def _pages(portal: Portal) -> Iterator[tuple[str, Page]]:
    """The pages of the list; of one that is too long to be asked for so, its export, which is a single answer."""
    pages = Offsets(path=f"{API}/datasets", answer=ANSWER, most=MOST_RECORDS, asked={"order_by": "dataset_id"}).pages(portal)
    for number, (url, page) in enumerate(pages):
        if number == 0 and (page.total or 0) > MOST_RECORDS:
            export = question(portal.root, f"{API}/exports/json")
            try:
                yield export, Page(items(portal.json(export)), page.total)
                return
            except (Refused, TooLarge):
                pass   # as far as the list itself reaches
        yield url, page
