"""Bytes that lie in a file without a name, since there are many of them and each is asked for seldom.

A build has something of every dataset at hand that few of its stages ask for. In memory that is half of what it takes. Here it
lies on the disk where scratch files lie, and is read each time that it is asked for. Nobody but this process and its copies
sees the file, and it is gone with the last that lies in it. A copy reads what lay there when it was made. What little there is
stays in memory, and so does all where a system cannot read at a place of a file, as Windows, or has no space for it.
"""

from __future__ import annotations

import os
from threading import Lock
from weakref import finalize

from cityfolio.files import nameless_file

__all__ = ["Annex", "Laid"]

AT_ONCE = 1 << 20             # bytes that are gathered until they are written
ROOM_BYTES = 64 << 20         # of a file: what outlives the rest of a long run keeps no more than that from going
SIZE_BITS = 32
READS_AT_A_PLACE = hasattr(os, "pread")


class Laid:
    """Some bytes that were laid aside. Sent to another process they go along."""

    __slots__ = ("_at", "_room")

    def __init__(self, room: bytes | _Room, at: int = 0) -> None:
        self._room, self._at = room, at

    def read(self) -> bytes:
        """The bytes."""
        if isinstance(self._room, bytes):
            return self._room
        return self._room.read(self._at >> SIZE_BITS, self._at & (1 << SIZE_BITS) - 1)

    def part(self, start: int, size: int) -> Laid:
        """So many of the bytes, from one of them on: they lie where all do."""
        if isinstance(self._room, bytes):
            return Laid(self._room[start:start + size])
        return Laid(self._room, (self._at >> SIZE_BITS) + start << SIZE_BITS | size)

    def __reduce__(self) -> tuple[type[Laid], tuple[bytes]]:
        return Laid, (self.read(),)


class Annex:
    """Where bytes of one kind are laid, which live equally long."""

    def __init__(self) -> None:
        self._room, self._owner, self._one_by_one = _Room(), os.getpid(), Lock()

    def laid(self, body: bytes) -> Laid:
        """Lay some bytes aside."""
        if not READS_AT_A_PLACE or os.getpid() != self._owner:     # a copy would write over what others lay
            return Laid(body)
        with self._one_by_one:
            if self._room.end >= ROOM_BYTES:
                self._room.write_out()
                self._room = _Room()
            return Laid(self._room, self._room.take(body) << SIZE_BITS | len(body))


class _Room:
    """One file, and what is not written to it yet."""

    __slots__ = ("__weakref__", "_descriptor", "_gathered", "_has_space", "end")

    def __init__(self) -> None:
        self.end, self._has_space = 0, True
        self._descriptor: int | None = None
        self._gathered = 0, bytearray()      # where what is gathered begins in the file, and that: both change at once

    def take(self, body: bytes) -> int:
        """Put some bytes at the end, and tell where they begin."""
        at = self.end
        self._gathered[1].extend(body)
        self.end += len(body)
        if len(self._gathered[1]) >= AT_ONCE and self._has_space:
            self.write_out()
        return at

    def write_out(self) -> None:
        """Write what was gathered. Where the disk has no space for it, it stays in memory."""
        start, gathered = self._gathered
        try:
            if self._descriptor is None:
                self._descriptor = nameless_file()
                # When a process ends the system closes it, and nothing of this program may be there any more.
                finalize(self, os.close, self._descriptor).atexit = False
            at = start
            while at < self.end:
                at += os.pwrite(self._descriptor, memoryview(gathered)[at - start:], at)
        except OSError:
            self._has_space = False
            return
        self._gathered = self.end, bytearray()

    def read(self, at: int, size: int) -> bytes:
        """So many bytes at a place."""
        start, gathered = self._gathered
        if at >= start:
            return bytes(gathered[at - start:at - start + size])
        assert self._descriptor is not None     # or nothing was written
        return os.pread(self._descriptor, size, at)
