"""What git knows of a catalog: its commit, the moment of it, and when each file was last touched."""

from __future__ import annotations

import os
import subprocess
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


def _git(folder: Path, *arguments: str) -> str:
    """What git prints; nothing where it has nothing to say, such as outside a repository."""
    # A hook's variables would lead git to the repository of the hook.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
    except OSError:
        return ""
    return done.stdout.decode("utf-8", "surrogateescape") if done.returncode == 0 else ""
