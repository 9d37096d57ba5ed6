"""Documents that are kept small: of a catalog of many datasets each is asked again for a few places, or for none.

As objects, the values of a dataset's YAML with their places take five times its text. Kept, they are lists of numbers and
texts beside the lines, compressed, and as much of them is read as somebody asks for.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import orjson

from cityfolio.load.yaml import Document, Group, Items, Scalar, Value
from cityfolio.problems import Location

__all__ = ["kept", "packed", "unpacked"]

READ_AT_ONCE = 8                                     # documents: who asks for places asks for several of one
SHARED = 1_000                                       # sets of keys that documents share
# A value as it is told: its text, its items or its entries by name, then line, column and width; of entries three lists follow,
# the lines, columns and widths of their keys.
Told = list[Any]      # Any: as just said


class _Kept(Document):
    """A document of which only the path is at hand, and which keys it has."""

    __slots__ = ("_body", "_names")
    _body: bytes
    _names: frozenset[str]

    def __init__(self, path: str, body: bytes, names: bytes) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_body", body)
        object.__setattr__(self, "_names", _shared(names))

    def __reduce__(self) -> tuple[type[_Kept], tuple[str, bytes, bytes]]:
        return _Kept, (self.path, self._body, _listed(self._names))

    def value(self, *keys: str | int) -> Value | None:
        """The value that these keys and places lead to."""
        if keys and str(keys[0]) not in self._names:
            return None
        found: Told | None = _told(self._body)[0]
        for key in keys:
            found = _below(found, key) if found is not None else None
        return _value(found) if found is not None else None

    def at(self, *keys: str | int) -> Location:
        """Where a value stands; the nearest place above it when there is no such value."""
        found: Told = _told(self._body)[0]
        for key in keys:
            below = _below(found, key)
            if below is None:
                break
            found = below
        return self.location(_place(found))

    def at_key(self, *keys: str | int) -> Location:
        """Where the last of these keys stands."""
        found: Told = _told(self._body)[0]
        for key in keys[:-1]:
            found = _below(found, key) or found
        if isinstance(found[0], dict) and keys[-1] in found[0]:
            at = list(found[0]).index(str(keys[-1]))
            return self.location(Scalar(None, *(each[at] for each in found[4:])))
        return self.at(*keys)

    @property
    def root(self) -> Group:
        """Its values."""
        root = _root(self._body)
        assert isinstance(root, Group)    # as it was when it was kept
        return root

    @property
    def lines(self) -> tuple[str, ...]:
        """The text they stand in."""
        return _told(self._body)[1]


def kept(document: Document) -> Document:
    """The same document, kept small. Who reads the same files again and again has it made once."""
    if isinstance(document, _Kept):
        return document
    if not hasattr(document, "small"):
        body = zlib.compress(orjson.dumps([_as_told(document.root), document.lines]), 1)
        small = _Kept(document.path, body, _listed(document.root.entries))
        object.__setattr__(document, "small", small)     # nobody sees a difference
        return small
    return document.small


def packed(document: Document) -> bytes:
    """A document that is kept small, without its path, for `unpacked`."""
    assert isinstance(document, _Kept)
    return _listed(document._names) + b"\n" + document._body


def unpacked(path: str, body: bytes) -> Document:
    """The document that was packed, of the file at a path."""
    names, _, rest = body.partition(b"\n")
    return _Kept(path, rest, names)


def _listed(names: Iterable[str]) -> bytes:
    return orjson.dumps(sorted(names))


@lru_cache(maxsize=SHARED)
def _shared(names: bytes) -> frozenset[str]:
    """Keys of a document: most have the same."""
    return frozenset(orjson.loads(names))


def _as_told(value: Value) -> Told:
    """A value, and what is below it."""
    if isinstance(value, Scalar):
        return [*value]
    if isinstance(value, Items):
        return [[_as_told(each) for each in value.items], value.line, value.column, value.width]
    keys = [*value.keys.values()]
    return [{name: _as_told(each) for name, each in value.entries.items()}, value.line, value.column, value.width,
            [key.line for key in keys], [key.column for key in keys], [key.width for key in keys]]


@lru_cache(maxsize=READ_AT_ONCE)
def _told(body: bytes) -> tuple[Told, tuple[str, ...]]:
    root, lines = orjson.loads(zlib.decompress(body))
    return root, tuple(lines)


@lru_cache(maxsize=READ_AT_ONCE)
def _root(body: bytes) -> Value:
    return _value(_told(body)[0])


def _below(told: Told, key: str | int) -> Told | None:
    """What `yaml` finds below a value too."""
    within = told[0]
    if isinstance(within, dict):
        found: Told | None = within.get(str(key))
        return found
    if isinstance(within, list) and isinstance(key, int) and key < len(within):
        item: Told = within[key]
        return item
    return told if key == 0 else None


def _place(told: Told) -> Scalar:
    return Scalar(None, *told[1:4])


def _value(told: Told) -> Value:
    within = told[0]
    if isinstance(within, dict):
        keys = dict(zip(within, map(Scalar._make, zip(within, *told[4:], strict=True)), strict=True))
        return Group({name: _value(each) for name, each in within.items()}, keys, *told[1:4])
    if isinstance(within, list):
        return Items(tuple(map(_value, within)), *told[1:4])
    return Scalar._make(told)
