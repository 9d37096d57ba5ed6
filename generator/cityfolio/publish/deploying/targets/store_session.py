"""One deploy to an object store: what is put is seen at once, and what it replaces is kept beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from time import sleep
from typing import TYPE_CHECKING, TypeVar

import orjson

from cityfolio import files
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.target import Generation, Held, Locked, Upload
from cityfolio.publish.deploying.targets.store_clients import Store
from cityfolio.publish.deploying.targets.store_keeping import DIGEST_NAME, WORKERS, Keeping
from cityfolio.publish.deploying.targets.store_lock import LOCK, TAKEN_OVER, StoreLock
from cityfolio.publish.deploying.targets.store_objects import (
    GENERATIONS,
    KEPT,
    LEAVING,
    NEVER,
    OWN,
    body_of,
    delete_all,
    entries_of,
    leaving_in,
    listing,
    live_order,
    orders_of,
    place_of,
    read_manifest,
    version_of,
)
from cityfolio.publish.deploying.written_generations import Order
from cityfolio.publish.headers import ASK_AGAIN

if TYPE_CHECKING:
    from obstore import PutMode

T = TypeVar("T")
MD5 = re.compile(r'"?([0-9a-f]{32})"?')
LARGE_BYTES = 32 << 20
PART_BYTES = 16 << 20
# Former states are cleared when so many more than wanted have come together: clearing asks for a list of all that is kept.
SLACK = 5
JSON = "application/json"


@dataclass(slots=True)
class StoreSession:
    """One deploy. May be asked from several threads."""

    store: Store
    lock: StoreLock
    keep: int
    pause: Callable[[float], None] = sleep
    requests: int = 0
    keeping: Keeping = field(init=False)
    orders: list[Order] = field(default_factory=list)    # of generations
    live: Order = NEVER                                  # the generation that is seen
    before: Order = NEVER                                # and that when the deploy began
    seen: PutMode = "create"                             # the version of the manifest when the deploy began
    begun: Order = NEVER                                 # that of this deploy
    is_committed: bool = False
    was_cut_short: bool = False                          # the deploy before
    left: Mapping[str, str] = field(default_factory=dict)
    wanted: Mapping[str, str] = field(default_factory=dict)      # what is to be put, as far as it was told
    counting: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Keep nothing yet."""
        self.keeping = Keeping(self.store, self.count)

    def count(self) -> None:
        """Count a request."""
        with self.counting:
            self.requests += 1

    def manifest(self) -> Manifest | None:
        """The manifest that visitors get; with it, what is remembered of the generations."""
        body, self.seen = self._ask(partial(version_of, self.store, MANIFEST_PATH))
        manifest = read_manifest(body)
        self.keeping.former = manifest.entries if manifest else {}
        listed = self._ask(partial(listing, self.store, GENERATIONS))
        self.orders = orders_of(listed)
        self.live = self.before = live_order(self.orders, body or b"")
        # Also where somebody removed the lock that was left: a generation that nobody has seen lies after the one that is.
        self.was_cut_short = self.lock.was_left or bool(self.orders and self.orders[-1] != self.live)
        self.keeping.doubts = self.was_cut_short
        self.left = leaving_in(self._ask(partial(body_of, self.store, LEAVING))) if LEAVING in listed else {}
        return manifest

    def unfinished(self) -> Manifest | None:
        """All that any generation has put there or meant to, where the last deploy was cut short.

        Raises Locked where a deploy that was to be tried out alone would find another one at work.
        """
        if self.lock.holder:
            raise self.lock.holder
        if not self.was_cut_short:
            return None
        entries: dict[str, Entry] = {}
        for order in self.orders:
            entries |= entries_of(self._ask(partial(body_of, self.store, place_of(order))))
        return Manifest(entries=entries)

    def leaving(self) -> Mapping[str, str]:
        """What no page names since when."""
        return self.left

    def strange(self, wanted: Mapping[str, str]) -> AbstractSet[str]:
        """What lies where a file is to come that no deploy had there. Asked for only where there is a new one."""
        self.wanted = wanted
        unfinished = self.unfinished()
        known = {*self.keeping.former, *self.left, *(unfinished.entries if unfinished else ())}
        new = {path for path in wanted if path not in known and not is_hashed(path)}
        return new & self._ask(partial(listing, self.store, "")).keys() if self.keeping.former and new else frozenset()

    def kept(self) -> AbstractSet[str]:
        """The digests of what was replaced or removed, and of what is there; of those that are wanted, if they are right."""
        return self.keeping.contents() - self.keeping.wrong(self.wanted.values())

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
            for path, digest in zip(unknown, pool.map(self.keeping.digest_of, unknown), strict=True):
                found[path] = Held(bytes=found[path].bytes, sha256=digest)
        return found

    def begin(self, manifest: bytes, generation: Generation) -> None:
        """Keep the manifest of what is to come. After a deploy that was cut short, find out what is kept already."""
        if self.was_cut_short:
            self.keeping.digests()
        order = 1 + max((number for number, _ in self.orders), default=0), generation.name
        self._put(place_of(order), manifest, JSON)
        self.orders.append(order)
        self.begun = order

    def put(self, upload: Upload) -> None:
        """Keep what is there, then replace it."""
        import obstore

        self.lock.check()
        if self.keep:
            self.keeping.keep(upload.path, upload.sha256)
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
        source = self.keeping.source(sha256)
        if not source:
            return False
        if not source.startswith(KEPT):
            self.keeping.hold(source, sha256)
        if self.keep:
            self.keeping.keep(path, sha256)
        return self.keeping.copy(f"{KEPT}{sha256}", path)

    def remove(self, paths: Sequence[str]) -> None:
        """Keep what is there, then delete it, up to a thousand in one request."""
        self.lock.check()
        if self.keep:
            with ThreadPoolExecutor(WORKERS) as pool:
                list(pool.map(self.keeping.keep, paths))
        self._ask(partial(delete_all, self.store, paths))

    def read(self, path: str) -> Iterable[bytes]:
        """The bytes of an object, in pieces."""
        try:
            yield from self.keeping.pieces(path)
        except FileNotFoundError:
            raise KeyError(path) from None

    def commit(self, manifest: bytes, generation: Generation) -> None:
        """Put the manifest, last of all that is put, and remember which assets only stay.

        On condition that the manifest there is that which the deploy began with.
        """
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        self.lock.check()
        if generation.leaving != self.left:
            self._put(LEAVING, orjson.dumps(dict(generation.leaving)), JSON)
            self.left = generation.leaving
        try:
            self._put(MANIFEST_PATH, manifest, JSON, self.seen if self.lock.is_conditional else None)
        except (AlreadyExistsError, PreconditionError, FileNotFoundError):
            self._refuse_another(manifest)
        self.live, self.is_committed = self.begun, True

    def _refuse_another(self, manifest: bytes) -> None:
        """Raise Locked where another manifest lies there than when the deploy began, unless it is the one that was put."""
        if self._ask(partial(body_of, self.store, MANIFEST_PATH)) != manifest:
            raise Locked(*TAKEN_OVER)

    def close(self) -> None:
        """Clear what is not kept any more, and give the lock back."""
        if self.lock.ended.is_set():
            if not self.lock.is_ours():
                return                   # it was given back already, and the answer was lost
        else:
            self.lock.check()
        if (self.was_cut_short or self.lock.was_left) and not self.is_committed:
            self.lock.leave()            # what the deploy before left undone is still undone
            return
        self.lock.ended.set()
        paths = [f"{KEPT}{digest}" for digest in self._clear()] if self.is_committed else []
        with self.lock.alone:
            self._ask(partial(delete_all, self.store, [*paths, LOCK]))

    def _clear(self) -> Iterator[str]:
        """Remove generations that nobody saw or wants, and give the digests of what was kept for them alone."""
        never_seen = {order for order in self.orders if self.before < order < self.live}
        former = [order for order in self.orders if order < self.live and order not in never_seen]
        surplus = set(former[: len(former) - self.keep]) if len(former) > self.keep + SLACK or not self.keep else set[Order]()
        if gone := [place_of(order) for order in sorted(never_seen | surplus)]:
            self._ask(partial(delete_all, self.store, gone))
        if surplus:
            wanted: set[str] = set()
            for order in set(self.orders) - surplus - never_seen:
                entries = entries_of(self._ask(partial(body_of, self.store, place_of(order))))
                wanted |= {entry.sha256 for entry in entries.values()}
            self.keeping.forget()
            yield from self.keeping.digests() - wanted

    def _put(self, path: str, body: bytes, media_type: str, mode: PutMode | None = None) -> None:
        import obstore

        attributes = {"Content-Type": media_type, "Cache-Control": ASK_AGAIN}
        self._ask(lambda: obstore.put(self.store.client, path, body, attributes=attributes, mode=mode, use_multipart=False))

    def _ask(self, act: Callable[[], T]) -> T:
        self.count()
        return self.store.plainly.ask(act)
