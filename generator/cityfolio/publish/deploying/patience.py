"""Tries again what a host refused for the moment: too many requests, a fault of its own, a connection that was lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from cityfolio.publish.deploying.target import Refused

T = TypeVar("T")
TRIES = 7
FIRST_PAUSE_SECONDS = 0.25      # and twice as long each further time: 16 seconds altogether


def patiently(act: Callable[[], T], pause: Callable[[float], None], tries: int = TRIES) -> T:
    """Do something, several times if need be. Raises Refused where it is refused for good, or for too long."""
    for waited in range(tries - 1):
        try:
            return act()
        except Refused as refusal:
            if not refusal.is_passing:
                raise
            pause(FIRST_PAUSE_SECONDS * 2**waited)
    return act()
