"""Addresses of what changed: the page of a dataset's changes, what programs read of them, and the versions that are kept."""

from __future__ import annotations

import re
from datetime import date

from cityfolio.model.records import DatasetRecord

CHANGES_JSON = "/data/changes.json"      # what changed of every dataset; the next build reads it where git is shallow

VERSIONS = "/versions/"      # in the address of each version
_CHANGES = "/changes/"       # and of each feed of changes
_FEED = re.compile(r"/data/[^/]+/changes/changes\.atom")
_VERSION = re.compile(r"/data/([^/]+)/versions/(\d{4}-\d\d-\d\d)/([^/]+)")


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


def former_names(record: DatasetRecord) -> dict[str, tuple[str, ...]]:
    """What the versions of each file of a dataset were called before, by what they are called now."""
    return {_name(file.path or file.sample or ""): tuple(map(_name, file.formerly)) for file in reversed(record.files)}


def _name(path: str) -> str:
    return path.replace("/", "-")


def version_of(url: str) -> tuple[str, date, str] | None:
    """The dataset, the day and the name of the version at an address; None where none can be."""
    match = _VERSION.fullmatch(url)
    try:
        return (match[1], date.fromisoformat(match[2]), match[3]) if match else None
    except ValueError:
        return None


def goes_with_time(url: str) -> bool:
    """Whether an address may go: a feed of changes where none is known, and a version past the rule of the site.

    That versions go by the rule alone is seen to in `review.versions_lost`.
    """
    return bool(_CHANGES in url and _FEED.fullmatch(url)) or (VERSIONS in url and version_of(url) is not None)
