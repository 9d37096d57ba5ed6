"""What a command costs: CPU of its whole process tree, wall time, and the largest resident size of any of its processes."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One run, or the median of several."""

    cpu_seconds: float  # user and system
    wall_seconds: float
    peak_mib: float


def cost_of(command: list[str], folder: Path) -> Cost:
    """Run a command once; it must end well."""
    started = perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    with process.stderr as stream:
        said = stream.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, said.decode()
    return Cost(
        cpu_seconds=usage.ru_utime + usage.ru_stime, wall_seconds=perf_counter() - started, peak_mib=usage.ru_maxrss / 1024
    )


def median_cost(commands: list[list[str]], folder: Path) -> Cost:
    """The median of several runs, each figure by itself."""
    costs = [cost_of(command, folder) for command in commands]
    return Cost(
        cpu_seconds=median(each.cpu_seconds for each in costs),
        wall_seconds=median(each.wall_seconds for each in costs),
        peak_mib=median(each.peak_mib for each in costs),
    )
