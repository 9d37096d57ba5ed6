"""What an object store keeps of former sites: contents by their digests, copied aside before something else takes their place.

An object that this program put carries the digest of its content, and a copy of it does too. It is compared where a content is
brought back, and where it is kept after a deploy that was cut short: what lies at a path then may be of that deploy.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import TypeVar

from cityfolio.model.site import Entry
from cityfolio.publish.deploying.targets.store_clients import Store
from cityfolio.publish.deploying.targets.store_objects import KEPT, listing

T = TypeVar("T")
DIGEST_NAME = "sha256"               # of an object's metadata: what the host does not know itself
PIECE_BYTES = 1 << 20
WORKERS = 16


@dataclass(slots=True)
class Keeping:
    """What is kept, as far as it is known. May be asked from several threads."""

    store: Store
    asked: Callable[[], None]                            # told of each request
    former: Mapping[str, Entry] = field(default_factory=dict)
    doubts: bool = False                                 # whether something else than `former` says may lie there
    known: set[str] | None = None                        # digests that the host lists, less those that were found to be wrong
    places: Mapping[str, str] | None = None
    newly: set[str] = field(default_factory=set)
    sources: dict[str, str] = field(default_factory=dict)      # digest -> where that content lies, as was found out
    alone: dict[str, Lock] = field(default_factory=dict)
    counting: Lock = field(default_factory=Lock)

    def digests(self) -> set[str]:
        """Of all that is kept, as the host lists it."""
        if self.known is None:
            self.known = {path.removeprefix(KEPT) for path in self._ask(partial(listing, self.store, KEPT))}
        return self.known

    def forget(self) -> None:
        """Ask the host anew what it keeps."""
        self.known = None

    def contents(self) -> set[str]:
        """The digests of all that is kept, and of what is seen."""
        return self.digests() | self._places().keys()

    def wrong(self, wanted: Collection[str]) -> set[str]:
        """Which of these contents are there by name, and are something else."""
        named = sorted(set(wanted) & self.contents())
        with ThreadPoolExecutor(WORKERS) as pool:
            return {digest for digest, source in zip(named, pool.map(self.source, named), strict=True) if not source}

    def source(self, digest: str) -> str:
        """Where a content lies, kept or on a path of the site; "" where it is nowhere. It is compared."""
        if digest not in self.sources:
            kept = [f"{KEPT}{digest}"] if digest in self.digests() else []
            places = [self._places()[digest]] if digest in self._places() else []
            found = next((path for path in (*kept, *places) if self.digest_of(path, reads=True) == digest), "")
            if found not in kept:
                self.digests().discard(digest)
            self.sources[digest] = found
        return self.sources[digest]

    def keep(self, path: str, digest: str = "") -> None:
        """Copy what lies at a path to where it is kept, before something else with this digest takes its place."""
        former = self.former.get(path)
        if former and former.sha256 != digest:
            self.hold(path, former.sha256)

    def hold(self, path: str, digest: str) -> None:
        """Keep a content once, wherever it lies, and return when that is confirmed.

        Where there are doubts, what is kept already is compared, and nothing is kept that is something else.
        """
        with self.counting:
            alone = self.alone.setdefault(digest, Lock())
        with alone:
            if digest in self.newly or (digest in (self.known or ()) and self._is(f"{KEPT}{digest}", digest)):
                return
            if self._is(path, digest):
                self.copy(path, f"{KEPT}{digest}")
                self.newly.add(digest)

    def _is(self, path: str, digest: str) -> bool:
        return not self.doubts or self.digest_of(path, reads=True) == digest

    def copy(self, source: str, path: str) -> bool:
        """Copy within the store; False where there is nothing to copy."""
        import obstore

        try:
            self._ask(lambda: obstore.copy(self.store.client, source, path))
        except FileNotFoundError:
            return False
        return True

    def digest_of(self, path: str, *, reads: bool = False) -> str:
        """The digest that was put with an object; "" where there is none, unless it is to be read then."""
        import obstore

        try:
            found = self._ask(lambda: obstore.get(self.store.client, path, options={"head": True}))
            said = str(found.attributes.get(DIGEST_NAME, ""))
            return self._read(path) if reads and not said else said
        except FileNotFoundError:
            return ""

    def pieces(self, path: str) -> Iterator[bytes]:
        """The bytes of an object. Raises FileNotFoundError."""
        import obstore

        found = self._ask(lambda: obstore.get(self.store.client, path))
        pieces = iter(found.stream(min_chunk_size=PIECE_BYTES))
        while (piece := self.store.plainly.ask(lambda: next(pieces, None))) is not None:
            yield bytes(piece)

    def _read(self, path: str) -> str:
        digest = hashlib.sha256()
        for piece in self.pieces(path):
            digest.update(piece)
        return digest.hexdigest()

    def _places(self) -> Mapping[str, str]:
        """Where each content of the site that is seen lies."""
        with self.counting:
            if self.places is None:
                self.places = {entry.sha256: path for path, entry in self.former.items()}
            return self.places

    def _ask(self, act: Callable[[], T]) -> T:
        self.asked()
        return self.store.plainly.ask(act)
