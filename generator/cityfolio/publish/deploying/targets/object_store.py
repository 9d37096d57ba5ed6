"""Object stores: S3 and all that speak its language, Google Cloud Storage, Azure Blob Storage.

They switch nothing: each file is seen as soon as it is put. This program's own bookkeeping lies under `.cityfolio/`, where no
page is: the lock, the manifests of generations, and what was replaced or removed since then, by digest.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from threading import current_thread, main_thread
from time import sleep
from typing import NoReturn

from cityfolio import files
from cityfolio.frozen import Frozen, replace
from cityfolio.publish.addresses import MANIFEST_PATH
from cityfolio.publish.deploying.addresses import Around
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.target import Generation, Refused, Traits
from cityfolio.publish.deploying.targets.store_clients import Store, store_at
from cityfolio.publish.deploying.targets.store_lock import StoreLock
from cityfolio.publish.deploying.targets.store_objects import (
    KEPT,
    body_of,
    delete_all,
    entries_of,
    live_order,
    orders_in,
    place_of,
)
from cityfolio.publish.deploying.targets.store_session import StoreSession
from cityfolio.publish.deploying.written_generations import Order, leading_back
from cityfolio.publish.manifest import from_bytes

TRAITS = Traits(switches=False, keeps_headers=True, locks=True,
                cost="a write operation (class A) for each file that is put, and one more for each that is replaced or removed")


def target(address: str, around: Around) -> ObjectStoreTarget:
    """The bucket or container at an address."""
    return ObjectStoreTarget(store_at(address, around), around.now, only_reads=around.only_reads,
                             breaks_lock=around.breaks_lock)


@contextmanager
def ended_in_words() -> Iterator[None]:
    """Let SIGTERM, as a system that shuts down or a runner that is cancelled sends it, end a deploy as an interrupt does."""
    if current_thread() is not main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield                            # somebody else looks after it
        return
    signal.signal(signal.SIGTERM, _ended)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _ended(number: int, _: object) -> NoReturn:
    raise SystemExit(128 + number)


class ObjectStoreTarget(Frozen):
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
        with ended_in_words():
            session.lock.take(self.pause)
            try:
                yield session
                patiently(session.close, self.pause)
            except BaseException:
                session.lock.leave()
                raise

    def generations(self) -> tuple[Generation, ...]:
        """Former states of which everything is kept."""
        orders = self._orders()
        live = live_order(orders, self._ask(MANIFEST_PATH) or b"")
        deployed = {name: place_of((number, name)) for number, name in orders if (number, name) <= live}
        told = leading_back([Generation(name=name, manifest_sha256=name.rpartition("-")[2]) for name in deployed], live[1])
        return tuple(replace(self._described(each.name, deployed[each.name]), leads_back=each.leads_back) for each in told)

    def manifest_of(self, generation: str) -> bytes:
        """The manifest of a generation."""
        places = [place_of(order) for order in self._orders() if order[1] == generation]
        return self._manifest_at(places[-1] if places else "", generation)

    def purge(self, path: str) -> int:
        """Remove every kept content of a file but the one that is seen now, while no deploy is at work.

        What a deploy that was cut short has left for the next one to find stays.
        """
        with self.session("a purge", 0):
            return self._purge(path)

    def _purge(self, path: str) -> int:
        manifests = [entries_of(self._ask(place_of(order))) for order in self._orders()]
        now = entries_of(self._ask(MANIFEST_PATH))
        digests = {entries[path].sha256 for entries in manifests if path in entries}
        if path in now:
            digests -= {now[path].sha256}
        patiently(partial(delete_all, self.store, [f"{KEPT}{digest}" for digest in sorted(digests)]), self.pause)
        return len(digests)

    def _described(self, name: str, place: str) -> Generation:
        body = self._manifest_at(place, name)
        manifest = from_bytes(body)
        return Generation(name=name, manifest_sha256=files.sha256(body), revision=manifest.revision,
                          bytes=sum(entry.bytes for entry in manifest.entries.values()))

    def _manifest_at(self, place: str, name: str) -> bytes:
        body = self._ask(place) if place else None
        if body is None:
            raise Refused(f"{name} is not kept any more", "Name one that is: `--generations` lists them.")
        return body

    def _orders(self) -> list[Order]:
        return patiently(partial(orders_in, self.store), self.pause)

    def _ask(self, path: str) -> bytes | None:
        return patiently(partial(body_of, self.store, path), self.pause)
