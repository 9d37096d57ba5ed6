"""What is wrong with a value that somebody wrote into a cell, in the words of the catalog's own reader."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cityfolio.load.fields import read_record
from cityfolio.load.values import Reading
from cityfolio.load.yaml import NULLS, read_yaml
from cityfolio.migrate.harvest.merge import Maybe
from cityfolio.migrate.sheet.workbook import Field, Row
from cityfolio.migrate.yaml.changes import Path
from cityfolio.migrate.yaml.text import NOT_CARRIED, Yaml, yaml_text
from cityfolio.model.keys import Kind, ListOf, Reference
from cityfolio.problems import did_you_mean

NOTHING: tuple[Yaml, ...] = (*NULLS, [], {})              # what a group or a list may be, and hold nothing
ABSENT = frozenset({"key-missing", "title-missing"})      # of the keys beside the one that is looked at


def faults(row: Row, field: Field, value: Maybe, known: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    """What is wrong and what would be right; None for a value that the catalog can have."""
    if value is None:
        if field.is_needed:
            return f'"{field.name}" is needed, and its cell is empty', "Write it, or put back what was there."
        return None
    return _unknown(field.kind, value, known) or _unread(row, field, value)


def obstacle(values: Yaml, row: Row, field: Field) -> tuple[str, str] | None:
    """What stands in the way of a value, where a step above it holds no group of keys: a text or list that it would replace."""
    path = (*row.path, *field.path)
    for number, step in enumerate(path):
        if values in NOTHING:
            return None
        if isinstance(step, int):
            # A single value stands for a list of one.
            values = [values][step] if isinstance(values, str | Mapping) else values[step]
        elif isinstance(values, Mapping):
            values = values.get(step, "")
        else:
            above = _named(path[:number])
            held = f'"{values}"' if isinstance(values, str) else "a list"
            return (f'"{field.name}" cannot be written, because "{above}" holds {held} where its keys belong',
                    f'Write "{above}" in {row.file} with its keys below it.')
    return None


def _named(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _unknown(kind: Kind, value: Yaml, known: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    inner = kind.kind if isinstance(kind, ListOf) else kind
    if not isinstance(inner, Reference):
        return None
    words = [value] if isinstance(value, str) else [str(each) for each in value]
    wrong = next((word for word in words if word not in known[inner.room]), None)
    return None if wrong is None else (f'"{wrong}" is not in {inner.room}/', did_you_mean(wrong, known[inner.room]))


def _unread(row: Row, field: Field, value: Yaml) -> tuple[str, str] | None:
    nested: Yaml = value
    for step in reversed((*row.path, *field.path)):
        nested = [nested] if isinstance(step, int) else {step: nested}
    assert isinstance(nested, Mapping)
    text = yaml_text(nested)
    if NOT_CARRIED.search(text):
        return "the text holds a control character", "Write it anew."
    document, problems = read_yaml(row.file, text.encode())
    if document is not None:
        reading = Reading(document)
        read_record(row.record, document.root, reading)
        problems = (*problems, *reading.problems)
    return next(((each.says, each.fix) for each in problems if each.code not in ABSENT), None)
