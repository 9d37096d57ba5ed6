"""Records as bytes, for what is known of them between builds: read back, one is equal to what was read from its YAML.

Most are told in MessagePack, which msgspec writes and reads in C, a record by the names of its members. It has no form for
texts in several languages. A record that holds some is JSON: the list of its members in their order, where what JSON has no
form for is told and read as its key is declared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache, lru_cache, partial
from typing import Any, TypeVar

import msgspec
import orjson

from cityfolio.frozen import Frozen
from cityfolio.model import keys as k
from cityfolio.model.frequency import Frequency
from cityfolio.model.questions import Condition
from cityfolio.model.records import ColumnRecord
from cityfolio.model.said import Said

__all__ = ["columns_read", "columns_told", "record_told", "told"]

R = TypeVar("R")
Turn = Callable[[Any], Any]         # Any, here and below: a value as its key is declared, or what JSON makes of it
# What is told of another type than it is becomes an error, and not something else.
OPTIONS = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_SUBCLASS
# Kinds of keys whose values JSON has a form for.
PLAIN = (k.Text, k.Phrase, k.Moment, k.Url, k.Email, k.Choice, k.Integer, k.Number, k.Boolean, k.Color, k.Pattern, k.FilePath,
         k.Language, k.Reference, k.OldAddress)
MOST_FREQUENCIES = 1_000
AS_JSON = b"["                      # how JSON begins: in MessagePack it is a number, and no record


class _Form(Frozen):
    """How records of a type are told: a turn for each member that needs one, by its place, and back."""

    members: tuple[str, ...]
    told: tuple[tuple[int, Turn], ...]
    read: tuple[tuple[int, Turn], ...]
    said: tuple[int, ...]      # the places of texts that are in more than one language, or in one


class _HasNoForm(Exception):
    """A value is none that MessagePack knows."""


def _without_form(value: object) -> object:
    raise _HasNoForm(value)


_WRITER = msgspec.msgpack.Encoder(enc_hook=_without_form)     # it asks there of texts that are more than texts, too


def told(record: object) -> bytes:
    """A record, written."""
    try:
        return _WRITER.encode(record)
    except _HasNoForm:
        return orjson.dumps(_record_as_told(type(record), record), option=OPTIONS)


def record_told(kind: type[R], body: bytes) -> R:
    """The record of a type that was written."""
    readers: Callable[[Any], msgspec.msgpack.Decoder[Any]] = _reader
    record: R = _record_read(kind, orjson.loads(body)) if body.startswith(AS_JSON) else readers(kind).decode(body)
    return record


def columns_told(columns: Mapping[str, ColumnRecord]) -> bytes:
    """A dictionary, written."""
    try:
        return _WRITER.encode(columns)
    except _HasNoForm:
        return orjson.dumps([[name, _record_as_told(ColumnRecord, each)] for name, each in columns.items()], option=OPTIONS)


def columns_read(body: bytes) -> dict[str, ColumnRecord]:
    """The dictionary that was written."""
    if not body.startswith(AS_JSON):
        return _COLUMNS_READER.decode(body)
    return {name: _record_read(ColumnRecord, each) for name, each in orjson.loads(body)}


@cache
def _reader(kind: type[Any]) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


_COLUMNS_READER = msgspec.msgpack.Decoder(dict[str, ColumnRecord])


def _record_as_told(kind: type, record: object) -> list[Any]:
    form = _form(kind)
    values = [getattr(record, name) for name in form.members]
    for at, turn in form.told:
        if values[at] is not None:
            values[at] = turn(values[at])
    return values


def _record_read(kind: type, values: list[Any]) -> Any:
    form = _form(kind)
    for at, turn in form.read:
        if values[at] is not None:
            values[at] = turn(values[at])
    for at in form.said:
        if values[at].__class__ is list:
            values[at] = _said_read(values[at])
    return kind(**dict(zip(form.members, values, strict=True)))


@cache
def _form(kind: type) -> _Form:
    members, declared = tuple(each.name for each in fields(kind)), k.keys_of(kind)
    turns = [(at, turns) for at, name in enumerate(members) if (turns := _turns(declared[name].kind))]
    return _Form(members,
                 told=tuple((at, there) for at, (there, _) in turns),
                 read=tuple((at, back) for at, (_, back) in turns if back is not _said_read),
                 said=tuple(at for at, (_, back) in turns if back is _said_read))


def _turns(kind: k.Kind) -> tuple[Turn, Turn] | None:
    """How values of a kind are told and read; None where they stay as they are."""
    match kind:
        case k.Prose() | k.Markdown():
            return _said_as_told, _said_read
        case k.Day():
            return date.isoformat, date.fromisoformat
        case k.Repeats():
            return _frequency_as_told, _frequency_read
        case k.Record(type=kind_of_record):
            return partial(_record_as_told, kind_of_record), partial(_record_read, kind_of_record)
        case k.ListOf(kind=inner):
            there, back = _turns(inner) or (_same, _same)
            return (lambda items: [*map(there, items)]), (tuple if back is _same else lambda items: (*map(back, items),))
        case k.MapOf(kind=inner):
            there, back = _turns(inner) or (_same, _same)
            return _of_each(there), _of_each(back)
        case k.Conditions():
            return _of_each(_condition_as_told), _of_each(_condition_read)
    assert isinstance(kind, PLAIN), f"nobody has said how {kind} is told"
    return None


def _of_each(turn: Turn) -> Turn:
    return lambda items: {name: turn(item) for name, item in items.items()}


def _same(value: Any) -> Any:
    return value


def _said_as_told(text: str) -> str | list[object]:
    if isinstance(text, Said):
        return [str(text), text.language, dict(text.texts), text.foreign]
    return text


def _said_read(given: str | list[Any]) -> str:
    if isinstance(given, str):
        return given
    text, language, texts, foreign = given
    return Said(text, language, texts, foreign=foreign)


def _frequency_as_told(every: Frequency) -> list[object]:
    return [every.word, every.iso, every.months, every.days]


def _frequency_read(given: list[Any]) -> Frequency:
    return _frequency(*given)


@lru_cache(maxsize=MOST_FREQUENCIES)
def _frequency(word: str, iso: str, months: int, days: int) -> Frequency:
    return Frequency(word=word, iso=iso, months=months, days=days)


def _condition_as_told(condition: Condition) -> Mapping[str, object]:
    return {each.name: getattr(condition, each.name) for each in fields(Condition)}


def _condition_read(given: Mapping[str, Any]) -> Condition:
    return Condition(**{**given, "values": tuple(given["values"])})
