"""How a portal's servers are asked: how often, how patiently and for how much; and what comes of it when they do not answer."""

from __future__ import annotations

import time
from http import HTTPStatus
from typing import Protocol

from cityfolio.fetch.answers import LOOK, Failed
from cityfolio.frozen import Frozen

AGAIN = "Run the same command again later: what has come is kept, and it goes on from there."


class Clock(Protocol):
    """How time passes: as on this machine, or as a test turns it."""

    def now(self) -> float:
        """Seconds since some moment."""

    def sleep(self, seconds: float) -> None:
        """Let time pass."""


class MachineClock:
    """This machine's own clock."""

    def now(self) -> float:
        """Seconds since some moment; never set back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        time.sleep(seconds)


class Manner(Frozen, kw_only=True):
    """How servers are asked."""

    most_a_second: float = 4.0
    tries: int = 6                    # for each question
    first_pause: float = 1.0          # seconds before the second try; twice as long before each further one
    longest_pause: float = 60.0
    longest_wait: float = 900.0       # that a server may ask for
    silence: float = 60.0             # seconds that a server may say nothing
    most_bytes: int = 256 << 20       # of one answer, unpacked


class Refused(Failed):
    """A server said that there is nothing, or nothing for us: asking again would change nothing."""

    def __init__(self, status: int, says: str = "", fix: str = LOOK) -> None:
        words = f"{status} {HTTPStatus(status).phrase}" if status in set(HTTPStatus) else str(status)
        super().__init__(says or f"the server answered {words}", fix)
        self.status = status


class Cut(Failed):
    """An answer that is not whole, or that may come when asked for again. `wait`: the seconds that the server asks for."""

    def __init__(self, says: str, wait: float | None = None) -> None:
        super().__init__(says, AGAIN, is_cut=True)
        self.wait = wait


class GivenUp(Failed):
    """No try to get an answer succeeded. It may be there another day."""


class TooLarge(Failed):
    """An answer that is larger than is allowed."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the answer has more than {most:,} bytes", "Leave it where it is, or bring it over by hand.")
