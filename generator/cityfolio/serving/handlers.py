"""What is answered: files of the site, what the server itself shows, and the socket of live reload."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from livereload import handlers  # type: ignore[import-untyped]  # the package has no types
from tornado import web
from tornado.iostream import StreamClosedError

from cityfolio import files
from cityfolio.files import sha256
from cityfolio.problems import Problem
from cityfolio.publish import headers
from cityfolio.serving import notes
from cityfolio.serving.live import NOT_FOUND, Live

RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class _Guarded(web.RequestHandler):
    """Answers those who asked for this server by its name, with the production headers."""

    def initialize(self, live: Live) -> None:
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
        shell = self.live.shell() if status_code == 404 else None
        if status_code == 404 and self.live.problems and not self.live.has_pages:
            self.set_status(503)       # it may be there once the errors are mended
            body, policy = self.live.own_page(notes.PROBLEMS) or (b"", "")
        elif shell is not None:
            body, policy = self.live.page(NOT_FOUND, shell)
        else:
            self.finish(f"<!doctype html><title>{status_code}</title><p>{status_code} {self._reason}</p>")
            return
        self.set_header("Content-Security-Policy", policy)
        self.finish(body)

    def send_page(self, body: bytes, policy: str) -> None:
        """Answer with a page, unless the browser has it."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", headers.ASK_AGAIN)
        self.set_header("Content-Security-Policy", policy)
        self.set_header("Etag", f'"{sha256(body)}"')
        if self.check_etag_header():
            self.set_status(304)
            self.finish()
        else:
            self.finish(body)


class _SiteHandler(_Guarded):
    """A file of the site: as it would be now, where it can be drawn at once, else as the last build wrote it."""

    async def get(self, path: str) -> None:
        """Answer with the file, or the part of it that was asked for."""
        loop = asyncio.get_running_loop()
        self.live.asked = loop.time()
        is_drawn = self.live.edition is not None or self.live.frame is not None
        made = await loop.run_in_executor(self.live.thread, self.live.made, path) if is_drawn else None
        if made is None and self.live.edition is not None and path and not path.endswith("/") and not self._is_for_ever(path):
            await self.live.is_built.wait()      # a feed, or an index, that only a build makes
        name = made[0] if made else self.live.find(path)
        if name == "":
            self.redirect(f"{self.request.path}/" + (f"?{self.request.query}" if self.request.query else ""))
        elif name is None:
            raise web.HTTPError(404)
        elif made is not None and isinstance(made[1], Problem):
            self._send_fault(made[1])
        elif name.endswith(".html"):
            self.send_page(*self.live.page(name, made[1] if made and isinstance(made[1], bytes) else None))
        else:
            await self._send_file(name, made[1] if made and not isinstance(made[1], Problem) else None)

    head = get   # Tornado leaves the body out

    def _is_for_ever(self, path: str) -> bool:
        return headers.cache_control(path) == headers.FOR_EVER and self.live.find(path) is not None

    def _send_fault(self, fault: Problem) -> None:
        content = notes.problem_list([fault])
        self.set_status(500)
        self.send_page(notes.plain_page("Problem", content, "default-src 'none'; style-src 'self'"),
                       "default-src 'none'; style-src 'self'")

    async def _send_file(self, name: str, made: bytes | Path | None) -> None:
        self.set_header("Content-Type", headers.media_type(name))
        self.set_header("Cache-Control", headers.cache_control(name))
        self.set_header("Content-Security-Policy", headers.policy_beside(name))
        entry = self.live.manifest.entries.get(name) if made is None else None
        etag = f'"{entry.sha256 if entry else sha256(self._bytes(name, made))}"'
        self.set_header("Etag", etag)
        if self.check_etag_header():
            self.set_status(304)
            return
        self.set_header("Accept-Ranges", "bytes")
        with self._opened(name, made) as stream:
            await self._send_part(stream, etag)

    def _bytes(self, name: str, made: bytes | Path | None) -> bytes:
        return made if isinstance(made, bytes) else files.read_bytes(made or self.live.output / name)

    def _opened(self, name: str, made: bytes | Path | None) -> BinaryIO:
        return BytesIO(made) if isinstance(made, bytes) else files.open_file(made or self.live.output / name)

    async def _send_part(self, stream: BinaryIO, etag: str) -> None:
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


class _OwnHandler(_Guarded):
    """What is only there while the site is edited: its style, all problems, and all changes."""

    async def get(self, path: str) -> None:
        """Answer with it."""
        if f"/-/{path}" == notes.STYLE:
            self.set_header("Content-Type", headers.media_type(path))
            self.set_header("Cache-Control", headers.ASK_AGAIN)
            self.finish(files.read_bytes(Path(__file__).parent / "serve.css"))
            return
        made = await asyncio.get_running_loop().run_in_executor(self.live.thread, self.live.own_page, f"/-/{path}")
        if made is None:
            raise web.HTTPError(404)
        self.send_page(*made)

    head = get


class _ScriptHandler(_Guarded):
    """The browser's half of live reload, from the livereload package."""

    def get(self) -> None:
        """Answer with the script."""
        self.set_header("Content-Type", headers.media_type("livereload.js"))
        self.set_header("Cache-Control", headers.ASK_AGAIN)
        self.finish(files.read_bytes(Path(handlers.__file__).parent / "vendors" / "livereload.js"))

    head = get


class ReloadHandler(handlers.LiveReloadHandler):  # type: ignore[misc]  # the package has no types
    """The WebSocket that tells pages to reload, for pages of this server only."""

    def initialize(self, live: Live) -> None:
        """Take what Tornado hands to each handler."""
        self.live = live

    def prepare(self) -> None:
        """Refuse who asks for another host, and pages of other sites."""
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


def application(live: Live) -> web.Application:
    """The server's addresses: two for live reload, those of its own, the rest for the site."""
    given = {"live": live}
    return web.Application(
        [(r"/livereload", ReloadHandler, given), (r"/livereload\.js", _ScriptHandler, given), (r"/-/(.*)", _OwnHandler, given),
         (r"/(.*)", _SiteHandler, given)],
        log_function=lambda handler: None, websocket_max_message_size=4096,
    )
