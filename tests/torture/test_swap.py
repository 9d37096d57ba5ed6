"""A real process under strace: every system call of a build that touches the disk is made to fail, and to be the last."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from publish import faults
from publish.faults import after_another_build, state, the_old_site

HERE = Path(__file__).resolve()
CALLS = "openat,write,mkdir,chmod,link,linkat,rename,renameat,renameat2,unlink,unlinkat,rmdir,fsync,syncfs,flock,close"
INJECTED = {"error": "error=EIO", "full": "error=ENOSPC", "killed": "signal=KILL"}
pytestmark = [pytest.mark.torture, pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")]


def traced(output: Path, *options: str) -> int:
    """Build the new site under strace."""
    environment = {
        **os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parents[2] / "generator"), str(HERE.parents[1])]),
        "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0",
    }
    command = ["strace", "-f", "-qq", *options, sys.executable, faults.__file__, output, "0"]
    return subprocess.run(command, env=environment, capture_output=True).returncode


def calls(folder: Path) -> list[tuple[str, int]]:
    """The system calls of a build from its lock on: each with its number among the calls of that name."""
    the_old_site(folder / "out")
    traced(folder / "out", "-o", str(folder / "log"), "-e", f"trace={CALLS}")
    counts, found, is_ours = Counter(), [], False
    for line in (folder / "log").read_text().splitlines():
        match = re.match(r"\d+ +(\w+)\(", line)
        if match:
            counts[match[1]] += 1
            is_ours = is_ours or "cityfolio-lock" in line
            found += [(match[1], counts[match[1]])] if is_ours else []
    return found


@pytest.mark.parametrize("what", INJECTED.values(), ids=INJECTED.keys())
def test_no_system_call_that_fails_or_is_the_last_leaves_a_mixture(tmp_path, what):
    seen = []
    for call, number in calls(tmp_path):
        output = tmp_path / f"{call}-{number}" / "out"
        the_old_site(output)
        traced(output, "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={number}")
        seen.append((call, number, state(output), after_another_build(output)))

    print(f"\n{what}: {len(seen)} points, {Counter(there for _, _, there, _ in seen)}")
    assert len(seen) > 60
    assert {there for _, _, there, _ in seen} == {"old", "new"}
    assert [point for point in seen if point[3] != "new"] == []
