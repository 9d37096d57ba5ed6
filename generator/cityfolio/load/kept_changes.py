"""Days of changes as JSON: what the site tells programs, and what the next build reads again where git is shallow.

What is read may come from anywhere, so each value is looked at; what is not as it should be is refused as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast, get_args

import orjson

from cityfolio.model.history import ChangeDay, FileChange, FileHappened, Happened, KeyChange, RowCounts

Json = dict[str, Any]   # Any: JSON

MOST_TEXT = 1_000       # characters of a name or a value
MOST_ENTRIES = 5_000    # in a list


def as_json(day: ChangeDay) -> Json:
    """A day of changes. What is not known, or not so, is absent."""
    return {"day": day.day.isoformat()} | _filled({
        "commit": day.commit, "first": day.is_first, "files": [_file_as_json(each) for each in day.files],
        "keys": [_key_as_json(each) for each in day.keys],
    })


def _file_as_json(change: FileChange) -> Json:
    return {"file": change.name, "happened": change.happened} | _filled({
        "formerly": change.formerly, "before_bytes": change.before_bytes, "after_bytes": change.after_bytes,
        "rows": rows_as_json(change.rows) if change.rows else {},
    })


def rows_as_json(rows: RowCounts) -> Json:
    """The counts of rows and columns."""
    counts = {"before": rows.before, "after": rows.after, "added": rows.added, "removed": rows.removed, "changed": rows.changed}
    return counts | _filled({"by_key": rows.by_key, "added_columns": list(rows.added_columns),
                             "removed_columns": list(rows.removed_columns), "renamed_columns": dict(rows.renamed)})


def _key_as_json(change: KeyChange) -> Json:
    return {"key": change.key, "happened": change.happened} | _filled({
        "column": change.column, "parts": list(change.parts), "before": change.before, "after": change.after})


def _filled(said: Json) -> Json:
    # A size of 0 is said, though it is equal to False.
    return {name: value for name, value in said.items() if not (value is None or value is False or value in ("", [], {}))}


def days_by_dataset(body: bytes) -> dict[str, tuple[ChangeDay, ...]]:
    """What a former site told of each dataset. Raises ValueError for what is no such file."""
    told = orjson.loads(body)
    datasets = told.get("datasets") if isinstance(told, dict) else None
    if not isinstance(datasets, dict):
        raise ValueError("it is not a list of changes")
    return {name: tuple(map(of_json, _items(days))) for name, days in datasets.items()}


# Any, here and below: a value of JSON, and what it is is to be found out.
def of_json(said: Any) -> ChangeDay:
    """A day of changes that was told before. Raises ValueError for what is none."""
    item = _group(said)
    return ChangeDay(day=date.fromisoformat(_text(item, "day")), commit=_text(item, "commit"),
                     is_first=item.get("first") is True, files=tuple(map(_file_of, _items(item.get("files", [])))),
                     keys=tuple(map(_key_of, _items(item.get("keys", [])))))


def _file_of(said: Any) -> FileChange:
    item = _group(said)
    rows = item.get("rows")
    return FileChange(name=_text(item, "file"), happened=cast("FileHappened", _word(item, "happened", get_args(FileHappened))),
                      formerly=_text(item, "formerly"), before_bytes=_number(item, "before_bytes"),
                      after_bytes=_number(item, "after_bytes"), rows=rows_of(rows) if rows is not None else None)


def rows_of(said: Any) -> RowCounts:
    """Counts that were told before. Raises ValueError for what is none."""
    item = _group(said)
    counts = {name: _number(item, name) or 0 for name in ("before", "after", "added", "removed", "changed")}
    renamed = _group(item.get("renamed_columns", {}))
    return RowCounts(**counts, by_key=item.get("by_key") is True, added_columns=_texts(item, "added_columns"),
                     removed_columns=_texts(item, "removed_columns"),
                     renamed=tuple((name, _text(renamed, name)) for name in renamed))


def _key_of(said: Any) -> KeyChange:
    item = _group(said)
    return KeyChange(key=_text(item, "key"), happened=cast("Happened", _word(item, "happened", get_args(Happened))),
                     column=_text(item, "column"), parts=_texts(item, "parts"), before=_text(item, "before"),
                     after=_text(item, "after"))


def _group(said: Any) -> Mapping[str, Any]:
    if not isinstance(said, dict):
        raise ValueError("it is no group")
    return said


def _items(said: Any) -> list[Any]:
    if not isinstance(said, list) or len(said) > MOST_ENTRIES:
        raise ValueError("it is no list, or too long")
    return said


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name, "")
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise ValueError(f"{name} is no text, or too long")
    return value


def _texts(item: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(_text({name: each}, name) for each in _items(item.get(name, [])))


def _word(item: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str:
    value = _text(item, name)
    if value not in known:
        raise ValueError(f"{name} is none of {known}")
    return value


def _number(item: Mapping[str, Any], name: str) -> int | None:
    value = item.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
        raise ValueError(f"{name} is no number")
    return value
