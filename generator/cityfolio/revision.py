"""What git knows of a catalog: its commit, the moment of it, and when each file was last touched."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A catalog's place in its history; all empty where there is no repository, or no git."""

    commit: str = ""
    moment: datetime | None = None


def revision_of(folder: Path) -> Revision:
    """Ask git for the last commit."""
    lines = _git(folder, "log", "-1", "--format=%H%n%cI").split()
    if len(lines) != 2:
        return Revision()
    return Revision(commit=lines[0], moment=datetime.fromisoformat(lines[1]))


def touched_in(folder: Path) -> dict[str, date]:
    """The day each file of the folder was last committed; empty in a shallow clone, where git would name the wrong day."""
    if _git(folder, "rev-parse", "--is-shallow-repository").strip() != "false":
        return {}
    days: dict[str, date] = {}
    day = None
    log = _git(folder, "log", "--format=%x00%cs", "--name-only", "--relative", "-z", "--", ".")
    for line in log.replace("\n", "\0").split("\0"):
        if len(line) == 10 and line[4:8:3] == "--" and line.replace("-", "").isdigit():
            day = date.fromisoformat(line)
        elif line and day is not None:
            days.setdefault(line, day)
    return days


def _git(folder: Path, *arguments: str) -> str:
    """What git prints; nothing where it has nothing to say, such as outside a repository."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)  # noqa: S607  the git of the PATH
    except FileNotFoundError:
        return ""
    return done.stdout if done.returncode == 0 else ""
