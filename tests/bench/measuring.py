"""What a command costs: CPU of its whole process tree, wall time, and the largest resident size of any of its processes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TREE_COST = Path(__file__).with_name("tree_cost.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One run, or the median of several."""

    cpu_seconds: float  # user and system
    wall_seconds: float
    peak_mib: float


def cost_of(command: list[str], folder: Path) -> Cost:
    """Run a command once, to the end of all its processes; it must end well."""
    done = subprocess.run([sys.executable, str(TREE_COST), *command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return Cost(**json.loads(done.stdout))


def median_cost(commands: list[list[str]], folder: Path) -> Cost:
    """The median of several runs, each figure by itself."""
    costs = [cost_of(command, folder) for command in commands]
    return Cost(
        cpu_seconds=median(each.cpu_seconds for each in costs),
        wall_seconds=median(each.wall_seconds for each in costs),
        peak_mib=median(each.peak_mib for each in costs),
    )
