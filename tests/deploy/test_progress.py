"""What is seen while a deploy is on its way: a bar on a terminal, lines elsewhere, nothing for programs; who is waited for."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cityfolio.deploying.progress import moving
from cityfolio.publish.deploying.patience import LONGEST_PAUSE_SECONDS, asked_seconds, patiently
from cityfolio.publish.deploying.run import Orders, deploy
from cityfolio.publish.deploying.target import Refused
from cityfolio.publish.deploying.web import Reply, refusal
from cityfolio.speech import Speech
from deploy.small_sites import FIRST, a_site, at

LINES = Speech(form="text", quiet=False, verbose=False, terminal=False)
WAIT_SECONDS = 20


class Busy:
    """A host that is busy for its first questions, and says how long."""

    def __init__(self, *pauses: float) -> None:
        self.pauses = list(pauses)

    def __call__(self) -> str:
        """Answer."""
        if self.pauses:
            raise Refused("the host is busy", is_passing=True, after_seconds=self.pauses.pop(0))
        return "done"


@contextmanager
def a_terminal() -> Iterator[tuple[int, int]]:
    """A terminal of 100 columns: the end that a program writes to, and the one that it is read from."""
    import fcntl
    import struct
    import termios

    reader, writer = pty.openpty()
    fcntl.ioctl(writer, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    try:
        yield writer, reader
    finally:
        os.close(reader)
        os.close(writer)


def drawn(reader: int, process: subprocess.Popen[bytes]) -> str:
    """All that a program drew until it ended."""
    seen = b""
    while process.poll() is None or select.select([reader], [], [], 0)[0]:
        if select.select([reader], [], [], 0.05)[0]:
            seen += os.read(reader, 1 << 16)
    return seen.decode()


def test_a_terminal_shows_what_is_done_with_bytes_and_rate_and_the_output_holds_the_result_alone(tmp_path: Path):
    a_site(tmp_path / "output")
    with a_terminal() as (writer, reader):
        command = [sys.executable, "-m", "cityfolio", "deploy", "./www"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=writer,
                              env={**os.environ, "TERM": "xterm", "NO_COLOR": "1"}) as process:
            seen = drawn(reader, process)
            said = process.stdout.read().decode() if process.stdout else ""

    assert "62/62 bytes" in seen
    assert "/s" in seen
    assert said.startswith(f"Deployed to {tmp_path}/www: ")


def test_programs_get_a_report_and_nothing_else(tmp_path: Path):
    a_site(tmp_path / "output")
    with a_terminal() as (writer, reader):
        command = [sys.executable, "-m", "cityfolio", "deploy", "./www", "--format", "json"]
        with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=writer) as process:
            seen = drawn(reader, process)
            said = process.stdout.read() if process.stdout else b""

    assert (seen, json.loads(said)["removed"]) == ("", 0)


def test_elsewhere_each_stage_is_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    site, target = a_site(tmp_path / "site"), at(str(tmp_path / "www"))

    with moving(LINES) as shown:
        deploy(site, target, Orders(now=FIRST, told=shown.told, expects=shown.expects, waits=shown.waits))

    seen = capsys.readouterr()
    assert seen.err.splitlines() == ["Asking the target", "Listing the target", "Assets", "Data", "Pages", "Feeds", "Closing"]
    assert seen.out == ""


@pytest.mark.parametrize("speech", [replace(LINES, quiet=True), replace(LINES, form="json")], ids=["quiet", "for programs"])
def test_nothing_is_told_where_nobody_wants_it(speech: Speech, capsys: pytest.CaptureFixture[str]):
    with moving(speech) as shown:
        shown.told("pages", 1)
        shown.waits(30, "the host is busy")

    assert capsys.readouterr() == ("", "")


def test_a_host_that_is_waited_for_is_told_once_with_why(capsys: pytest.CaptureFixture[str]):
    with moving(LINES) as shown:
        patiently(Busy(12, 15), lambda _: None, waits=shown.waits)

    assert capsys.readouterr().err == "Waiting 12 s: the host is busy. Further pauses are not told.\n"


def test_a_pause_that_nobody_notices_is_not_told(capsys: pytest.CaptureFixture[str]):
    with moving(LINES) as shown:
        patiently(Busy(0), lambda _: None, waits=shown.waits)

    assert capsys.readouterr().err == ""


def test_a_terminal_shows_how_long_a_host_is_waited_for(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TTY_COMPATIBLE", "1")

    with moving(replace(LINES, terminal=True)) as shown:
        shown.expects(10)
        patiently(Busy(12), lambda _: None, waits=shown.waits)

    assert "Waiting 12 s" in capsys.readouterr().err


@pytest.mark.parametrize(("said", "waited"), [(12, 12), (0, 0.25), (3600, LONGEST_PAUSE_SECONDS)],
                         ids=["as long as it asks", "it does not say", "no longer than a minute"])
def test_a_busy_host_is_left_alone_for_as_long_as_it_asks_within_bounds(said: float, waited: float):
    pauses: list[float] = []

    assert patiently(Busy(said), pauses.append) == "done"
    assert pauses == [waited]


DATE = "Thu, 26 Nov 2026 13:15:00 GMT"


@pytest.mark.parametrize(("header", "date", "seconds"), [
    ("120", "", 120), (" 7 ", "", 7), ("Thu, 26 Nov 2026 13:16:30 GMT", DATE, 90), ("Thu, 26 Nov 2026 13:00:00 GMT", DATE, 0),
    ("Thu, 26 Nov 2026 13:16:30 GMT", "", 0), ("soon", DATE, 0), ("-5", "", 0), ("", "", 0), ("9" * 400, "", float("inf")),
])
def test_how_long_a_host_wants_to_be_left_alone_is_read_as_http_has_it(header: str, date: str, seconds: float):
    assert asked_seconds(header, date) == seconds


def test_an_answer_over_the_web_says_how_long_its_host_wants_to_be_left_alone():
    found = refusal(Reply(status=429, headers={"retry-after": "5"}, body=b""), "The host", "", "")

    assert (found.is_passing, found.after_seconds) == (True, 5)
