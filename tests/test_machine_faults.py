"""What the machine refuses while a command runs ends it with one plain message and an exit code of its own."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cities import SITE, a_city
from cityfolio import files, inspecting
from cityfolio.cli import main
from cityfolio.lazy_commands import LazyGroup
from cityfolio.machine_faults import FIXES, MachineFault, in_words
from cityfolio.options import options
from cityfolio.pages.templates import load_theme
from cityfolio.speech import Speech

FULL = Path("/dev/full")


def a_refusal(number: int = errno.ENOSPC, *names: str | None) -> OSError:
    """What the system raises."""
    return OSError(number, os.strerror(number), *names)


def refused(error: OSError, *arguments: str) -> Result:
    """A command that meets an error at a stage."""
    group = LazyGroup("cityfolio", later={})

    @group.command()
    @options("verbose")
    def build(verbose: bool) -> None:
        with Speech.of("text", quiet=True, verbose=verbose).progress() as progress:
            progress("Writing")
            raise error

    return CliRunner().invoke(group, ["build", *arguments], prog_name="cityfolio")


def unreadable(name: str) -> Callable[[Path | str], bytes]:
    """What reads files, but none of that name."""
    read = files.read_bytes

    def reading(path: Path | str) -> bytes:
        if Path(path).name == name:
            raise a_refusal(errno.EIO, str(path))
        return read(path)

    return reading


def test_a_refusal_ends_a_command_with_its_stage_its_file_its_reason_and_what_to_do() -> None:
    result = refused(a_refusal(errno.ENOSPC, "out/index.html"))

    assert result.exit_code == 3
    assert result.stdout == ""
    assert result.stderr == (
        'Error: cityfolio build was ended by this machine at "Writing": out/index.html: No space left on device\n'
        "Free some space on the disk, and run it again.\n")


def test_verbose_shows_the_traceback_above_the_message() -> None:
    result = refused(a_refusal(), "-v")

    assert result.exit_code == 3
    assert result.stderr.startswith("Traceback (most recent call last):")
    assert "\nError: cityfolio build was ended by this machine" in result.stderr


def test_what_nobody_thought_of_is_to_be_reported_with_what_verbose_shows() -> None:
    result = refused(a_refusal(errno.ESTALE, "data"))

    assert "please report it (-v shows where in the program it was)." in result.stderr


def test_both_files_are_named_where_two_are_concerned() -> None:
    error = OSError(errno.EXDEV, "Invalid cross-device link", "a", None, "b")

    assert in_words(error, "cityfolio new").startswith(
        "cityfolio new was ended by this machine: a and b: Invalid cross-device link\n")


def test_a_library_that_gives_a_sentence_and_no_number_is_quoted() -> None:
    assert in_words(OSError("Couldn't serialize page"), "cityfolio build").startswith(
        "cityfolio build was ended by this machine: Couldn't serialize page\n")


@pytest.mark.parametrize("number", FIXES, ids=errno.errorcode.get)
def test_every_fix_is_a_sentence_or_two(number: int) -> None:
    assert FIXES[number].endswith(".")


def test_a_reader_that_has_seen_enough_ends_a_command_without_a_word() -> None:
    result = refused(BrokenPipeError(errno.EPIPE, "Broken pipe"))

    assert (result.exit_code, result.stderr) == (1, "")


def test_a_message_that_cannot_be_printed_is_no_further_fault() -> None:
    class Refusing(StringIO):
        def write(self, text: str) -> int:
            raise a_refusal()

    MachineFault("a message").show(Refusing())


def test_a_bug_keeps_its_traceback() -> None:
    group = LazyGroup("cityfolio", later={})
    group.command("build")(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(group, ["build"], catch_exceptions=False)


def test_a_build_that_cannot_read_its_theme_names_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path, body in a_city(**{"site.yaml": SITE}).items():
        files.replace_file(tmp_path / "catalog" / path, body if isinstance(body, bytes) else body.encode())
    monkeypatch.setattr(inspecting, "load_theme", load_theme)      # tests share one otherwise
    monkeypatch.setattr(files, "read_bytes", unreadable("theme.yaml"))
    given = ["build", "--catalog", str(tmp_path / "catalog"), "--output", str(tmp_path / "output"), "--no-cache"]
    result = CliRunner().invoke(main, given, prog_name="cityfolio", catch_exceptions=False)

    assert result.exit_code == 3
    assert 'cityfolio build was ended by this machine at "Reading tables": ' in result.stderr
    assert "civic/theme.yaml: Input/output error" in result.stderr
    assert not (tmp_path / "output").exists()


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_a_report_that_cannot_be_printed_is_told_where_it_can(tmp_path: Path) -> None:
    with FULL.open("w") as full:
        command = [sys.executable, "-m", "cityfolio", "check", "--catalog", str(tmp_path), "--no-cache"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)

    assert done.returncode == 3
    assert "cityfolio check was ended by this machine: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr
