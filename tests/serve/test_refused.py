"""What the machine refuses while a catalog is served is said in words, and the server goes on."""

from __future__ import annotations

import asyncio
import errno

import pytest

from cityfolio.serving import making, server
from cityfolio.speech import Speech

SPEECH = Speech.of("text", quiet=False, verbose=False)
FULL = OSError(errno.ENOSPC, "No space left on device", "/srv/output")


async def refused() -> None:
    """A look at the catalog on a full disk."""
    raise FULL


def test_a_look_that_the_machine_ends_is_told_and_gives_nothing(caplog: pytest.LogCaptureFixture) -> None:
    found = asyncio.run(server._Following._tried(refused()))

    assert found is None
    assert caplog.text.endswith("The rebuild was ended by this machine: /srv/output: No space left on device\n"
                                "Free some space on the disk, and run it again.\n")
    assert "Traceback" not in caplog.text


def test_the_process_beside_tells_what_ended_it(capsys: pytest.CaptureFixture[str]) -> None:
    with making._in_peace(SPEECH):
        raise FULL

    assert capsys.readouterr().out.startswith("The work on the whole site was ended by this machine: /srv/output: No space")


@pytest.mark.parametrize("end", [KeyboardInterrupt, BrokenPipeError])
def test_the_process_beside_says_nothing_where_the_server_ended_it(
    end: type[BaseException], capsys: pytest.CaptureFixture[str],
) -> None:
    with making._in_peace(SPEECH):
        raise end

    assert capsys.readouterr().out == ""


def test_a_bug_in_the_process_beside_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError), making._in_peace(SPEECH):
        raise ZeroDivisionError
