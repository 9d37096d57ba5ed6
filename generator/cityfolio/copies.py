"""Copies of this process that work ahead of it: nothing is packed for them, and what they come to is brought in order.

A copy has the memory of the process that it was made from, and of its threads the one that made it. Locks that another thread
held at that moment stay closed in it for ever, so copies are made on Linux alone, and only where no other thread of Python is.
Libraries have threads of their own, of Arrow and of its memory: these rest between calls, and what a copy does calls neither.
Whatever becomes of a copy, nothing is lost: what it does not bring is done by this process. All that a copy takes for its work
is gone with it, while between what stays a process keeps room of what it let go.
"""

from __future__ import annotations

import gc
import multiprocessing
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from cityfolio.annex import Annex, Laid

MOST = 8                          # copies: this process has to take in what they make
SHIFT = 12                        # pieces of work, after which a copy makes way for a new one: it grows by all that it looks at
SECONDS = 120                     # for a piece, of which hundreds are done in that time
ENDING_SECONDS = 1                # for a copy that has done all its pieces
WHOLE_SECONDS = 3_600             # for what is done as a whole, before the first of it is there: of a million datasets an index

Work = Callable[[int], bytes]     # of the piece with a number; b"" where it is to be done by this process
Whole = Callable[[], Iterable[bytes]]     # pieces, none of them empty


def may_copy() -> bool:
    """Whether this process can be copied without harm."""
    is_alone = threading.active_count() == 1
    return sys.platform == "linux" and is_alone and not multiprocessing.current_process().daemon


def done_ahead(work: Work, count: int, workers: int, shift: int = 0) -> Iterator[bytes]:
    """What comes of so many pieces of work, in order; b"" for each that is to be done by this process.

    No copy holds more than the piece that it has done and that is not asked for yet. After a `shift`, of so many pieces as is
    usual or of fewer where these are large, another takes its place.
    """
    hands, shift = min(workers, count, MOST), shift or SHIFT
    at_work = [_start(work, range(first, count, hands), shift) for first in range(hands)]
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
                at_work[number % hands] = _start(work, rest, shift) if rest else None
            yield body or b""
    finally:
        for copy in past:
            copy.end(ENDING_SECONDS)
        for copy in at_work:
            if copy:
                copy.end()


def laid_by_copy(whole: Whole) -> Sequence[Laid] | None:
    """All pieces that some work comes to, which a copy does; None where it is to be done by this process."""
    copy = _started(_whole, whole)
    if copy is None:
        return None
    aside, laid = Annex(), list[Laid]()
    body: bytes | None = None
    try:
        while body := copy.answer(WHOLE_SECONDS):
            laid.append(aside.laid(body))
        return None if body is None else laid
    finally:
        copy.end(0 if body is None else ENDING_SECONDS)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A process that does the pieces of work with some numbers, one after another; or all of it, which has none."""

    process: BaseProcess
    near: Connection
    numbers: range = range(0)

    def answer(self, seconds: float = 0) -> bytes | None:
        """What came of the next piece; None where the copy is gone, or does not answer."""
        try:
            return self.near.recv_bytes() if self.near.poll(seconds or SECONDS) else None
        except (EOFError, OSError):
            return None

    def end(self, seconds: float = 0) -> None:
        """End it, if it does not end by itself in some seconds, and let go of all that belongs to it."""
        self.process.join(seconds)
        self.process.kill()
        self.process.join()
        self.process.close()
        self.near.close()


def _start(work: Work, numbers: range, shift: int) -> _Copy | None:
    """Copy this process, for the first of some pieces."""
    first = numbers[:shift]
    copy = _started(_work, work, first)
    return copy and replace(copy, numbers=first)


def _started(target: Callable[..., None], *given: object) -> _Copy | None:
    """Copy this process; None where it may not be copied, or there is no room for another."""
    if not may_copy():
        return None      # somebody began a thread since
    context = multiprocessing.get_context("fork")
    near, far = context.Pipe(duplex=False)
    process = context.Process(target=target, args=(near, far, *given), daemon=True)
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
    return _Copy(process, near)


def _work(near: Connection, far: Connection, work: Work, numbers: range) -> None:
    near.close()          # or nothing would tell this copy that the process it is of is gone
    gc.freeze()           # what was there stays where it is, and is shared with that process as long as nobody writes to it
    with suppress(OSError, KeyboardInterrupt):
        for number in numbers:
            far.send_bytes(_done(work, number))


def _whole(near: Connection, far: Connection, whole: Whole) -> None:
    near.close()
    gc.freeze()
    # Whatever goes wrong is told by the process that waits, which finds no end and does all of it again.
    with suppress(Exception, KeyboardInterrupt):
        for body in whole():
            far.send_bytes(body)
        far.send_bytes(b"")


def _done(work: Work, number: int) -> bytes:
    try:
        return work(number)
    except Exception:  # noqa: BLE001 - nothing is swallowed: the piece is done again by the process that waits, and fails there
        return b""
