"""Runs a command to the end of its last process and prints what all of them cost, as JSON.

A process that outlives its parent, as a server of forks does, becomes a child of this one, so that nothing is left uncounted.
Run as `python tree_cost.py COMMAND...`; what the command says goes to standard error.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from time import perf_counter

SET_CHILD_SUBREAPER = 36
LINUX_KIB, MAC_BYTES = 1024, 1024 * 1024    # what a mebibyte is in the largest resident size that a system tells


def main(command: list[str]) -> int:
    """Run it, and give its exit code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started = perf_counter()
    process = subprocess.Popen(command, stdout=sys.stderr)
    cpu_seconds, peak, code, wall_seconds = 0.0, 0, 1, 0.0
    while True:
        try:
            ended, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu_seconds += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss)
        if ended == process.pid:
            code, wall_seconds = os.waitstatus_to_exitcode(status), perf_counter() - started
    process.returncode = code     # it was waited for, and not by its object
    peak_mib = peak / (MAC_BYTES if sys.platform == "darwin" else LINUX_KIB)
    print(json.dumps({"cpu_seconds": cpu_seconds, "wall_seconds": wall_seconds, "peak_mib": peak_mib}))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
