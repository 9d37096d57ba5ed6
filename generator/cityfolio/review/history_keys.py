"""What a dataset's record said before and says now, key by key: what a resident would notice, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields

from cityfolio.model.frequency import Frequency
from cityfolio.model.history import Happened, KeyChange
from cityfolio.model.records import ColumnRecord, DatasetRecord
from cityfolio.review.history_states import State

TOLD = ("title", "summary", "description", "publisher", "contact", "topics", "keywords", "license", "rights", "frequency",
        "temporal", "spatial", "language", "conforms_to", "landing_page", "each_row_is", "known_limits", "related",
        "identifier", "questions", "charts", "notes")
QUOTED = ("title", "license", "frequency", "spatial", "each_row_is")     # short ones, which are told with what they said
UNTOLD_OF_COLUMN = ("sensitive", "standard", "source")
MOST_QUOTED = 200


def key_changes(before: State, after: State) -> Iterator[KeyChange]:
    """Every key that differs, then every column of the dictionary that does."""
    for key in TOLD:
        then, now = getattr(before.record, key), getattr(after.record, key)
        if then != now:
            yield KeyChange(key=key, happened=_happened(bool(then), bool(now)), before=_quoted(key, then),
                            after=_quoted(key, now))
    yield from _column_changes(before, after)


def _happened(was: bool, is_now: bool) -> Happened:
    return "changed" if was and is_now else "added" if is_now else "removed"


def _quoted(key: str, value: object) -> str:
    text = value.word if isinstance(value, Frequency) else value
    return text if key in QUOTED and isinstance(text, str) and len(text) <= MOST_QUOTED else ""


def _column_changes(before: State, after: State) -> Iterator[KeyChange]:
    then, now = _columns(before.record), _columns(after.record)
    for name in (*now, *(each for each in then if each not in now)):
        if before.has_hidden(name) or after.has_hidden(name):
            continue
        if name not in then or name not in now:
            yield KeyChange(key="columns", column=name, happened="added" if name in now else "removed")
            continue
        parts = tuple(each.name for each in fields(ColumnRecord) if each.name not in UNTOLD_OF_COLUMN
                      and getattr(then[name], each.name) != getattr(now[name], each.name))
        if parts:
            yield KeyChange(key="columns", column=name, happened="changed", parts=parts)


def _columns(record: DatasetRecord) -> Mapping[str, ColumnRecord]:
    """Every column that is described, by its name; that of the dataset where a file describes it too."""
    return {name: column for file in record.files for name, column in file.columns.items()} | dict(record.columns)
