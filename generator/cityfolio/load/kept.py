"""Documents that are kept small: of a catalog of many datasets each is asked again for a few places, or for none.

As objects, the values of a dataset's YAML with their places take five times its text. Kept, they are lists of numbers and
texts beside the lines, compressed, and lie aside; as much of them is read as somebody asks for.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from hashlib import sha256
from typing import Any, NamedTuple

import orjson

from cityfolio.annex import Annex, Laid
from cityfolio.load.yaml import Document, Group, Items, Scalar, Value
from cityfolio.problems import Location

__all__ = ["digest_of_document", "is_full", "kept", "known_by", "packed", "unpacked"]

READ_AT_ONCE = 8                                     # documents: who asks for places asks for several of one
SHARED = 1_000                                       # heads that documents share
ASIDE = Annex()
# A value as it is told: its text, its items or its entries by name, then line, column and width; of entries three lists follow,
# the lines, columns and widths of their keys.
Told = list[Any]      # Any: as just said


class _Head(NamedTuple):
    """What is at hand of a document."""

    told: bytes               # the rest, as it is kept
    names: frozenset[str]     # its keys
    is_full: bool             # whether no value in it is empty


class _Kept(Document):
    """A document of which only the path is at hand, and which keys it has."""

    __slots__ = ("_body", "_digest", "_head")
    _body: Laid
    _head: _Head
    _digest: str             # "" until it is known

    def __init__(self, path: str, body: bytes, head: bytes, digest: str = "") -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_body", ASIDE.laid(body))
        object.__setattr__(self, "_head", _head(head))
        object.__setattr__(self, "_digest", digest)

    def __reduce__(self) -> tuple[type[_Kept], tuple[str, bytes, bytes, str]]:
        return _Kept, (self.path, self._body.read(), self._head.told, self._digest)

    def value(self, *keys: str | int) -> Value | None:
        """The value that these keys and places lead to."""
        if keys and str(keys[0]) not in self._head.names:
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
        head = orjson.dumps([sorted(document.root.entries), _has_no_gap(document.root)])
        small = _Kept(document.path, body, head)
        object.__setattr__(document, "small", small)     # nobody sees a difference
        return small
    return document.small


def is_full(document: Document) -> bool:
    """Whether it is known of a document that no value in it is empty."""
    return isinstance(document, _Kept) and document._head.is_full


def digest_of_document(document: Document) -> str:
    """A digest of all that is written in a document."""
    small = kept(document)
    assert isinstance(small, _Kept)
    if not small._digest:
        known_by(small, sha256(small._body.read()).hexdigest())
    return small._digest


def known_by(document: Document, digest: str) -> None:
    """Know a document that is kept small by a digest of its file, so that it needs not be read for one."""
    assert isinstance(document, _Kept)
    object.__setattr__(document, "_digest", digest)


def packed(document: Document) -> bytes:
    """A document that is kept small, without its path, for `unpacked`."""
    assert isinstance(document, _Kept)
    return document._head.told + b"\n" + document._body.read()


def unpacked(path: str, body: bytes) -> Document:
    """The document that was packed, of the file at a path."""
    head, _, rest = body.partition(b"\n")
    return _Kept(path, rest, head)


@lru_cache(maxsize=SHARED)
def _head(told: bytes) -> _Head:
    """The head of a document: most have the same."""
    names, is_full = orjson.loads(told)
    return _Head(told, frozenset(names), is_full)


def _has_no_gap(value: Value) -> bool:
    """Whether something is written in a value, and in all that are below it."""
    if isinstance(value, Scalar):
        return bool((value.text or "").strip())
    below = value.items if isinstance(value, Items) else value.entries.values()
    return bool(below) and all(map(_has_no_gap, below))


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
def _told(body: Laid) -> tuple[Told, tuple[str, ...]]:
    root, lines = orjson.loads(zlib.decompress(body.read()))
    return root, tuple(lines)


@lru_cache(maxsize=READ_AT_ONCE)
def _root(body: Laid) -> Value:
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
