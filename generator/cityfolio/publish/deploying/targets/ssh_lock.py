"""The lock on a host that is reached by SFTP: a file that can be made once, and that its holder touches while he is alive.

A connection may end without a word, so a lock that has not been touched for some time is taken over. What the time is, the host
tells: the clocks of two machines differ. Right before visitors are led to a new site, its deploy
looks whether the lock is its own.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic_ns
from typing import TYPE_CHECKING

import orjson

from cityfolio.publish.deploying.target import Locked
from cityfolio.publish.deploying.targets import remote_files

if TYPE_CHECKING:
    from asyncssh import SFTPClient

TOUCH_SECONDS = 20.0
DEAD_SECONDS = 150          # without a touch
WAIT = f"Wait until it has ended. One that died is passed over {DEAD_SECONDS} seconds later."


@dataclass(slots=True)
class RemoteLock:
    """A lock, held from `take` until `free`."""

    files: SFTPClient
    path: str
    body: bytes
    toucher: asyncio.Task[None] | None = field(default=None)

    async def take(self, *, breaks: bool = False) -> None:
        """Make the file. Raises Locked where somebody alive has it."""
        if breaks:
            await remote_files.discard(self.files, self.path)
        if not await self._make():
            holder = await self._read()
            if holder is not None and not await self._is_dead():
                raise Locked(f"another deploy is at work: {_told(holder)}", WAIT)
            await self._push_aside(holder)
            if not await self._make():
                raise Locked("another deploy has begun at the same moment", "Wait until it has ended.")
        self.toucher = asyncio.create_task(self._touch())

    async def check(self) -> None:
        """Raise Locked where the lock is not one's own any more."""
        if await self._read() != self.body:
            raise Locked("another deploy has taken over, because this one was silent for too long", "Deploy again.")

    async def free(self) -> None:
        """Remove the file, if it is one's own."""
        if self.toucher is not None:
            self.toucher.cancel()
            with suppress(asyncio.CancelledError):
                await self.toucher
        if await self._read() == self.body:
            await remote_files.discard(self.files, self.path)

    async def _make(self) -> bool:
        import asyncssh

        flags = asyncssh.FXF_WRITE | asyncssh.FXF_CREAT | asyncssh.FXF_EXCL
        try:
            async with self.files.open(self.path, flags, encoding=None) as stream:
                await stream.write(self.body)
        except (asyncssh.SFTPFailure, asyncssh.SFTPFileAlreadyExists):
            if not await self.files.lexists(self.path):
                raise
            return False
        return True

    async def _read(self) -> bytes | None:
        import asyncssh

        try:
            return await remote_files.read(self.files, self.path)
        except asyncssh.SFTPNoSuchFile:
            return None

    async def _is_dead(self) -> bool:
        import asyncssh

        try:
            touched = await self.files.getmtime(self.path) or 0
        except asyncssh.SFTPNoSuchFile:
            return True
        probe = f"{self.path}.{os.getpid()}.{monotonic_ns()}"
        await remote_files.write(self.files, probe, [b""])
        now = await self.files.getmtime(probe) or 0
        await remote_files.discard(self.files, probe)
        return now - touched > DEAD_SECONDS

    async def _push_aside(self, holder: bytes | None) -> None:
        """Take the dead one's lock away; and put it back where a third deploy was quicker and it is alive."""
        import asyncssh

        aside = f"{self.path}.{os.getpid()}.{monotonic_ns()}"
        try:
            await remote_files.replace(self.files, self.path, aside)
        except asyncssh.SFTPNoSuchFile:
            return
        if await remote_files.read(self.files, aside) != holder:
            with suppress(asyncssh.Error):
                await self.files.link(aside, self.path)
        await remote_files.discard(self.files, aside)

    async def _touch(self) -> None:
        while True:
            await asyncio.sleep(TOUCH_SECONDS)
            async with self.files.open(self.path, "r+b") as stream:
                await stream.write(self.body)


def lock_body(owner: str, since: datetime) -> bytes:
    """What a lock says of its holder, like no other one."""
    one = f"{os.getpid()}.{monotonic_ns()}"
    return orjson.dumps({"owner": owner, "since": since.isoformat(timespec="seconds"), "process": one})


def _told(body: bytes) -> str:
    try:
        said = orjson.loads(body)
        return f"{said['owner']}, since {said['since']}"
    except (ValueError, LookupError, TypeError):
        return "it does not say whose"
