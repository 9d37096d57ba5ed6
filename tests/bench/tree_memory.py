"""Runs a command as `tree_cost` does, and tells the most memory that all its processes held together at one moment.

What several processes share is counted once among them: a process that was forked holds little of its own. Linux tells that
as the proportional set size (`Pss` of /proc/PID/smaps_rollup), which is asked for 20 times a second; of gigabytes less often,
which the system goes through page by page, so that watching takes a tenth of the time at most. A look during which a process
began or ended does not count: what it shared would be counted as that of too few, and twice. Elsewhere, and where a command
ends sooner, it is the largest resident size of one process.

Run as `python tree_memory.py COMMAND...`; what the command says goes to standard error.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from threading import Event, Thread
from time import thread_time

from tree_cost import main as run

EVERY_SECONDS = 0.05
LOOKS_APART = 10                  # times what a look takes
PROC = Path("/proc")


def below(process: int) -> Iterator[int]:
    """Every process that a process started, and those that these started."""
    try:
        for thread in (PROC / str(process) / "task").iterdir():
            for child in (thread / "children").read_text().split():
                yield int(child)
                yield from below(int(child))
    except OSError:
        return      # it has ended


def held_kib(process: int) -> int:
    """The memory that a process holds, with its share of what it holds with others."""
    try:
        for line in (PROC / str(process) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:
        pass        # it has ended
    return 0


def living() -> list[int]:
    """The processes of the command that hold memory; one that has ended does not."""
    return [each for each in below(os.getpid()) if _pages(each)]


def _pages(process: int) -> int:
    try:
        return int((PROC / str(process) / "statm").read_text().split()[0])
    except OSError:
        return 0    # it has ended


def held_together() -> int:
    """The memory of all; nothing where one began or ended meanwhile."""
    processes = living()
    held = sum(map(held_kib, processes))
    return held if living() == processes else 0


def watch(ended: Event, most: list[int]) -> None:
    """Keep the largest sum that is met until the end."""
    took = 0.0
    while not ended.wait(max(EVERY_SECONDS, LOOKS_APART * took)):
        begun = thread_time()
        most[0] = max(most[0], held_together())
        took = thread_time() - begun


def main(command: list[str]) -> int:
    """Run it, and give its exit code."""
    ended, most, said = Event(), [0], io.StringIO()
    watching = Thread(target=watch, args=(ended, most))
    watching.start()
    try:
        with redirect_stdout(said):
            code = run(command)
    finally:
        ended.set()
        watching.join()
    cost = json.loads(said.getvalue())
    print(json.dumps({**cost, "peak_mib": max(cost["peak_mib"], most[0] / 1024)}))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
