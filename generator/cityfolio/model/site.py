"""What a build makes: outputs, and the manifest that lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, KeysView, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cityfolio.frozen import Frozen, field as member

# Parts of the data list: its filters, /data/topic/ID/ and so on, and its further pages. No dataset may have such an id.
VIEWS = frozenset({"topic", "publisher", "format", "freshness", "status", "page"})

DIGEST_BYTES = 32     # of SHA-256


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


class Entries(Mapping[str, Entry]):
    """Entries by path, each held in a third of what it takes: a site may have many.

    They are made when they are asked for.
    """

    __slots__ = ("_held",)

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}     # the digest, and then the size with a bit for what is made

    def __setitem__(self, path: str, entry: Entry) -> None:
        number = entry.bytes << 1 | entry.is_made
        self._held[path] = bytes.fromhex(entry.sha256) + number.to_bytes(number.bit_length() // 8 + 1, "big")

    def __getitem__(self, path: str) -> Entry:
        held = self._held[path]
        number = int.from_bytes(held[DIGEST_BYTES:], "big")
        return Entry(path=path, bytes=number >> 1, sha256=held[:DIGEST_BYTES].hex(), is_made=number & 1 == 1)

    def __contains__(self, path: object) -> bool:
        return path in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def keys(self) -> KeysView[str]:
        """The paths."""
        return self._held.keys()


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
