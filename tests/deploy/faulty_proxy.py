"""A proxy in front of a server that speaks the language of S3: it harms one request, and watches what visitors could meet.

What is asked for goes through it byte for byte, for the requests are signed. After each request that changes something, and
before its answer is given, every page that is there is compared with the assets that it loads.
"""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.sax.saxutils import unescape

FAULTS = ("drop", "lost", "delay", "429", "500", "503", "cut-request", "cut-answer", "twice")
KILLS = ("kill-before", "kill-after")
DELAY_SECONDS = 0.02
ASSET = re.compile(rb'(?:href|src)="/(assets/[^"]+)"')
KEY = re.compile(rb"<Key>([^<]*)</Key>")
OWN = ".cityfolio/"
SLOW_DOWN = b'<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>'


@dataclass(slots=True)
class Visible:
    """What lies in the bucket, as far as visitors are concerned, and every moment at which a page lacked an asset."""

    pages: dict[str, frozenset[str]] = field(default_factory=dict)    # path -> the assets that it loads
    paths: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    looks: int = 0

    def put(self, path: str, body: bytes) -> None:
        """A file was stored."""
        self.paths.add(path)
        if path.endswith(".html"):
            self.pages[path] = frozenset(name.decode() for name in ASSET.findall(body))

    def remove(self, path: str) -> None:
        """A file was deleted."""
        self.paths.discard(path)
        self.pages.pop(path, None)

    def look(self, at: str) -> None:
        """Compare every page with its assets."""
        self.looks += 1
        self.broken += [f"{at}: {path} lacks {', '.join(sorted(lost))}" for path, assets in self.pages.items()
                        if (lost := assets - self.paths)]


@dataclass(slots=True)
class Proxy:
    """The proxy, and what passed through it."""

    backend: int
    bucket: str
    port: int = 0
    fault: str = ""
    at: int = 0                        # the request that is harmed, counted from 1
    count: int = 0
    is_dead: bool = False              # the client was killed: nothing of it comes through any more
    busy: int = 0
    sent: list[str] = field(default_factory=list)        # files of the site that were stored
    copied: list[str] = field(default_factory=list)
    visible: Visible = field(default_factory=Visible)
    guard: threading.Condition = field(default_factory=threading.Condition)

    @property
    def endpoint(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def harm(self, fault: str, at: int) -> None:
        """Begin to count anew, and harm one request."""
        with self.guard:
            self.guard.wait_for(lambda: self.busy == 0, 20)
            self.fault, self.at, self.count, self.is_dead = fault, at, 0, False
            self.sent, self.copied = [], []

    def next(self) -> str:
        """The fault of the request that begins now."""
        with self.guard:
            self.count += 1
            self.busy += 1
            if self.is_dead:
                return "drop"
            return self.fault if self.count == self.at else ""

    def ended(self) -> None:
        """A request has ended."""
        with self.guard:
            self.busy -= 1
            self.guard.notify_all()

    def changed(self, method: str, target: str, headers: Any, body: bytes) -> None:    # Any: http.server's messages
        """Take note of what a request did that the server confirmed."""
        split = urlsplit(target)
        path = unquote(split.path).removeprefix(f"/{self.bucket}").lstrip("/")
        with self.guard:
            if method == "POST" and "delete" in split.query:
                for key in KEY.findall(body):
                    self.visible.remove(unescape(key.decode()))
            elif method == "DELETE":
                self.visible.remove(path)
            elif method == "PUT" and path.startswith(OWN):
                self.copied += [path] if headers.get("x-amz-copy-source") else []
                return
            elif method == "PUT" and not headers.get("x-amz-copy-source"):
                self.sent.append(path)
                self.visible.put(path, body)
            else:
                return
            self.visible.look(f"request {self.count}, {method} {path}")


@contextmanager
def a_proxy(backend: int, bucket: str) -> Iterator[Proxy]:
    """Start a proxy, and end it."""
    proxy = Proxy(backend, bucket)

    class Handler(_Handler):
        through = proxy

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    through: Proxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    backend: HTTPConnection | None = None

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, HTTPException, TimeoutError):
            self.close_connection = True

    def log_message(self, *said: object) -> None:
        """Say nothing."""

    def finish(self) -> None:
        if self.backend:
            self.backend.close()
        try:
            super().finish()
        except (ConnectionError, ValueError):
            self.close_connection = True

    def pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.through.next()
        try:
            self.harmed(fault, body)
        finally:
            self.through.ended()

    def __getattr__(self, name: str) -> Any:    # Any: http.server looks for do_GET, do_PUT and so on
        if name.startswith("do_"):
            return self.pass_on
        raise AttributeError(name)

    def harmed(self, fault: str, body: bytes) -> None:
        proxy = self.through
        if fault == "delay":
            time.sleep(DELAY_SECONDS)
        if fault in ("429", "500", "501", "503"):
            self.answer(int(fault), {"Content-Type": "application/xml"}, SLOW_DOWN)
            return
        if fault == "kill-before":
            proxy.is_dead = True
        if fault == "cut-request":
            self.send_half(body)
        if fault in ("drop", "kill-before", "cut-request"):
            self.cut()
            return
        status, headers, answer = self.forward(body)
        if fault == "twice":
            status, headers, answer = self.forward(body)
        if status < 300:
            proxy.changed(self.command, self.path, self.headers, body)
        if fault == "kill-after":
            proxy.is_dead = True
        if fault in ("lost", "kill-after") or proxy.is_dead:
            self.cut()
            return
        self.answer(status, headers, answer, cut=fault == "cut-answer")

    def forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        for attempt in (1, 2):
            if self.backend is None:
                self.backend = HTTPConnection("127.0.0.1", self.through.backend, timeout=20)
            try:
                self.backend.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    self.backend.putheader(name, value)
                self.backend.endheaders(body)
                answer = self.backend.getresponse()
                return answer.status, dict(answer.getheaders()), answer.read()
            except (ConnectionError, HTTPException):
                self.backend.close()
                self.backend = None
                if attempt == 2:
                    raise
        raise ConnectionError

    def answer(self, status: int, headers: dict[str, str], body: bytes, *, cut: bool = False) -> None:
        self.send_response_only(status)
        length = headers.get("Content-Length", str(len(body))) if self.command == "HEAD" else str(len(body))
        for name, value in headers.items():
            if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(int(length) + 10) if cut and not body else length)
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if cut else body)
        if cut:
            self.cut()

    def send_half(self, body: bytes) -> None:
        lines = [f"{self.command} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers.items()), "", ""]
        with socket.create_connection(("127.0.0.1", self.through.backend), timeout=20) as connection:
            connection.sendall("\r\n".join(lines).encode("latin-1") + body[: len(body) // 2])
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(2)
            try:
                while connection.recv(65536):
                    pass
            except OSError:
                return

    def cut(self) -> None:
        self.close_connection = True
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return
