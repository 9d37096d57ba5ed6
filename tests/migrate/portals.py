"""Portals on this machine: servers that replay pages, with troubles at any request; and a clock that a test turns."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest

from cityfolio.migrate.imported import Imported
from cityfolio.migrate.network.manner import Manner
from cityfolio.migrate.reading import Asking, source_of
from cityfolio.migrate.source import Source, Wishes

Trouble = Literal["dropped", "busy", "broken", "slow", "cut", "ended early"]
TROUBLES: tuple[Trouble, ...] = ("dropped", "busy", "broken", "slow", "cut", "ended early")
# A portal that says nothing costs a second a question, whatever its kind: CKAN's stays, the others are tried under torture.
SOON_OVER = [each if each != "slow" else pytest.param(each, marks=pytest.mark.campaign) for each in TROUBLES]
BUSY_SECONDS = 7
PATIENT, IMPATIENT = 20.0, 1.0    # seconds of silence; long enough for any machine, and for tests of servers that are silent
NAMED = "http://portal"           # stands for the server's own address in what it answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a portal answers to an address."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    has_length: bool = True


def in_json(value: object) -> Said:
    """An answer in JSON."""
    return Said(body=json.dumps(value).encode(), headers={"Content-Type": "application/json"})


def packed(said: Said) -> Said:
    """The same answer, packed."""
    return Said(body=gzip.compress(said.body, mtime=0), headers={**said.headers, "Content-Encoding": "gzip"})


Pages = Mapping[str, Said] | Callable[[str], Said]


@dataclass(slots=True)
class Served:
    """A portal that runs: where it is, what it was asked, and which requests are troubled."""

    root: str
    pages: Pages
    troubles: Mapping[int, Trouble]
    asked: list[str] = field(default_factory=list)

    def next(self, path: str) -> tuple[Said, Trouble | None]:
        """The answer to a request, and what happens to it on the way."""
        self.asked.append(path)
        found = self.pages(path) if callable(self.pages) else self.pages.get(path, Said(status=404))
        found = replace(found, body=found.body.replace(NAMED.encode(), self.root.encode()))
        return found, self.troubles.get(len(self.asked) - 1)


@contextmanager
def portal(pages: Pages, troubles: Mapping[int, Trouble] | None = None) -> Iterator[Served]:
    """Serve pages on any free port while the block lasts. `troubles`: number of the request, from 0, and what happens to it."""
    ends = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            said, trouble = served.next(self.path)
            if trouble == "slow":
                ends.wait(30)
            if trouble in ("dropped", "slow"):
                return
            if trouble in ("busy", "broken"):
                headers = {"Retry-After": str(BUSY_SECONDS)} if trouble == "busy" else {}
                said = Said(status=429 if trouble == "busy" else 500, headers=headers)
            self.send_response(said.status)
            for name, value in said.headers.items():
                self.send_header(name, value)
            if said.has_length and trouble != "ended early":
                self.send_header("Content-Length", str(len(said.body)))
            self.end_headers()
            self.wfile.write(said.body[: len(said.body) // 2] if trouble in ("cut", "ended early") else said.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Served(f"http://127.0.0.1:{server.server_address[1]}", pages, troubles or {})
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield served
    finally:
        ends.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(slots=True)
class TurnedClock:
    """A clock that stands still until somebody sleeps."""

    time: float = 1_000.0
    slept: list[float] = field(default_factory=list)

    def now(self) -> float:
        """The time on it."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Turn it."""
        self.slept.append(seconds)
        self.time += seconds


def asking(clock: TurnedClock | None = None, most_rows_bytes: int = 1 << 20, *, tries: int = 6,
           silence: float = PATIENT) -> Asking:
    """How tests ask: with a turned clock."""
    return Asking(clock or TurnedClock(), Manner(silence=silence, tries=tries), most_rows_bytes)


def source(address: str, folder: Path) -> Source:
    """A portal as a source, its answers kept in a folder."""
    found = source_of(address, folder)
    assert isinstance(found, Source), found
    return found


Importer = Callable[[Source, Wishes, Asking], Imported]


def stable(imported: Imported, root: str) -> dict[str, str]:
    """What an import wrote, with the address of the server, which differs from run to run, under one name."""
    return {path: text.replace(root, NAMED).replace(root.partition("//")[2], "portal")
            for path, text in imported.files.items()}
