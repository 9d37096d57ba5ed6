"""What git knows of a catalog: its commit, the moment of it, and when each file was last touched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A catalog's place in its history; all empty where there is no repository, or no git."""

    commit: str = ""
    moment: datetime | None = None


MARK = "\x01commit of "   # before each date; no file name that git prints begins so


def revision_of(folder: Path) -> Revision:
    """Ask git for the last commit."""
    lines = _git(folder, "log", "-1", "--format=%H%n%cI").split()
    if len(lines) != 2:
        return Revision()
    try:
        return Revision(commit=lines[0], moment=datetime.fromisoformat(lines[1]))
    except ValueError:
        return Revision(commit=lines[0])   # a date that git takes and calendars do not, such as one in the year 10000


def touched_in(folder: Path) -> dict[str, date] | None:
    """The day each file of the folder was last committed; None in a shallow clone, where git would name the wrong day."""
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
        return None
    days: dict[str, date] = {}
    for commit in _git(folder, "log", f"--format={MARK}%cs", "--name-only", "--relative", "-z", "--", ".").split(MARK)[1:]:
        try:
            day = date.fromisoformat(commit[:10])
        except ValueError:
            continue
        for path in commit[10:].replace("\n", "\0").split("\0"):
            if path:
                days.setdefault(path, day)
    return days


MONTHS = 12
MOST_CONTENT_BYTES = 1_000_000


def months_of(folder: Path, commit: str, until: date = date.max) -> dict[str, date]:
    """The last commit of each of the last twelve months up to a commit and a day, with its day: the newest first.

    Months in which nothing was committed to the folder have none. Empty in a shallow clone, which has no history.
    """
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    found: dict[tuple[int, int], tuple[str, date]] = {}
    for line in _git(folder, "log", "--first-parent", "--format=%H %cs", commit, "--", ".").splitlines():
        name, _, written = line.partition(" ")
        try:
            day = date.fromisoformat(written)
        except ValueError:
            continue       # a date that git takes and calendars do not
        if day <= until:   # one clock that was wrong must not push the true months out
            found.setdefault((day.year, day.month), (name, day))
    newest = max((12 * year + month for year, month in found), default=0)
    kept = [made for (year, month), made in found.items() if 12 * year + month > newest - MONTHS]
    return dict(sorted(kept, key=lambda each: each[1], reverse=True))


def files_at(folder: Path, commit: str, wanted: Callable[[str], bool]) -> dict[str, str]:
    """The wanted files of the folder at a commit, each with the name of its content. What is very large is left out."""
    files: dict[str, str] = {}
    for entry in _git(folder, "ls-tree", "-r", "-l", "-z", commit).split("\0"):
        about, _, path = entry.partition("\t")
        parts = about.split()
        if len(parts) == 4 and parts[1] == "blob" and wanted(path) and parts[3].isdigit() \
                and int(parts[3]) <= MOST_CONTENT_BYTES:
            files[path] = parts[2]
    return files


def contents_of(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    """The contents of these names, each read once."""
    asked = "".join(f"{name}\n" for name in dict.fromkeys(names))
    body = _git_bytes(folder, "cat-file", "--batch", given=asked.encode()) if asked else b""
    found: dict[str, bytes] = {}
    start = 0
    while (end := body.find(b"\n", start)) > 0:
        parts = body[start:end].decode().split()
        if len(parts) != 3:
            start = end + 1        # "NAME missing"
            continue
        size = int(parts[2])
        found[parts[0]] = body[end + 1:end + 1 + size]
        start = end + 1 + size + 1
    return found


def _git(folder: Path, *arguments: str) -> str:
    """What git prints; nothing where it has nothing to say, such as outside a repository."""
    return _git_bytes(folder, *arguments).decode("utf-8", "surrogateescape")


def _git_bytes(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    # A hook's variables would lead git to the repository of the hook.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False, input=given)
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
