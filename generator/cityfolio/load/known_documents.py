"""The documents and records of datasets as a build before read them, by their bytes: after an edit one is read, and not all.

Documents are kept as `kept` makes them, those alone in which nothing was wrong, and with each the record that was read from it,
if nothing was wrong in that either. There is one entry of the cache for each first digit of their digests. One build reads all
that there are of a catalog, so what it did not ask for is let go. A file that nothing touched is not even read: its digest is
known by how it looks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, NamedTuple, Protocol

import orjson

from cityfolio.cache import Keep
from cityfolio.files import Node
from cityfolio.frozen import Frozen
from cityfolio.load.kept import packed, unpacked
from cityfolio.load.known_looks import KnownLooks, Looked
from cityfolio.load.known_records import record_told, told
from cityfolio.load.yaml import Document

FORM = "4"                        # raised with every change to how they are written
DIGITS = "0123456789abcdef"


class Found(NamedTuple):
    """What is known of a file: all that its bytes say, or nothing."""

    key: str = ""
    document: Document | None = None
    record: Any = None            # Any: of the type that was asked for; None where something was wrong in it


NOT_FOUND = Found()


class Memory(Protocol):
    """What is known of files that were read before."""

    def begin(self, nodes: Mapping[str, Node], languages: tuple[str, ...]) -> None:
        """Begin with a catalog of these files, whose site has these languages."""

    def untouched(self, path: str, record: type[Any]) -> Found:
        """What is known of a file that looks as it did, which needs not be read for it."""

    def found(self, path: str, body: bytes, record: type[Any], languages: tuple[str, ...]) -> Found:
        """What is known of a file of these bytes, on a site of these languages, that holds a record of a type."""

    def note(self, key: str, document: Document, record: object | None) -> None:
        """What was read now, by the key of what was found: a document that is kept small, and the record if it is sound."""


class NoMemory(Frozen):
    """Nothing is known."""

    def begin(self, nodes: Mapping[str, Node], languages: tuple[str, ...]) -> None:
        """Nothing comes of it."""

    def untouched(self, path: str, record: type[Any]) -> Found:
        """Always nothing."""
        return NOT_FOUND

    def found(self, path: str, body: bytes, record: type[Any], languages: tuple[str, ...]) -> Found:
        """Always nothing."""
        return NOT_FOUND

    def note(self, key: str, document: Document, record: object | None) -> None:
        """Keep nothing."""


NO_MEMORY = NoMemory()


class _Entry(NamedTuple):
    record: bytes                 # b"" where something was wrong in it
    document: bytes


@dataclass(slots=True)
class KnownDocuments:
    """The documents of one catalog."""

    cache: Keep
    made_by: str                  # a digest of the program, and the catalog's folder
    looks: KnownLooks = field(default_factory=KnownLooks)                  # of the catalog's files
    before: dict[str, dict[str, _Entry]] = field(default_factory=dict)     # by the first digit, when it is first asked for
    now: dict[str, _Entry] = field(default_factory=dict)
    looked: Looked | None = None                                           # the digests of documents, by how their files look

    def begin(self, nodes: Mapping[str, Node], languages: tuple[str, ...]) -> None:
        """Begin with a catalog of these files, whose site has these languages."""
        self.looked = self.looks.of(" ".join(("documents", FORM, *languages)), nodes)

    def untouched(self, path: str, record: type[Any]) -> Found:
        """What is known of a file that looks as it did, which needs not be read for it."""
        digest = self.looked.found(path) if self.looked else None
        return self._known(path, digest.hex(), record) if digest else NOT_FOUND

    def found(self, path: str, body: bytes, record: type[Any], languages: tuple[str, ...]) -> Found:
        """What is known of a file of these bytes, on a site of these languages, that holds a record of a type."""
        digest = sha256(" ".join((record.__name__, *languages, "")).encode())
        digest.update(body)
        if self.looked:
            self.looked.note(path, digest.digest())
        return self._known(path, digest.hexdigest(), record)

    def _known(self, path: str, key: str, record: type[Any]) -> Found:
        known = self._before(key[0]).get(key)
        if known is None:
            return Found(key)
        self.now[key] = known
        return Found(key, unpacked(path, known.document), record_told(record, known.record) if known.record else None)

    def note(self, key: str, document: Document, record: object | None) -> None:
        """What was read now, by the key of what was found: a document that is kept small, and the record if it is sound."""
        self.now[key] = _Entry(b"" if record is None else told(record), packed(document))

    def keep(self) -> None:
        """Keep those that were read, and let go of all."""
        by_digit: dict[str, dict[str, _Entry]] = {digit: {} for digit in DIGITS}
        for key in sorted(self.now):
            by_digit[key[0]][key] = self.now[key]
        for digit, found in by_digit.items():
            if found.keys() != self._before(digit).keys():
                listed = orjson.dumps([[key, len(entry.record), len(entry.document)] for key, entry in found.items()])
                bodies = (body for entry in found.values() for body in entry)
                self.cache.put(self._name(digit), b"\n".join((listed, b"".join(bodies))))
        if self.looked:
            self.looked.keep()
        self.before, self.now, self.looked = {}, {}, None

    def _before(self, digit: str) -> dict[str, _Entry]:
        if digit not in self.before:
            self.before[digit] = _listed(self.cache.get(self._name(digit)) or b"[]\n")
        return self.before[digit]

    def _name(self, digit: str) -> str:
        return f"documents {FORM}, {digit} of {self.made_by}"


def _listed(body: bytes) -> dict[str, _Entry]:
    at = body.index(b"\n") + 1
    found = {}
    for key, size, more in orjson.loads(body[:at]):
        found[key] = _Entry(body[at:at + size], body[at + size:at + size + more])
        at += size + more
    return found
