"""What the forms fetch: the ids that are taken, the words that point to personal data, and the files behind dataset pages."""

from __future__ import annotations

from collections.abc import Iterator

import orjson

from cityfolio.files import Tree
from cityfolio.load.licenses import BUILT_IN
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.catalog import Build
from cityfolio.model.records import DatasetRecord
from cityfolio.model.site import Output
from cityfolio.pages.edit import EDITABLE
from cityfolio.pages.edit_routes import EDIT_KNOWN, EDIT_RULES, has_forms, has_sources, source_url
from cityfolio.privacy.suspicion import suspicious_words
from cityfolio.review.form_known import form_here, form_known
from cityfolio.review.form_rules import form_rules

ROOMS = ("publishers", "topics", "licenses", "columns", "datasets", "priorities", "goals", "measures", "calendars",
         "commitments", "requests", "uses")


def edit_files(loaded: Loaded, tree: Tree, build: Build) -> Iterator[Output]:
    """Everything that the forms fetch, where there are forms."""
    site = loaded.site.record if loaded.site else None
    if site is None or not has_forms(site):
        return
    shown = [dataset for dataset in loaded.datasets.values() if may_be_shown(dataset)] if has_sources(site) else []
    yield _json(EDIT_RULES, form_rules(each.record for each in EDITABLE))
    yield _json(EDIT_KNOWN, form_known(loaded, build) | {
        "titles": {room: titles_of(room, loaded) for room in ROOMS}, "personal": suspicious_words(),
        "here": {dataset.id: form_here(loaded, build, dataset.id) for dataset in shown}})
    for dataset in shown:
        path = dataset.document.path
        yield Output(url=source_url(dataset.id), body=tree.read(path), media_type="application/yaml", kind="source",
                     source=path)


def may_be_shown(dataset: Sourced[DatasetRecord]) -> bool:
    """Whether a dataset's file is published: not where it speaks of columns or of data that are not."""
    record = dataset.record
    columns = (*record.columns.values(), *(column for file in record.files for column in file.columns.values()))
    return record.status not in ("restricted", "draft") and not any(column.sensitive for column in columns)


def titles_of(room: str, loaded: Loaded) -> dict[str, str]:
    """The ids of a room, each with its title."""
    built_in = {each.id: each.title for each in BUILT_IN.values()} if room == "licenses" else {}
    entries = getattr(loaded, room)
    return built_in | {identifier: entries[identifier].record.title or identifier for identifier in sorted(entries)}


def _json(url: str, value: object) -> Output:
    return Output(url=url, body=orjson.dumps(value), media_type="application/json", kind="feed", source="site.yaml")
