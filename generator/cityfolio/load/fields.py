"""Reads the values of a document into a record type, key by key, as `model.keys` declares them.

Every fault becomes a problem at its value, and the value is left out; the rest of the record is still read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from sys import intern
from typing import Any, TypeVar

from cityfolio.load.conditions import read_conditions
from cityfolio.load.periods import PERFORMANCE_VALUES
from cityfolio.load.values import VALUES, Reader, Reading, is_in_languages
from cityfolio.load.yaml import NULLS, Group, Items, Scalar, Value
from cityfolio.model import keys as k
from cityfolio.model.former_keys import FormerKey, former_key
from cityfolio.model.standards import About, requirement
from cityfolio.problems import closest, did_you_mean

R = TypeVar("R")


def read_record(record: type[R], group: Group, reading: Reading) -> R:
    """Read one group of keys. Keys that are unknown, missing or wrong are noted."""
    known = _keys(record)  # type: ignore[arg-type]  # every class is hashable
    found: dict[str, Any] = {}  # Any: each key has a type of its own, which its kind's reader gives
    misspelled: set[str | None] = set()
    for name, value in group.entries.items():
        declared = known.get(name)
        former = former_key(record.__name__, name) if declared is None else None
        if former is not None and former.now not in group.entries:
            reading.note("key-former", group.keys[name], *_renamed(former))
            misspelled.add(former.now)      # what was refused under its former name is not missing too
            name, declared = former.now, known[former.now]
        if declared is None:
            reading.note(
                "key-unknown",
                group.keys[name],
                f'"{name}" is not a key of {kind_of_file(record)}',
                did_you_mean(name, known, limit=30),
            )
            misspelled.add(closest(name, known))
        elif not (isinstance(value, Scalar) and value.text is None) or isinstance(declared.kind, k.Boolean):
            read = READERS[type(declared.kind)](declared.kind, name, value, reading)
            if read is not None:
                found[name] = read
    for name, declared in known.items():
        if declared.needed != "no" and name not in {*found, *misspelled} and not _was_refused(group, name):
            reading.note(declared.code, group, f'"{name}" is missing{who_requires(record, name)}', _example(name, declared))
    return record(**found)


def _renamed(former: FormerKey) -> tuple[str, str]:
    return (f'"{former.key}" is called "{former.now}" since version {former.since}, and read until version {former.until}',
            f"Run `cityfolio upgrade`, or write `{former.now}` in its place.")


@cache
def _keys(record: type) -> Mapping[str, k.Key]:
    return k.keys_of(record)


def kind_of_file(record: type) -> str:
    """What a message calls a group of keys: "a dataset"."""
    return _KINDS_OF_FILE.get(record.__name__, f"a {record.__name__.removesuffix('Record').lower()}")


_KINDS_OF_FILE = {
    "MeasureRecord": "a measure", "PeriodRecord": "a measure's period",
    "SiteRecord": "site.yaml", "SynonymsRecord": "synonyms.yaml", "DatasetRecord": "a dataset", "FileRecord": "a file",
}


def _was_refused(group: Group, name: str) -> bool:
    # A value that was written and refused is reported as what it is, not as missing too.
    value = group.entries.get(name)
    return value is not None and not (isinstance(value, Scalar) and not (value.text or "").strip())


def _example(name: str, declared: k.Key) -> str:
    return f"{declared.doc} For example: {name}: {declared.example}" if declared.example else declared.doc


def who_requires(record: type, name: str) -> str:
    """Which standards require a key, where some do: "; DCAT-US 1.1 requires `title`"."""
    fact = _REQUIRED.get((record.__name__, name))
    return f"; {requirement(*fact)}" if fact else ""


_REQUIRED: Mapping[tuple[str, str], tuple[About, str]] = {
    ("DatasetRecord", "title"): ("dataset", "title"), ("PublisherRecord", "title"): ("publisher", "name"),
}


def _list_of(kind: k.ListOf, name: str, value: Value, reading: Reading) -> tuple[Any, ...] | None:  # Any: as the kind says
    if isinstance(kind.kind, k.Prose) and is_in_languages(value):
        return _lists_by_language(kind, name, value, reading)
    items = value.items if isinstance(value, Items) else (value,)
    if isinstance(value, Group) and isinstance(kind.kind, k.ListOf | k.Phrase):
        reading.note("value-kind", value, f'"{name}" should be a list, and is a group of keys', "Write it as [one, two].")
        return None
    if not _has_room(kind, name, value, len(items), reading):
        return None
    if isinstance(kind.kind, k.Text):
        _note_nulls(name, items, reading)
    read = (READERS[type(kind.kind)](kind.kind, name, item, reading) for item in items)
    if isinstance(kind.kind, k.Record):
        # An entry that was refused keeps its place, because the places of the others are where their problems point.
        return tuple(kind.kind.type() if item is None else item for item in read)
    if kind.distinct:
        return _distinct(items, read, reading)
    # A word given twice says nothing more.
    return tuple(dict.fromkeys(item for item in read if item is not None))


def _lists_by_language(kind: k.ListOf, name: str, value: Value, reading: Reading) -> tuple[Any, ...] | None:
    """A list for each language: one of words that are each in a language of their own. Any: as the kind says."""
    assert isinstance(value, Group)     # as asked before
    found: dict[str, None] = {}
    for language, given in value.entries.items():
        items = given.items if isinstance(given, Items) else (given,)
        if not _has_room(kind, name, given, len(items), reading):
            continue
        for item in items:
            # Read as if each word were written with its language.
            told = Group({language: item}, {language: value.keys[language]}, item.line, item.column)
            read = READERS[type(kind.kind)](kind.kind, name, told, reading)
            if read is not None:
                found[read] = None
    return tuple(found) or None


def _has_room(kind: k.ListOf | k.MapOf, name: str, value: Value, entries: int, reading: Reading) -> bool:
    """Note a list that is too short or too long."""
    least = kind.least if isinstance(kind, k.ListOf) else 0
    if entries < least:
        reading.note("list-length", value, f'"{name}" needs a list of {least} or more here, and this is {entries}',
                     "Add what belongs to it, with brackets around the whole list, or delete it.")
    elif kind.most is not None and entries > kind.most:
        reading.note("list-length", value, f'"{name}" has {entries:,} entries here; {kind.most:,} fit',
                     "Keep those that matter most.")
    else:
        return True
    return False


def _distinct(items: Sequence[Value], read: Iterable[str | None], reading: Reading) -> tuple[str, ...]:
    """Each text once, whatever its letter case; note those that stand in the list already."""
    found: dict[str, str] = {}
    for item, text in zip(items, read, strict=True):
        if text is not None and text.casefold() in found:
            reading.note("word-repeated", item, f'"{text}" stands in this list already', "Delete one of the two.")
        elif text is not None:
            found[text.casefold()] = text
    return tuple(found.values())


def _note_nulls(name: str, items: Sequence[Value], reading: Reading) -> None:
    """Note words that YAML takes for nothing: a list of texts has no use for nothing, so the word itself was meant."""
    for item in items:
        if isinstance(item, Scalar) and item.text is None and (word := reading.written(item)) in NULLS - {""}:
            reading.note("value-kind", item, f'"{name}" should be a list of texts, and {word} means nothing at all to YAML',
                         f'Put the word in quotation marks: "{word}".')


def _record(kind: k.Record, name: str, value: Value, reading: Reading) -> object | None:
    if isinstance(value, Group):
        return read_record(kind.type, value, reading)
    reading.note("value-kind", value, f'"{name}" should be a group of keys', f"Its keys are: {', '.join(_keys(kind.type))}.")
    return None


def _map_of(kind: k.MapOf, name: str, value: Value, reading: Reading) -> Mapping[str, Any] | None:  # Any: as the kind says
    if not isinstance(value, Group):
        reading.note(
            "value-kind", value, f'"{name}" should be a group of names and values', f"For example: {name}: {{NAME: value}}"
        )
        return None
    if not _has_room(kind, name, value, len(value.entries), reading):
        return None
    read: dict[str, Any] = {}  # Any: as the kind says
    for each, below in value.entries.items():
        if kind.names is not None and READERS[k.Phrase](kind.names, name, value.keys[each], reading) is None:
            continue
        if isinstance(below, Scalar) and below.text is None:
            below = Group({}, {}, value.keys[each].line, value.keys[each].column) if isinstance(kind.kind, k.Record) else below
        result = READERS[type(kind.kind)](kind.kind, each, below, reading)
        if result is not None:
            read[intern(each)] = result       # columns of many datasets have the same names
        elif isinstance(kind.kind, k.Text):
            read[each] = ""  # a code without a meaning is still a code that may occur
        elif isinstance(kind.kind, k.Record):
            read[each] = kind.kind.type()  # a column that was refused is still one that is described
    return read


READERS: dict[type, Reader] = {**VALUES, **PERFORMANCE_VALUES, k.ListOf: _list_of, k.Record: _record, k.MapOf: _map_of,
                              k.Conditions: read_conditions}
