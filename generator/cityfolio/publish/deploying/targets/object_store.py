"""Object stores: S3 and all that speak its language, Google Cloud Storage, Azure Blob Storage.

They switch nothing: each file is seen as soon as it is put. This program's own bookkeeping lies under `.cityfolio/`, where no
page is: the lock, the manifests of generations, and what was replaced or removed since then, by digest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from time import sleep

from cityfolio import files
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.target import Generation, Refused, Traits
from cityfolio.publish.deploying.targets.store_clients import Store, store_at
from cityfolio.publish.deploying.targets.store_lock import StoreLock
from cityfolio.publish.deploying.targets.store_objects import (
    GENERATIONS,
    KEPT,
    NAME,
    body_of,
    delete_all,
    entries_of,
    live_name,
    names_in,
)
from cityfolio.publish.deploying.targets.store_session import StoreSession
from cityfolio.publish.deploying.written_generations import leading_back
from cityfolio.publish.manifest import from_bytes

TRAITS = Traits(switches=False, keeps_headers=True, locks=True,
                cost="a write operation (class A) for each file that is put, and one more for each that is replaced or removed")


def target(address: str, around: Around) -> ObjectStoreTarget:
    """The bucket or container at an address."""
    return ObjectStoreTarget(store_at(address, around), around.now, only_reads=around.only_reads,
                             breaks_lock=around.breaks_lock)


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
        return TRAITS

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
        names = patiently(partial(names_in, self.store), self.pause)
        live = live_name(names, self._ask(MANIFEST_PATH) or b"")
        deploys = [Generation(name=name, manifest_sha256=name.rpartition("-")[2]) for name in names if name <= live]
        told = leading_back(deploys, live)
        return tuple(replace(self._described(each.name), leads_back=each.leads_back) for each in told)

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a generation."""
        body = self._ask(f"{GENERATIONS}{generation}.json") if NAME.fullmatch(generation) else None
        if body is None:
            raise Refused(f"{generation} is not kept any more", "Name one that is: `--generations` lists them.")
        return body

    def purge(self, path: str) -> int:
        """Remove every kept content of a file but the one that is seen now, while no deploy is at work.

        What a deploy that was cut short has left for the next one to find stays.
        """
        with self.session("a purge", 0):
            return self._purge(path)

    def _purge(self, path: str) -> int:
        names = patiently(partial(names_in, self.store), self.pause)
        manifests = [entries_of(self._ask(f"{GENERATIONS}{name}.json")) for name in names]
        now = entries_of(self._ask(MANIFEST_PATH))
        digests = {entries[path].sha256 for entries in manifests if path in entries}
        if path in now:
            digests -= {now[path].sha256}
        patiently(partial(delete_all, self.store, [f"{KEPT}{digest}" for digest in sorted(digests)]), self.pause)
        return len(digests)

    def _described(self, name: str) -> Generation:
        body = self.manifest_of(name)
        manifest = from_bytes(body)
        return Generation(name=name, manifest_sha256=files.sha256(body), revision=manifest.revision,
                          bytes=sum(entry.bytes for entry in manifest.entries.values()))

    def _ask(self, path: str) -> bytes | None:
        return patiently(partial(body_of, self.store, path), self.pause)
