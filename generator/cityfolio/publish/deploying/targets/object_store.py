"""Object stores: S3 and all that speak its language, Google Cloud Storage, Azure Blob Storage.

They switch nothing: each file is seen as soon as it is put. This program's own bookkeeping lies under `.cityfolio/`, where no page
is: the lock, the manifests of generations, and what was replaced or removed since then, by digest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from threading import Lock
from time import sleep
from typing import TypeVar

import orjson

from cityfolio import files
from cityfolio.model.site import Entry, Manifest
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.target import Generation, Held, Refused, Traits, Upload
from cityfolio.publish.deploying.targets.store_clients import Store, store_at
from cityfolio.publish.deploying.targets.store_lock import LOCK, StoreLock
from cityfolio.publish.headers import ASK_AGAIN
from cityfolio.publish.manifest import from_bytes

T = TypeVar("T")
OWN = ".cityfolio/"
GENERATIONS = f"{OWN}generations/"
LEAVING = f"{GENERATIONS}leaving.json"
KEPT = f"{OWN}kept/"
DIGEST_NAME = "sha256"               # of an object's metadata: what the host does not know itself
MD5 = re.compile(r'"?([0-9a-f]{32})"?')
NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{8}")
PAGE = 1000                          # names in one answer to a list
LARGE_BYTES = 32 << 20
PART_BYTES = 16 << 20
# Former states are cleared when so many more than wanted have come together: clearing asks for a list of all that is kept.
SLACK = 5
WORKERS = 16
JSON = "application/json"


def target(address: str, around: Around) -> ObjectStoreTarget:
    """The bucket or container at an address."""
    return ObjectStoreTarget(store_at(address, around), around.now, only_reads=around.only_reads, breaks_lock=around.breaks_lock)


@dataclass(frozen=True, slots=True)
class ObjectStoreTarget:
    """A bucket or container, or a folder in one."""

    store: Store
    now: Callable[[], datetime]
    only_reads: bool = False
    breaks_lock: bool = False
    pause: Callable[[float], None] = sleep

    @property
    def name(self) -> str:
        """Its address."""
        return self.store.name

    @property
    def traits(self) -> Traits:
        """It does not switch; it locks, where it takes conditional requests."""
        return Traits(switches=False, keeps_headers=True, locks=True,
                      cost="a write operation for each file put, replaced, copied or listed (class A), a read operation for each read")

    @contextmanager
    def session(self, owner: str, keep: int) -> Iterator[StoreSession]:
        """Begin a deploy: take the lock, and give it back when all is done; else leave it for the next deploy to find."""
        session = StoreSession(self.store, StoreLock(self.store, owner, self.now, self.breaks_lock), keep, self.pause)
        session.lock.asked = session.count
        if self.only_reads:
            patiently(session.lock.look, self.pause)
            yield session
            return
        session.lock.take(self.pause)
        try:
            yield session
            patiently(session.close, self.pause)
        except BaseException:
            session.lock.leave()
            raise

    def generations(self) -> tuple[Generation, ...]:
        """Former states of which everything is kept."""
        names = patiently(partial(_names, self.store), self.pause)
        live = _live(names, self._ask(MANIFEST_PATH) or b"")
        return tuple(self._described(name) for name in reversed(names) if name < live)

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a generation."""
        body = self._ask(f"{GENERATIONS}{generation}.json") if NAME.fullmatch(generation) else None
        if body is None:
            raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")
        return body

    def purge(self, path: str) -> int:
        """Remove every kept content of a file but the one that is seen now."""
        manifests = [_entries(self._ask(f"{GENERATIONS}{name}.json")) for name in patiently(partial(_names, self.store), self.pause)]
        now = _entries(self._ask(MANIFEST_PATH))
        digests = {entries[path].sha256 for entries in manifests if path in entries}
        if path in now:
            digests -= {now[path].sha256}
        patiently(partial(_remove, self.store, [f"{KEPT}{digest}" for digest in sorted(digests)]), self.pause)
        return len(digests)

    def _described(self, name: str) -> Generation:
        body = self.manifest_of(name)
        manifest = from_bytes(body)
        return Generation(name=name, manifest_sha256=files.sha256(body), revision=manifest.revision,
                          bytes=sum(entry.bytes for entry in manifest.entries.values()))

    def _ask(self, path: str) -> bytes | None:
        return patiently(partial(_body, self.store, path), self.pause)


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
    counting: Lock = field(default_factory=Lock)

    def count(self) -> None:
        """Count a request."""
        with self.counting:
            self.requests += 1

    def manifest(self) -> Manifest | None:
        """The manifest that visitors get; with it, what is remembered of the generations."""
        body = self._ask(partial(_body, self.store, MANIFEST_PATH))
        manifest = _manifest(body)
        self.former = manifest.entries if manifest else {}
        listed = self._ask(partial(_listed, self.store, GENERATIONS))
        self.names = _generation_names(listed)
        self.live = self.before = _live(self.names, body or b"")
        self.left = _leaving(self._ask(partial(_body, self.store, LEAVING))) if LEAVING in listed else {}
        return manifest

    def unfinished(self) -> Manifest | None:
        """All that any generation has put there or meant to, where the last deploy left its lock."""
        if not self.lock.was_left:
            return None
        entries: dict[str, Entry] = {}
        for name in self.names:
            entries |= _entries(self._ask(partial(_body, self.store, f"{GENERATIONS}{name}.json")))
        return Manifest(entries=entries)

    def leaving(self) -> Mapping[str, str]:
        """What no page names since when."""
        return self.left

    def kept(self) -> AbstractSet[str]:
        """The digests of what was replaced or removed, and of what is there."""
        return self._known_kept() | {entry.sha256 for entry in self.former.values()}

    def held(self) -> Mapping[str, Held]:
        """What lies beside the bookkeeping. Where the host knows no MD5, the digest that was put with the object is asked for."""
        found, unknown = dict[str, Held](), list[str]()
        for path, (size, e_tag) in self._ask(partial(_listed, self.store, "")).items():
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
        """Copy, within the store, what was kept; or what lies at another path of the site."""
        self.lock.check()
        source = f"{KEPT}{sha256}"
        if sha256 not in self._known_kept():
            source = next((other for other, entry in self.former.items() if entry.sha256 == sha256), source)
        self._keep(path, sha256)
        return self._copy(source, path)

    def remove(self, paths: Sequence[str]) -> None:
        """Keep what is there, then delete it, up to a thousand in one request."""
        self.lock.check()
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(self._keep, paths))
        self._ask(partial(_remove, self.store, paths))

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
        self._ask(partial(_remove, self.store, [*paths, LOCK]))

    def _clear(self) -> Iterator[str]:
        """Remove generations that nobody saw or wants, and give the digests of what was kept for them alone."""
        never_seen = {name for name in self.names if self.before < name < self.live}
        former = [name for name in self.names if name < self.live and name not in never_seen]
        surplus = set(former[: len(former) - self.keep]) if len(former) > self.keep + SLACK or not self.keep else set[str]()
        if gone := [f"{GENERATIONS}{name}.json" for name in sorted(never_seen | surplus)]:
            self._ask(partial(_remove, self.store, gone))
        if surplus:
            wanted: set[str] = set()
            for name in set(self.names) - surplus - never_seen:
                entries = _entries(self._ask(partial(_body, self.store, f"{GENERATIONS}{name}.json")))
                wanted |= {entry.sha256 for entry in entries.values()}
            self.known_kept = None
            yield from self._known_kept() - wanted

    def _keep(self, path: str, sha256: str = "") -> None:
        """Copy what lies at a path to where it is kept, before something else with this digest takes its place."""
        former = self.former.get(path)
        if self.keep and former and former.sha256 != sha256 and former.sha256 not in (self.known_kept or ()):
            self._copy(path, f"{KEPT}{former.sha256}")

    def _copy(self, source: str, path: str) -> bool:
        import obstore

        try:
            self._ask(lambda: obstore.copy(self.store.client, source, path))
        except FileNotFoundError:
            return False
        return True

    def _known_kept(self) -> AbstractSet[str]:
        if self.known_kept is None:
            self.known_kept = {path.removeprefix(KEPT) for path in self._ask(partial(_listed, self.store, KEPT))}
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


