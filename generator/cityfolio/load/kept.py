"""Documents that are kept small: of a catalog of many datasets each is asked again for a few places, or for none.

As objects, the values of a dataset's YAML with their places take five times its text. Kept, they are one row of numbers and two
of texts, compressed, and read when somebody asks.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import lru_cache

import orjson

from cityfolio.load.yaml import Document, Group, Items, Scalar, Value

__all__ = ["kept", "packed", "unpacked"]

READ_AT_ONCE = 8                                     # documents: who asks for places asks for several of one
SHARED = 1_000                                       # sets of keys that documents share
NOTHING, TEXT, ITEMS, GROUP = range(4)               # what a value is, in the two lowest bits of its first number


class _Kept(Document):
    """A document of which only the path is at hand, and which keys it has."""

    __slots__ = ("_body", "_names")
    _body: bytes
    _names: frozenset[str]

    def __init__(self, path: str, body: bytes, names: tuple[str, ...]) -> None:
        object.__setattr__(self, "path", path)
        object.__setattr__(self, "_body", body)
        object.__setattr__(self, "_names", _shared(names))

    def __reduce__(self) -> tuple[type[_Kept], tuple[str, bytes, tuple[str, ...]]]:
        return _Kept, (self.path, self._body, tuple(self._names))

    def value(self, *keys: str | int) -> Value | None:
        """The value that these keys and places lead to."""
        if keys and str(keys[0]) not in self._names:
            return None
        return Document.value(self, *keys)

    @property
    def root(self) -> Group:
        """Its values."""
        return _read(self._body)[0]

    @property
    def lines(self) -> tuple[str, ...]:
        """The text they stand in."""
        return _read(self._body)[1]


def kept(document: Document) -> Document:
    """The same document, kept small. Who reads the same files again and again has it made once."""
    if isinstance(document, _Kept):
        return document
    if not hasattr(document, "small"):
        numbers, texts = list[int](), list[str]()
        _note(document.root, numbers, texts)
        body = zlib.compress(orjson.dumps([numbers, texts, document.lines]), 1)
        small = _Kept(document.path, body, tuple(document.root.entries))
        object.__setattr__(document, "small", small)     # nobody sees a difference
        return small
    return document.small


def packed(document: Document) -> bytes:
    """A document that is kept small, without its path, for `unpacked`."""
    assert isinstance(document, _Kept)
    return orjson.dumps(sorted(document._names)) + b"\n" + document._body


def unpacked(path: str, body: bytes) -> Document:
    """The document that was packed, of the file at a path."""
    names, _, rest = body.partition(b"\n")
    return _Kept(path, rest, tuple(orjson.loads(names)))


@lru_cache(maxsize=SHARED)
def _shared(names: tuple[str, ...]) -> frozenset[str]:
    """Keys of a document: most have the same."""
    return frozenset(names)


def _note(value: Value, numbers: list[int], texts: list[str]) -> None:
    """Note a value and what is below it: four numbers each, and a text for each that is one and for each key."""
    if isinstance(value, Scalar):
        numbers += (NOTHING if value.text is None else TEXT, value.line, value.column, value.width)
        if value.text is not None:
            texts.append(value.text)
    elif isinstance(value, Items):
        numbers += (ITEMS | len(value.items) << 2, value.line, value.column, value.width)
        for each in value.items:
            _note(each, numbers, texts)
    else:
        numbers += (GROUP | len(value.entries) << 2, value.line, value.column, value.width)
        for name, each in value.entries.items():
            _note(value.keys[name], numbers, texts)
            _note(each, numbers, texts)


@lru_cache(maxsize=READ_AT_ONCE)
def _read(body: bytes) -> tuple[Group, tuple[str, ...]]:
    numbers, texts, lines = orjson.loads(zlib.decompress(body))
    root = _value(iter(numbers), iter(texts))
    assert isinstance(root, Group)    # as it was when it was kept
    return root, tuple(lines)


def _value(numbers: Iterator[int], texts: Iterator[str]) -> Value:
    what, line, column, width = next(numbers), next(numbers), next(numbers), next(numbers)
    kind, count = what & 3, what >> 2
    if kind == GROUP:
        entries, keys = dict[str, Value](), dict[str, Scalar]()
        for _ in range(count):
            key = _value(numbers, texts)
            assert isinstance(key, Scalar)
            name = key.text or ""
            keys[name], entries[name] = key, _value(numbers, texts)
        return Group(entries, keys, line, column, width)
    if kind == ITEMS:
        return Items(tuple(_value(numbers, texts) for _ in range(count)), line, column, width)
    return Scalar(next(texts) if kind == TEXT else None, line, column, width)
