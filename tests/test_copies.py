"""Copies of this process work ahead of it, and nothing is lost with one of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from time import sleep

import pytest

from cityfolio import copies
from cityfolio.copies import done_ahead, laid_by_copy, may_copy

forking = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tests may have left threads in the process that runs these too."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def said(number: int) -> bytes:
    return b"%d" % number


def process_of(_: int) -> bytes:
    return b"%d" % os.getpid()


def failing_at(at: int, number: int) -> bytes:
    return b"%d" % (1 // (number - at))


def killed_at(at: int, number: int) -> bytes:
    if number == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return b"done"


def sleeping_at(at: int, number: int) -> bytes:
    sleep(60 if number == at else 0)
    return b"done"


def pieces(last: Callable[[], bytes]) -> Iterator[bytes]:
    yield b"one"
    yield b"two"
    yield last()


@forking
@pytest.mark.parametrize("workers", [1, 2, 4, 100])
def test_what_copies_come_to_is_brought_in_order(workers: int) -> None:
    assert list(done_ahead(said, 50, workers)) == [said(number) for number in range(50)]


@forking
def test_a_copy_makes_way_for_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SHIFT", 2)
    processes = list(done_ahead(process_of, 8, 2))

    assert processes[0::2] == [processes[0]] * 2 + [processes[4]] * 2
    assert len(set(processes)) == 4
    assert b"%d" % os.getpid() not in processes


@forking
def test_copies_that_are_past_hold_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SHIFT", 1)
    answers = done_ahead(said, 60, 2)
    held = [len(os.listdir("/proc/self/fd")) for _ in answers]

    assert max(held) - min(held) < 12


@forking
def test_a_piece_that_fails_in_a_copy_is_to_be_done_here() -> None:
    assert list(done_ahead(partial(failing_at, 2), 4, 2)) == [b"-1", b"-1", b"", b"1"]


@forking
@pytest.mark.parametrize("work", [killed_at, sleeping_at], ids=["killed", "at a standstill"])
def test_what_a_lost_copy_was_to_do_is_to_be_done_here(work: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "SECONDS", 1)

    assert list(done_ahead(partial(work, 2), 6, 2)) == [b"done", b"done", b"", b"done", b"", b"done"]
    assert not multiprocessing.active_children()


@forking
def test_where_there_is_no_room_for_another_process_all_is_to_be_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)

    assert list(done_ahead(said, 3, 2)) == [b""] * 3


@forking
def test_copies_end_with_whoever_asked_for_them() -> None:
    answers = done_ahead(said, 1_000, 2)
    next(answers)
    answers.close()

    assert not multiprocessing.active_children()


@forking
def test_all_pieces_of_a_whole_are_laid_by_a_copy() -> None:
    laid = laid_by_copy(lambda: pieces(lambda: process_of(0)))

    assert laid is not None
    assert [each.read() for each in laid][:2] == [b"one", b"two"]
    assert laid[2].read() != process_of(0)
    assert not multiprocessing.active_children()


@forking
def test_a_whole_may_have_no_pieces() -> None:
    assert laid_by_copy(tuple) == []


@forking
@pytest.mark.parametrize("work", [failing_at, killed_at, sleeping_at], ids=["failing", "killed", "at a standstill"])
def test_of_a_whole_that_a_copy_does_not_end_nothing_is_brought(work: Callable[..., bytes],
                                                                monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "WHOLE_SECONDS", 1)

    assert laid_by_copy(lambda: pieces(partial(work, 0, 0))) is None
    assert not multiprocessing.active_children()


def test_a_whole_is_to_be_done_here_where_no_copy_may_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)

    assert laid_by_copy(lambda: [b"one"]) is None


def test_a_process_with_another_thread_is_not_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)

    assert not may_copy()


@forking
def test_no_copy_is_made_once_somebody_began_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)

    assert list(done_ahead(said, 3, 2)) == [b""] * 3


@pytest.mark.parametrize(("platform", "may"), [("linux", True), ("darwin", False), ("win32", False)])
def test_where_processes_are_copied(platform: str, may: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(sys, "platform", platform)

    assert may_copy() is may
