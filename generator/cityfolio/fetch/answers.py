"""One question to a server and its answer, asked through fsspec: a status, headers, and the body in pieces.

fsspec and aiohttp are imported here and only when something is fetched.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from typing import Any

from cityfolio import __version__
from cityfolio.frozen import Frozen

CHUNK_BYTES = 1 << 20
LEAST_BYTES_A_SECOND = 16 << 10   # slower than this on the whole, a server is given up
HEADERS = {"User-Agent": f"cityfolio/{__version__}", "Accept-Encoding": "identity"}


class Failed(Exception):
    """A file could not be fetched. It carries why, and what can be done about it."""

    def __init__(self, says: str, fix: str = "", *, is_cut: bool = False) -> None:
        super().__init__(says)
        self.says, self.fix, self.is_cut = says, fix, is_cut


class Answer(Frozen, kw_only=True):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    pieces: Iterator[bytes]       # of the body, as it was sent


@contextmanager
def asked(url: str, headers: Mapping[str, str], seconds: int) -> Iterator[Answer]:
    """Ask for what is at an http or https address; a redirect is an answer. Raises Failed, also while pieces are taken."""
    import aiohttp
    from fsspec.asyn import sync  # type: ignore[import-untyped]  # fsspec has no types
    from fsspec.implementations.http import HTTPFileSystem  # type: ignore[import-untyped]

    # The session is not shared, so that no server is told what another one said.
    system = HTTPFileSystem(skip_instance_cache=True, client_kwargs={"auto_decompress": False})
    session = sync(system.loop, system.set_session)
    waits = aiohttp.ClientTimeout(total=None, connect=seconds, sock_connect=seconds, sock_read=seconds)
    try:
        with _told(url, seconds):
            # A size is given so that fsspec need not ask for it first; with no block size it streams.
            stream = system.open(url, block_size=0, size=1, allow_redirects=False, timeout=waits,
                                 headers={**HEADERS, **headers})
        with stream:
            yield Answer(status=stream.r.status, headers=stream.r.headers, pieces=_pieces(stream, url, seconds))
    finally:
        HTTPFileSystem.close_session(system.loop, session)


def _pieces(stream: Any, url: str, seconds: int) -> Iterator[bytes]:   # Any: fsspec has no types
    began, taken = monotonic(), 0
    while True:
        with _told(url, seconds):
            piece: bytes = stream.read(CHUNK_BYTES)
        if not piece:
            return
        taken += len(piece)
        passed = monotonic() - began
        if passed > seconds + taken / LEAST_BYTES_A_SECOND:
            raise Failed(f"the server sent {taken:,} bytes in {passed:,.0f} seconds, and was given up", AGAIN)
        yield piece


AGAIN = "Try again later. If the file is there and large, give it more time with `limits: {seconds: 600}` in site.yaml."
LOOK = "Open the address in a browser. Correct `url:`, or ask whoever keeps the file."


@contextmanager
def _told(url: str, seconds: int) -> Iterator[None]:
    """What can go wrong on the way, in words."""
    import aiohttp

    try:
        yield
    except FileNotFoundError as error:   # that is how fsspec says it
        raise Failed("the server answered 404: there is no such file", LOOK) from error
    except aiohttp.ClientResponseError as error:
        raise Failed(f"the server answered {error.status}", LOOK if error.status < 500 else AGAIN) from error
    except (aiohttp.ClientPayloadError, aiohttp.ServerDisconnectedError, ConnectionResetError) as error:
        raise Failed("the connection was cut before the whole file had come", AGAIN, is_cut=True) from error
    except TimeoutError as error:
        raise Failed(f"the server said nothing for {seconds} seconds", AGAIN, is_cut=True) from error
    except (aiohttp.ClientSSLError, aiohttp.ClientConnectorCertificateError) as error:
        raise Failed("the server's certificate is not one to be trusted", LOOK) from error
    except aiohttp.ClientConnectorError as error:
        raise Failed(f"the server could not be reached: {_reason(error.os_error)}", LOOK) from error
    except (aiohttp.ClientError, UnicodeError) as error:
        raise Failed(f"the address could not be asked: {type(error).__name__}", LOOK) from error


def _reason(error: OSError) -> str:
    # By its number, because the words differ from machine to machine.
    if isinstance(error, socket.gaierror) or not error.errno:
        return "its name is not known"
    return os.strerror(error.errno).lower()


def addresses_of(host: str) -> tuple[str, ...]:
    """Where a host's name leads; nothing for a name that is not known here, which the question itself will find out."""
    try:
        return tuple(str(found[4][0]) for found in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
    except OSError:
        return ()
