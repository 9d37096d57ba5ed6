"""One address to what is found there: asked shortly first, then in earnest, followed where it leads, and asked once more."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urldefrag, urljoin, urlsplit

from cityfolio.fetch.question import Heard, Patience, Unheard, heard
from cityfolio.frozen import Frozen, field
from cityfolio.keeping.links.servers import server_of, without_password
from cityfolio.keeping.links.turns import Turns
from cityfolio.migrate.network.polite import wait_of
from cityfolio.model.health import CheckedLink

MOST_REDIRECTS = 10
REDIRECTS = (301, 302, 303, 307, 308)
FOR_GOOD = (301, 308)                # RFC 9110, 15.4
# What may be otherwise a little later: RFC 9110, 15.5.9 and 15.6; RFC 6585, 4; RFC 8470, 5.2.
LATER = frozenset({408, 425, 429, 500, 502, 503, 504})
TRIES = 2
MOST_SILENT = 4                      # addresses in a row without an answer, after which a server is not asked any more
MOST_SAID = 500                      # letters of where an address leads
RANGE_NOT_THERE = 416                # there is something, and it is empty: RFC 9110, 15.5.17


class Asking(Frozen, kw_only=True):
    """How addresses are asked for."""

    turns: Turns
    patience: Patience
    pause_before_again: float = 5.0
    longest_wait: float = 120.0      # that a server may ask for
    silent: dict[str, int] = field(default_factory=dict)   # by server, how many addresses in a row had no answer


class _Ended(Exception):
    """What is found, before the way is at its end."""

    def __init__(self, says: str) -> None:
        super().__init__(says)
        self.says = says


def found_at(url: str, asking: Asking) -> CheckedLink:
    """What is at an address today. Nothing is raised for what a server does."""
    start, ways = url.partition("#")[0], list[int]()
    place = start
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer = _answer(place, asking)
            if answer.status not in REDIRECTS or not answer.location:
                return _finding(url, answer.status, ways, place)
            ways.append(answer.status)
            place = _led_on(place, answer.location)
        says = f"it leads on more than {MOST_REDIRECTS} times"
    except (Unheard, _Ended) as ended:
        says = ended.says
    by_way = f" (at {_end(place, ways)}, where it leads)" if place != start else ""
    return CheckedLink(url=url, is_well=False, status=None, says=says + by_way)


def _finding(url: str, status: int, ways: list[int], end: str) -> CheckedLink:
    is_well = 200 <= status < 300 or status == RANGE_NOT_THERE
    status = 200 if status in (206, RANGE_NOT_THERE) else status   # parts were our wish
    says = f"{status} {HTTPStatus(status).phrase}" if status in set(HTTPStatus) else str(status)
    if status in REDIRECTS:
        says += ": it leads on, and does not say where"
    if status in (401, 403):
        says += ": it wants a password, or answers no programs; open it in a browser"
    if ways:
        moved = f"{'moved' if _is_for_good(ways) else 'leads on'} to {_end(end, ways)}"
        says = moved if is_well else f"{says} ({moved})"
    return CheckedLink(url=url, is_well=is_well, status=status, says=says)


def _is_for_good(ways: list[int]) -> bool:
    return all(way in FOR_GOOD for way in ways)


def _end(place: str, ways: list[int]) -> str:
    """Where an address leads, as it is said. What a server signs for an hour stands in the query, so that is left out."""
    end = place if _is_for_good(ways) else place.partition("?")[0]
    return end if len(end) <= MOST_SAID else f"{end[:MOST_SAID]}…"


def _led_on(place: str, location: str) -> str:
    try:
        # Header fields are bytes; those beyond ASCII that servers send are nearly always UTF-8.
        target = without_password(urldefrag(urljoin(place, location.encode("latin-1").decode("utf-8", "replace"))).url)
        is_web = urlsplit(target).scheme in ("http", "https")
    except ValueError:
        is_web, target = False, location
    if not is_web or not target.isprintable():
        raise _Ended("it leads on to what is no web address")
    if target == place:
        raise _Ended("it leads on to itself")
    return target


def _answer(place: str, asking: Asking) -> Heard:
    """The head of what a server answers: to HEAD, or to GET where HEAD fails, as it does at many that have the thing."""
    server = server_of(place)
    silent = asking.silent.get(server, 0)
    if silent >= MOST_SILENT:
        raise Unheard("the server did not answer for other addresses, so it was not asked again")
    try:
        short = _tried(place, "HEAD", asking, tries=1)
    except Unheard as unheard:
        if not unheard.may_pass:
            raise
    else:
        if 200 <= short.status < 300 or short.status in REDIRECTS:
            return short
        _rest(place, short, asking)
    try:
        return _tried(place, "GET", asking, tries=1 if silent else TRIES)
    except Unheard as unheard:
        asking.silent[server] = asking.silent.get(server, 0) + unheard.is_silence
        raise


def _tried(place: str, method: str, asking: Asking, *, tries: int) -> Heard:
    host = server_of(place)
    for left in reversed(range(tries)):
        try:
            with asking.turns.of(host):
                answer = heard(place, method, asking.patience)
        except Unheard as unheard:
            if not left or not unheard.may_pass:
                raise
            asking.turns.rest(host, asking.pause_before_again)
            continue
        asking.silent[host] = 0
        if not left or answer.status not in LATER or not _rest(place, answer, asking):
            return answer
    raise Unheard("it may not be tried at all")


def _rest(place: str, answer: Heard, asking: Asking) -> bool:
    """Leave a server alone that says it is busy; False where it asks for more time than there is."""
    if answer.status not in LATER:
        return True
    asked_for = wait_of(answer.retry_after, answer.date)
    wait = asking.pause_before_again if asked_for is None else asked_for
    asking.turns.rest(server_of(place), min(wait, asking.longest_wait))
    return wait <= asking.longest_wait
