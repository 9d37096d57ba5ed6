"""Work on many data files: what can be trusted in this process or in several, what cannot in one of its own each.

Who works is chosen at the top of a run and handed down: so many processes of this machine, or a `Crew`, as a cluster is one.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol

from cityfolio.files import Tree
from cityfolio.frozen import Frozen
from cityfolio.model.formats import format_of
from cityfolio.tables.aside import Ended, Work, aside, expect_many, worker_context
from cityfolio.tables.table import TableJob

MOST_AT_ONCE = 64                 # tasks that a process is sent together, with their dictionaries
LARGE_BYTES = 8 << 20             # about 0.6 s of work: from here on starting processes costs less than it saves
PLAIN = ("CSV", "TSV")
MANY = 3                          # files in processes of their own, from which on these had better have all imported


class Task(Frozen):
    """Some work on a job's file. It may be done in another process, so it is a `partial` of a function of a module."""

    job: TableJob
    work: Work
    is_added: bool = False        # what does it is no part of this program


class Making(Frozen):
    """Where work leaves a file that it makes. Another machine makes it elsewhere, and it is brought here."""

    path: Path


Errand = Callable[[Tree], bytes]
SHARED, PART = "shared", "part"


class Crew(Protocol):
    """Somebody who does tasks, on this machine or on others."""

    def worked(self, tasks: Sequence[Task]) -> list[bytes | Ended]:
        """What comes of tasks, in their order: the same as if they were done in this process."""

    def brought(self, errand: Errand, shared: bytes, parts: Iterable[bytes]) -> Iterator[bytes]:
        """What comes of an errand for each of some parts, in order; b"" where it is to be done by whoever asks.

        The errand is a function of a module. It finds the part, and what is shared by all, in a tree under `PART` and `SHARED`.
        """


Hands = int | Crew                # who works: so many processes of this machine, or a crew


def is_risky(job: TableJob) -> bool:
    """Whether a file is read in a process that may be ended. Delimited text is read by rules that take what they are given."""
    return format_of(job.path, job.file.format).name not in PLAIN


def worked(tasks: Sequence[Task], workers: Hands) -> list[bytes | Ended]:
    """What comes of tasks, in their order. It does not depend on who works, nor on which process is the first to finish."""
    done = dict(done_of(tasks, workers))
    return [done[at] for at in range(len(tasks))]


def done_of(tasks: Sequence[Task], workers: Hands) -> Iterator[tuple[int, bytes | Ended]]:
    """What comes of tasks, each with its number, for whoever need not hold all of it at a time."""
    return _on_this_machine(tasks, workers) if isinstance(workers, int) else enumerate(workers.worked(tasks))


def _on_this_machine(tasks: Sequence[Task], workers: int) -> Iterator[tuple[int, bytes | Ended]]:
    risky = [at for at, task in enumerate(tasks) if task.is_added or is_risky(task.job)]
    plain = [at for at, task in enumerate(tasks) if not (task.is_added or is_risky(task.job))]
    if len(risky) >= MANY:
        expect_many()
    yield from zip(plain, _in_trust([tasks[at] for at in plain], workers), strict=True)
    if risky:
        with ThreadPoolExecutor(max_workers=workers) as threads:
            yield from zip(risky, threads.map(_guarded, [tasks[at] for at in risky]), strict=True)


def _guarded(task: Task) -> bytes | Ended:
    try:
        return aside(task.work, task.job)
    except Ended as ended:
        return ended


def _in_trust(tasks: Sequence[Task], workers: int) -> Iterator[bytes]:
    if workers < 2 or len(tasks) < 2 or sum(task.job.size_bytes for task in tasks) < LARGE_BYTES:
        yield from map(_done, tasks)
        return
    chunk = min(max(1, len(tasks) // (workers * 8)), MOST_AT_ONCE)
    with ProcessPoolExecutor(max_workers=min(workers, len(tasks)), mp_context=worker_context()) as pool:
        try:
            yield from pool.map(_done, tasks, chunksize=chunk)
        except BrokenProcessPool as error:   # nearly always for want of memory
            raise OSError(errno.ENOMEM, "the system ended a process that read tables") from error


def _done(task: Task) -> bytes:
    return task.work()
