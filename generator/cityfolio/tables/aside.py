"""Work on a file that may have been made to do harm, in a process of its own that ends when it asks for too much.

What the readers themselves refuse, such as an archive that expands a thousandfold, they refuse with a better message. This
is the wall behind them: for a library that crashes, and for what nobody thought of.
"""

from __future__ import annotations

import atexit
import errno
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from pathlib import Path
from traceback import format_exc

import orjson

from cityfolio import files
from cityfolio.problems import Location, Problem
from cityfolio.tables.limits import how_to_raise
from cityfolio.tables.table import TableJob

Work = Callable[[], bytes]
DONE, NO_MEMORY, REFUSED, BUG = b"d", b"m", b"r", b"b"
BYTES_A_SECOND = 1 << 19      # a file of honest size gets more time: a second for so many of its bytes, packed as they are
# How a process ends, by its exit code, that was not ended for what it asked for.
CRASHES = {-each: each.name for each in signal.Signals if each.name in ("SIGABRT", "SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV")}
LOST = 255      # what is said of a process when who started it is gone too
# A process that is started looks how all others ended, and of two that look at once, one is told that the end was lost.
_ONE_AT_A_TIME = threading.Lock()
SAVE_AGAIN = ("Save it again in the program it comes from. To publish it without reading it as a table, write "
              "`look_inside: false` in its entry.")
PRELOADED = ["cityfolio.tables.profiles"]
EXPECTING = "cityfolio.tables.preloaded"
SAFE_PATH = "PYTHONSAFEPATH"    # tells Python to look for modules where programs are installed and nowhere else


class Ended(Exception):
    """The work was given up, because the file met a limit. It carries what to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


class Crashed(Exception):
    """The work ended with an exception, which is a bug; the message is the traceback of the other process."""


def aside(work: Work, job: TableJob) -> bytes:
    """Do some work on a job's file in a process of its own, and give what comes of it. Raises Ended, Crashed, and OSError.

    `work` is sent to that process, so it is a function of a module, or a `partial` of one.
    """
    context, limits = worker_context(), job.limits
    near, far = context.Pipe(duplex=False)
    process = context.Process(target=_done, args=(work, limits.memory_bytes, far), daemon=True)
    with _ONE_AT_A_TIME:
        process.start()
    far.close()
    seconds = limits.seconds + job.size_bytes // BYTES_A_SECOND
    try:
        is_in_time = near.poll(seconds)
        answer = near.recv_bytes() if is_in_time else b""
    except EOFError:
        # The process is gone without a word: the system or a library ended it, nearly always for want of memory.
        is_in_time, answer = True, b""
        with _ONE_AT_A_TIME:
            process.join()
        if says := _end_of(process.exitcode):
            raise Ended(limit_problem(job, says, SAVE_AGAIN)) from None
    finally:
        process.kill()
        process.join()
        near.close()
    if not is_in_time:
        says = f"working on it took more than {seconds} seconds"
        raise Ended(limit_problem(job, says, how_to_raise("seconds", limits.seconds * 4)))
    kind, body = answer[:1], answer[1:]
    if kind == REFUSED:
        raise OSError(*orjson.loads(body))
    if kind == BUG:
        raise Crashed(body.decode())
    if kind != DONE:
        says = f"working on it took more than {limits.memory_bytes >> 20:,} MiB of memory"
        raise Ended(limit_problem(job, says, how_to_raise("memory_bytes", limits.memory_bytes * 4)))
    return body


def _end_of(code: int | None) -> str:
    """How a process ended by itself; "" where it was ended, or where nobody knows."""
    if code in CRASHES:
        return f"the library that reads it crashed ({CRASHES[code]})"
    if code is None or code < 0 or code == LOST:
        return ""
    return f"what worked on it ended its own process, with exit code {code}, and left no result"


def limit_problem(job: TableJob, says: str, fix: str) -> Problem:
    """That work on a job's file met a limit."""
    return Problem(code="table-limit", where=Location(path=job.path), says=says, fix=fix)


def worker_context() -> SpawnContext | ForkServerContext:
    """How processes are started that read data files."""
    # A plain fork copies locks that another thread may hold, such as a server's; these two never do. (A library's allocator may
    # have a thread there, and sees to its locks itself.)
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once in the process that the workers are copies of, not once in each.
    context.set_forkserver_preload(list(PRELOADED))
    _end_server_at_last()
    with _ONE_AT_A_TIME:
        _start_server()
    return context


def _start_server() -> None:
    """Start the process that workers are copies of, unless there is one, where it meets no module of the working directory.

    Python looks there first for what a program imports that is given as text, as this one is. The folder may be a stranger's
    catalog that is only to be checked, and a file in it may be called like a library.
    """
    from multiprocessing.forkserver import ensure_running

    if sys.flags.safe_path:
        ensure_running()
        return
    os.putenv(SAFE_PATH, "1")
    try:
        ensure_running()
    finally:
        os.unsetenv(SAFE_PATH)


def expect_many() -> None:
    """Let the process that workers are copies of import more from now on: for few it is not worth while."""
    if EXPECTING not in PRELOADED:
        PRELOADED.append(EXPECTING)
        end_server()


@cache
def _end_server_at_last() -> None:
    """Leave no process behind. It would end by itself, but after this one, and nobody would know what it took."""
    atexit.register(end_server)


def end_server() -> None:
    """End the process that workers are copies of, which holds all that they are to find imported. A later one is started anew.

    Where other threads are at work, one may be asking it for a worker this moment, so it stays.
    """
    server = getattr(sys.modules.get("multiprocessing.forkserver"), "_forkserver", None)
    stop = getattr(server, "_stop", None)     # which there is for tests of Python's
    if stop is not None and threading.active_count() == 1:
        stop()


def _done(work: Work, memory_bytes: int, answers: Connection) -> None:
    """Do the work in this process, which was started for it."""
    _limit_memory(memory_bytes)
    try:
        answers.send_bytes(_answer_of(work))
    except MemoryError:
        answers.send_bytes(NO_MEMORY)


def _answer_of(work: Work) -> bytes:
    try:
        return DONE + work()
    except MemoryError:
        return NO_MEMORY
    except OSError as error:
        return REFUSED + orjson.dumps(_arguments(error))
    except Exception:  # noqa: BLE001 - nothing is swallowed: the process that waits raises it again
        return BUG + format_exc().encode()


def _arguments(error: OSError) -> list[int | str]:
    """What the same error is made of again. Not pickled: what comes from this process is not to be trusted that far."""
    return [error.errno or errno.EIO, error.strerror or str(error), *([str(error.filename)] if error.filename else [])]


def _limit_memory(memory_bytes: int) -> None:
    if sys.platform == "win32":
        return   # there is no such limit; the time limit holds
    import resource

    # Data and not address space: libraries reserve far more addresses than they ever fill.
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    # What is held already counts, so that the process as a whole keeps to the limit; what was reserved before and not filled
    # does not: the system counts it, and a copy has as much of it as was imported before it was made.
    wanted = _reserved() + max(memory_bytes - held, memory_bytes // 4)
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def _reserved() -> int:
    """How many bytes this process has addresses for, as that limit counts them; 0 where the system does not tell."""
    import resource

    try:
        pages = int(files.read_bytes(Path("/proc/self/statm")).split()[5])
    except OSError:
        return 0      # not Linux
    return pages * resource.getpagesize()
