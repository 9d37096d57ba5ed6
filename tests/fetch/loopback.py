"""A web server on this machine that gives a file as a test wants it given: whole, packed, in parts, cut, late or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server says. `cut_after`: so many bytes of the body, and then the connection ends."""

    status: int = 200
    body: bytes | Iterable[bytes] = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_after: int | None = None
    is_late: bool = False                 # it comes when the server stops


@dataclass(slots=True)
class Web:
    """A server that runs: where it is, and what it was asked."""

    root: str
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [path for path, _ in self.asked]


Answers = Callable[[str, Mapping[str, str]], Reply]


@contextmanager
def web(answers: Answers | Reply) -> Iterator[Web]:
    """Serve on any free port while the block lasts."""
    ends = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            given = {name.title(): value for name, value in self.headers.items()}
            running.asked.append((self.path, given))
            reply = answers if isinstance(answers, Reply) else answers(self.path, given)
            if reply.is_late:
                ends.wait(30)
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            pieces = [reply.body] if isinstance(reply.body, bytes) else reply.body
            if isinstance(reply.body, bytes) and "Content-Length" not in reply.headers and reply.status != 304:
                self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.close_connection = reply.cut_after is not None or not isinstance(reply.body, bytes)
            try:
                for piece in pieces:
                    self.wfile.write(piece[: reply.cut_after])
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True   # whoever asked has heard enough

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Web(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield running
    finally:
        ends.set()
        server.shutdown()
        thread.join()
        server.server_close()


def versioned(body: bytes, etag: str = '"1"', *, has_ranges: bool = True, cuts: int = 0,
              cut_at: int | None = None) -> Answers:
    """A server that knows versions, perhaps parts, and cuts the first so many answers in the middle."""
    left = [cuts]

    def answer(path: str, headers: Mapping[str, str]) -> Reply:
        said = {"ETag": etag}
        if headers.get("If-None-Match") == etag:
            return Reply(status=304, headers=said)
        start = int(headers["Range"].removeprefix("bytes=").rstrip("-")) if has_ranges and "Range" in headers else 0
        rest = body[start:]
        left[0] -= 1
        half = len(rest) // 2 if cut_at is None else cut_at
        cut = half if left[0] >= 0 else None
        said |= {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"} if start else {}
        return Reply(status=206 if start else 200, body=rest, headers=said, cut_after=cut)

    return answer
