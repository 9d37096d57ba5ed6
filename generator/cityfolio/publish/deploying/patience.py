"""Tries again what a host refused for the moment: too many requests, a fault of its own, a connection that was lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from cityfolio.publish.deploying.target import Refused

T = TypeVar("T")
TRIES = 7
FIRST_PAUSE_SECONDS = 0.25      # and twice as long each further time: 16 seconds altogether
LONGEST_PAUSE_SECONDS = 60.0    # that a host may ask for; a deploy that holds a lock cannot wait for ever


def _silent(seconds: float, says: str) -> None:
    """Tell nobody."""


def patiently(
    act: Callable[[], T], pause: Callable[[float], None], tries: int = TRIES, waits: Callable[[float, str], None] = _silent
) -> T:
    """Do something, several times if need be. Raises Refused where it is refused for good, or for too long.

    A host that says how long it wants to be left alone gets that, up to a minute each time. `waits` is told of each pause.
    """
    for waited in range(tries - 1):
        try:
            return act()
        except Refused as refusal:
            if not refusal.is_passing:
                raise
            seconds = max(FIRST_PAUSE_SECONDS * 2**waited, min(refusal.after_seconds, LONGEST_PAUSE_SECONDS))
            waits(seconds, refusal.says)
            pause(seconds)
    return act()


def asked_seconds(retry_after: str, date: str = "") -> float:
    """What the header Retry-After asks for: seconds, or a moment, which is counted from the host's own Date (RFC 9110, 10.2.3).

    0 where it says nothing that can be understood.
    """
    if retry_after.strip().isdecimal():
        return float(retry_after)
    until, now = _moment(retry_after), _moment(date)
    return max(0.0, (until - now).total_seconds()) if until and now else 0.0


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
