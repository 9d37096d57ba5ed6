"""Questions to a host over HTTP, and what its answers mean: refused for good, refused for the moment, or done."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Lock
from urllib.parse import SplitResult, urljoin, urlsplit

import orjson

from cityfolio import __version__
from cityfolio.frozen import Frozen
from cityfolio.publish.deploying.patience import asked_seconds
from cityfolio.publish.deploying.target import Refused

LOOPBACK = ("127.0.0.1", "localhost", "::1")
SILENCE_SECONDS = 60.0
MOST_REDIRECTS = 3
REDIRECTS = (301, 302, 303, 307, 308)
PASSING = (408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524)   # those over 504 are Cloudflare's own
FORBIDDEN = (401, 403)
NOT_THERE = (404, 410)
MOST_SAID = 300        # of a host's own words in a message
CONNECTIONS: Mapping[str, Callable[..., HTTPConnection]] = {"http": HTTPConnection, "https": HTTPSConnection}

Body = bytes | Iterable[bytes] | None


class Reply(Frozen, kw_only=True):
    """What a host said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> object:
        """The body as JSON; None where it is none."""
        try:
            said: object = orjson.loads(self.body)
        except ValueError:
            return None
        return said


@dataclass(slots=True)
class Web:
    """Connections to hosts, kept open between questions. May be used by several threads at once."""

    requests: int = 0
    idle: dict[tuple[str, str], list[HTTPConnection]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: Body = None) -> Reply:
        """One question; a redirect is an answer. Raises Refused, as passing, where there is no answer."""
        parts = _parts(url)
        place = parts.scheme, parts.netloc
        target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        with self.lock:
            self.requests += 1
            kept = self.idle.setdefault(place, [])
            connection = kept.pop() if kept else _connection(parts)
        try:
            connection.request(method, target, body=body, headers={"User-Agent": f"cityfolio/{__version__}", **headers})
            answer = connection.getresponse()
            reply = Reply(status=answer.status, headers={name.lower(): value for name, value in answer.getheaders()},
                          body=answer.read())
        except ssl.SSLCertVerificationError as error:
            connection.close()
            raise Refused(f"{parts.hostname} shows a certificate that is not to be trusted",
                          "Look whom you are connected to.") from error
        except (HTTPException, OSError) as error:
            connection.close()
            raise Refused(f"{parts.hostname} gave no answer: {error or type(error).__name__}", "Try again later.",
                          is_passing=True) from error
        except BaseException:
            connection.close()      # the body could not be had; half a request is on the line
            raise
        with self.lock:
            kept.append(connection)
        return reply

    def page(self, url: str) -> Reply:
        """What a visitor gets at an address, unpacked; redirects within the host are followed. No secret is sent."""
        for _ in range(MOST_REDIRECTS):
            reply = self.ask("GET", url, {"Accept": "*/*", "Accept-Encoding": "identity"})
            onward = urljoin(url, reply.headers.get("location", ""))
            if reply.status not in REDIRECTS or urlsplit(onward)[:2] != urlsplit(url)[:2]:
                break
            url = onward
        if reply.status == 200 and reply.headers.get("content-encoding") == "gzip":
            return Reply(status=200, headers=reply.headers, body=gzip.decompress(reply.body))
        return reply

    def close(self) -> None:
        """Hang up."""
        with self.lock:
            for connection in (each for kept in self.idle.values() for each in kept):
                connection.close()
            self.idle.clear()


def refusal(reply: Reply, host: str, rights: str, said: str) -> Refused:
    """What an answer that is no success means. `rights` says how to be allowed what was asked; `said` are the host's words."""
    words = f": {said[:MOST_SAID]}" if said else ""
    if reply.status in PASSING:
        after = asked_seconds(reply.headers.get("retry-after", ""), reply.headers.get("date", ""))
        return Refused(f"{host} could not do it for the moment (status {reply.status}{words})", "Try again later.",
                       is_passing=True, after_seconds=after)
    if reply.status in FORBIDDEN:
        return Refused(f"{host} does not allow it (status {reply.status}{words})", rights)
    return Refused(f"{host} did not do it (status {reply.status}{words})", "Look at what the host says.")


def trusted(endpoint: str) -> str:
    """An address that a secret may be sent to: over https, or on this machine. Raises Refused."""
    parts = _parts(endpoint)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise Refused(f"{endpoint} is not https, and a token would be sent there for everybody to read", "Write https://.")
    return endpoint.rstrip("/")


def _connection(parts: SplitResult) -> HTTPConnection:
    return CONNECTIONS[parts.scheme](parts.hostname or "", parts.port, timeout=SILENCE_SECONDS)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError as error:
        raise Refused(f"{url} is no web address") from error
    if parts.scheme not in CONNECTIONS or not parts.hostname:
        raise Refused(f"{url} is not an http or https address")
    return parts
