"""One deploy to an object store: what is put is seen at once, and what it replaces is kept beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from time import sleep
from typing import TypeVar

import orjson

from cityfolio import files
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.target import Generation, Held, Upload
from cityfolio.publish.deploying.targets.store_clients import Store
from cityfolio.publish.deploying.targets.store_lock import LOCK, StoreLock
from cityfolio.publish.deploying.targets.store_objects import (
    GENERATIONS,
    KEPT,
    LEAVING,
    OWN,
    body_of,
    delete_all,
    entries_of,
    generation_names,
    leaving_in,
    listing,
    live_name,
    read_manifest,
)
from cityfolio.publish.headers import ASK_AGAIN

T = TypeVar("T")
DIGEST_NAME = "sha256"               # of an object's metadata: what the host does not know itself
MD5 = re.compile(r'"?([0-9a-f]{32})"?')
LARGE_BYTES = 32 << 20
PART_BYTES = 16 << 20
# Former states are cleared when so many more than wanted have come together: clearing asks for a list of all that is kept.
SLACK = 5
WORKERS = 16
JSON = "application/json"


@dataclass(slots=True)
class StoreSession:
    """One deploy. May be asked from several threads."""

    store: Store
    lock: StoreLock
    keep: int
    pause: Callable[[float], None] = sleep
    requests: int = 0
    former: Mapping[str, Entry] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)       # of generations
    live: str = ""                                       # the generation that is seen
    before: str = ""                                     # and that when the deploy began
    is_committed: bool = False
    left: Mapping[str, str] = field(default_factory=dict)
    known_kept: AbstractSet[str] | None = None
    places: Mapping[str, str] | None = None
    newly_kept: set[str] = field(default_factory=set)
    keeping: dict[str, Lock] = field(default_factory=dict)
    counting: Lock = field(default_factory=Lock)

    def count(self) -> None:
        """Count a request."""
        with self.counting:
            self.requests += 1

    def manifest(self) -> Manifest | None:
        """The manifest that visitors get; with it, what is remembered of the generations."""
        body = self._ask(partial(body_of, self.store, MANIFEST_PATH))
        manifest = read_manifest(body)
        self.former = manifest.entries if manifest else {}
        listed = self._ask(partial(listing, self.store, GENERATIONS))
        self.names = generation_names(listed)
        self.live = self.before = live_name(self.names, body or b"")
        self.left = leaving_in(self._ask(partial(body_of, self.store, LEAVING))) if LEAVING in listed else {}
        return manifest

    def unfinished(self) -> Manifest | None:
        """All that any generation has put there or meant to, where the last deploy left its lock."""
        if not self.lock.was_left:
            return None
        entries: dict[str, Entry] = {}
        for name in self.names:
            entries |= entries_of(self._ask(partial(body_of, self.store, f"{GENERATIONS}{name}.json")))
        return Manifest(entries=entries)

    def leaving(self) -> Mapping[str, str]:
        """What no page names since when."""
        return self.left

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What lies where a file is to come that no deploy had there. Asked for only where there is a new one."""
        unfinished = self.unfinished()
        known = {*self.former, *self.left, *(unfinished.entries if unfinished else ())}
        new = {path for path in wanted if path not in known and not is_hashed(path)}
        return new & self._ask(partial(listing, self.store, "")).keys() if self.former and new else frozenset()

    def kept(self) -> AbstractSet[str]:
        """The digests of what was replaced or removed, and of what is there."""
        return self._known_kept() | self._places().keys()

    def held(self) -> Mapping[str, Held]:
        """What lies beside the bookkeeping. Where the host knows no MD5, the digest that was put with a file is asked for."""
        found, unknown = dict[str, Held](), list[str]()
        for path, (size, e_tag) in self._ask(partial(listing, self.store, "")).items():
            if path.startswith(OWN):
                continue
            md5 = MD5.fullmatch(e_tag) if self.store.scheme == "s3" else None
            found[path] = Held(bytes=size, md5=md5[1] if md5 else "")
            unknown += [] if md5 else [path]
        with ThreadPoolExecutor(WORKERS) as pool:
            for path, digest in zip(unknown, pool.map(self._digest_of, unknown), strict=True):
                found[path] = Held(bytes=found[path].bytes, sha256=digest)
        return found

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Keep the manifest of what is to come. After a deploy that was cut short, find out what is kept already."""
        if self.lock.was_left:
            self._known_kept()
        self._put(f"{GENERATIONS}{generation.name}.json", manifest, JSON)
        self.names.append(generation.name)

    def put(self, upload: Upload) -> None:
        """Keep what is there, then replace it."""
        import obstore

        self.lock.check()
        self._keep(upload.path, upload.sha256)
        attributes = {"Content-Type": upload.content_type, "Cache-Control": upload.cache_control, DIGEST_NAME: upload.sha256}
        if upload.encoding:
            attributes["Content-Encoding"] = upload.encoding
        is_large = upload.bytes > LARGE_BYTES
        body = upload.source if is_large else files.read_bytes(upload.source)
        self._ask(lambda: obstore.put(self.store.client, upload.path, body, attributes=attributes, use_multipart=is_large,
                                      chunk_size=PART_BYTES))

    def put_back(self, path: str, sha256: str) -> bool:
        """Copy, within the store, what was kept. What only lies at another path of the site is kept first, lest it be lost."""
        self.lock.check()
        if sha256 not in self._known_kept():
            if sha256 not in self._places():
                return False
            self._hold(self._places()[sha256], sha256)
        self._keep(path, sha256)
        return self._copy(f"{KEPT}{sha256}", path)

    def remove(self, paths: Sequence[str]) -> None:
        """Keep what is there, then delete it, up to a thousand in one request."""
        self.lock.check()
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._keep, paths))
        self._ask(partial(delete_all, self.store, paths))

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of an object, in pieces."""
        import obstore

        try:
            found = self._ask(lambda: obstore.get(self.store.client, path))
        except FileNotFoundError:
            raise KeyError(path) from None
        pieces = iter(found.stream(min_chunk_size=1 << 20))
        while (piece := self.store.plainly.ask(lambda: next(pieces, None))) is not None:
            yield bytes(piece)

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Put the manifest, last of all that is put, and remember which assets only stay."""
        self.lock.check()
        if generation.leaving != self.left:
            self._put(LEAVING, orjson.dumps(dict(generation.leaving)), JSON)
            self.left = generation.leaving
        self._put(MANIFEST_PATH, manifest, JSON)
        self.live, self.is_committed = generation.name, True

    def close(self) -> None:
        """Clear what is not kept any more, and give the lock back."""
        self.lock.check()
        if self.lock.was_left and not self.is_committed:
            self.lock.leave()            # what the deploy before left undone is still undone
            return
        if self.lock.ended.is_set() and not self.lock.is_ours():
            return                       # it was given back already, and the answer was lost
        self.lock.ended.set()
        paths = [f"{KEPT}{digest}" for digest in self._clear()] if self.is_committed else []
        self._ask(partial(delete_all, self.store, [*paths, LOCK]))

    def _clear(self) -> Iterator[str]:
        """Remove generations that nobody saw or wants, and give the digests of what was kept for them alone."""
        never_seen = {name for name in self.names if self.before < name < self.live}
        former = [name for name in self.names if name < self.live and name not in never_seen]
        surplus = set(former[: len(former) - self.keep]) if len(former) > self.keep + SLACK or not self.keep else set[str]()
        if gone := [f"{GENERATIONS}{name}.json" for name in sorted(never_seen | surplus)]:
            self._ask(partial(delete_all, self.store, gone))
        if surplus:
            wanted: set[str] = set()
            for name in set(self.names) - surplus - never_seen:
                entries = entries_of(self._ask(partial(body_of, self.store, f"{GENERATIONS}{name}.json")))
                wanted |= {entry.sha256 for entry in entries.values()}
            self.known_kept = None
            yield from self._known_kept() - wanted

    def _keep(self, path: str, sha256: str = "") -> None:
        """Copy what lies at a path to where it is kept, before something else with this digest takes its place."""
        former = self.former.get(path)
        if self.keep and former and former.sha256 != sha256:
            self._hold(path, former.sha256)

    def _hold(self, path: str, sha256: str) -> None:
        """Keep a content once, wherever it lies, and return when that is confirmed."""
        with self.counting:
            alone = self.keeping.setdefault(sha256, Lock())
        with alone:
            if sha256 not in self.newly_kept and sha256 not in (self.known_kept or ()):
                self._copy(path, f"{KEPT}{sha256}")
                self.newly_kept.add(sha256)

    def _places(self) -> Mapping[str, str]:
        """Where each content of the site that is seen lies."""
        with self.counting:
            if self.places is None:
                self.places = {entry.sha256: path for path, entry in self.former.items()}
            return self.places

    def _copy(self, source: str, path: str) -> bool:
        import obstore

        try:
            self._ask(lambda: obstore.copy(self.store.client, source, path))
        except FileNotFoundError:
            return False
        return True

    def _known_kept(self) -> AbstractSet[str]:
        if self.known_kept is None:
            self.known_kept = {path.removeprefix(KEPT) for path in self._ask(partial(listing, self.store, KEPT))}
        return self.known_kept

    def _digest_of(self, path: str) -> str:
        import obstore

        try:
            found = self._ask(lambda: obstore.get(self.store.client, path, options={"head": True}))
        except FileNotFoundError:
            return ""
        return str(found.attributes.get(DIGEST_NAME, ""))

    def _put(self, path: str, body: bytes, media_type: str) -> None:
        import obstore

        attributes = {"Content-Type": media_type, "Cache-Control": ASK_AGAIN}
        self._ask(lambda: obstore.put(self.store.client, path, body, attributes=attributes, use_multipart=False))

    def _ask(self, act: Callable[[], T]) -> T:
        self.count()
        return self.store.plainly.ask(act)
