"""What changed of datasets, filled in wherever a test does not care."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cityfolio.model.catalog import Catalog
from cityfolio.model.changes import NOTE_KINDS
from cityfolio.model.history import ChangeDay, Changelog, Changes, FileChange, KeyChange, Note, RowCounts, Version

DAY = date(2025, 11, 20)


def a_note(title: str = "Trees were counted twice", **given: Any) -> Note:
    """A correction with everything that a note can have."""
    return Note(**{"id": f"{DAY}-trees", "day": DAY, "title": title, "kind": "correction", "reason": title, "by": title,
                   "text": f"{title}\n\n# {title}", "columns": (title,), "source_path": "changes/x.md", **given})


def a_change_day(text: str = "trees.csv", **given: Any) -> ChangeDay:
    """A day on which everything that can change did."""
    rows = RowCounts(before=9, after=12, added=5, removed=2, changed=1, by_key=True, added_columns=(text,),
                     removed_columns=tuple(f"{text} {at}" for at in range(14)), renamed=((text, text),))
    files = (FileChange(name=text, happened="changed", rows=rows), FileChange(name=text, happened="added"),
             FileChange(name=text, happened="removed"), FileChange(name=text, happened="renamed", formerly=text),
             FileChange(name=text, happened="renamed", formerly=text, rows=replace(rows, added=0, removed=0, changed=0)),
             FileChange(name=text, happened="changed", before_bytes=900, after_bytes=1_200),
             FileChange(name=text, happened="changed"))
    keys = (KeyChange(key="license", happened="changed", before=text, after=text), KeyChange(key="summary", happened="added"),
            KeyChange(key="columns", column=text, happened="changed", parts=("title", "unit")),
            KeyChange(key="columns", column=text, happened="removed"))
    return ChangeDay(**{"day": DAY, "commit": "c" * 40, "files": files, "keys": keys, **given})


def a_version(**given: Any) -> Version:
    """A version of a file."""
    return Version(**{"day": DAY, "name": "trees.csv", "bytes": 37, "sha256": "5" * 64, "content": "b" * 40,
                      "media_type": "text/csv", **given})


def a_changelog(text: str = "trees.csv", **given: Any) -> Changelog:
    """What is told of a dataset: two days, and a note of each kind on the later one."""
    days = (a_change_day(text), ChangeDay(day=date(2025, 1, 2), is_first=True))
    notes = tuple(a_note(text, id=f"{DAY}-{kind}", kind=kind) for kind in NOTE_KINDS)
    return Changelog(**{"known": "whole", "since": date(2025, 1, 2), "days": days, "notes": notes, **given})


def with_changelogs(catalog: Catalog, **told: Changelog) -> Catalog:
    """A catalog that tells of changes, by the id of the dataset with `_` for `-`."""
    found = {name.replace("_", "-"): each for name, each in told.items()}
    notes = tuple(replace(note, datasets=(name,)) for name, each in found.items() for note in each.notes)
    return replace(catalog, changes=Changes(datasets=found, notes=notes))
