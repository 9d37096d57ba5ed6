"""What changed, for programs: `index.json` beside each page of changes, and `/data/changes.json` of every dataset.

The second is also what the next build reads where git is shallow. Others may rely on the keys of both.
"""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json
from cityfolio.load.kept_changes import as_json
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.history import Changelog, Note, Version
from cityfolio.model.site import Output
from cityfolio.pages.described import tells_changes
from cityfolio.pages.review_routes import CHANGES_JSON, changes_feed_url, changes_url, version_url
from cityfolio.pages.routes import index_url


def changes_files(catalog: Catalog, build: Build) -> Iterator[Output]:
    """What changed of each dataset, and of all of them."""
    for dataset in catalog.published:
        if not tells_changes(dataset, catalog):
            continue
        feed = index_url(changes_url(dataset.id))
        yield _output(feed, _of_dataset(dataset, catalog.changes.of(dataset.id), feed, build), dataset.source_path)
    told = {each.id: [as_json(day) for day in catalog.changes.of(each.id).days] for each in catalog.published}
    every = {"datasets": filled(told), "notes": [_note(each) for each in catalog.changes.notes]}
    yield _output(CHANGES_JSON, {"title": catalog.site.name, "url": address(CHANGES_JSON, CHANGES_JSON, build)} | every,
                  "changes/")


def _output(url: str, body: Json, source: str) -> Output:
    return Output(url=url, body=orjson.dumps(body), media_type="application/json", kind="feed", source=source)


def _of_dataset(dataset: Dataset, told: Changelog, feed: str, build: Build) -> Json:
    page = changes_url(dataset.id)
    return {"id": dataset.id, "title": dataset.title, "url": address(feed, page, build), "known": told.known} | filled({
        "since": told.since.isoformat() if told.since else "", "is_cut": told.is_cut or None,
        "atom": address(feed, changes_feed_url(dataset.id), build) if told.dates else "",
    }) | {"days": [as_json(each) for each in told.days], "notes": [_note(each) for each in told.notes],
          "versions": [_version(dataset, each, feed, build) for each in told.versions]}


def _note(note: Note) -> Json:
    return {"id": note.id, "day": note.day.isoformat(), "title": note.title, "kind": note.kind} | filled({
        "reason": note.reason, "by": note.by, "text": note.text, "datasets": list(note.datasets),
        "measures": list(note.measures), "columns": list(note.columns)})


def _version(dataset: Dataset, version: Version, feed: str, build: Build) -> Json:
    url = version_url(dataset.id, version.day, version.name)
    return {"day": version.day.isoformat(), "name": version.name, "url": address(feed, url, build), "bytes": version.bytes,
            "sha256": version.sha256, "media_type": version.media_type}