def _body(store: Store, path: str) -> bytes | None:
    import obstore

    try:
        found = store.plainly.ask(lambda: obstore.get(store.client, path))
        return bytes(store.plainly.ask(found.bytes))
    except FileNotFoundError:
        return None


def _listed(store: Store, prefix: str) -> Mapping[str, tuple[int, str]]:
    import obstore

    def listed() -> dict[str, tuple[int, str]]:
        pages = obstore.list(store.client, prefix.rstrip("/") or None, chunk_size=PAGE)
        return {each["path"]: (each["size"], each["e_tag"] or "") for page in pages for each in page}

    return store.plainly.ask(listed)


def _remove(store: Store, paths: Sequence[str]) -> None:
    import obstore

    try:
        store.plainly.ask(lambda: obstore.delete(store.client, list(paths)))
    except FileNotFoundError:            # some hosts say so of one that was gone, and leave the others
        for path in paths:
            try:
                store.plainly.ask(partial(obstore.delete, store.client, path))
            except FileNotFoundError:
                continue


def _names(store: Store) -> list[str]:
    return _generation_names(_listed(store, GENERATIONS))


def _generation_names(listed: Iterable[str]) -> list[str]:
    names = (path.removeprefix(GENERATIONS).removesuffix(".json") for path in listed)
    return sorted(name for name in names if NAME.fullmatch(name))


def _live(names: Sequence[str], manifest: bytes) -> str:
    """The newest generation that has the manifest which is seen; "" where there is none."""
    digest = files.sha256(manifest)[:8]
    return next((name for name in reversed(names) if name.endswith(digest)), "")


def _manifest(body: bytes | None) -> Manifest | None:
    try:
        return from_bytes(body) if body is not None else None
    except ValueError:
        return None


def _entries(body: bytes | None) -> Mapping[str, Entry]:
    manifest = _manifest(body)
    return manifest.entries if manifest else {}


def _leaving(body: bytes | None) -> Mapping[str, str]:
    try:
        said = orjson.loads(body or b"{}")
    except ValueError:
        return {}
    return {str(path): str(since) for path, since in said.items()} if isinstance(said, dict) else {}
