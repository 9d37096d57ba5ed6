"""A command that is watched while it runs: what it says, and how much memory the largest of its processes takes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

PATIENCE_SECONDS = 120            # until a command counts as hanging
PROC = Path("/proc")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of a command."""

    code: int
    out: str
    err: str
    peak_mib: float               # of the largest of its processes
    seconds: float


def watched(command: list[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command to its end. Kills it, and fails, when it hangs."""
    started = monotonic()
    out, err = folder / "stdout", folder / "stderr"
    with out.open("wb") as said, err.open("wb") as wrong:
        process = subprocess.Popen(command, cwd=folder, env=dict(environment), stdout=said, stderr=wrong)
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, *(peak_mib_of(each) for each in tree(process.pid)))
            if monotonic() - started > PATIENCE_SECONDS:
                process.kill()
                process.wait()
                raise AssertionError(f"the command did not end: {' '.join(command)}")
            sleep(0.01)
    return Run(code=process.returncode, out=out.read_text(), err=err.read_text(), peak_mib=peak, seconds=monotonic() - started)


def tree(process: int) -> Iterator[int]:
    """A process and all that came of it."""
    yield process
    for tasks in PROC.glob(f"{process}/task/*/children"):
        try:
            children = tasks.read_text().split()
        except OSError:           # it ended in the meantime
            continue
        for child in children:
            yield from tree(int(child))


def peak_mib_of(process: int) -> float:
    """The most memory that a process ever had at a time; 0 when it has ended."""
    try:
        status = (PROC / str(process) / "status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)
