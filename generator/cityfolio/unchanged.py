"""Whether anything changed since a folder was built. If nothing did, what the build said is said again, and no more is done.

A build is known by everything that it was made of: the program, the themes, the catalog's files, its commit, the options, the
packages that are installed. Files are known by size, times and place on the disk, as git and make know them, and those of a
moment ago not at all: a file may change twice within a tick of the clock. What was made is known in the same way, so that a
site that somebody touched is built again.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.problems import Location, Problem
from cityfolio.revision import state_of

YOUNG_NS = 2_000_000_000       # the coarsest clock of a file system in use, FAT's, ticks every two seconds
NOT_READ = {"node_modules", "__pycache__", ".git"}
TOLD_BY = ("SOURCE_DATE_EPOCH",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a build made, as its summary tells it."""

    datasets: int
    files: int
    pages: int
    drafts: tuple[str, ...] = ()          # ids of datasets that were left out
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A build that is asked for."""

    catalog: Path
    output: Path
    program: tuple[Path, ...]             # the folders of the program and its themes
    given: Mapping[str, object]           # every option that a site depends on
    environment: Mapping[str, str]
    today: date

    @property
    def key(self) -> str:
        """The name under which its like is kept: the newest build of a catalog into a folder."""
        return f"last build of {os.path.abspath(self.catalog)} into {os.path.abspath(self.output)}"


def sources_of(asked: Asked, now_ns: int) -> str | None:
    """A digest of everything that a build would be made of.

    None where that cannot be told: something of it changed a moment ago, or is kept by another machine.
    """
    if asked.given.get("fetch") or _is_elsewhere(asked.given.get("previous")):
        return None
    told = sha256()
    for line in (__version__, sys.version, asked.today.isoformat(), state_of(asked.catalog), str(asked.catalog),
                 json.dumps({name: str(value) for name, value in sorted(asked.given.items())}),
                 *(f"{name}={asked.environment.get(name, '')}" for name in TOLD_BY)):
        told.update(line.encode("utf-8", "surrogateescape") + b"\0")
    newest = 0
    try:
        for root in (asked.catalog, *asked.program):
            for lines, changed_ns in _listed(root, hidden=False, changes=True):
                told.update(lines)
                newest = max(newest, changed_ns)
    except OSError:
        return None      # what cannot be listed is not known; the build says what is wrong with it
    for folder in sys.path:                # a package that comes or goes changes the folder that it lies in
        told.update(f"{folder}\0{_changed_ns(folder)}\n".encode("utf-8", "surrogateescape"))
    previous = asked.given.get("previous")
    told.update(str(_changed_ns(str(previous)) if previous else 0).encode())
    return told.hexdigest() if newest < now_ns - YOUNG_NS else None


def site_of_folder(output: Path) -> str:
    """A digest of the files of a built site, by size, time and place on the disk; "" where there is none."""
    told = sha256()
    try:
        for lines, _ in _listed(output, hidden=True, changes=False):
            told.update(lines)
    except OSError:
        return ""
    return told.hexdigest()


def made_before(asked: Asked, sources: str | None, keep: Keep) -> Made | None:
    """What was made of the same sources, if it lies in the output folder still, as it was left."""
    body = keep.get(asked.key) if sources else None
    if body is None:
        return None
    told = json.loads(body)
    if told["sources"] != sources or not told["site"] or told["site"] != site_of_folder(asked.output):
        return None
    return _made(told["made"])


def remember(asked: Asked, sources: str | None, made: Made, keep: Keep) -> None:
    """Keep what a build made, for the next one. `sources` is from before it began: what changed meanwhile changes it again."""
    if sources:
        told = {"sources": sources, "site": site_of_folder(asked.output), "made": asdict(made)}
        keep.put(asked.key, json.dumps(told).encode())


def _made(told: dict[str, Any]) -> Made:    # Any: JSON, as it was kept and verified
    problems = tuple(Problem(**{**each, "where": Location(**each["where"])}) for each in told["problems"])
    return Made(**{**told, "drafts": tuple(told["drafts"]), "problems": problems})


def _listed(root: Path, *, hidden: bool, changes: bool) -> Iterator[tuple[bytes, int]]:
    """What lies in each folder below one, and the newest time among it. Links are not followed.

    `changes` tells of a file when it was last changed in any way (`st_ctime`), which no program can set back.
    """
    waiting = [str(root)]
    while waiting:
        folder, lines, newest = waiting.pop(), [], 0
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name not in NOT_READ and (hidden or not entry.name.startswith(".")):
                        waiting.append(entry.path)
                elif hidden or not entry.name.startswith("."):
                    state = entry.stat(follow_symlinks=False)
                    changed = state.st_ctime_ns if changes else 0
                    newest = max(newest, state.st_mtime_ns, changed)
                    lines.append(f"{entry.name}\0{state.st_size} {state.st_mtime_ns} {changed} {state.st_ino}")
        lines.sort()       # systems list a folder in any order
        yield "\n".join((folder, *lines)).encode("utf-8", "surrogateescape"), newest


def _changed_ns(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0      # not there: that too is a state


def _is_elsewhere(previous: object) -> bool:
    return previous is not None and (previous == "live" or "://" in str(previous))
