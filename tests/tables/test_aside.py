"""Work in a process of its own comes back, and ends with a problem where it asks for too much."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import Pipe
from pathlib import Path
from types import SimpleNamespace

import pytest

from cityfolio.tables import aside as module
from cityfolio.tables.aside import Crashed, Ended, aside, end_server, worker_context
from cityfolio.tables.limits import LIMITS
from cityfolio.tables.table import TableJob
from tables.making import a_job

ROOT = Path(__file__).resolve().parents[2]
JOB = a_job("trees.xlsx")
FORKS = pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="elsewhere none is a copy")


def bytes_of(size: int) -> bytes:
    """So many bytes, all of which are written to."""
    return b"x" * size


def much_memory(size: int) -> bytes:
    """Little, after much was held."""
    return str(len(bytearray(size))).encode()


def sleep(seconds: float) -> bytes:
    """Nothing, after a while."""
    time.sleep(seconds)
    return b""


def end(number: int) -> bytes:
    """The end of the process, as a library with a bug brings it about."""
    os.kill(os.getpid(), number)
    return b""


def leave(code: int) -> bytes:
    """The end of the process, as a library or a plugin brings it about that calls for it."""
    os._exit(code)


def process_above() -> bytes:
    """The process that this one is a copy of."""
    return str(os.getppid()).encode()


def is_imported(name: str) -> bytes:
    """Whether a process that was started just now knows a module."""
    return str(name in sys.modules).encode()


def arrow_of(size: int) -> bytes:
    """Little, after Arrow held so many bytes."""
    import pyarrow as pa

    return str(pa.array(b"x" * size for _ in range(1)).nbytes > size).encode()


def wrong() -> bytes:
    """A bug."""
    raise ZeroDivisionError("a bug in a reader")


def refused() -> bytes:
    """What a machine does that has no space left."""
    raise OSError(errno.ENOSPC, "No space left on device", "/tmp/trees.parquet")


def refused_by_a_library() -> bytes:
    """The same as a library says it that keeps the number to itself."""
    raise OSError("could not write")


def out_of_memory() -> bytes:
    """What Python raises when there is no more memory."""
    raise MemoryError


def with_limits(**limits: int) -> TableJob:
    """A job that may use so much."""
    return replace(JOB, limits=replace(LIMITS, **limits))


@pytest.mark.parametrize("size", [0, 1, 5 << 20], ids=["nothing", "a byte", "more than a pipe holds"])
def test_what_comes_of_work_is_given_as_it_is(size: int) -> None:
    assert aside(partial(bytes_of, size), JOB) == b"x" * size


def test_work_that_takes_too_long_is_given_up_with_what_to_do() -> None:
    with pytest.raises(Ended) as ended:
        aside(partial(sleep, 60), with_limits(seconds=1))

    problem = ended.value.problem
    assert (problem.code, problem.where.path) == ("table-limit", JOB.path)
    assert problem.says == "working on it took more than 1 seconds"
    assert "limits: {seconds: 4}" in problem.fix


def test_a_large_file_has_more_time() -> None:
    job = replace(with_limits(seconds=1), size_bytes=40 << 20)

    assert aside(partial(sleep, 1.5), job) == b""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on the memory of a process")
def test_work_that_asks_for_too_much_memory_is_given_up_with_what_to_do() -> None:
    with pytest.raises(Ended) as ended:
        aside(partial(much_memory, 400 << 20), with_limits(memory_bytes=64 << 20))

    assert ended.value.problem.says == "working on it took more than 64 MiB of memory"
    assert f"memory_bytes: {256 << 20}" in ended.value.problem.fix


def test_work_within_its_memory_comes_back() -> None:
    assert aside(partial(much_memory, 40 << 20), with_limits(memory_bytes=128 << 20)) == str(40 << 20).encode()


def test_a_process_that_is_gone_without_a_word_met_a_limit() -> None:
    with pytest.raises(Ended, match="MiB of memory"):
        aside(partial(end, signal.SIGKILL), JOB)


@pytest.mark.parametrize("name", ["SIGABRT", "SIGSEGV"])
def test_a_library_that_crashes_is_said_to_have_crashed(name: str) -> None:
    with pytest.raises(Ended) as ended:
        aside(partial(end, signal.Signals[name]), JOB)

    assert ended.value.problem.says == f"the library that reads it crashed ({name})"
    assert "look_inside: false" in ended.value.problem.fix


@pytest.mark.parametrize("code", [0, 1, 7])
def test_what_ends_its_own_process_is_said_to_have_done_so(code: int) -> None:
    with pytest.raises(Ended) as ended:
        aside(partial(leave, code), JOB)

    assert ended.value.problem.says == f"what worked on it ended its own process, with exit code {code}, and left no result"


def test_how_a_process_ended_is_known_while_others_start_and_end() -> None:
    codes = list(range(1, 41))
    with ThreadPoolExecutor(max_workers=12) as threads:
        said = list(threads.map(_end_with, codes))

    assert said == [f"what worked on it ended its own process, with exit code {code}, and left no result" for code in codes]


def _end_with(code: int) -> str:
    with pytest.raises(Ended) as ended:
        aside(partial(leave, code), JOB)
    return ended.value.problem.says


def test_a_bug_comes_with_the_traceback_of_the_process_it_was_in() -> None:
    with pytest.raises(Crashed, match=r"(?s)Traceback.*in wrong.*ZeroDivisionError: a bug in a reader"):
        aside(wrong, JOB)


@pytest.mark.parametrize(("work", "number", "says", "file"), [
    (refused, errno.ENOSPC, "No space left on device", "/tmp/trees.parquet"),
    (refused_by_a_library, errno.EIO, "could not write", None),
])
def test_what_the_machine_refuses_there_is_refused_here(
    work: module.Work, number: int, says: str, file: str | None,
) -> None:
    with pytest.raises(OSError, match=says) as raised:
        aside(work, JOB)

    assert (raised.value.errno, raised.value.strerror, raised.value.filename) == (number, says, file)


def test_no_process_is_left_behind() -> None:
    with pytest.raises(Ended):
        aside(partial(sleep, 60), with_limits(seconds=1))

    assert multiprocessing.active_children() == []


# The other process's part, in this one: what is done there is not seen by the measure of what tests reach.


@pytest.mark.parametrize(("work", "answer"), [
    (partial(bytes_of, 3), b"dxxx"), (out_of_memory, b"m"), (wrong, b"bTraceback (most recent call last):"),
    (refused, b'r[28,"No space left on device"'), (refused_by_a_library, b'r[5,"could not write"]'),
], ids=["done", "no memory", "a bug", "a refusal", "a refusal without a number"])
def test_an_answer_begins_with_what_kind_it_is(work: module.Work, answer: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    limited: list[int] = []
    monkeypatch.setattr(module, "_limit_memory", limited.append)
    near, far = Pipe(duplex=False)
    module._done(work, 5, far)

    assert near.recv_bytes().startswith(answer)
    assert limited == [5]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize(("reserved_mib", "held_mib", "hard", "expected_mib"), [
    (0, 40, -1, 472), (90, 40, -1, 562), (90, 40, 100, 100), (0, 500, -1, 128),
], ids=["what is held counts", "not what is reserved and empty", "no more than the system's", "never next to nothing"])
def test_the_limit_on_memory_is_for_the_process_as_a_whole(monkeypatch: pytest.MonkeyPatch, reserved_mib: int, held_mib: int,
                                                           hard: int, expected_mib: int) -> None:
    import resource

    found: list[tuple[int, int]] = []
    hard_bytes = hard if hard < 0 else hard << 20
    monkeypatch.setattr(sys, "platform", "linux")
    pages = (reserved_mib << 20) // os.sysconf("SC_PAGESIZE")
    monkeypatch.setattr(module.files, "read_bytes", lambda _: b"9 8 7 6 5 %d 4" % pages)
    monkeypatch.setattr(resource, "getrusage", lambda _: SimpleNamespace(ru_maxrss=held_mib << 10))
    monkeypatch.setattr(resource, "getrlimit", lambda _: (-1, hard_bytes))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: found.append(limits))
    module._limit_memory(512 << 20)

    assert found == [(expected_mib << 20, hard_bytes)]


def test_windows_has_no_limit_on_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(resource, "setrlimit", lambda *_: pytest.fail("it was set"))

    module._limit_memory(1)


def test_where_there_is_no_server_of_forks_a_process_starts_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])

    assert worker_context().get_start_method() == "spawn"


@FORKS
def test_the_process_that_workers_are_copies_of_is_ended_and_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.threading, "active_count", lambda: 1)
    first = aside(partial(process_above), JOB)
    end_server()
    second = aside(partial(process_above), JOB)

    assert first != second


@pytest.fixture
def many_expected(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is copied is to read many files, though it was started for few."""
    monkeypatch.setattr(module, "PRELOADED", ["cityfolio.tables.profiles"])
    monkeypatch.setattr(module.threading, "active_count", lambda: 1)
    end_server()
    aside(partial(process_above), JOB)
    module.expect_many()
    module.expect_many()
    yield
    end_server()


