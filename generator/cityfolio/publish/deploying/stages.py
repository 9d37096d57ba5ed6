"""The order in which files go out: what a page loads is there before the page, and what leads to a page comes after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Literal

from cityfolio.model.site import Entry
from cityfolio.publish.headers import HASHED

Stage = Literal["assets", "data", "pages", "feeds"]
STAGES: tuple[Stage, ...] = ("assets", "data", "pages", "feeds")
# What machines follow from the root, and documents that lead to pages. Nothing of it is loaded by a page.
FEED = re.compile(r"[^/]*\.(?:json|xml|txt)|_headers|_redirects|.*\.(?:atom|ics|jsonld|rdf|ttl|xml)|(?:api|\.well-known)/.*")


def stage_of(path: str) -> Stage:
    """The stage that a file goes out in."""
    if HASHED.fullmatch(path):
        return "assets"
    if path.endswith(".html"):
        return "pages"
    return "feeds" if FEED.fullmatch(path) else "data"


def is_hashed(path: str) -> bool:
    """Whether a file is named by its content, so that the former and the next one lie side by side."""
    return HASHED.fullmatch(path) is not None


def in_stages(entries: Iterable[Entry]) -> Mapping[Stage, tuple[Entry, ...]]:
    """Files by the stage they go out in, in the order of the stages; large ones first, so that none is waited for alone."""
    found: dict[Stage, list[Entry]] = {stage: [] for stage in STAGES}
    for entry in entries:
        found[stage_of(entry.path)].append(entry)
    return {stage: tuple(sorted(those, key=_largest_first)) for stage, those in found.items() if those}


def _largest_first(entry: Entry) -> tuple[int, str]:
    return -entry.bytes, entry.path
