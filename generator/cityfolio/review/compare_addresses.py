"""The addresses of a catalog's pages and files, as far as they can be told without building the site."""

from __future__ import annotations

from collections.abc import Iterator

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


def addresses_of(dataset: Sourced[DatasetRecord]) -> Iterator[str]:
    """The page of a dataset and the files that are published below it."""
    yield page_address("datasets", dataset.id)
    if dataset.record.status == "published":
        names = ((file.path or file.sample or "").replace("/", "-") for file in dataset.record.files)
        yield from (file_address(dataset.id, name) for name in dict.fromkeys(filter(None, names)))


def answered_by(loaded: Loaded, room: str, identifier: str) -> str:
    """Which record of a room, or what of site.yaml, answers where another one was; "" where nothing does."""
    old = page_address(room, identifier) if room in PAGES else ""
    for each in getattr(loaded, room).values():
        formerly = getattr(each.record, "formerly", ())
        if identifier in formerly or (old and any(_slashed(former) == old for former in formerly)):
            return str(each.id)
    forwards = loaded.site.record.forwards if loaded.site else {}
    return "site.yaml" if old and any(_slashed(former) == old for former in forwards) else ""


def _slashed(path: str) -> str:
    return f"{path.rstrip('/')}/" if path.startswith("/") else path
