"""The lock of an object store: a small object that only one deploy can make, and that ends by itself when nobody renews it.

How old it is, the host tells: the clocks of two machines differ. While a deploy works it renews the lock on condition that
nobody else has written it since, and before each request that changes anything it makes sure that this was so moments ago. Who
lost it stops.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, TypeVar

import orjson

from cityfolio.frozen import Frozen
from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.target import Locked, Refused
from cityfolio.publish.deploying.targets.store_clients import Store
from cityfolio.publish.deploying.targets.store_objects import OWN, unchanged_since

if TYPE_CHECKING:
    from obstore import PutMode

T = TypeVar("T")
LOCK = f"{OWN}lock.json"
MOMENT = f"{OWN}moment.json"         # written and removed at once, to learn what the time is at the host
LASTS = timedelta(minutes=5)
RENEW_SECONDS = 60.0
SURE_FOR = timedelta(seconds=5)      # so long a deploy goes on before it asks again whether the lock is its own
SETTLE = timedelta(seconds=10)       # and so old one that breaks the lock of another lets it become: that has noticed by then
TRIES = 5
NUMBERS = count(1)                   # tells the deploys of one process apart
UNSUPPORTED = "501"
TAKEN_OVER = ("another deploy has taken over, and this one has stopped: it committed nothing",
              "Wait until the other one has ended, and look at the site with --verify.")
UNREADABLE = "unreadable"            # in place of what a lock says, with the moment since when it lies there


class Found(Frozen):
    """A lock as it lies there."""

    said: dict[str, object]
    version: PutMode
    written: datetime               # by the host's clock


@dataclass(slots=True)
class StoreLock:
    """The lock that one deploy holds, or looks at. May be asked from several threads."""

    store: Store
    owner: str
    now: Callable[[], datetime]
    breaks: bool = False
    asked: Callable[[], None] = lambda: None     # told of each request
    was_left: bool = False                       # by a deploy that did not come to its end
    is_lost: bool = False
    is_conditional: bool = True                  # whether the host can put an object on condition that there is none
    holder: Locked | None = None                 # of a look: who is at work
    version: PutMode | None = None
    since: str = ""
    sure: datetime | None = None                 # when it was last known to be held
    number: int = field(default_factory=lambda: next(NUMBERS))
    ended: Event = field(default_factory=Event)
    alone: Lock = field(default_factory=Lock)

    def take(self, pause: Callable[[float], None]) -> None:
        """Take the lock. Raises Locked where another deploy holds it, and Refused."""
        self.since = self.now().isoformat()
        if (seconds := patiently(self._take, pause, TRIES).total_seconds()) > 0:
            pause(seconds)
        Thread(target=self._keep_up, daemon=True).start()

    def look(self) -> None:
        """See whether a deploy left its lock behind, or is at work, and take nothing.

        Nothing is written, so that what the time is at the host cannot be known; the clock here is taken for it.
        """
        found = self._found()
        self.was_left = found is not None
        if found and not self.breaks and str(found.said.get("until", UNREADABLE)) > self.now().isoformat():
            self.holder = self._at_work(found)

    def leave(self) -> None:
        """Give the lock up as that of a deploy which did not come to its end: the next one begins at once, and knows."""
        from obstore.exceptions import BaseError

        self.ended.set()
        with self.alone:
            try:
                if not self.is_lost and (self.is_conditional or self._is_ours()):
                    self._put(self._body(self.now(), is_left=True), self.version)
            except (Refused, BaseError, FileNotFoundError):
                return                    # then it ends by itself

    def check(self) -> None:
        """Raise Locked where another deploy has taken the lock. The host is asked, unless that was done a moment ago."""
        with self.alone:
            if self.is_lost or self.sure is None or abs(self.now() - self.sure) > SURE_FOR:
                self._confirm()

    def is_ours(self) -> bool:
        """Ask whether the lock is there and is that of this deploy."""
        with self.alone:
            return self._is_ours()

    def _take(self) -> timedelta:
        """Take it, and say how long whoever had it may still go on."""
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            self._put(self._body(self.now() + LASTS), "create")
        except (AlreadyExistsError, PreconditionError):
            return self._take_over()
        except Refused as refusal:
            if UNSUPPORTED not in refusal.says:
                raise
            self.is_conditional = False
            return self._take_over()
        return timedelta()

    def _take_over(self) -> timedelta:
        from obstore.exceptions import PreconditionError

        found = self._found()
        if found is None and not self.is_conditional:
            self._put(self._body(self.now() + LASTS), None)
            return timedelta()
        if found is None:
            raise Refused("the lock was given up in this moment", is_passing=True)
        if found.said.get("token") == self._token:
            self._hold(found.version)     # the answer to the first try was lost
            return SETTLE if self.breaks else timedelta()
        age = LASTS if found.said.get("left") else self._moment() - found.written
        if not self.breaks and (age < LASTS or UNREADABLE in found.said):
            raise self._at_work(found)
        self.was_left = True
        try:
            self._put(self._body(self.now() + LASTS), found.version)
        except (PreconditionError, FileNotFoundError):
            raise Locked("another deploy began in the same moment", "Wait until it has ended.") from None
        return SETTLE - age

    def _at_work(self, found: Found) -> Locked:
        said = found.said
        if UNREADABLE in said:
            return Locked(f"a lock that cannot be read has been there since {said[UNREADABLE]}: whose it is, nobody can tell",
                          f"Look at {LOCK} there. If no deploy is at work, deploy with --break-lock.")
        return Locked(f"{said.get('owner')} has been at work there since {said.get('since')}",
                      "Wait until that has ended. If it is dead, wait five minutes, or deploy with --break-lock.")

    def _confirm(self) -> None:
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        if not self.is_lost:
            try:
                if self.is_conditional or self._is_ours():
                    self._put(self._body(self.now() + LASTS), self.version)
                    return
            except (AlreadyExistsError, PreconditionError, FileNotFoundError):
                if self._is_ours():       # the answer to the last time was lost
                    return
            except Refused as refusal:
                if UNSUPPORTED not in refusal.says or not self.is_conditional:
                    raise
                self.is_conditional = False      # it can make an object on a condition, and not replace one
                self._confirm()
                return
            self.is_lost = True
        raise Locked(*TAKEN_OVER)

    def _is_ours(self) -> bool:
        found = self._found()
        if found is None or found.said.get("token") != self._token:
            return False
        self._hold(found.version)
        return True

    def _hold(self, version: PutMode) -> None:
        self.version, self.sure = version, self.now()

    @property
    def _token(self) -> str:
        return f"{self.since} {os.getpid()} {self.number}"

    def _body(self, until: datetime, *, is_left: bool = False) -> bytes:
        said = {"owner": self.owner, "since": self.since, "until": until.isoformat(), "token": self._token}
        return orjson.dumps({**said, "left": True} if is_left else said)

    def _put(self, body: bytes, mode: PutMode | None) -> None:
        import obstore

        if not self.is_conditional:
            mode = None
        put = self._ask(lambda: obstore.put(self.store.client, LOCK, body, mode=mode, use_multipart=False))
        self._hold(unchanged_since(put))

    def _found(self) -> Found | None:
        import obstore

        try:
            found = self._ask(lambda: obstore.get(self.store.client, LOCK))
            body = bytes(self.store.plainly.ask(found.bytes))
        except FileNotFoundError:
            return None
        written = found.meta["last_modified"]
        try:
            said = orjson.loads(body)
        except ValueError:
            said = None
        if not (isinstance(said, dict) and said.keys() >= {"owner", "since", "until"}):
            said = {UNREADABLE: written.isoformat(timespec="seconds")}
        return Found(said, unchanged_since(found.meta), written)

    def _moment(self) -> datetime:
        """What the time is at the host."""
        import obstore

        client = self.store.client
        try:
            self._ask(lambda: obstore.put(client, MOMENT, b"{}", use_multipart=False))
            moment = self._ask(lambda: obstore.head(client, MOMENT))["last_modified"]
            self._ask(lambda: obstore.delete(client, MOMENT))
        except FileNotFoundError:        # another deploy asks in the same moment
            raise Refused("what the time is at the host was not found out", is_passing=True) from None
        return moment

    def _ask(self, act: Callable[[], T]) -> T:
        self.asked()
        return self.store.plainly.ask(act)

    def _keep_up(self) -> None:
        while not self.ended.wait(RENEW_SECONDS):
            with self.alone:
                try:
                    if not self.ended.is_set():
                        self._confirm()
                except Locked:
                    return
                except Refused:
                    continue              # it is asked again in a minute; the lock lasts five
