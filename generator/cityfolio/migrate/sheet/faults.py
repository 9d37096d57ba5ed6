"""What is wrong with a value that somebody wrote into a cell, in the words of the catalog's own reader."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from cityfolio.load.fields import read_record
from cityfolio.load.values import Reading
from cityfolio.load.yaml import NULLS, read_yaml
from cityfolio.migrate.harvest.merge import Maybe
from cityfolio.migrate.sheet.workbook import DATASETS, FILES, Field, Row, Sheet
from cityfolio.migrate.yaml.changes import Path
from cityfolio.migrate.yaml.text import NOT_CARRIED, Yaml, yaml_text
from cityfolio.model.keys import Kind, ListOf, Reference
from cityfolio.problems import did_you_mean

NOTHING: tuple[Yaml, ...] = (*NULLS, [], {})              # what a group or a list may be, and hold nothing
ADDRESSES = ("path", "url", "missing")                    # one of them says where a file is
ABSENT = frozenset({"key-missing", "key-expected", "title-missing"})      # of the keys beside the one that is looked at


class Taken(NamedTuple):
    """What a cell says anew."""

    field: Field
    value: Maybe


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


def incomplete(sheet: Sheet, before: Mapping[str, Yaml], found: Sequence[Taken], *, is_new: bool) \
        -> Iterator[tuple[Taken, str, str]]:
    """Cells of one row that leave something half said, each with what is wrong and what would be right.

    Of a dataset that is new (`is_new`) the reason is asked for later, when its files are known.
    """
    def after(name: str) -> Maybe:
        return next((each.value for each in found if each.field.name == name), _value(before, name))

    for each in found:
        lacking = [name for name in each.field.beside if not after(name)]
        if lacking and len(lacking) < len(each.field.beside):
            given = next(name for name in each.field.beside if name not in lacking)
            yield each, f'"{lacking[0]}" is needed beside "{given}"', "Fill both cells, or empty both."
        elif sheet is DATASETS and each.field.name in ("status", "reason") and not is_new:
            status = after("status")
            if status not in (None, "", "published") and not after("reason"):
                yield each, f'"reason" is needed where a dataset is {status}', "Write there, for residents to read, why it is."
        elif sheet is FILES and each.field.name in ADDRESSES and not any(map(after, ADDRESSES)) \
                and any(map(before.get, ADDRESSES)):
            yield each, "a file has a path, an address, or words on why it cannot be had", f"Fill {' or '.join(ADDRESSES)}."


def _value(values: Mapping[str, Yaml], name: str) -> Maybe:
    found: Maybe = values
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _named(path: Path) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _unknown(kind: Kind, value: Yaml, known: Mapping[str, Collection[str]]) -> tuple[str, str] | None:
    inner = kind.kind if isinstance(kind, ListOf) else kind
    if not isinstance(inner, Reference):
        return None
    words = [value] if isinstance(value, str) else [str(each) for each in value]
    wrong = next((word for word in words if word not in known.get(inner.room, ())), None)
    return None if wrong is None else (f'"{wrong}" is not in {inner.room}/', did_you_mean(wrong, known.get(inner.room, ())))


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