@FORKS
@pytest.mark.parametrize("name", ["orjson", "numpy", "multiprocessing"])
def test_no_process_imports_what_lies_in_the_working_directory(name: str, many_expected: None, tmp_path: Path,
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / 'met')!r}, 'w').close()\n")
    monkeypatch.chdir(tmp_path)
    end_server()
    aside(partial(process_above), JOB)

    assert not (tmp_path / "met").exists()


@FORKS
def test_a_process_that_looks_in_no_such_folder_needs_not_be_told(many_expected: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("multiprocessing.forkserver.ensure_running", lambda: told.append("started"))
    monkeypatch.setattr(module.os, "putenv", lambda name, _: told.append(name))
    monkeypatch.setattr(module.sys, "flags", SimpleNamespace(safe_path=True))
    worker_context()

    assert told == ["started"]


@FORKS
def test_where_many_files_are_expected_each_process_finds_imported_what_takes_long(many_expected: None) -> None:
    found = aside(partial(is_imported, "pyarrow.parquet"), JOB)

    assert (found, module.PRELOADED) == (b"True", ["cityfolio.tables.profiles", module.EXPECTING])


@pytest.mark.parametrize("fault", ["ImportError", "ValueError"])
def test_a_library_that_cannot_be_imported_keeps_no_other_from_it(fault: str, tmp_path: Path) -> None:
    (tmp_path / "shapely.py").write_text(f"raise {fault}\n")
    program = ("import sys, cityfolio.tables.preloaded\n"
               "print([name for name in ('shapely', 'pyarrow.parquet', 'cityfolio.privacy.detect') if name in sys.modules])")
    environment = {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT / "generator")))}
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=environment).stdout

    assert said == "['pyarrow.parquet', 'cityfolio.privacy.detect']\n"


@FORKS
@pytest.mark.parametrize("mebibytes", [128, 512])
def test_what_was_imported_for_many_counts_no_more_than_it_takes(mebibytes: int, many_expected: None) -> None:
    job = replace(JOB, limits=replace(LIMITS, memory_bytes=mebibytes << 20))
    fits = aside(partial(arrow_of, (mebibytes // 4) << 20), job)
    with pytest.raises(Ended) as ended:
        aside(partial(arrow_of, mebibytes << 20), job)

    assert (fits, ended.value.problem.code) == (b"True", "table-limit")


def test_while_others_may_ask_it_for_workers_it_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    first = aside(partial(process_above), JOB)
    monkeypatch.setattr(module.threading, "active_count", lambda: 2)
    end_server()

    assert aside(partial(process_above), JOB) == first


def test_where_there_is_none_nothing_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "multiprocessing.forkserver", raising=False)

    end_server()
