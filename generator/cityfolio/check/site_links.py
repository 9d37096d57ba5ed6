"""Links of rules and guides to pages of the site: those to a dataset, a topic and the like lead to one that there is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from cityfolio.check.references import ADDRESSES
from cityfolio.check.registry import rule
from cityfolio.check.texts import targets_in_body
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.rooms import KEPT
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem, did_you_mean

ROOMS = {folder: room for room, folder in ADDRESSES}


@rule("link-broken")
def links_to_pages_of_the_site_lead_to_one(loaded: Loaded, build: Build) -> Iterator[Problem]:
    """A link such as /data/trees/ names something that the catalog has. Other pages are known once the site is drawn."""
    former = frozenset(_former(loaded))
    bodies: list[Sourced[Any]] = [*loaded.policy.values(), *loaded.guides.values()]   # Any: a record type
    for body in bodies:
        for target, where in targets_in_body(body):
            folder, identifier = _named(target)
            room = ROOMS.get(folder, "")
            if room and identifier and identifier not in KEPT.get(room, ()) and not loaded.knows(room, identifier) \
                    and f"/{folder}/{identifier}" not in former:
                yield Problem(code="link-broken", where=where, says=f'"{identifier}" is not in {room}/',
                              fix=did_you_mean(identifier, getattr(loaded, room)))


def _named(target: str) -> tuple[str, str]:
    """The folder and the id of an address such as "/data/trees/#columns"; "" for any other."""
    parts = unquote(target.partition("#")[0].partition("?")[0]).rstrip("/").split("/")
    return (parts[1], parts[2]) if target.startswith("/") and len(parts) == 3 else ("", "")


def _former(loaded: Loaded) -> Iterator[str]:
    """Old addresses of pages, which forward; without a final "/"."""
    for room, folder in ADDRESSES:
        for each in getattr(loaded, room).values():
            for old in each.record.formerly:
                yield old.rstrip("/") if old.startswith("/") else f"/{folder}/{old}"
    if loaded.site:
        yield from (old.rstrip("/") for old in loaded.site.record.forwards)
