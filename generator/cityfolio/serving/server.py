"""The server itself: it answers, watches, and has the work done when something changed."""

from __future__ import annotations

import asyncio
import logging
import socket
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tornado.httpserver import HTTPServer

from cityfolio.frozen import replace
from cityfolio.machine_faults import in_words
from cityfolio.problems import Problem
from cityfolio.serving.handlers import application, reload_pages
from cityfolio.serving.live import Live
from cityfolio.serving.watching import POLL_SECONDS, Seen, changes, settled
from cityfolio.serving.work import BROKEN_OFF, Work

T = TypeVar("T")
ADDRESS = "127.0.0.1"
QUIET_SECONDS = 0.4      # without a page asked for, until the whole build begins: what is looked at comes first
LONGEST_WAIT = 5.0       # for such quiet


def is_free(port: int) -> bool:
    """Whether a server can be opened at a port of this machine. Port 0 stands for any that is free."""
    try:
        socket.create_server((ADDRESS, port)).close()
    except OSError:
        return False
    return True


def serve(output: Path, watch: tuple[Path, ...], work: Work, port: int, ready: Callable[[str], None]) -> None:
    """Serve the site in `output` until Ctrl+C, and have the work done when a file below one of the `watch` folders changes.

    `ready` is told, once, where the site is. Port 0 takes any that is free.
    """
    try:
        asyncio.run(serving(Live(output), watch, work, (port, ready)))
    except KeyboardInterrupt:
        ready("Stopped.")


async def serving(live: Live, watch: tuple[Path, ...], work: Work, start: tuple[int, Callable[[str], None]]) -> None:
    """Serve until this task is cancelled."""
    port, ready = start
    try:
        door = socket.create_server((ADDRESS, port))
    except OSError as error:
        sys.exit(f"Port {port} cannot be used: {error.strerror}. Name another with --port; 0 takes any that is free.")
    door.setblocking(False)
    live.port = door.getsockname()[1]
    server = HTTPServer(application(live))
    following = _Following(live, watch, work)
    await following.begin()
    server.add_socket(door)
    ready(f"The site is at http://{ADDRESS}:{live.port}/ and follows every change. Stop with Ctrl+C.")
    try:
        while True:
            await asyncio.sleep(POLL_SECONDS)
            await following.step()
    finally:
        await following.end()
        server.stop()
        await server.close_all_connections()


@dataclass(slots=True)
class _Following:
    """What follows the files: the state that was last worked on, and the build that may be under way."""

    live: Live
    watch: tuple[Path, ...]
    work: Work
    seen: Seen | None = None
    building: asyncio.Task[None] | None = None
    running: asyncio.Future[tuple[Problem, ...] | None] | None = None    # the build's thread

    async def begin(self) -> None:
        """Look for the first time. Without a quick look the output folder is shown as it is."""
        self.seen = changes(self.watch)
        if await self._look():
            self.building = asyncio.create_task(self._build())
        else:
            self.live.is_built.set()

    async def step(self) -> None:
        """Do the work if something changed, once a burst of changes is over."""
        now = changes(self.watch)
        if now == self.seen:
            return
        self.seen = await settled(self.watch, now)
        await self._stop()
        self.live.is_built.clear()
        if await self._look():
            reload_pages()
        self.building = asyncio.create_task(self._build())

    async def end(self) -> None:
        """Stop what is under way."""
        await self._stop()
        self.live.is_built.set()
        self.live.thread.shutdown(wait=False, cancel_futures=True)

    async def _look(self) -> bool:
        found = await self._tried(asyncio.get_running_loop().run_in_executor(self.live.thread, self.work.look))
        if found is None:
            return False
        self.live.take(found)
        return True

    async def _build(self) -> None:
        """Build the whole site once nobody waits for a page; reload if that showed something new."""
        live = self.live
        if live.edition is not None:
            await self._quiet()
        if self.running is not None:     # a thread cannot be cancelled, and two builds would write into one folder
            await asyncio.wait([self.running])
        before = live.manifest, live.problems, live.comparison
        if not live.is_stale:
            self.running = asyncio.ensure_future(asyncio.to_thread(self.work.build))
            problems = await self._tried(asyncio.shield(self.running))
            live.problems = live.problems if problems is None else problems
        live.is_built.set()
        found = await self._tried(asyncio.to_thread(self.work.differ)) or BROKEN_OFF
        live.comparison = found if found.state != "broken-off" else replace(found, diff=live.comparison.diff)
        after = live.manifest, live.problems, live.comparison
        if after[1:] != before[1:] or (live.edition is None and after != before):
            reload_pages()

    async def _quiet(self) -> None:
        loop = asyncio.get_running_loop()
        began = loop.time()
        while loop.time() - max(began, self.live.asked) < QUIET_SECONDS and loop.time() - began < LONGEST_WAIT:
            await asyncio.sleep(POLL_SECONDS)

    async def _stop(self) -> None:
        if self.building is None:
            return
        self.work.stop()
        self.building.cancel()
        await asyncio.wait([self.building])
        self.building = None

    @staticmethod
    async def _tried(work: Awaitable[T]) -> T | None:
        try:
            return await work
        except OSError as error:
            logging.getLogger("cityfolio").error(in_words(error, "The rebuild"))   # noqa: TRY400 - the machine's, in words
            return None
        except Exception:
            # A slip in a template that is being edited should not end the server; what went wrong is shown whole.
            logging.getLogger("cityfolio").exception("The site could not be rebuilt.")
            return None
