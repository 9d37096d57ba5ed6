"""One question over HTTP and its answer, with what can go wrong told apart: what may be tried again, and what not."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import SplitResult, quote, urlsplit

from cityfolio import __version__
from cityfolio.fetch.addresses import is_local
from cityfolio.fetch.answers import CHUNK_BYTES, LEAST_BYTES_A_SECOND, LOOK, Failed
from cityfolio.frozen import Frozen
from cityfolio.migrate.network.manner import Clock, Cut

HEADERS = {
    "User-Agent": f"cityfolio/{__version__}",
    "Accept": "*/*",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
WRITTEN_AS_IT_IS = "/%:@!$&'()*+,;=~?"
CONNECTIONS = {"http": HTTPConnection, "https": HTTPSConnection}


class Reply(Frozen):
    """What a server said: a status, headers, and the body in pieces, as it was sent."""

    response: HTTPResponse
    pieces: Iterator[bytes]

    @property
    def status(self) -> int:
        """The number that says what kind of answer it is."""
        return self.response.status

    @property
    def says_its_end(self) -> bool:
        """Whether one that was cut can be told: it has a length, or is in chunks, or is packed. RFC 9112, 6.3."""
        return bool(self.header("Content-Length") or self.header("Transfer-Encoding") or self.header("Content-Encoding"))

    def header(self, name: str) -> str:
        """What a header says; "" where there is none."""
        return self.response.getheader(name) or ""


@contextmanager
def asked(url: str, *, named: str, silence: float, clock: Clock) -> Iterator[Reply]:
    """Ask for what is at an http or https address; a redirect is an answer. Raises Failed, also while pieces are taken.

    An address inside this machine's network is asked only if its host is the one that a person `named`.
    """
    parts = _parts(url)
    connection = CONNECTIONS[parts.scheme](parts.hostname or "", parts.port, timeout=silence)
    try:
        with _told(silence):
            connection.connect()
            _refuse_local(connection, parts.hostname or "", urlsplit(named).hostname or "")
            connection.request("GET", _target(parts), headers=HEADERS)
            response = connection.getresponse()
        with response:
            yield Reply(response, _pieces(response, silence, clock))
    finally:
        connection.close()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError as error:
        raise Failed(f"{url} is no web address", LOOK) from error
    if parts.scheme not in CONNECTIONS or not parts.hostname:
        raise Failed(f"{url} is not an http or https address", LOOK)
    return parts


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=WRITTEN_AS_IT_IS)
    return f"{path}?{quote(parts.query, safe=WRITTEN_AS_IT_IS)}" if parts.query else path


def _refuse_local(connection: HTTPConnection, host: str, named: str) -> None:
    # Whom the connection reached is asked of the connection: a name can lead elsewhere from one moment to the next.
    reached = connection.sock.getpeername()[0].partition("%")[0]
    if host.rstrip(".").lower() != named.rstrip(".").lower() and is_local(host, lambda _: (reached,)):
        raise Failed(f"{host} is an address inside this network", "Name the address itself, if it is the one to import from.")


def _pieces(response: HTTPResponse, silence: float, clock: Clock) -> Iterator[bytes]:
    said = response.getheader("Content-Length") or ""
    began, taken = clock.now(), 0
    while True:
        with _told(silence):
            piece = response.read(CHUNK_BYTES)
        if not piece:
            break
        taken += len(piece)
        passed = clock.now() - began
        if passed > silence + taken / LEAST_BYTES_A_SECOND:
            raise Cut(f"the server sent {taken:,} bytes in {passed:,.0f} seconds, and was given up")
        yield piece
    if said.isdecimal() and taken < int(said):
        raise Cut("the connection was cut before the whole answer had come")


@contextmanager
def _told(silence: float) -> Iterator[None]:
    """What can go wrong on the way, in words."""
    try:
        yield
    except Failed:
        raise
    except TimeoutError as error:
        raise Cut(f"the server said nothing for {silence:g} seconds") from error
    except ssl.SSLCertVerificationError as error:
        raise Failed("the server's certificate is not one to be trusted", LOOK) from error
    except socket.gaierror as error:
        says = "the server could not be reached: its name is not known"
        raise (Cut(says) if error.errno == socket.EAI_AGAIN else Failed(says, LOOK)) from error
    except (HTTPException, OSError) as error:
        raise Cut("the connection was cut before the whole answer had come") from error
    except (UnicodeError, ValueError) as error:
        raise Failed(f"the address could not be asked: {type(error).__name__}", LOOK) from error
