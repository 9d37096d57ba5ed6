"""An act under strace: its k-th system call of a name fails, or is never made, for every name and every k.

A program of its own, so that a point costs little: it does once what comes before, and then forks for every point a process
that only acts. strace takes hold of that process before its first call, so calls are counted from there.

    python traced.py FOLDER ACT points            how many points there are
    python traced.py FOLDER ACT NUMBER...         tries these, and prints what was seen, a line each
    python traced.py FOLDER ACT every N FROM      tries every N-th, beginning at one
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from mmap import mmap
from pathlib import Path
from traceback import format_tb

import orjson

from publish.acts import ACTS, Act

HERE = Path(__file__).resolve()
FAULTS = {"full disk": "error=ENOSPC", "broken disk": "error=EIO", "not allowed": "error=EACCES", "killed": "signal=KILL"}
# Calls that name a file or work on an open one, without those that only concern memory, terminals or other processes.
CLASSES = "%file,%desc"
NO_FILE = {"fcntl", "ioctl", "poll", "ppoll", "select", "pselect6", "dup", "dup2", "dup3", "pipe", "pipe2", "mmap", "execve"}
# What a disk that is full, and stays so, refuses from some moment on.
FILLING = ("openat", "write", "mkdir", "link", "linkat", "rename", "renameat2")
SECONDS = 60
MOST_TOLD = 4096
DEEPEST = 8                    # frames of an exception that are told


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A fault: its kind, and the call that it happens at."""

    fault: str
    call: str
    number: int
    stays: bool = False        # every later call of the name fails too


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What lay in the folder after the fault, and after one more run without any."""

    point: Point
    there: str
    after: str
    was_hit: bool
    told: str                  # what the process said: "", "refused: ...", "stopped: ...", "raised TypeError: ...", or "killed"


def why_not() -> str:
    """Why nothing can be traced here; "" where it can."""
    if not shutil.which("strace"):
        return "strace is not installed"
    tried = subprocess.run(["strace", "-qq", "-o", os.devnull, sys.executable, "-c", ""], capture_output=True)
    return "" if tried.returncode == 0 else "strace may not trace a process here"


def in_a_program(folder: Path, act: str, *points: str) -> list[str]:
    """Run this file, and return the lines that it printed."""
    command = [sys.executable, HERE, folder, act, *points]
    return subprocess.run(command, env=its_environment(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()


def its_environment() -> dict[str, str]:
    """What a program that forks is told. It is not measured: to note which lines are reached takes calls of its own."""
    paths = os.pathsep.join([str(HERE.parents[2] / "generator"), str(HERE.parents[1])])
    known = {name: value for name, value in os.environ.items() if name != "COVERAGE_PROCESS_CONFIG"}
    return {**known, "PYTHONPATH": paths, "PYTHONHASHSEED": "0"}


def seen_at(folder: Path, act: str, *points: str) -> list[Seen]:
    """What was seen at some points, each tried in a program of its own."""
    read = [orjson.loads(line) for line in in_a_program(folder, act, *points)]
    return [Seen(**{**each, "point": Point(**each["point"])}) for each in read]


def traced(act: Callable[[], str], log: Path, *options: str) -> str:
    """Do it in a process of its own under strace, and say what it told."""
    told = mmap(-1, MOST_TOLD)      # memory of both: to tell something through it takes no call that could fail
    process = os.fork()
    if not process:
        _in_the_child(act, told)
    os.waitpid(process, os.WUNTRACED)
    command = ["strace", "-f", "-qq", "-o", log, *options, "-p", str(process)]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as strace:
        _wait_for(process, strace)
        os.kill(process, signal.SIGCONT)
        _, status = os.waitpid(process, 0)
    return "killed" if os.WIFSIGNALED(status) else told[:].rstrip(b"\0").decode()


def _in_the_child(act: Callable[[], str], told: mmap) -> None:
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
        text = act()
    except BaseException as error:   # noqa: BLE001 - told to the parent
        text = f"raised {type(error).__name__}: {error}\n{''.join(format_tb(error.__traceback__)[-DEEPEST:])}"
    body = text.encode()[:MOST_TOLD]
    told[:len(body)] = body
    os._exit(0)


def _wait_for(process: int, strace: subprocess.Popen[bytes]) -> None:
    """Wait until strace holds the process."""
    until = time.monotonic() + SECONDS
    held = f"TracerPid:\t{strace.pid}\n"
    while held not in Path(f"/proc/{process}/status").read_text():
        assert strace.poll() is None, "strace may not trace another process here"
        assert time.monotonic() < until, "strace does not take hold of the process"
        time.sleep(0.001)


def calls(act: Act) -> Counter[str]:
    """How often each system call is made, in the thread that makes most of it."""
    act.start()
    log = act.root / "log"
    traced(lambda: act.do("new"), log, "-e", f"trace={CLASSES}")
    lines = [match.groups() for line in log.read_text().splitlines() if (match := re.match(r"(\d+) +(\w+)\(", line))]
    found: Counter[str] = Counter()
    for (_, name), count in Counter(lines).items():
        if name not in NO_FILE:
            found[name] = max(found[name], count)
    return found


def points(act: Act) -> list[Point]:
    """Every call with every fault, and every call at which the disk may become full for good."""
    found = sorted(calls(act).items())
    at_every = [(call, number) for call, most in found for number in range(1, most + 1)]
    once = [Point(fault=fault, call=call, number=number) for fault in FAULTS for call, number in at_every]
    for_good = [Point(fault="full disk", call=call, number=number, stays=True) for call, number in at_every if call in FILLING]
    return once + for_good


def tried(act: Act, point: Point) -> Seen:
    """What one fault leaves."""
    act.start()
    log = act.root / "log"
    how = f"inject={point.call}:{FAULTS[point.fault]}:when={point.number}{'+' if point.stays else ''}"
    told = traced(lambda: act.do("new"), log, "-e", f"trace={point.call}", "-e", how)
    there = act.state()
    was_hit = told == "killed" or "(INJECTED)" in log.read_text()
    return Seen(point=point, there=there, after=act.state_after(), was_hit=was_hit, told=told)


def main(root: Path, name: str, given: Sequence[str]) -> None:
    """Do what the command line says."""
    act = ACTS[name](root)
    act.prepare()
    every = points(act)
    if given[0] == "points":
        sys.stdout.write(f"{len(every)}\n")
        return
    if given[0] == "every":
        step, first = map(int, given[1:])
        chosen = every[first::step]
    else:
        chosen = [every[int(number) % len(every)] for number in given]
    for point in chosen:
        sys.stdout.write(orjson.dumps(asdict(tried(act, point))).decode() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
