"""Packages of a CKAN site: out of answers that were saved as files, or asked of its API (https://docs.ckan.org/en/latest/api/)."""

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
from cityfolio.migrate.network.manner import Refused
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.reading import Document, documents
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.problems import Problem

ROWS = 100
ACTIONS = "/api/3/action/"
PACKAGE_KEYS = frozenset({"resources", "notes", "tags", "extras", "owner_org", "metadata_created", "num_resources"})
NOT_DATASETS = {"harvest": "a source that the portal harvests", "showcase": "a showcase", "application": "an application"}
ANOTHER_FORMAT = "a record as DCAT has it, not a package of CKAN: import it with `cityfolio import data-json`"


class NoResult(Refused):
    """An action of the API that says that it failed, or something else than CKAN that answers in its place."""

    def __init__(self, url: str, error: str) -> None:
        super().__init__(200, f"{url}: {error}"[:500])


def root_of(address: str) -> str:
    """Where a CKAN site is, which may be below a path, from the address of any of its pages or of its API."""
    bare = address.split("?")[0].split("#")[0]
    for part in ("/api/", "/dataset", "/organization", "/group"):
        bare = bare.split(part)[0]
    return bare.rstrip("/")


def packages(source: Source, portal: Portal | None) -> Iterator[Found]:
    """Every package of a source."""
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
    answer = group(value)
    if "result" in answer:
        value = answer["result"]
    elif "dataset" in answer and "resources" not in answer:
        for number, _ in enumerate(items(answer["dataset"]), 1):
            yield Lost(f"{document.place}: dataset[{number}]", ANOTHER_FORMAT)
        return
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        counted.add(items(value["results"]), value.get("count"))
        found = numbered(document, items(value["results"]), "results")
    elif isinstance(value, list):
        found = numbered(document, value, "")
    else:
        found = iter([Listed(document.place, value) if isinstance(value, dict) else Lost(document.place, "not a package")])
    yield from map(_package, found)


def _package(found: Found) -> Found:
    """A package, unless it is something else."""
    if not isinstance(found, Listed):
        return found
    values = found.values
    if not PACKAGE_KEYS & values.keys():
        return Lost(found.place, ANOTHER_FORMAT if {"distribution", "identifier"} & values.keys() else "not a package")
    if as_words(values.get("state")) == "deleted":
        return Lost(found.place, "deleted at the source", is_meant=True)
    why = NOT_DATASETS.get(as_words(values.get("type")))
    return Lost(found.place, f"{why}, not a dataset", is_meant=True) if why else found


def _asked(portal: Portal) -> Iterator[Found]:
    root = root_of(portal.address)
    paging = Paging(lambda values: as_words(values.get("id")) or as_words(values.get("name")))

    def page_at(start: int) -> tuple[str, Page]:
        # In the order of ids, which stays the same while somebody edits.
        url = question(root, f"{ACTIONS}package_search", rows=ROWS, start=start, sort="id asc")
        answer = group(result(portal, url))
        return url, Page(items(answer.get("results")), whole_number(answer.get("count")))

    try:
        found = list(stepped(0, page_at))
    except Refused:
        found = None   # some sites answer no searches
    if found is None:
        yield from map(_package, paging.records(_one_by_one(portal, root)))
    else:
        yield from map(_package, paging.records(found))


def _one_by_one(portal: Portal, root: str) -> Iterator[tuple[str, Page]]:
    names = [as_words(name) for name in items(result(portal, question(root, f"{ACTIONS}package_list")))]
    for name in names:
        url = question(root, f"{ACTIONS}package_show", id=name)
        try:
            yield url, Page([result(portal, url)], len(names))
        except Refused:
            yield url, Page([None], len(names))


def result(portal: Portal, url: str) -> Given:
    """What an action of the API gave. Raises Failed."""
    answer = group(portal.json(url))
    if as_words(answer.get("success")) != "true":
        raise NoResult(url, as_words(answer.get("error")) or "it is not an answer of CKAN's API")
    return answer.get("result")


def about(portal: Portal | None) -> Mapping[str, Given]:
    """What a site says of itself: its title, description and language. Nothing where it is not asked, or does not say."""
    if portal is None:
        return {}
    try:
        return group(result(portal, question(root_of(portal.address), f"{ACTIONS}status_show")))
    except Refused:
        return {}
