"""Whether anything changed since a folder was built. If nothing did, what the build said is said again, and no more is done.

A build is known by everything that it was made of: the program, the themes, the catalog's files, its commit, the options, the
packages that are installed. Files are known by size, times and place on the disk, as git and make know them, and those of a
moment ago not at all: a file may change twice within a tick of the clock. What was made is known in the same way, so that a
site that somebody touched is built again.

Most often nothing at all was touched. So the paths are kept, and it is first asked of each whether it looks as it did, the
folders among them: no folder needs to be listed then.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from cityfolio import __version__
from cityfolio.cache import Keep, keeps_nothing
from cityfolio.problems import Location, Problem
from cityfolio.revision import state_of
from cityfolio.seen import Seen

YOUNG_NS = 2_000_000_000       # the coarsest clock of a file system in use, FAT's, ticks every two seconds
NOT_READ = {"node_modules", "__pycache__", ".git"}
TOLD_BY = ("SOURCE_DATE_EPOCH",)
Look = tuple[int, int, int, int]     # of a file: its number, its size, its time, and when it was changed in any way
MANY = 64        # entries of a folder from which on what lies below it is looked at from it
FORM = 5         # of what is kept: another one is not read, so one who changes it counts on


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
        return f"last build, {__version__} form {FORM}, of {os.path.abspath(self.catalog)} into {os.path.abspath(self.output)}"


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a build would be made of."""

    told: str                 # a digest of what is no file
    files: str                # and of the files
    newest_ns: int            # when the newest of them was changed
    seen: Seen


def looked_through(asked: Asked, now_ns: int, keep: Keep) -> tuple[Made | None, Sources | None]:
    """What was made before of the same, if it lies in the output folder still as it was left; else what is to be made it of.

    There are no sources where they cannot be told: something of them changed a moment ago, or is kept by another machine. Nor
    are there any where nothing is kept.
    """
    told = "" if keeps_nothing(keep) else _told_of(asked)
    kept = keep.get(asked.key) if told else None
    if kept is not None and (made := _untouched(kept, told, now_ns)):
        return made, None
    sources = _sources_of(asked, told) if told else None
    if sources is None or sources.newest_ns >= now_ns - YOUNG_NS:
        return None, None
    made = _made_of(kept, sources, asked) if kept is not None else None
    if made:
        remember(asked, sources, made, keep)    # something else in a folder came or went: from now on it is known again
    return made, sources


def remember(asked: Asked, sources: Sources | None, made: Made, keep: Keep) -> None:
    """Keep what a build made, for the next one. `sources` is from before it began: what changed meanwhile changes it again."""
    if sources:
        seen = sources.seen.copy()
        head = {"told": sources.told, "sources": sources.files, "newest_ns": sources.newest_ns,
                "site": _site_left(asked.output, seen, keep) or _site_of(asked.output, seen), "made": asdict(made)}
        keep.put(asked.key, json.dumps(head).encode() + b"\n" + seen.to_bytes())


def _untouched(kept: bytes, told: str, now_ns: int) -> Made | None:
    """What was made, if nothing at all was touched since, neither its sources nor itself."""
    end = kept.index(b"\n")
    known = json.loads(kept[:end])
    is_same = known["told"] == told and known["site"] and known["newest_ns"] < now_ns - YOUNG_NS
    return _made(known["made"]) if is_same and Seen.from_bytes(kept, end + 1).is_as_it_was() else None


def _made_of(kept: bytes, sources: Sources, asked: Asked) -> Made | None:
    """What was made, if its sources are the same and it lies there as it was left, by its bytes and by what its files are."""
    known = json.loads(kept[:kept.index(b"\n")])
    is_same = known["told"] == sources.told and known["sources"] == sources.files and known["site"]
    return _made(known["made"]) if is_same and known["site"] == _site_of(asked.output, Seen()) else None


def _told_of(asked: Asked) -> str:
    """A digest of all that a build depends on beside the files; "" where that cannot be told."""
    if asked.given.get("fetch") or _is_elsewhere(asked.given.get("previous")):
        return ""
    told = sha256()
    for line in (__version__, sys.version, asked.today.isoformat(), state_of(asked.catalog), str(asked.catalog),
                 json.dumps({name: str(value) for name, value in sorted(asked.given.items())}),
                 *(f"{name}={asked.environment.get(name, '')}" for name in TOLD_BY)):
        told.update(line.encode("utf-8", "surrogateescape") + b"\0")
    made = {os.path.abspath(asked.output)}
    for folder in sys.path:                # a package that comes, goes or has another version changes what lies there
        told.update("\0".join((folder, *_names_in(folder, made))).encode("utf-8", "surrogateescape") + b"\n")
    previous = asked.given.get("previous")
    told.update(str(_changed_ns(str(previous)) if previous else 0).encode())
    return told.hexdigest()


