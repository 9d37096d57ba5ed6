"""The site on this machine while it is edited: production headers, and the page reloads when a build replaced the site.

It serves the files that the output folder's manifest lists, to this machine alone. A page of some other site that is open in
the same browser is kept out by the Host and Origin headers, which it cannot choose.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
import socket
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from livereload import handlers  # type: ignore[import-untyped]  # the package has no types
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.iostream import StreamClosedError

from cityfolio import files
from cityfolio.files import sha256
from cityfolio.model.site import Manifest
from cityfolio.publish import headers
from cityfolio.publish.manifest import manifest_in

ADDRESS = "127.0.0.1"
HOSTS = ("127.0.0.1", "localhost", "[::1]")
NOT_FOUND = "404.html"
POLL_SECONDS = 0.2
SETTLE_SECONDS = 0.05
PATIENCE = 40            # times that we wait for a burst of changes to end
SCRIPT = b'<script src="/livereload.js"></script></head>'
RANGE = re.compile(r"bytes=(\d*)-(\d*)")


def is_free(port: int) -> bool:
    """Whether a server can be opened at a port of this machine. Port 0 stands for any that is free."""
    try:
        socket.create_server((ADDRESS, port)).close()
    except OSError:
        return False
    return True


def serve(output: Path, watch: tuple[Path, ...], rebuild: Callable[[], None], port: int, ready: Callable[[str], None]) -> None:
    """Serve the site in `output` until Ctrl+C, and call `rebuild` when a file below one of the `watch` folders changes.

    `ready` is told, once, where the site is. Port 0 takes any that is free.
    """
    try:
        asyncio.run(_serve(_Live(output), watch, rebuild, (port, ready)))
    except KeyboardInterrupt:
        ready("Stopped.")


async def _serve(live: _Live, watch: tuple[Path, ...], rebuild: Callable[[], None],
                 start: tuple[int, Callable[[str], None]]) -> None:
    port, ready = start
    try:
        door = socket.create_server((ADDRESS, port))
    except OSError as error:
        sys.exit(f"Port {port} cannot be used: {error.strerror}. Name another with --port; 0 takes any that is free.")
    door.setblocking(False)
    live.port = door.getsockname()[1]
    server = HTTPServer(application(live))
    seen = changes(watch)
    server.add_socket(door)
    ready(f"The site is at http://{ADDRESS}:{live.port}/ and follows every change. Stop with Ctrl+C.")
    try:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            seen = await _followed(live, watch, rebuild, seen)
    finally:
        server.stop()
        await server.close_all_connections()


Seen = Mapping[str, tuple[int, int]]


async def _followed(live: _Live, watch: tuple[Path, ...], rebuild: Callable[[], None], seen: Seen) -> Seen:
    """Rebuild if something changed since `seen`, once a burst of changes is over. The answer is what was built from."""
    now = changes(watch)
    if now == seen:
        return seen
    for _ in range(PATIENCE):
        await asyncio.sleep(SETTLE_SECONDS)
        if (later := changes(watch)) == now:
            break
        now = later
    before = live.manifest
    try:
        rebuild()
    except Exception:
        # A slip in a template that is being edited should not end the server; what went wrong is shown whole.
        logging.getLogger("cityfolio").exception("The site could not be rebuilt.")
    if live.manifest != before:
        reload_pages()
    return now


def changes(folders: tuple[Path, ...]) -> Seen:
    """The state of every file below some folders, without those whose path has a part that starts with a dot."""
    return {
        f"{folder}/{found.path}": (found.modified_ns, found.bytes)
        for folder in folders for found in files.files_below(folder, hidden=False)
    }


@dataclass(slots=True)
class _Live:
    """The site as it is now."""

    output: Path
    port: int = 0
    _stamp: tuple[int, int] = (0, 0)
    _manifest: Manifest = field(default_factory=Manifest)

    @property
    def manifest(self) -> Manifest:
        """The manifest of the site in the folder, read again when a build replaced it."""
        stamp = files.stamp(self.output / "manifest.json")
        if stamp != self._stamp:
            self._stamp, self._manifest = stamp, manifest_in(self.output) or Manifest()
        return self._manifest

    def admits(self, host: str) -> bool:
        """Whether a Host header names this server."""
        return host.lower() in {f"{name}:{self.port}" for name in HOSTS} | (set(HOSTS) if self.port == 80 else set())

    def find(self, path: str) -> str | None:
        """The file at a site path, also below the path that the site will be published under. "" is a folder's address
        without its final "/", None is nothing at all.
        """
        base = urlsplit(self.manifest.base_url).path.strip("/")
        for candidate in (path, path.removeprefix(f"{base}/") if base else path):
            name = f"{candidate}index.html" if not candidate or candidate.endswith("/") else candidate
            if name in self.manifest.entries or name == "manifest.json":
                return name if files.is_plain(self.output, name) else None
            if f"{name}/index.html" in self.manifest.entries:
                return ""
        return None

    def page(self, name: str) -> tuple[bytes, str]:
        """A page with the script that reloads it, and its policy, which is widened for that script alone."""
        body = files.read_bytes(self.output / name)
        policy = headers.policy_of(body)
        if policy is None:
            return body, headers.CLOSED_POLICY
        wider = widened(policy, self.port)
        escaped = wider.replace("&", "&amp;").replace('"', "&quot;").encode()
        body = headers.POLICY.sub(lambda found: found[0].replace(found[1], escaped), body, count=1)
        # Who may frame a page can be said in a header alone.
        return body.replace(b"</head>", SCRIPT, 1), f"{wider}; {headers.framing(name)}"


def widened(policy: str, port: int) -> str:
    """A policy that also lets a page load our script and open our WebSocket."""
    directives = {name: values for name, *values in (part.split() for part in policy.split(";") if part.strip())}
    for name, needed in (("script-src", ["'self'"]), ("connect-src", [f"ws://{host}:{port}" for host in HOSTS[:2]])):
        values = [value for value in directives.get(name, []) if value != "'none'"]
        directives[name] = values + [each for each in needed if each not in values]
    return "; ".join(" ".join([name, *values]) for name, values in directives.items())


class _Guarded(web.RequestHandler):
    """Answers those who asked for this server by its name, with the production headers."""

    def initialize(self, live: _Live) -> None:
        self.live = live

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", headers.CLOSED_POLICY)
        for name, value in headers.ALWAYS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        if not self.live.admits(self.request.headers.get("Host", "")):
            raise web.HTTPError(403, reason="Wrong Host")

    def write_error(self, status_code: int, **given: object) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if status_code == 404 and self.live.find(NOT_FOUND):
            body, policy = self.live.page(NOT_FOUND)
            self.set_header("Content-Security-Policy", policy)
            self.finish(body)
        else:
            self.finish(f"<!doctype html><title>{status_code}</title><p>{status_code} {self._reason}</p>")


class _SiteHandler(_Guarded):
    """A file of the site."""

    async def get(self, path: str) -> None:
        """Answer with the file, or the part of it that was asked for."""
        name = self.live.find(path)
        if name == "":
            self.redirect(f"{self.request.path}/" + (f"?{self.request.query}" if self.request.query else ""))
            return
        if name is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", headers.media_type(name))
        self.set_header("Cache-Control", headers.cache_control(name))
        if name.endswith(".html"):
            body, policy = self.live.page(name)
            self.set_header("Content-Security-Policy", policy)
            self.set_header("Etag", f'"{sha256(body)}"')
            self._finish_unless_known(body)
        else:
            self.set_header("Content-Security-Policy", headers.policy_beside(name))
            await self._file(name)

    head = get   # Tornado leaves the body out

    def _finish_unless_known(self, body: bytes) -> None:
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
        else:
            self.finish(body)

    async def _file(self, name: str) -> None:
        entry = self.live.manifest.entries.get(name)
        etag = f'"{entry.sha256}"' if entry else f'"{sha256(files.read_bytes(self.live.output / name))}"'
        self.set_header("Etag", etag)
        if self.check_etag_header():
            self.set_status(304)
            return
        self.set_header("Accept-Ranges", "bytes")
        with files.open_file(self.live.output / name) as stream:
            size = stream.seek(0, 2)
            start, end = self._range(size, etag)
            if start >= end and size:
                self.set_status(416)
                self.set_header("Content-Range", f"bytes */{size}")
                return
            if (start, end) != (0, size):
                self.set_status(206)
                self.set_header("Content-Range", f"bytes {start}-{end - 1}/{size}")
            self.set_header("Content-Length", end - start)
            if self.request.method == "HEAD":
                return
            stream.seek(start)
            try:
                for piece in _pieces(stream.read, end - start):
                    self.write(piece)
                    await self.flush()
            except StreamClosedError:
                return   # the reader went away

    def _range(self, size: int, etag: str) -> tuple[int, int]:
        """The part that was asked for, as two offsets. More than one part at once is answered with the whole."""
        asked = RANGE.fullmatch(self.request.headers.get("Range", ""))
        if not asked or asked[0] == "bytes=-" or self.request.headers.get("If-Range", etag) != etag:
            return 0, size
        first, last = asked.groups()
        start = int(first) if first else max(0, size - int(last))
        end = min(size, int(last) + 1) if first and last else size
        return start, end


def _pieces(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    while size > 0 and (piece := read(min(size, files.CHUNK_BYTES))):
        size -= len(piece)
        yield piece


class _ScriptHandler(_Guarded):
    """The browser's half of live reload, from the livereload package."""

    def get(self) -> None:
        """Answer with the script."""
        self.set_header("Content-Type", headers.media_type("livereload.js"))
        self.set_header("Cache-Control", headers.ASK_AGAIN)
        self.finish(files.read_bytes(Path(handlers.__file__).parent / "vendors" / "livereload.js"))

    head = get


