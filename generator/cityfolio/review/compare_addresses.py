"""The addresses of a catalog's pages and files, as far as they can be told without building the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cityfolio.link import ADDRESS_OF
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.records import DatasetRecord

PAGES = frozenset(ADDRESS_OF)      # rooms whose records have a page


def page_address(room: str, identifier: str) -> str:
    """The page of a record."""
    return f"/{ADDRESS_OF[room]}/{identifier}/"


def file_address(dataset: str, name: str) -> str:
    """A file of a dataset, below its page."""
    return f"/data/{dataset}/{name}"


def pages_of(room: str, record: Sourced[Any]) -> Iterator[str]:   # Any: a record type a room
    """The page of a record, and where it was before: these answer as long as it does."""
    yield page_address(room, record.id)
    for former in record.record.formerly:
        yield _slashed(former) if former.startswith("/") else page_address(room, former)


def addresses_of(dataset: Sourced[DatasetRecord]) -> Iterator[str]:
    """The page of a dataset, where it was before, and the files that are published below it."""
    yield from pages_of("datasets", dataset)
    if dataset.record.status == "published":
        names = ((file.path or file.sample or "").replace("/", "-") for file in dataset.record.files)
        yield from (file_address(dataset.id, name) for name in dict.fromkeys(filter(None, names)))


def answered_by(loaded: Loaded, room: str, identifier: str) -> str:
    """Which record of a room, or what of site.yaml, answers where another one was; "" where nothing does."""
    old = page_address(room, identifier) if room in PAGES else ""
    for each in getattr(loaded, room).values():
        if room == "datasets" and each.id in loaded.drafts:
            continue
        formerly = getattr(each.record, "formerly", ())
        if identifier in formerly or (old and any(_slashed(former) == old for former in formerly)):
            return str(each.id)
    forwards = loaded.site.record.forwards if loaded.site else {}
    return "site.yaml" if old and any(_slashed(former) == old for former in forwards) else ""


def answered(loaded: Loaded) -> frozenset[str]:
    """Every address of a page that answers or forwards. A draft has none."""
    found = {page for room in PAGES for each in getattr(loaded, room).values()
             if room != "datasets" or each.id not in loaded.drafts for page in pages_of(room, each)}
    forwards = loaded.site.record.forwards if loaded.site else {}
    return frozenset({*found, *map(_slashed, forwards)})


def _slashed(path: str) -> str:
    return f"{path.rstrip('/')}/" if path.startswith("/") else path
