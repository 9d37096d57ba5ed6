"""Packages of a CKAN site: out of answers that were saved as files, or asked of its API (https://docs.ckan.org/en/latest/api/)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

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
from cityfolio.migrate.network.lists import in_files
from cityfolio.migrate.network.manner import Refused
from cityfolio.migrate.network.portal import Portal
from cityfolio.migrate.reading import Document, unreadable
from cityfolio.migrate.source import Source
from cityfolio.migrate.values.given import Given, as_words

ROWS = 100
MOST_REFUSED = 20                 # packages that a site lists and does not show, before any that it does
ACTIONS = "/api/3/action/"
BELOW = re.compile(r"/(?:api|dataset|organization|group)(?=/|$)")   # what CKAN answers itself, below the path of a site
PACKAGE_KEYS = frozenset({"resources", "notes", "tags", "extras", "owner_org", "metadata_created", "num_resources"})
NOT_DATASETS = {"harvest": "a source that the portal harvests", "showcase": "a showcase", "application": "an application"}
ANOTHER_FORMAT = "a record as DCAT has it, not a package of CKAN: import it with `cityfolio import data-json`"


class NoResult(Refused):
    """An action of the API that says that it failed, or something else than CKAN that answers in its place."""

    def __init__(self, url: str, error: str) -> None:
        super().__init__(200, f"{url}: {error}"[:500])


def root_of(address: str) -> str:
    """Where a CKAN site is, which may be below a path, from the address of any of its pages or of its API."""
    parts = parts_of(address)
    below = BELOW.split(parts.path, maxsplit=1)[0].rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{below}"


def packages(source: Source, portal: Portal | None) -> Iterator[Found]:
    """Every package of a source."""
    return _asked(portal) if portal else in_files(source, _of_document)


def _of_document(document: Document, counted: Counted) -> Iterator[Found]:
    value = document.value
    answer = group(value)
    if as_words(answer.get("success")) == "false":
        why = as_words(answer.get("error")) or "it does not say why"
        yield unreadable(document.place, f"CKAN answered that it failed: {why}"[:500],
                         "Save the answer again, and import that.")
        return
    if "result" in answer:
        value = answer["result"]
    elif "dataset" in answer and "resources" not in answer:
        for number, each in enumerate(items(answer["dataset"]), 1):
            yield Lost(f"{document.place}: dataset[{number}]", ANOTHER_FORMAT, names=names_of(group(each)))
        return
    if isinstance(value, dict) and isinstance(value.get("results"), list):
        counted.add(Page(items(value["results"]), whole_number(value.get("count"))))
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
        is_dcat = bool({"distribution", "identifier"} & values.keys())
        return Lost(found.place, ANOTHER_FORMAT if is_dcat else "not a package", names=names_of(values))
    if as_words(values.get("state")) == "deleted":
        return Lost(found.place, "deleted at the source", is_meant=True)
    why = NOT_DATASETS.get(as_words(values.get("type")))
    return Lost(found.place, f"{why}, not a dataset", is_meant=True) if why else found


def _asked(portal: Portal) -> Iterator[Found]:
    paging = Paging(lambda values: as_words(values.get("id")) or as_words(values.get("name")))
    return map(_package, paging.records(_pages(portal, paging)))


def _pages(portal: Portal, paging: Paging) -> Iterator[tuple[str, Page]]:
    """What the search lists; what it lacks, or all where there is no search, package by package."""
    root, names = root_of(portal.address), set[str]()

    def page_at(start: int) -> tuple[str, Page]:
        # In the order of ids, which stays the same while somebody edits.
        url = question(root, f"{ACTIONS}package_search", rows=ROWS, start=start, sort="id asc")
        answer = group(result(portal, url))
        return url, Page(items(answer.get("results")), whole_number(answer.get("count")))

    try:
        for url, page in stepped(0, page_at):
            names |= {as_words(group(each).get("name")) for each in page.records}
            yield url, page
    except Refused:
        if not names:   # some sites answer no searches
            yield from _one_by_one(portal, root)
            return
    if paging.taken < (paging.total or 0):
        try:
            yield from _one_by_one(portal, root, names, paging.total)
        except Refused:
            return      # what is missing is counted


def _one_by_one(portal: Portal, root: str, met: Collection[str] = (), total: int | None = None) -> Iterator[tuple[str, Page]]:
    """Each package of the site's list that was not met. A site that shows none of them is not asked for all the others."""
    listed = items(result(portal, question(root, f"{ACTIONS}package_list")))
    names = [name for name in listed if isinstance(name, str)]
    asked = [name for name in names if name not in met]
    total, is_shown = total or len(names), False
    for number, name in enumerate(asked, 1):
        url = question(root, f"{ACTIONS}package_show", id=name)
        try:
            shown = result(portal, url)
        except Refused:
            if number > MOST_REFUSED and not is_shown:
                return
            yield url, Page([{"name": name}], total)
        else:
            is_shown = True
            yield url, Page([shown], total)


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