class _ReloadHandler(handlers.LiveReloadHandler):  # type: ignore[misc]  # the package has no types
    """The WebSocket that tells pages to reload, for pages of this server only."""

    def initialize(self, live: _Live) -> None:
        self.live = live

    def prepare(self) -> None:
        origin = urlsplit(self.request.headers.get("Origin", ""))
        if not (self.live.admits(self.request.headers.get("Host", "")) and self._is_ours(origin.scheme, origin.netloc)):
            raise web.HTTPError(403)

    def check_origin(self, origin: str) -> bool:
        """Ask again what `prepare` has asked: the package itself admits everybody."""
        return self._is_ours(*urlsplit(origin)[:2])

    def on_message(self, message: str | bytes) -> None:
        """Answer the script's greeting; what is not part of the protocol is not worth a traceback."""
        try:
            said = json.loads(message)
        except ValueError:
            said = None
        if isinstance(said, dict) and isinstance(said.get("command"), str):
            super().on_message(message)

    def _is_ours(self, scheme: str, host: str) -> bool:
        return scheme == "http" and self.live.admits(host)


def reload_pages() -> None:
    """Tell every page that is open to load itself again."""
    for page in handlers.LiveReloadHandler.waiters.copy():
        page.send_message({"command": "reload", "path": "/", "liveCSS": False, "liveImg": False})


def application(live: _Live) -> web.Application:
    """The server's addresses: two for live reload, the rest for the site."""
    given = {"live": live}
    return web.Application(
        [(r"/livereload", _ReloadHandler, given), (r"/livereload\.js", _ScriptHandler, given), (r"/(.*)", _SiteHandler, given)],
        log_function=lambda handler: None, websocket_max_message_size=4096,
    )
