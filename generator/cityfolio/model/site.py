"""What a build makes: outputs, and the manifest that lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from cityfolio.frozen import Frozen, field as member

# Parts of the data list: its filters, /data/topic/ID/ and so on, and its further pages. No dataset may have such an id.
VIEWS = frozenset({"topic", "publisher", "format", "freshness", "status", "page"})

DIGEST_BYTES = 32     # of SHA-256
KIND_BYTES, SOURCE_BYTES = 2, 4     # of their numbers
SOURCE_AT = DIGEST_BYTES + KIND_BYTES
HEAD_BYTES = SOURCE_AT + SOURCE_BYTES


class CopyOf(Frozen, kw_only=True, gc=False):
    """Bytes that are published as they are in the catalog. Nothing holds them in memory."""

    path: str                     # in the catalog
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """Bytes that were made for this build and lie in a file outside the catalog. Nothing holds them in memory."""

    path: str                     # on disk
    bytes: int
    sha256: str
    lay: Callable[[], None] | None = field(default=None, compare=False, repr=False)   # brings it there, where it may be missing
    # Of Parquet that need not be read for it. Any: as JSON has it.
    outline: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)

    def at_hand(self) -> str:
        """Its path, where it lies from now on. What nobody reads need not be brought there."""
        if self.lay is not None:
            self.lay()
        return self.path


Told = TypeVar("Told")
Draw = Callable[[], bytes]
Read = Callable[[], Iterator[bytes]]


class Drawn(Frozen, kw_only=True):
    """Bytes that were drawn for a build before, of the very same, and are drawn again where they are not at hand."""

    bytes: int
    sha256: str
    draw: Draw


@dataclass(frozen=True, slots=True, kw_only=True)
class InPieces:
    """Bytes that were made for this build, and are too many to be held. No value in them lies in two pieces."""

    bytes: int
    sha256: str
    read: Read = field(compare=False, repr=False)


class Output(Frozen, kw_only=True):
    """One file of the site. `url` is a site path: "/data/trees/" is written as data/trees/index.html."""

    url: str
    body: bytes | CopyOf | Made | Drawn | InPieces
    media_type: str
    kind: str                     # page type ("dataset", "list", ...) or "asset", "feed", "data", "export"
    source: str                   # what it was made from, for messages: a catalog path or a template
    updated: date | None = None   # for the sitemap


class Entry(Frozen, kw_only=True):
    """One line of a manifest."""

    path: str                     # in the output folder: "data/trees/index.html"
    bytes: int
    sha256: str
    is_made: bool = False         # an export: the same rows as another file, in a format that a city may stop to offer


class _Held(Mapping[str, Told]):
    """Something told of each path of which something is held."""

    __slots__ = ("_held",)

    def __init__(self, held: dict[str, bytes]) -> None:
        self._held = held

    def __contains__(self, path: object) -> bool:
        return path in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class Entries(_Held[Entry]):
    """The entries of a new site by path, and of each what kind of file it is and what it was made from.

    A site may have a million: they are held in one place, in a fifth of what entries and two dictionaries beside them would
    take, and made when they are asked for.
    """

    __slots__ = ("_kinds", "_numbers", "_sources", "kinds", "sources")

    def __init__(self) -> None:
        # Of a path the digest, the numbers of its kind and source, and then the size with a bit for what is made.
        super().__init__({})
        self._numbers: dict[str, int] = {}
        self._kinds, self._sources = list[str](), list[str]()
        self.kinds: Mapping[str, str] = _Of(self._held, self._kinds, slice(DIGEST_BYTES, SOURCE_AT))
        self.sources: Mapping[str, str] = _Of(self._held, self._sources, slice(SOURCE_AT, HEAD_BYTES))

    def hold(self, entry: Entry, kind: str, source: str) -> None:
        """Add an entry. A source is held once for all files that follow one another."""
        if kind not in self._numbers:
            self._numbers[kind] = len(self._kinds)
            self._kinds.append(kind)
        if not self._sources or self._sources[-1] != source:
            self._sources.append(source)
        number, at = entry.bytes << 1 | entry.is_made, len(self._sources) - 1
        self._held[entry.path] = b"".join((
            bytes.fromhex(entry.sha256), self._numbers[kind].to_bytes(KIND_BYTES), at.to_bytes(SOURCE_BYTES),
            number.to_bytes(number.bit_length() // 8 + 1)))

    def __getitem__(self, path: str) -> Entry:
        held = self._held[path]
        number = int.from_bytes(held[HEAD_BYTES:])
        return Entry(path=path, bytes=number >> 1, sha256=held[:DIGEST_BYTES].hex(), is_made=number & 1 == 1)

    def keys(self) -> KeysView[str]:
        """The paths."""
        return self._held.keys()


class _Of(_Held[str]):
    """Of what is held by path a text, which is told by its number."""

    __slots__ = ("_texts", "_where")

    def __init__(self, held: dict[str, bytes], texts: Sequence[str], where: slice) -> None:
        super().__init__(held)
        self._texts, self._where = texts, where

    def __getitem__(self, path: str) -> str:
        return self._texts[int.from_bytes(self._held[path][self._where])]


class Manifest(Frozen, kw_only=True):
    """Every file of a site, by path. Nothing is in the output that it does not list, but itself."""

    entries: Mapping[str, Entry] = member(default_factory=dict)
    made_by: str = ""             # "cityfolio 0.1.0"
    base_url: str = ""
    revision: str = ""            # commit of the catalog, "" when it has none
    committed: str = ""           # when that was, in UTC: "2026-11-26T13:15:00Z"
    # Kind of file -> what a deploy told the host of such files beside their bytes. A build says nothing of it.
    sent: Mapping[str, str] = member(default_factory=dict)


class Change(Frozen, kw_only=True):
    """What a write did to the output folder, in files."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
