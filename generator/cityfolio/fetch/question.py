"""One question to a server whether something is there: its status and where it leads on, without what is there itself.

Whom a name leads to is looked up here and asked just there, so that no name can lead elsewhere in between.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import ip_address
from threading import Event, Timer
from urllib.parse import SplitResult, quote, urlsplit

from cityfolio import __version__
from cityfolio.fetch.addresses import LOCAL_NAMES
from cityfolio.frozen import Frozen

HEADERS = {
    "User-Agent": f"cityfolio-links/{__version__} (checks the links of an open data catalog)",
    "Accept": "*/*",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
FIRST_BYTES = "bytes=0-1023"         # what a GET asks for; nothing of it is read
WRITTEN_AS_IT_IS = "/%:@!$&'()*+,;=~?"
PORTS = {"http": 80, "https": 443}
CUT = "the connection was cut before an answer had come"


class Patience(Frozen, kw_only=True):
    """How long a server is waited for, and whether it may be in this network."""

    silence: float = 20.0            # seconds that a server may say nothing
    longest: float = 45.0            # seconds for the whole of an answer's head
    may_be_local: bool = False


class Heard(Frozen, kw_only=True):
    """The head of an answer."""

    status: int
    location: str = ""
    retry_after: str = ""
    date: str = ""


class Unheard(Exception):
    """There was no answer. `may_pass`: another try may have one. `is_silence`: the server said nothing at all."""

    def __init__(self, says: str, *, may_pass: bool = False, is_silence: bool | None = None) -> None:
        super().__init__(says)
        self.says, self.may_pass, self.is_silence = says, may_pass, may_pass if is_silence is None else is_silence


def heard(url: str, method: str, patience: Patience) -> Heard:
    """Ask for the head of what is at an http or https address; a redirect is an answer. Raises Unheard."""
    parts = _parts(url)
    with _told(patience):
        connection = _connected(parts, patience)
        # One that sends a letter now and then is never silent, and never done.
        is_cut = Event()
        watch = Timer(patience.longest, _cut, [connection.sock, is_cut])
        watch.daemon = True
        watch.start()
        try:
            ranged = {"Range": FIRST_BYTES} if method == "GET" else {}
            connection.request(method, _target(parts), headers={**HEADERS, **ranged})
            answer = connection.getresponse()
            return Heard(status=answer.status, location=answer.getheader("Location") or "",
                         retry_after=answer.getheader("Retry-After") or "", date=answer.getheader("Date") or "")
        except HTTPException as error:
            if is_cut.is_set():
                raise Unheard(CUT, may_pass=True) from error
            raise
        finally:
            watch.cancel()
            connection.close()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018  reading it is what checks it
    except ValueError as error:
        raise Unheard(f"{url} is no web address") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise Unheard(f"{url} is not an http or https address")
    return parts


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=WRITTEN_AS_IT_IS)
    return f"{path}?{quote(parts.query, safe=WRITTEN_AS_IT_IS)}" if parts.query else path


def _connected(parts: SplitResult, patience: Patience) -> HTTPConnection:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    connection = (HTTPSConnection if parts.scheme == "https" else HTTPConnection)(host, port, timeout=patience.silence)
    plain = _socket(host, port, patience)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) \
            if parts.scheme == "https" else plain
    except BaseException:
        plain.close()
        raise
    return connection


def _socket(host: str, port: int, patience: Patience) -> socket.socket:
    places = [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not patience.may_be_local and (_is_local_name(host) or any(map(_is_local, places))):
        raise Unheard(f"{host} is an address inside a private network, which readers cannot reach")
    failed: OSError | None = None
    for place in dict.fromkeys(places):
        try:
            return socket.create_connection((place, port), timeout=patience.silence)
        except (TimeoutError, ConnectionRefusedError) as error:
            failed = error
        except OSError as error:
            failed = failed or error
    if isinstance(failed, (TimeoutError, ConnectionRefusedError)):
        raise failed
    raise Unheard("the server cannot be reached", may_pass=True) from failed


def _is_local_name(host: str) -> bool:
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(LOCAL_NAMES)


def _is_local(place: str) -> bool:
    address = ip_address(place.partition("%")[0])
    return not address.is_global or address.is_multicast


def _cut(opened: socket.socket, is_cut: Event) -> None:
    is_cut.set()
    with suppress(OSError):   # it may have ended by itself
        opened.shutdown(socket.SHUT_RDWR)


@contextmanager
def _told(patience: Patience) -> Iterator[None]:
    """What can go wrong on the way, in words that stay the same from machine to machine."""
    try:
        yield
    except TimeoutError as error:
        raise Unheard(f"no answer within {patience.silence:g} seconds", may_pass=True) from error
    except ssl.SSLCertVerificationError as error:
        raise Unheard(f"its certificate is not one to be trusted ({_why(error)})") from error
    except ssl.SSLError as error:
        raise Unheard("no secure connection could be made (TLS)") from error
    except socket.gaierror as error:
        raise Unheard("the name of the server is not known", may_pass=error.errno == socket.EAI_AGAIN) from error
    except ConnectionRefusedError as error:
        raise Unheard("the server refuses connections", may_pass=True) from error
    except HTTPException as error:
        if isinstance(error, OSError):   # it ended before a word of the answer
            raise Unheard(CUT, may_pass=True) from error
        raise Unheard("what the server answers cannot be read", may_pass=True, is_silence=False) from error
    except OSError as error:
        raise Unheard(CUT, may_pass=True) from error
    except (UnicodeError, ValueError) as error:
        raise Unheard("the address cannot be asked for as it is written") from error


def _why(error: ssl.SSLCertVerificationError) -> str:
    text = (getattr(error, "verify_message", "") or "unknown reason").lower()
    # What OpenSSL names with a code would say nothing to a reader; what it names in words does.
    return text.partition(", certificate is not valid for")[0].replace("'", "")
