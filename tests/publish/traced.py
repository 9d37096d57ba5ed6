"""Builds and deploys of a site of twenty pages under strace: the k-th system call of a kind fails, or is never made.

A program of its own, so that a point costs little: it does once what comes before, and then forks for every point a process that
only writes the site or only deploys it. strace takes hold of that process before its first call, so the calls are counted
from there. No thread runs in it: files are put one after another.
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
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, Self
from unittest.mock import patch

import orjson

from cityfolio.files import sha256
from cityfolio.model.site import Output
from cityfolio.publish.deploying import run
from cityfolio.publish.deploying.sources import Site, site_in
from cityfolio.publish.deploying.stages import is_hashed
from cityfolio.publish.deploying.targets.folder import FolderTarget
from publish.sites import an_output, contents, html, in_memory, written

Act = Literal["build", "deploy"]
ACTS: tuple[Act, ...] = ("build", "deploy")
FAULTS = {"full disk": "error=ENOSPC", "broken disk": "error=EIO", "not allowed": "error=EACCES", "killed": "signal=KILL"}
# Calls that name a file or work on an open one; what only talks to the terminal, to other processes or to memory is no write.
CLASSES = "%file,%desc"
NO_FILE = {"fcntl", "ioctl", "poll", "ppoll", "select", "pselect6", "dup", "dup2", "dup3", "pipe", "pipe2", "mmap", "execve"}
IGNORE = b"*\n!.gitignore\n"
MOMENT = datetime(2026, 11, 26, tzinfo=UTC)
SECONDS = 60


def twenty_pages(edition: str, changed: Iterable[int], extra: str) -> list[Output]:
    """A site of twenty pages with a style, a script and data each names; some pages differ from one edition to the next."""
    style, script = (f"assets/civic.{sha256(f'{edition}{kind}'.encode())[:8]}.{kind}" for kind in ("css", "js"))
    links = " ".join(f'<a href="../../data/d{number}/">{number}</a>' for number in range(18))
    head = f'<link rel="stylesheet" href="../../{style}"><script src="../../{script}" defer></script>'
    pages = {f"data/d{number}/": html(f"{edition if number in changed else ''} {links}", head if number in changed else "")
             for number in range(18)}
    bodies: dict[str, str] = {
        style: f"body {{ --edition: {edition} }}", script: f"console.log('{edition}')", "data/d0/rows.csv": "species\noak\n",
        "data/d1/rows.csv": f"edition\n{edition}\n", **pages, f"data/{extra}/": html(extra), "catalog.json": f'{{"is": "{edition}"}}',
        "": html(f'<a href="data/d0/">First</a> <a href="data/{extra}/">{extra}</a>'),
    }
    return [an_output(f"/{url}", body) for url, body in bodies.items()]


OLD, NEW = twenty_pages("old", range(6), "former"), twenty_pages("new", range(6), "latest")


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A fault: its kind, and the call that it happens at."""

    act: Act
    fault: str
    call: str
    number: int
    stays: bool = False        # every later call of the name fails too, as on a disk that stays full


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What lay in the folder after the fault, and after one more run without any."""

    point: Point
    there: str
    after: str
    was_hit: bool
    told: str                  # what the process said: "", "refused", "raised TypeError", or "killed"


class AtOnce:
    """Stands in for a pool of threads: what is submitted is done before the call returns."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        pass

    def submit(self, act: Callable[[], None]) -> Future[None]:
        """Do it."""
        future: Future[None] = Future()
        try:
            future.set_result(act())
        except Exception as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with all that the points need: both sites built, and the old one as each point begins with."""

    root: Path

    @property
    def output(self) -> Path:
        """The folder that is written to."""
        return self.root / "points/out"

    def prepare(self) -> None:
        """Build and deploy both sites once, which also loads all that is loaded late."""
        for name, outputs in (("old", OLD), ("new", NEW)):
            self.root.joinpath("built").mkdir(parents=True, exist_ok=True)
            assert written(outputs, self.root / "built" / name).manifest
        for act in ACTS:
            self.output.parent.mkdir(parents=True)
            if act == "build":
                self.output.mkdir()
                (self.output / ".gitignore").write_bytes(IGNORE)
                written(OLD, self.output)
            else:
                self.deployed("old")
            shutil.move(self.output.parent, self.root / "start" / act)
            self.start(act)
            self.run(act)
            shutil.rmtree(self.output.parent)

    def start(self, act: Act) -> None:
        """Lay the old site out anew."""
        shutil.rmtree(self.output.parent, ignore_errors=True)
        shutil.copytree(self.root / "start" / act, self.output.parent)

    def run(self, act: Act) -> str:
        """Write or deploy the new site, and say what was told."""
        if act == "deploy":
            return self.deployed("new")
        return "" if written(NEW, self.output).manifest else "refused"

    def deployed(self, name: str) -> str:
        """Deploy one of the two."""
        site, problems = site_in(self.root / "built" / name)
        if not isinstance(site, Site):
            return "refused"
        target = FolderTarget(self.output)
        with patch.object(run, "ThreadPoolExecutor", AtOnce):
            result = run.deploy(site, target, run.Orders(now=MOMENT, pause=lambda _: None, workers=1))
        return "refused" if result.problems else ""

    def state(self, act: Act) -> str:
        """Which site lies in the folder: old, new, none, or a mixture, which must never be."""
        found = contents(self.output)
        return "none" if found is None else next((name for name, whole in WHOLE[act].items() if found == whole), "mixture")

    def state_after(self, act: Act) -> str:
        """The same after one more run; and "leftovers" where something lies beside, "lost" where the old site cannot be brought back."""
        told = self.run(act)
        state = self.state(act)
        if told or state != "new":
            return f"{state} {told}".strip()
        if act == "build":
            return "leftovers" if os.listdir(self.output.parent) != [self.output.name] else state
        return self.kept() or state

    def kept(self) -> str:
        """What is wrong with what a deploy keeps of the former site, and with what lies beside it."""
        target = FolderTarget(self.output)
        beside = self.output.with_name(f".{self.output.name}.cityfolio")
        if sorted(os.listdir(beside)) != ["current.json", "generations"]:
            return f"leftovers {sorted(os.listdir(beside))}"
        whole = [contents(beside / "generations" / each.name) for each in target.generations()]
        return "" if whole == [WHOLE["deploy"]["old"]] else "lost"


def _whole(outputs: list[Output], former: list[Output], act: Act) -> dict[str, bytes]:
    """All that is to lie there. A deploy leaves the assets of the former site for pages that are open; a build does not."""
    beside = {".gitignore": IGNORE} if act == "build" else {path: body for path, body in in_memory(former).items() if is_hashed(path)}
    return {**beside, **in_memory(outputs)}


WHOLE = {act: {"old": _whole(OLD, [], act), "new": _whole(NEW, OLD, act)} for act in ACTS}


def traced(act: Callable[[], str], log: Path, *options: str) -> str:
    """Do it in a process of its own under strace, and say what it told."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        _in_the_child(act, writing)
    os.close(writing)
    os.waitpid(process, os.WUNTRACED)
    with subprocess.Popen(["strace", "-qq", "-o", log, *options, "-p", str(process)], stderr=subprocess.DEVNULL) as strace:
        _wait_for(process, strace)
        os.kill(process, signal.SIGCONT)
        _, status = os.waitpid(process, 0)
    with os.fdopen(reading, "rb") as told:
        text = told.read().decode()
    return "killed" if os.WIFSIGNALED(status) else text


