"""Visitors who read pages with all that those load, one after another, while the site is deployed again and again."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from threading import Condition, Thread

from cityfolio.files import sha256
from cityfolio.model.site import Output
from cityfolio.publish.deploying.run import Deployed, Orders, deploy
from cityfolio.publish.deploying.sources import site_in
from cityfolio.publish.deploying.target import Target
from cityfolio.publish.deploying.targets.folder import FolderTarget
from deploy.servers_nginx import nginx_showing
from publish.sites import an_output, html, written

PAGES = 20
READERS = 3
FIRST = datetime(2026, 11, 26, tzinfo=UTC)
LOADED = re.compile(rb'(?:href|src)="(?:\.\./)*(assets/[^"]+)"')
EDITION = re.compile(rb"edition-\d+")


def edition_of_twenty_pages(number: int) -> list[Output]:
    """A site in which every page names assets that this edition alone has, and all of them say which edition it is."""
    edition = f"edition-{number}"
    style, script = (f"assets/civic.{sha256(f'{edition}{kind}'.encode())[:8]}.{kind}" for kind in ("css", "js"))
    inner = html(f'{edition} <a href="../../">Home</a>', _head("../../", style, script))
    pages = {f"data/d{page}/": inner for page in range(PAGES - 1)}
    home = html(" ".join(f'<a href="{path}">{path}</a>' for path in pages) + edition, _head("", style, script))
    bodies = {style: f"/* {edition} */", script: f"// {edition}", **pages, "": home}
    return [an_output(f"/{url}", body) for url, body in bodies.items()]


def _head(up: str, style: str, script: str) -> str:
    return f'<link rel="stylesheet" href="{up}{style}"><script src="{up}{script}" defer></script>'


def deployed(number: int, output: Path, target: Target) -> Deployed:
    """Build an edition into a folder, and deploy it a minute after the one before."""
    assert written(edition_of_twenty_pages(number), output).manifest
    site, problems = site_in(output)
    assert site, problems
    return deploy(site, target, Orders(now=FIRST + timedelta(minutes=number), pause=lambda _: None, workers=2))


@dataclass(slots=True)
class Visits:
    """What the visitors met."""

    begun: int = 0
    requests: int = 0
    is_over: bool = False
    editions: Counter[bytes] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    moved: Condition = field(default_factory=Condition)

    def may_begin(self) -> bool:
        """Count one more read, unless the visit is over or spoilt."""
        with self.moved:
            may = not self.is_over and not self.wrong
            self.begun += may
            self.moved.notify_all()
            return may

    def wait_for(self, more: int) -> None:
        """Wait until so many more reads have begun."""
        with self.moved:
            enough = self.begun + more
            assert self.moved.wait_for(lambda: self.begun >= enough or self.wrong, timeout=600)

    def add(self, edition: bytes, requests: int, wrong: list[str]) -> None:
        """Note what one read met."""
        with self.moved:
            self.editions[edition] += 1
            self.requests += requests
            self.wrong += wrong


@dataclass(slots=True)
class Connection:
    """A connection that stays open, as a browser's does."""

    port: int
    stream: socket.socket
    rest: bytes = b""

    def get(self, path: bytes) -> tuple[int, bytes]:
        """Status and body."""
        self.stream.sendall(b"GET %b HTTP/1.1\r\nHost: localhost\r\n\r\n" % path)
        head = self._until(b"\r\n\r\n")
        length = int(re.search(rb"\r\nContent-Length: (\d+)", head)[1])  # type: ignore[index]
        while len(self.rest) < length:
            self._more()
        body, self.rest = self.rest[:length], self.rest[length:]
        return int(head[9:12]), body

    def _until(self, end: bytes) -> bytes:
        while end not in self.rest:
            self._more()
        head, _, self.rest = self.rest.partition(end)
        return head

    def _more(self) -> None:
        more = self.stream.recv(1 << 16)
        if not more:
            raise ConnectionError("the server hung up")
        self.rest += more


def _read_pages(port: int, visits: Visits, paths: Iterator[bytes]) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=60) as stream:
        connection = Connection(port, stream)
        while visits.may_begin():
            path = next(paths)
            try:
                visits.add(*_one_read(connection, path))
            except (OSError, ValueError, TypeError) as error:
                visits.add(b"", 1, [f"{path.decode()}: {error!r}"])


def _one_read(connection: Connection, path: bytes) -> tuple[bytes, int, list[str]]:
    """The edition of a page, the requests that it took, and what was missing or of another edition."""
    status, page = connection.get(path)
    loaded = LOADED.findall(page)
    editions = EDITION.findall(page)
    if status != 200 or len(loaded) != 2 or not editions:
        return b"", 1, [f"{status} {path.decode()}: {page[:80]!r}"]
    answers = [(asset, *connection.get(b"/" + asset)) for asset in loaded]
    wrong = [f"{status} {asset.decode()} of {path.decode()}" for asset, status, body in answers
             if status != 200 or EDITION.findall(body) != editions]
    return editions[0], 1 + len(loaded), wrong


@contextmanager
def visitors(port: int, visits: Visits) -> Iterator[None]:
    """Let them read while the block lasts."""
    paths = [b"/", *(b"/data/d%d/" % page for page in range(PAGES - 1))]
    ways = [cycle(paths[start:] + paths[:start]) for start in range(READERS)]
    threads = [Thread(target=_read_pages, args=(port, visits, way)) for way in ways]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        visits.is_over = True
        for thread in threads:
            thread.join()


def visits_during(deploys: int, reads: int, folder: Path) -> Visits:
    """Deploy to a folder that nginx shows, while visitors read: so many pages between the deploys, and more during them."""
    output, target, visits = folder / "output", FolderTarget(folder / "www/site"), Visits()
    assert not deployed(0, output, target).problems
    share = -(-reads // (deploys + 1))
    with nginx_showing(target.path, folder / "nginx") as port, visitors(port, visits):
        visits.wait_for(share)
        for number in range(1, deploys + 1):
            assert not deployed(number, output, target).problems
            visits.wait_for(share)
    return visits
