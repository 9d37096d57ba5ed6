"""Whose turn it is: each server is asked one question at a time, with pauses, and left alone when it asks for that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from cityfolio.migrate.network.manner import Clock


@dataclass(slots=True)
class Turns:
    """The turns of all servers, shared by those who ask at the same time."""

    clock: Clock
    pause: float
    locks: dict[str, Lock] = field(default_factory=lambda: defaultdict(Lock))
    free_from: dict[str, float] = field(default_factory=dict)
    keeper: Lock = field(default_factory=Lock)

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        """Wait for a turn at a server, and keep it while the block lasts."""
        with self.keeper:
            lock = self.locks[host]
        with lock:
            wait = self.free_from.get(host, 0.0) - self.clock.now()
            if wait > 0:
                self.clock.sleep(wait)
            try:
                yield
            finally:
                self.rest(host, self.pause)

    def rest(self, host: str, seconds: float) -> None:
        """Leave a server alone for so long, or longer where it was promised longer."""
        until = self.clock.now() + seconds
        self.free_from[host] = max(self.free_from.get(host, until), until)