def _in_the_child(act: Callable[[], str], writing: int) -> None:
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
        told = act()
    except BaseException as error:
        told = f"raised {type(error).__name__}: {error}"
    try:
        os.write(writing, told.encode())
    finally:
        os._exit(0)


def _wait_for(process: int, strace: subprocess.Popen[bytes]) -> None:
    """Wait until strace holds the process."""
    until = time.monotonic() + SECONDS
    held = f"TracerPid:\t{strace.pid}\n"
    while held not in Path(f"/proc/{process}/status").read_text():
        assert strace.poll() is None and time.monotonic() < until, "strace may not trace another process here"
        time.sleep(0.001)


def calls(place: Place, act: Act) -> Counter[str]:
    """How often each system call is made."""
    place.start(act)
    log = place.root / "log"
    traced(lambda: place.run(act), log, "-e", f"trace={CLASSES}")
    names = (match[1] for line in log.read_text().splitlines() if (match := re.match(r"(\w+)\(", line)))
    return Counter(name for name in names if name not in NO_FILE)


def points(place: Place, act: Act) -> Iterator[Point]:
    """Every call with every fault."""
    found = calls(place, act)
    for fault in FAULTS:
        for call, most in sorted(found.items()):
            yield from (Point(act=act, fault=fault, call=call, number=number) for number in range(1, most + 1))
    for call in ("openat", "write", "mkdir", "link", "linkat", "rename", "renameat2"):
        for number in range(1, found[call] + 1):
            yield Point(act=act, fault="full disk", call=call, number=number, stays=True)


def tried(place: Place, point: Point) -> Seen:
    """What one fault leaves."""
    place.start(point.act)
    log = place.root / "log"
    how = f"inject={point.call}:{FAULTS[point.fault]}:when={point.number}{'+' if point.stays else ''}"
    told = traced(lambda: place.run(point.act), log, "-e", f"trace={point.call}", "-e", how)
    there = place.state(point.act)
    was_hit = told == "killed" or "(INJECTED)" in log.read_text()
    return Seen(point=point, there=there, after=place.state_after(point.act), was_hit=was_hit, told=told)


def main(root: Path, act: Act, every: int, first: int) -> None:
    """python traced.py FOLDER ACT EVERY FIRST: try every n-th point, and print what was seen, a line each."""
    place = Place(root)
    place.prepare()
    for point in list(points(place, act))[first::every]:
        sys.stdout.write(orjson.dumps(asdict(tried(place, point))).decode() + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
