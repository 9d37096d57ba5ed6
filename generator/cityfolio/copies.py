"""Copies of this process that work ahead of it: nothing is packed for them, and what they come to is brought in order.

A copy has the memory of the process that it was made from, and of its threads the one that made it. Locks that another thread
held at that moment stay closed in it for ever, so copies are made on Linux alone, and only where no other thread of Python is.
Libraries have threads of their own, of Arrow and its memory: these rest between calls, and Arrow makes its own anew in a copy
(apache/arrow#14594, part of it since version 11).
Whatever becomes of a copy, nothing is lost: what it does not bring is done by this process.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

MOST = 8                          # copies: this process has to take in what they make
SHIFT = 12                        # pieces of work, after which a copy makes way for a new one: it grows by all that it looks at
SECONDS = 120                     # for a piece, of which hundreds are done in that time
ENDING_SECONDS = 1                # for a copy that has done all its pieces

SILENCE_SECONDS = 900             # after which a copy that is not asked for pieces one by one is taken for lost
LAST = b""                        # what a copy says after its last piece

Work = Callable[[int], bytes]     # of the piece with a number; b"" where it is to be done by this process


def may_copy() -> bool:
    """Whether this process can be copied without harm."""
    is_alone = threading.active_count() == 1
    return sys.platform == "linux" and is_alone and not multiprocessing.current_process().daemon


def done_ahead(work: Work, count: int, workers: int) -> Iterator[bytes]:
    """What comes of so many pieces of work, in order; b"" for each that is to be done by this process.

    No copy holds more than the piece that it has done and that is not asked for yet.
    """
    hands = min(workers, count, MOST)
    at_work = [_start(work, range(first, count, hands)) for first in range(hands)]
    past = deque[_Copy]()             # those that have done all their pieces and are about to end
    try:
        for number in range(count):
            copy = at_work[number % hands]
            body = copy.answer() if copy else b""
            if copy and body is None:
                copy.end()
                at_work[number % hands] = None
            elif copy and number == copy.numbers[-1]:
                past.append(copy)
                if len(past) > hands:
                    past.popleft().end(ENDING_SECONDS)
                rest = range(number + hands, count, hands)
                at_work[number % hands] = _start(work, rest) if rest else None
            yield body or b""
    finally:
        for copy in past:
            copy.end(ENDING_SECONDS)
        for copy in at_work:
            if copy:
                copy.end()


@dataclass(slots=True)
class Stream:
    """Pieces that a copy of this process makes one after another, while this one does something else."""

    copy: _Copy | None
    is_whole: bool = False            # the last piece is here
    pieces: int = 0                   # that are here

    def taken(self, seconds: float = 0) -> Iterator[bytes]:
        """The pieces that are there by now; with seconds, until there is none for as long as that, or no other will come."""
        while self.copy is not None:
            try:
                if not self.copy.near.poll(seconds):
                    return
                body = self.copy.near.recv_bytes()
            except (EOFError, OSError):
                self.end()
                return
            if body == LAST:
                self.is_whole = True
                self.end(ENDING_SECONDS)
                return
            self.pieces += 1
            yield body

    def end(self, seconds: float = 0) -> None:
        """Let go of the copy."""
        if self.copy is not None:
            self.copy.end(seconds)
            self.copy = None


def streamed(make: Callable[[], Iterator[bytes]]) -> Stream:
    """Begin to make pieces, none of them empty, in a copy of this process. Where there can be none, no piece will come."""
    return Stream(_forked(range(0), partial(_told, make)))


@dataclass(frozen=True, slots=True)
class _Copy:
    """A process that does the pieces of work with some numbers, one after another."""

    process: BaseProcess
    near: Connection
    numbers: range

    def answer(self) -> bytes | None:
        """What came of the next piece; None where the copy is gone, or does not answer."""
        try:
            return self.near.recv_bytes() if self.near.poll(SECONDS) else None
        except (EOFError, OSError):
            return None

    def end(self, seconds: float = 0) -> None:
        """End it, if it does not end by itself in some seconds, and let go of all that belongs to it."""
        self.process.join(seconds)
        self.process.kill()
        self.process.join()
        self.process.close()
        self.near.close()


def _start(work: Work, numbers: range) -> _Copy | None:
    """Copy this process, for the first of some pieces; None where it may not be copied, or there is no room for another."""
    shift = numbers[:SHIFT]
    return _forked(shift, partial(_work, work, shift))


def _forked(numbers: range, target: Callable[[Connection], None]) -> _Copy | None:
    """A copy that does something, and tells of it; None where there can be none."""
    if not may_copy():
        return None      # somebody began a thread since
    context = multiprocessing.get_context("fork")
    near, far = context.Pipe(duplex=False)
    process = context.Process(target=_alone, args=(target, near, far), daemon=True)
    try:
        with warnings.catch_warnings():
            # Python 3.12 and later warn of every other thread of the system's, also of those of libraries.
            warnings.simplefilter("ignore", DeprecationWarning)
            process.start()
    except OSError:
        near.close()
        return None
    finally:
        far.close()
    return _Copy(process, near, numbers)


def _alone(target: Callable[[Connection], None], near: Connection, far: Connection) -> None:
    near.close()          # or nothing would tell this copy that the process it is of is gone
    gc.freeze()           # what was there stays where it is, and is shared with that process as long as nobody writes to it
    with suppress(OSError, KeyboardInterrupt):
        target(far)


def _work(work: Work, numbers: range, far: Connection) -> None:
    for number in numbers:
        far.send_bytes(_done(work, number))


def _told(make: Callable[[], Iterator[bytes]], far: Connection) -> None:
    try:
        for piece in make():
            far.send_bytes(piece)
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - nothing is swallowed: the process that waits makes the rest again, and fails there
        return
    far.send_bytes(LAST)


def _done(work: Work, number: int) -> bytes:
    try:
        return work(number)
    except Exception:  # noqa: BLE001 - nothing is swallowed: the piece is done again by the process that waits, and fails there
        return b""
