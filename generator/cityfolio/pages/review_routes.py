"""Addresses of what changed: the page of a dataset's changes, what programs read of them, and the versions that are kept."""

from __future__ import annotations

import re
from datetime import date

CHANGES_JSON = "/data/changes.json"      # what changed of every dataset; the next build reads it where git is shallow

_GOES_WITH_TIME = re.compile(r"/data/[^/]+/(?:changes/changes\.atom|versions/\d{4}-\d\d-\d\d/[^/]+)")


def changes_url(dataset_id: str) -> str:
    """What changed of a dataset, day by day."""
    return f"/data/{dataset_id}/changes/"


def changes_feed_url(dataset_id: str) -> str:
    """The Atom feed of what changed of a dataset."""
    return f"/data/{dataset_id}/changes/changes.atom"


def day_anchor(day: date) -> str:
    """The id of a day's entry on a page of changes, without "#"."""
    return f"day-{day.isoformat()}"


def version_url(dataset_id: str, day: date, name: str) -> str:
    """A file as it was from a day on."""
    return f"/data/{dataset_id}/versions/{day.isoformat()}/{name}"


def goes_with_time(url: str) -> bool:
    """Whether an address may go: that of a version past the rule of the site, and a feed of changes where none is known."""
    return bool(_GOES_WITH_TIME.fullmatch(url))
