"""The city's notes about changes, each with its day and what it is about now."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.changes import NoteRecord
from cityfolio.model.history import Note
from cityfolio.model.said import mapped

NAME = re.compile(r"(\d{4}-\d\d-\d\d)-.+")


def day_of(name: str) -> date | None:
    """The day that the name of a note begins with; None where it begins with none."""
    match = NAME.fullmatch(name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def notes(loaded: Loaded, today: date) -> tuple[Note, ...]:
    """Every note up to a day, the newest first; on one day by name."""
    found = [note for each in loaded.changes.values() if (note := _note(each, loaded)) and note.day <= today]
    return tuple(sorted(found, key=lambda each: (-each.day.toordinal(), each.id)))


def _note(sourced: Sourced[NoteRecord], loaded: Loaded) -> Note | None:
    day, record = day_of(sourced.id), sourced.record
    if day is None:
        return None
    publisher = loaded.publishers.get(record.by or "")
    return Note(id=sourced.id, day=day, title=record.title or sourced.id, kind=record.kind, reason=record.reason or "",
                by=(publisher.record.title or publisher.id) if publisher else "", text=mapped(sourced.body, str.strip),
                text_line=sourced.body_line, columns=record.columns, datasets=_now(record.datasets, loaded, "datasets"),
                measures=_now(record.measures, loaded, "measures"), source_path=sourced.document.path)


def _now(names: tuple[str, ...], loaded: Loaded, room: Literal["datasets", "measures"]) -> tuple[str, ...]:
    """Ids as they are now; those that are gone are left out."""
    records = loaded.datasets if room == "datasets" else loaded.measures
    former = {name: each.id for each in records.values() for name in each.record.formerly}
    found = (each if each in records else former.get(each, "") for each in names)
    return tuple(dict.fromkeys(filter(None, found)))


def withdrawn_until(loaded: Loaded, dataset: str, today: date) -> date:
    """The day of the newest note that withdraws data of a dataset: no version from before it stays."""
    days = [each.day for each in notes(loaded, today) if each.kind == "withdrawal" and dataset in each.datasets]
    return max(days, default=date.min)
