"""What is laid aside is read as it was, and takes no memory."""

from __future__ import annotations

import errno
import os
import pickle
import sys
import threading
import tracemalloc
from collections.abc import Callable

import pytest

from cityfolio import annex
from cityfolio.annex import AT_ONCE, Annex, Laid
from cityfolio.copies import done_ahead

MUCH = [bytes([at % 256]) * (AT_ONCE // 10) for at in range(25)]


def read(laid: list[Laid]) -> list[bytes]:
    return [each.read() for each in laid]


@pytest.mark.parametrize("bodies", [[], [b""], [b"one", b"", b"two"], MUCH, [bytes(3 * AT_ONCE), b"after"]],
                         ids=["nothing", "an empty one", "a few", "more than is gathered", "one that is larger than that"])
def test_what_is_laid_aside_is_read_as_it_was(bodies: list[bytes]) -> None:
    aside = Annex()

    assert read([aside.laid(each) for each in bodies]) == bodies


def test_what_was_read_before_is_there_still_when_more_was_laid() -> None:
    aside = Annex()
    first = aside.laid(b"first")

    assert [first.read() for _ in map(aside.laid, MUCH)] == [b"first"] * len(MUCH)


@pytest.mark.parametrize("laid", [Laid, Annex().laid], ids=["in memory", "aside"])
def test_a_part_of_what_is_laid_is_read_by_itself(laid: Callable[[bytes], Laid]) -> None:
    whole = laid(b"before and after")

    assert read([whole.part(0, 6), whole.part(7, 3), whole.part(11, 5).part(1, 2)]) == [b"before", b"and", b"ft"]


def test_much_takes_no_memory() -> None:
    aside = Annex()
    tracemalloc.start()
    laid = [aside.laid(bytes(1_000)) for _ in range(10_000)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(laid) == 10_000
    assert held < 2 * AT_ONCE + 200 * len(laid)


def test_more_than_a_room_holds_is_in_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annex, "ROOM_BYTES", AT_ONCE // 5)
    aside = Annex()

    assert read([aside.laid(each) for each in MUCH]) == MUCH


def test_a_file_is_closed_when_nothing_lies_in_it_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[int] = []
    close = os.close
    monkeypatch.setattr(os, "close", lambda descriptor: closed.append(descriptor) or close(descriptor))
    aside = Annex()
    laid = [aside.laid(each) for each in MUCH]
    del aside
    before = [*closed]
    del laid

    assert len(closed) == len(before) + 1


def test_files_are_closed_without_a_word_when_python_has_taken_the_program_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    aside = Annex()
    laid = [aside.laid(each) for each in MUCH]
    monkeypatch.setattr(annex, "os", None)       # as names of modules are by then
    del aside, laid

    assert told == []


def test_on_a_full_disk_all_stays_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, body: bytes, at: int) -> int:
        raise OSError(errno.ENOSPC, "no space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    aside = Annex()

    assert read([aside.laid(each) for each in MUCH]) == MUCH


def test_a_disk_may_take_less_at_a_time_than_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    pwrite = os.pwrite
    monkeypatch.setattr(os, "pwrite", lambda descriptor, body, at: pwrite(descriptor, body[:AT_ONCE // 3], at))
    aside = Annex()

    assert read([aside.laid(each) for each in MUCH]) == MUCH


def test_a_system_that_reads_at_no_place_of_a_file_keeps_all_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annex, "READS_AT_A_PLACE", False)
    monkeypatch.delattr(os, "pread")
    aside = Annex()

    assert read([aside.laid(each) for each in MUCH]) == MUCH


def test_what_is_sent_to_another_process_goes_along() -> None:
    aside = Annex()
    laid = [aside.laid(each) for each in MUCH]

    assert read(pickle.loads(pickle.dumps(laid))) == MUCH


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux alone")
def test_a_copy_reads_what_lay_there_and_writes_over_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    aside = Annex()
    laid = [aside.laid(each) for each in MUCH]

    def worked(number: int) -> bytes:
        return laid[number].read() + aside.laid(b"theirs" * AT_ONCE).read()[:6]

    assert list(done_ahead(worked, len(MUCH), 2)) == [each + b"theirs" for each in MUCH]
    assert read([*laid, aside.laid(b"ours")]) == [*MUCH, b"ours"]
