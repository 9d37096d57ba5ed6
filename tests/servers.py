"""The development server in a thread, and two small clients: one for exact requests, one for the live-reload socket."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import BinaryIO

from cityfolio.problems import Problem
from cityfolio.serving import server as serving_room
from cityfolio.serving.live import Live
from cityfolio.serving.work import Work, by_building

UPGRADE = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
           "Sec-WebSocket-Version": "13"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(slots=True)
class Server:
    """A server that runs: its port and what it told."""

    port: int = 0
    told: list[str] = field(default_factory=list)

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """One request, with the path as it is. `_` stands for "-" in the names of headers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def say(self, text: str) -> bytes:
        """What the server answers to some bytes, until it closes the connection."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(text.encode())
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    @contextmanager
    def listening(self, **headers: str) -> Iterator[Listener]:
        """Connect to the live-reload socket as the script in a page does."""
        given = {"Host": f"127.0.0.1:{self.port}", "Origin": f"http://127.0.0.1:{self.port}", **UPGRADE, **headers}
        lines = ["GET /livereload HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection, connection.makefile("rb") as stream:
            connection.sendall("\r\n".join(lines).encode())
            status = int(stream.readline().split()[1])
            while stream.readline().strip():
                pass
            yield Listener(status, connection, stream)


@dataclass(slots=True)
class Listener:
    """A page that listens. The status is 101 when it may."""

    status: int
    connection: socket.socket
    stream: BinaryIO

    def say(self, text: str) -> None:
        """Send one message, shorter than 126 bytes; the mask that browsers must use is zero."""
        body = text.encode()
        self.connection.sendall(bytes([0x81, 0x80 | len(body), 0, 0, 0, 0]) + body)

    def hear(self) -> dict[str, object]:
        """The next message."""
        size = self.stream.read(2)[1]
        size = int.from_bytes(self.stream.read(2)) if size == 126 else size
        message: dict[str, object] = json.loads(self.stream.read(size))
        return message

    def greet(self) -> dict[str, object]:
        """Say what the script says first, and hear the answer. From here on the page is told of changes."""
        self.say('{"command": "hello", "protocols": ["http://livereload.com/protocols/official-7"]}')
        self.say('{"command": "info", "url": "http://127.0.0.1/", "plugins": {}}')
        return self.hear()


@contextmanager
def serving(output: Path, *watch: Path, rebuild: Callable[[], tuple[Problem, ...] | None] = lambda: None,
            work: Work | None = None) -> Iterator[Server]:
    """Run the server on any free port while the block lasts: with work that only builds, or with any."""
    asked = work or by_building(rebuild)
    server, is_ready, stop = Server(), threading.Event(), list[Callable[[], object]]()

    def ready(text: str) -> None:
        server.told.append(text)
        server.port = int(re.search(r"127\.0\.0\.1:(\d+)/", text)[1])  # type: ignore[index]
        is_ready.set()

    async def run() -> None:
        task = asyncio.create_task(serving_room.serving(Live(output), watch, asked, (0, ready)))
        loop = asyncio.get_running_loop()
        stop.append(lambda: loop.call_soon_threadsafe(task.cancel))
        await asyncio.wait([task])

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    try:
        assert is_ready.wait(60)
        yield server
    finally:
        stop[0]()
        thread.join()
