"""The lock of an object store: a small object that only one deploy can make, and that ends by itself when nobody renews it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from threading import Event, Thread
from typing import TYPE_CHECKING

import orjson

from cityfolio.publish.deploying.patience import patiently
from cityfolio.publish.deploying.target import Locked, Refused
from cityfolio.publish.deploying.targets.store_clients import Store

if TYPE_CHECKING:
    from obstore import PutMode

LOCK = ".cityfolio/lock.json"
LASTS = timedelta(minutes=5)
RENEW_SECONDS = 60.0
TRIES = 5
NUMBERS = count(1)      # tells the deploys of one process apart
UNSUPPORTED = "501"
UNREADABLE = "unreadable"   # in place of what a lock says, with the moment since when it lies there


@dataclass(slots=True)
class StoreLock:
    """The lock that one deploy holds, or looks at."""

    store: Store
    owner: str
    now: Callable[[], datetime]
    breaks: bool = False
    asked: Callable[[], None] = lambda: None     # told of each request
    was_left: bool = False                       # by a deploy that did not come to its end
    is_lost: bool = False
    is_conditional: bool = True                  # whether the host can put an object on condition that there is none
    e_tag: str | None = None
    since: str = ""
    number: int = field(default_factory=lambda: next(NUMBERS))
    ended: Event = field(default_factory=Event)

    def take(self, pause: Callable[[float], None]) -> None:
        """Take the lock. Raises Locked where another deploy holds it, and Refused."""
        self.since = self.now().isoformat()
        patiently(self._take, pause, TRIES)
        Thread(target=self._renew, daemon=True).start()

    def look(self) -> None:
        """See whether a deploy left its lock behind, and take nothing."""
        self.asked()
        self.was_left = self._found()[0] is not None

    def leave(self) -> None:
        """Give the lock up as that of a deploy which did not come to its end: the next one begins at once, and knows."""
        from obstore.exceptions import BaseError

        self.ended.set()
        if not self.is_lost:
            try:
                self._put(self._body(self.now()), {"e_tag": self.e_tag})
            except (Refused, BaseError, FileNotFoundError):
                return                    # then it ends by itself

    def check(self) -> None:
        """Raise Locked where another deploy has taken the lock, because this one did not renew it in time."""
        if self.is_lost:
            raise Locked("another deploy has taken the lock, because this one was silent for too long",
                         "Wait until it has ended.")

    def is_ours(self) -> bool:
        """Ask whether the lock is there and is that of this deploy."""
        self.asked()
        said, _ = self._found()
        return said is not None and said.get("token") == self._token

    def _take(self) -> None:
        from obstore.exceptions import AlreadyExistsError, PreconditionError

        try:
            self._put(self._body(self.now() + LASTS), "create")
        except (AlreadyExistsError, PreconditionError):
            self._take_over()
        except Refused as refusal:
            if UNSUPPORTED not in refusal.says:
                raise
            self.is_conditional = False
            self._take_over()

    def _take_over(self) -> None:
        from obstore.exceptions import PreconditionError

        self.asked()
        said, e_tag = self._found()
        if said is None and not self.is_conditional:
            self._put(self._body(self.now() + LASTS), None)
            return
        if said is None:
            raise Refused("the lock was given up in this moment", is_passing=True)
        if said.get("token") == self._token:
            self.e_tag = e_tag            # the answer to the first try was lost
            return
        if not self.breaks and UNREADABLE in said:
            raise Locked(f"a lock that cannot be read has been there since {said[UNREADABLE]}: whose it is, nobody can tell",
                         f"Look at {LOCK} there. If no deploy is at work, deploy with --break-lock.")
        if not self.breaks and str(said.get("until", "")) > self.now().isoformat():
            raise Locked(f"{said.get('owner')} has been at work there since {said.get('since')}",
                         "Wait until that has ended. If it is dead, wait five minutes, or deploy with --break-lock.")
        self.was_left = True
        try:
            self._put(self._body(self.now() + LASTS), {"e_tag": e_tag})
        except (PreconditionError, FileNotFoundError):
            raise Locked("another deploy began in the same moment", "Wait until it has ended.") from None

    @property
    def _token(self) -> str:
        return f"{self.since} {os.getpid()} {self.number}"

    def _body(self, until: datetime) -> bytes:
        return orjson.dumps({"owner": self.owner, "since": self.since, "until": until.isoformat(), "token": self._token})

    def _put(self, body: bytes, mode: PutMode | None) -> None:
        import obstore

        self.asked()
        if not self.is_conditional:
            mode = None
        put = self.store.plainly.ask(lambda: obstore.put(self.store.client, LOCK, body, mode=mode, use_multipart=False))
        self.e_tag = put["e_tag"]

    def _found(self) -> tuple[dict[str, object] | None, str | None]:
        import obstore

        try:
            found = self.store.plainly.ask(lambda: obstore.get(self.store.client, LOCK))
            body = bytes(self.store.plainly.ask(found.bytes))
        except FileNotFoundError:
            return None, None
        try:
            said = orjson.loads(body)
        except ValueError:
            said = None
        if not (isinstance(said, dict) and said.keys() >= {"owner", "since", "until"}):
            said = {UNREADABLE: found.meta["last_modified"].isoformat(timespec="seconds")}
        return said, found.meta["e_tag"]

    def _renew(self) -> None:
        from obstore.exceptions import BaseError

        while not self.ended.wait(RENEW_SECONDS):
            try:
                self._put(self._body(self.now() + LASTS), {"e_tag": self.e_tag})
            except Refused:
                continue                  # it is asked again in a minute; the lock lasts five
            except BaseError:
                self.is_lost = True
                return
