"""A web server on this machine whose pages are there, gone, moved, slow or busy, to HEAD and to GET as a test wants it."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What the server says at a path: statuses by turn, the last for ever; and to HEAD, if that is something else."""

    statuses: tuple[int, ...] = (200,)
    to_head: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    is_silent: bool = False
    drips: bool = False


@dataclass(slots=True)
class Linked:
    """A server that runs: its address, and what it was asked."""

    root: str
    pages: Mapping[str, Says]
    asked: list[tuple[str, str]] = field(default_factory=list)
    ranges: list[str | None] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    at_once: int = 0
    most_at_once: int = 0


@contextmanager
def linked(pages: Mapping[str, Says], certificate: str | None = None) -> Iterator[Linked]:
    """Serve on any free port while the block lasts. What no page is given for is not there."""
    ends, lock = threading.Event(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer("HEAD")

        def do_GET(self) -> None:
            self.answer("GET")

        def answer(self, method: str) -> None:
            with lock:
                running.at_once += 1
                running.most_at_once = max(running.most_at_once, running.at_once)
                before = sum(asked == (method, self.path) for asked in running.asked)
                running.asked.append((method, self.path))
                running.ranges.append(self.headers["Range"])
                running.agents.add(self.headers["User-Agent"])
            self.say(running.pages.get(self.path, Says(statuses=(404,))), method, before)

        def say(self, says: Says, method: str, before: int) -> None:
            if says.is_silent:
                ends.wait(30)
                self.is_said()
                return
            while says.drips and not ends.wait(0.05):
                self.wfile.write(b"H")
                self.wfile.flush()
            status = says.statuses[min(before, len(says.statuses) - 1)]
            self.send_response(says.to_head if method == "HEAD" and says.to_head else status)
            for name, value in says.headers.items():
                self.send_header(name, value.replace("ROOT", running.root))
            self.send_header("Content-Length", "0")
            self.is_said()       # before the answer leaves: with it whoever asked may ask again
            self.end_headers()

        def is_said(self) -> None:
            with lock:
                running.at_once -= 1

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Whoever asked went away."""

    server = Server(("127.0.0.1", 0), Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    running = Linked(f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_address[1]}", pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield running
    finally:
        ends.set()
        server.shutdown()
        thread.join()
        server.server_close()
