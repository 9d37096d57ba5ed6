"""Questions to a portal's servers: not too many a second, asked again when something fails, and after as long as they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from cityfolio.fetch.addresses import may_lead_on
from cityfolio.fetch.answers import LOOK, Failed, addresses_of
from cityfolio.fetch.bodies import limited, unpacked
from cityfolio.migrate.network.connecting import Reply, asked
from cityfolio.migrate.network.manner import AGAIN, Clock, Cut, GivenUp, Manner, Refused, TooLarge

MOST_REDIRECTS = 10
REDIRECTS = (301, 302, 303, 307, 308)
# What a server says when it may answer later, 202 while it makes a file: RFC 9110, 15.3.3, 15.5 and 15.6; RFC 6585, 4;
# RFC 8470, 5.2.
LATER = frozenset({202, 408, 425, 429, 500, 502, 503, 504})

IsWhole = Callable[[bytes], bool]


@dataclass(slots=True)
class Polite:
    """Asks servers, one question after the other. `named`: the address a person gave, whose host may be inside this network."""

    named: str
    clock: Clock
    manner: Manner
    asked_last: float | None = None
    silent: set[str] = field(default_factory=set)   # other hosts that did not answer: each is tried to the end only once

    def get(self, url: str, *, is_whole: IsWhole | None = None, most_bytes: int = 0) -> bytes:
        """The body at an address. `is_whole` says whether it ends where it should.

        Without it, what a server sends without saying where it ends is taken only when it comes twice alike.

        Raises Refused, TooLarge, or another Failed when no try succeeded.
        """
        most, before = most_bytes or self.manner.most_bytes, b""

        def whole(reply: Reply) -> bytes:
            nonlocal before
            body = b"".join(limited(_unpacked(reply), most, TooLarge(most)))
            if is_whole is not None and not is_whole(body):
                raise Cut("the answer ended before it was whole")
            if is_whole is None and not reply.says_its_end and body != before:
                before = body
                raise Cut("the server does not say where its answer ends, and gave two different ones")
            return body

        return self._tried(url, whole)

    def start(self, url: str, least_bytes: int) -> bytes:
        """The start of what is at an address: as many bytes as are wanted or a few more, or all where there are not as many."""

        def first(reply: Reply) -> bytes:
            taken = b""
            for piece in _unpacked(reply):
                taken += piece
                if len(taken) >= least_bytes:
                    break
            return taken

        return self._tried(url, first)

    def _tried(self, url: str, take: Callable[[Reply], bytes]) -> bytes:
        host = urlsplit(url).netloc
        if host in self.silent:
            raise GivenUp(f"{host} did not answer before", AGAIN)
        pause = self.manner.first_pause
        for tries_left in reversed(range(self.manner.tries)):
            try:
                with self._answer(url) as reply:
                    return take(reply)
            except Cut as cut:
                wait = pause if cut.wait is None else cut.wait
                if not tries_left or wait > self.manner.longest_wait:
                    self.silent |= {host} - {urlsplit(self.named).netloc}
                    asks = f", and asks to be left alone for {wait:,.0f} seconds"
                    raise GivenUp(cut.says + (asks if tries_left else f" ({self.manner.tries} tries)"), cut.fix) from cut
            self.clock.sleep(wait)
            pause = min(pause * 2, self.manner.longest_pause)
        raise Failed("it may not be tried at all", LOOK)

    @contextmanager
    def _answer(self, url: str) -> Iterator[Reply]:
        """The answer at the end of all redirects."""
        for _ in range(MOST_REDIRECTS):
            self._take_turn()
            with asked(url, named=self.named, silence=self.manner.silence, clock=self.clock) as reply:
                if reply.status not in REDIRECTS:
                    _check(reply)
                    yield reply
                    return
                url = self._next(url, reply.header("Location"))
        raise Failed(f"it redirects more than {MOST_REDIRECTS} times", LOOK)

    def _next(self, current: str, location: str) -> str:
        try:
            target = urljoin(current, location)
            refused = may_lead_on(self.named, current, target, addresses_of)
        except ValueError:
            target, refused = "", f"it redirects to {location}, which is no web address"
        if refused:
            raise Failed(refused, "Give the address that it ends at, if that is the right one.")
        return target

    def _take_turn(self) -> None:
        now = self.clock.now()
        turn = now if self.asked_last is None else self.asked_last + 1 / self.manner.most_a_second
        if turn > now:
            self.clock.sleep(turn - now)
        self.asked_last = max(now, turn)


def _check(reply: Reply) -> None:
    """Raise what a status means, unless the body is what was asked for."""
    if reply.status in LATER:
        raise Cut(f"the server answered {reply.status}", wait_of(reply.header("Retry-After"), reply.header("Date")))
    if reply.status != 200:
        raise Refused(reply.status)


def _unpacked(reply: Reply) -> Iterator[bytes]:
    try:
        yield from unpacked(reply.pieces, reply.header("Content-Encoding"), is_gzip_file=False)
    except Cut:
        raise
    except Failed as failed:   # what was packed cannot be unpacked: as a rule, because it was cut
        raise Cut(failed.says) from failed


def wait_of(retry_after: str, said_at: str) -> float | None:
    """The seconds that a server asks to wait: RFC 9110, 10.2.3. A moment is compared with the server's own clock."""
    text = retry_after.strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    until, since = _moment(text), _moment(said_at)
    return max(0.0, (until - since).total_seconds()) if until and since else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
