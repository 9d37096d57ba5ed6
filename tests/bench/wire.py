"""A server of a folder on this machine, which notes what it sends: text packed as hosts do it, an index as it lies there, and
parts of files where they are asked for."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

from browser.serving import Patient

PACKED = (".html", ".css", ".js", ".svg", ".json")
INDEX = "/search/index/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """One answer: the path that was asked for, and the bytes of its body on the wire."""

    path: str
    bytes: int
    part: str = ""       # what was asked for of it, "bytes=0-99"; "" for all of it

    @property
    def is_script(self) -> bool:
        """Whether it is a script."""
        return self.path.endswith(".js")

    @property
    def is_of_index(self) -> bool:
        """Whether it is of the search index."""
        return INDEX in self.path

    @property
    def facet(self) -> str:
        """The facet whose column it is, "" when it is none."""
        _, _, name = self.path.rpartition("/facets/")
        return name.removesuffix(".bin") if name != self.path else ""


@dataclass(slots=True)
class Wire:
    """What a server has sent so far."""

    address: str
    sent: list[Sent] = field(default_factory=list)

    def taken(self) -> list[Sent]:
        """What was sent since this was last asked."""
        taken, self.sent[:] = self.sent[:], []
        return taken


def weight(sent: Sequence[Sent]) -> int:
    """The bytes of some answers together."""
    return sum(each.bytes for each in sent)


@contextmanager
def wired(folder: Path, *, gives_parts: bool = True) -> Iterator[Wire]:
    """Serve a folder, which may hold links to others, while the block lasts; with parts of files, or only all of each."""
    sent: list[Sent] = []
    server = Patient(("127.0.0.1", 0), partial(_Answering, sent, gives_parts, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Wire(f"http://127.0.0.1:{server.server_address[1]}", sent)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Answering(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 1 << 16     # head and body in one go, or the second waits until the first is acknowledged

    def __init__(self, sent: list[Sent], gives_parts: bool, *rest: object, **named: object) -> None:
        self.sent, self.gives_parts = sent, gives_parts
        super().__init__(*rest, **named)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body, part = _body(path), self.headers.get("Range", "")
        if part and self.gives_parts:
            first, last = map(int, part.removeprefix("bytes=").split("-"))
            of, body = len(body), body[first:last + 1]
            self.send_response(HTTPStatus.PARTIAL_CONTENT)
            self.send_header("Content-Range", f"bytes {first}-{first + len(body) - 1}/{of}")
        else:
            self.send_response(HTTPStatus.OK)
        self.sent.append(Sent(path=self.path.partition("?")[0], bytes=len(body), part=part))
        self.send_header("Content-Type", self.guess_type(path))
        if path.suffix in PACKED:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        pass


@lru_cache(maxsize=10_000)
def _body(path: Path) -> bytes:
    body = path.read_bytes()
    return gzip.compress(body, 6, mtime=0) if path.suffix in PACKED else body