def _sources_of(asked: Asked, told: str) -> Sources | None:
    files, newest, seen = sha256(), 0, Seen()
    try:
        for root in (asked.catalog, *asked.program):
            for lines, changed_ns in _listed(root, seen, hidden=False, changes=True):
                files.update(lines)
                newest = max(newest, changed_ns)
    except OSError:
        return None      # what cannot be listed is not known; the build says what is wrong with it
    return Sources(told, files.hexdigest(), newest, seen)


def _site_of(output: Path, seen: Seen) -> str:
    """A digest of the files of a built site, by size, time and place on the disk; "" where there is none."""
    try:
        return _digest_of_site(lines for lines, _ in _listed(output, seen, hidden=True, changes=False))
    except OSError:
        return ""


def _site_left(output: Path, seen: Seen, keep: Keep) -> str:
    """The same of a site that was just written: of its files it is known how they were left. "" where it is not of all."""
    from cityfolio.publish.left_files import left_site  # only for who has built

    root = str(output.absolute())
    looks, inside = left_site(Path(root), keep), defaultdict[str, list[tuple[str, Look]]](list)
    for path, look in looks.items():
        folder, _, name = path.rpartition("/")
        inside[folder].append((name, look))
    folders = {""}
    for each in inside:
        while each not in folders:
            folders.add(each)
            each = each.rpartition("/")[0]
    try:
        states = {folder: os.lstat(_within(root, folder)) for folder in sorted(folders)} if looks else {}
    except OSError:
        return ""
    many = Counter(each.rpartition("/")[0] for each in folders if each)
    starts: dict[str | None, str] = {None: "/"}
    told: list[bytes] = []
    for folder, state in states.items():         # each after the one that it lies in
        start = starts[folder.rpartition("/")[0] if folder else None]
        seen.add(at := _within(root, folder), state, start)
        found = inside[folder]
        start = starts[folder] = at if many[folder] + len(found) >= MANY else start
        seen.note([f"{at}{name}" for name, _ in found],
                  [fact for _, (number, size, _, changed) in found for fact in (number, size, changed)], start)
        told.append(_told_of_folder(at[:-1], sorted(_line(name, *look[:3], 0) for name, look in found)))
    return _digest_of_site(told) if told else ""


def _within(root: str, folder: str) -> str:
    return f"{root}/{folder}/" if folder else f"{root}/"


def _digest_of_site(folders: Iterable[bytes]) -> str:
    told = sha256()
    for lines in sorted(folders):
        told.update(lines)
    return told.hexdigest()


def _made(told: dict[str, Any]) -> Made:    # Any: JSON, as it was kept and verified
    problems = tuple(Problem(**{**each, "where": Location(**each["where"])}) for each in told["problems"])
    return Made(**{**told, "drafts": tuple(told["drafts"]), "problems": problems})


def _listed(root: Path, seen: Seen, *, hidden: bool, changes: bool) -> Iterator[tuple[bytes, int]]:
    """What lies in each folder below one, and the newest time among it. Links are not followed.

    `changes` tells of a file when it was last changed in any way (`st_ctime`), which no program can set back.
    """
    waiting = [(str(root.absolute()), "/")]
    while waiting:
        (folder, start), lines, newest = waiting.pop(), [], 0
        # Before it is listed, so that what comes meanwhile changes it. With "/", so that a root may be a link.
        seen.add(f"{folder}/", os.lstat(f"{folder}/"), start)
        with os.scandir(folder) as entries:
            found = list(entries)
        if len(found) >= MANY:
            start = f"{folder}/"
        for entry in found:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in NOT_READ and (hidden or not entry.name.startswith(".")):
                    waiting.append((entry.path, start))
            elif hidden or not entry.name.startswith("."):
                state = entry.stat(follow_symlinks=False)
                changed = state.st_ctime_ns if changes else 0
                newest = max(newest, state.st_mtime_ns, changed)
                lines.append(_line(entry.name, state.st_ino, state.st_size, state.st_mtime_ns, changed))
                seen.add(entry.path, state, start)
        lines.sort()       # systems list a folder in any order
        yield _told_of_folder(folder, lines), newest


def _line(name: str, number: int, size: int, time: int, changed: int) -> str:
    return f"{name}\0{size} {time} {changed} {number}"


def _told_of_folder(folder: str, lines: Iterable[str]) -> bytes:
    return "\n".join((folder, *lines)).encode("utf-8", "surrogateescape")


def _names_in(folder: str, made: AbstractSet[str]) -> list[str]:
    """What lies in a folder, without what a build itself makes beside a site: `python -m` looks for packages there too."""
    try:
        return sorted(name for name in os.listdir(folder or ".")
                      if not name.startswith(".") and os.path.join(os.path.abspath(folder), name) not in made)
    except OSError:
        return [str(_changed_ns(folder))]     # an archive, or nothing


def _changed_ns(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns
    except OSError:
        return 0      # not there: that too is a state


def _is_elsewhere(previous: object) -> bool:
    return previous is not None and (previous == "live" or "://" in str(previous))
