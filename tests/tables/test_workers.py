"""Work on many files gives the same in any number of processes, and what is risky is done in one of its own."""

from __future__ import annotations

import errno
import os
import signal
from functools import partial

import pytest

from cityfolio.tables import workers
from cityfolio.tables.aside import Crashed, Ended
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Task, done_of, is_risky, worked
from tables.making import a_job

PLAIN, RISKY = a_job("trees.csv"), a_job("trees.xlsx")


def said(word: str) -> bytes:
    """Work that any process can do."""
    return word.encode()


def process() -> bytes:
    """The process that does the work."""
    return str(os.getpid()).encode()


def wrong() -> bytes:
    """Work with a bug in it."""
    raise ZeroDivisionError("a bug")


def ended() -> bytes:
    """Work whose process the system ends, as one that takes all memory."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def without_memory() -> bytes:
    """Work that asks for too much."""
    raise MemoryError


def tasks(*jobs: TableJob) -> list[Task]:
    """Work on each of some jobs, which says its number."""
    return [Task(job, partial(said, str(number))) for number, job in enumerate(jobs)]


@pytest.mark.parametrize(("name", "declared", "risky"), [
    ("trees.csv", None, False), ("trees.tsv", None, False), ("TREES.CSV", None, False), ("trees.txt", "CSV", False),
    ("trees.csv", "XLSX", True), ("trees.csv.gz", None, True), ("trees.json", None, True), ("trees.parquet", None, True),
])
def test_only_delimited_text_is_read_in_trust(name: str, declared: str | None, risky: bool) -> None:
    assert is_risky(a_job(name, format=declared)) is risky


@pytest.mark.parametrize("count", [1, 2, 3])
def test_what_comes_of_work_is_in_the_order_of_the_work(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LARGE_BYTES", 0)

    assert worked(tasks(PLAIN, RISKY, PLAIN, PLAIN, RISKY), count) == [b"0", b"1", b"2", b"3", b"4"]


def test_what_comes_of_one_task_is_there_before_the_next_is_done() -> None:
    coming = done_of([Task(PLAIN, partial(said, "here")), Task(PLAIN, wrong)], 1)

    assert next(coming) == (0, b"here")


@pytest.mark.parametrize("count", [2, 300])
def test_a_process_is_sent_few_tasks_at_a_time(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LARGE_BYTES", 0)
    monkeypatch.setattr(workers, "MOST_AT_ONCE", 2)

    assert worked(tasks(*[PLAIN] * count), 2) == [str(number).encode() for number in range(count)]


def test_no_work_is_done_in_no_time() -> None:
    assert worked([], 3) == []


def test_little_work_starts_no_process() -> None:
    assert worked([Task(PLAIN, process), Task(PLAIN, process)], 3) == [str(os.getpid()).encode()] * 2


def test_much_work_is_done_in_other_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LARGE_BYTES", 0)

    assert str(os.getpid()).encode() not in worked([Task(PLAIN, process), Task(PLAIN, process)], 2)


def test_risky_work_is_always_done_in_another_process() -> None:
    (one,) = worked([Task(RISKY, process)], 1)

    assert one != str(os.getpid()).encode()


@pytest.mark.parametrize(("count", "are_many"), [(2, False), (3, True)])
def test_of_many_risky_files_each_process_finds_imported_what_takes_long(count: int, are_many: bool,
                                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[bool]()
    monkeypatch.setattr(workers, "expect_many", lambda: asked.append(True))
    done = worked(tasks(PLAIN, *[RISKY] * count, PLAIN), 2)

    assert (len(done), bool(asked)) == (count + 2, are_many)


def test_what_others_added_is_always_called_in_another_process() -> None:
    own, added = worked([Task(PLAIN, process), Task(PLAIN, process, is_added=True)], 1)

    assert (own == str(os.getpid()).encode(), added == own) == (True, False)


def test_work_that_met_a_limit_says_so_and_the_rest_goes_on() -> None:
    first, second = worked([Task(RISKY, without_memory), Task(RISKY, partial(said, "here"))], 1)

    assert isinstance(first, Ended)
    assert first.problem.code == "table-limit"
    assert second == b"here"


@pytest.mark.parametrize(("job", "kind"), [(PLAIN, ZeroDivisionError), (RISKY, Crashed)], ids=["in trust", "aside"])
def test_a_bug_is_raised_and_not_made_pretty(job: TableJob, kind: type[Exception]) -> None:
    with pytest.raises(kind, match="a bug"):
        worked([Task(job, wrong)], 1)


def test_a_process_that_the_system_ends_is_said_to_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LARGE_BYTES", 0)

    with pytest.raises(OSError, match="the system ended a process that read tables") as raised:
        worked([Task(PLAIN, ended), Task(PLAIN, ended)], 2)

    assert raised.value.errno == errno.ENOMEM
