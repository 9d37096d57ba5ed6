"""What git knows of a catalog: its commit, the moment of it, and when each file was last touched."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Literal, Self, cast


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


def state_of(folder: Path) -> str:
    """What there is of a history, in a few words: its last commit, and whether the clone is shallow."""
    return _git(folder, "rev-parse", "HEAD", "--is-shallow-repository")


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


MOST_HELD, MOST_HELD_BYTES = 6, 1_000_000     # contents that are asked for twice in a row, and the size of each


class Contents:
    """Contents of a repository, each read when it is asked for, all by one process. To be used in a `with`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._held: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self._process is not None:
            self._process.communicate()

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """How many bytes each content has, without reading it."""
        asked = "".join(f"{name}\n" for name in dict.fromkeys(names))
        told = _git_bytes(self._folder, "cat-file", "--batch-check", given=asked.encode(), environment=_without_fetching()) \
            if asked else b""
        parts = (line.split() for line in told.decode().splitlines())
        return {each[0]: int(each[2]) for each in parts if len(each) == 3 and each[1] == "blob"}

    def read(self, name: str) -> bytes | None:
        """A content by its name; None where it cannot be had. Of a few that were small, the next question is answered too."""
        if name not in self._held:
            body = self._read(name)
            if body is None or len(body) > MOST_HELD_BYTES:
                return body
            if len(self._held) >= MOST_HELD:
                del self._held[next(iter(self._held))]
            self._held[name] = body
        return self._held[name]

    def _read(self, name: str) -> bytes | None:
        try:
            told, asked = self._pipes()
            asked.write(f"{name}\n".encode())
            asked.flush()
            parts = told.readline().split()
            if len(parts) != 3:
                return None
            body = told.read(int(parts[2]) + 1)[:-1]
        except OSError:
            return None
        return body if parts[1] == b"blob" else None

    def _pipes(self) -> tuple[BinaryIO, BinaryIO]:
        if self._process is None:
            command = ["git", "-C", str(self._folder), "cat-file", "--batch"]
            self._process = subprocess.Popen(command, env=_without_fetching(), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                             stderr=subprocess.DEVNULL)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        return cast("BinaryIO", self._process.stdout), cast("BinaryIO", self._process.stdin)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A name in a commit. `mode` is git's: 100644 and 100755 for files, 120000 for links, 160000 for other repositories."""

    path: str
    mode: str
    content: str        # the name of its content
    bytes: int


def commit_named(folder: Path, name: str) -> str:
    """The commit that a branch, tag or abbreviation means; "" where there is none."""
    return _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").strip()


Why = Literal["foreign", "no-repository", "no-commit", "unknown"]


def why_no_commit(folder: Path) -> Why:
    """Why a name means no commit: the repository is another user's, there is none, it is empty, or it has no such name."""
    command = ["git", "-C", str(folder), "rev-parse", "--git-dir"]
    try:
        told = subprocess.run(command, capture_output=True, check=False, env={**_environment(), "LC_ALL": "C"})
    except OSError:
        return "no-repository"
    if told.returncode != 0:
        return "foreign" if b"dubious ownership" in told.stderr else "no-repository"
    return "unknown" if _git(folder, "rev-list", "--all", "-n1").strip() or commit_named(folder, "HEAD") else "no-commit"


def names_of_commits(folder: Path) -> tuple[str, ...]:
    """Branches and tags, the most recent first."""
    return tuple(_git(folder, "for-each-ref", "--sort=-creatordate", "--format=%(refname:short)", "refs/heads", "refs/remotes",
                      "refs/tags").split())


def branched_from(folder: Path, branches: Iterable[str]) -> tuple[str, str]:
    """The first of some branches that there is, and the last commit that it shares with what is checked out; else two ""."""
    for branch in branches:
        if commit := commit_named(folder, branch):
            return branch, _git(folder, "merge-base", "HEAD", commit).strip()
    return "", ""


def entries_at(folder: Path, commit: str) -> tuple[Entry, ...]:
    """Everything in the folder at a commit, folders themselves left out."""
    found = list[Entry]()
    for entry in _git(folder, "ls-tree", "-r", "-l", "-z", commit).split("\0"):
        about, _, path = entry.partition("\t")
        parts = about.split()
        if len(parts) == 4:
            found.append(Entry(path=path, mode=parts[0], content=parts[2], bytes=int(parts[3]) if parts[3].isdigit() else 0))
    return tuple(found)


def pieces_of(folder: Path, content: str) -> Iterator[bytes]:
    """One content in pieces, however large it is. Raises OSError where it cannot be had."""
    command = ["git", "-C", str(folder), "cat-file", "blob", content]
    with subprocess.Popen(command, env=_environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        while piece := process.stdout.read(1 << 20):
            yield piece
    if process.returncode != 0:
        raise OSError(f"git does not have the content {content}")


def told_by_git(folder: Path, *arguments: str) -> str:
    """What git answers to a question that changes nothing; "" where it has no answer."""
    return _git(folder, *arguments)


def _git(folder: Path, *arguments: str) -> str:
    """What git prints; nothing where it has nothing to say, such as outside a repository."""
    return _git_bytes(folder, *arguments).decode("utf-8", "surrogateescape")


def _git_bytes(folder: Path, *arguments: str, given: bytes = b"", environment: Mapping[str, str] | None = None) -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, env=environment or _environment(), check=False, input=given)
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""


def _without_fetching() -> dict[str, str]:
    # A clone without contents (`--filter=blob:none`) would fetch them one by one; git before 2.45 does so all the same.
    return {**_environment(), "GIT_NO_LAZY_FETCH": "1"}


def _environment() -> dict[str, str]:
    # A hook's variables would lead git to the repository of the hook. Settings stay: systems for continuous integration say in
    # them that the folder of another user is safe (`safe.directory`, git-config).
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_") or name.startswith("GIT_CONFIG_")}
