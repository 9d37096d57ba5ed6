"""What git tells of a catalog's commits: each with its day and the files it touched, also from before its folder was moved."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from cityfolio.revision import MARK, told_by_git

RAW = ("--raw", "--no-abbrev", "--no-renames", "-z")
SITE = "site.yaml"      # what makes a folder a catalog
NO_CONTENT = re.compile("0+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """A file that a commit changed: what git calls its content before and after, "" where it was or is not there."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """A commit with the files of the folder that it changed, seen from the line of commits that was published."""

    name: str
    day: date
    touched: tuple[Touched, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """Commits, the newest first. In a shallow clone the oldest is left out: all its files would seem to be new."""

    commits: tuple[Commit, ...] = ()
    is_shallow: bool = False
    since: date | None = None     # the day from which on every change is known
    came_from_elsewhere: bool = False   # on that day, perhaps: there was another catalog, and it is not known to be this one


def log_of(folder: Path, commit: str, since: date, until: date) -> Log:
    """What changed in the folder between two days, up to a commit. One question, however many files there are.

    Where branches were merged, what came with them is told of the day of the merge. A folder that was moved is followed to
    where it was before.
    """
    top, room = (told_by_git(folder, "rev-parse", asked).removesuffix("\n") for asked in ("--show-toplevel", "--show-prefix"))
    if not top:
        return Log()
    walked = _walked(Path(top), room, commit, since)
    told = [each for each in walked.commits if each.day <= until]
    is_shallow = told_by_git(folder, "rev-parse", "--is-shallow-repository").strip() != "false"
    first = told[-1].day if told else None
    reaches_back = not is_shallow and _is_older(Path(top), walked, since)
    return Log(commits=tuple(each.commit for each in told if each.parent or not is_shallow), is_shallow=is_shallow,
               since=since if reaches_back else first, came_from_elsewhere=walked.came_from_elsewhere)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Logged:
    """A commit of the log, with the one before it on its line; "" for the first."""

    name: str
    day: date
    parent: str
    touched: tuple[Touched, ...]

    @property
    def commit(self) -> Commit:
        return Commit(name=self.name, day=self.day, touched=self.touched)

    def brings(self, path: str) -> bool:
        """Whether a file was not there before it."""
        return any(each.path == path and not each.before for each in self.touched)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Walked:
    """The commits of a catalog, the newest first, and the folder and the commit with which the last stretch of them began."""

    commits: tuple[_Logged, ...]
    room: str
    started: str
    came_from_elsewhere: bool


def _walked(top: Path, room: str, commit: str, since: date) -> _Walked:
    """Follow a catalog from commit to commit, and from folder to folder."""
    found = list[_Logged]()
    while True:
        here = tuple(_logged(top, room, commit, since))
        move = next((each for each in reversed(here) if each.parent and each.brings(SITE)), None)
        former = _room_before(top, room, move) if move else None
        if move is None or former is None:
            return _Walked(commits=(*found, *here), room=room, started=commit,
                           came_from_elsewhere=move is not None and _has_another(top, room, move.parent))
        # Each stretch begins before the one that was found before it, so there is an end.
        again = told_by_git(top, "diff-tree", *RAW, "-r", f"{move.parent}:{former}", f"{move.name}:{room}")
        found += [*here[:here.index(move)], replace(move, touched=tuple(_touched(again)))]
        room, commit = former, move.parent


def _is_older(top: Path, walked: _Walked, day: date) -> bool:
    """Whether anything was committed to the folder before a day."""
    return bool(told_by_git(top, "log", "-1", "--first-parent", f"--until={day}T00:00:00Z", "--format=%H", walked.started,
                            *_in(walked.room)))


def _logged(top: Path, room: str, commit: str, since: date) -> Iterator[_Logged]:
    """The commits that touched a folder of the repository, the newest first."""
    relative = (f"--relative={room}",) if room else ()
    told = told_by_git(top, "log", "--first-parent", "-m", *RAW, *relative, f"--since={since}T00:00:00Z",
                       f"--format={MARK}%H %cs %P", commit, *_in(room))
    for entry in told.split(MARK)[1:]:
        about, _, rest = entry.partition("\0")
        name, written, *parents = about.split()
        try:
            day = date.fromisoformat(written)
        except ValueError:
            continue          # a date that git takes and calendars do not
        yield _Logged(name=name, day=day, parent=parents[0] if parents else "", touched=tuple(_touched(rest)))


def _in(room: str) -> tuple[str, ...]:
    return ("--", f":(literal){room}" if room else ".")


def _room_before(top: Path, room: str, move: _Logged) -> str | None:
    """The folder whose files a commit moved into a catalog's folder, most of them as they were; None where it moved none."""
    raw = told_by_git(top, "diff-tree", "-r", "-M100%", "--diff-filter=R", "--raw", "-z", move.parent, move.name)
    told = iter(raw.split("\0"))
    rooms = Counter(old.removesuffix(new.removeprefix(room)) for _, old, new in zip(told, told, told, strict=False)
                    if new.startswith(room) and old.endswith(new.removeprefix(room)))
    former = next((each for each, _ in rooms.most_common() if each != room and (not each or each.endswith("/"))), None)
    if former is None or not _has(top, move.parent, f"{former}{SITE}") or _has(top, move.name, f"{former}{SITE}"):
        return None
    return former


def _has(top: Path, commit: str, path: str) -> bool:
    return bool(told_by_git(top, "rev-parse", "--verify", "--quiet", f"{commit}:{path}"))


def _has_another(top: Path, room: str, commit: str) -> bool:
    """Whether there is another catalog in a commit, of which that in a folder may be a copy."""
    paths = told_by_git(top, "ls-tree", "-r", "-z", "--name-only", commit).split("\0")
    return any(f"/{each}".endswith(f"/{SITE}") and each != f"{room}{SITE}" for each in paths)


def _touched(told: str) -> Iterator[Touched]:
    """What `--raw -z` prints of a commit: ":modes, contents, letter", then the path, each with a NUL behind it."""
    parts = told.strip("\n").split("\0")
    for about, path in zip(parts[::2], parts[1::2], strict=False):
        fields = about.split()
        if len(fields) == 5:
            before, after = ("" if NO_CONTENT.fullmatch(each) else each for each in fields[2:4])
            yield Touched(path=path, before=before, after=after)
