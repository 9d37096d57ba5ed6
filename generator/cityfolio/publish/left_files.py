"""The files of a site as a build left them, so that the next one need not read what nothing has touched.

A file is the one that was left if it has the same number, size and times. One of them is when it was last changed in any way
(`st_ctime`), which no program can set back. Where a system counts no such time finely enough, nothing is known of files, and
each is read: a change within one tick of the clock would look like none.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

from cityfolio import files, folders
from cityfolio.cache import Keep
from cityfolio.folders import WINDOWS
from cityfolio.frozen import Frozen, field as member
from cityfolio.publish.addresses import MANIFEST_PATH

KEPT = ".gitignore"        # of a site's folder, beside what a build wrote
TICK_SECONDS = 0.02        # Linux's clock for files ticks 100 times a second or more often
FINER_NS = 1_000_000       # than which a time of a file is told where such a clock is behind it
NUMBER, FACTS = "Q", 4     # the numbers kept of each file
MOST = 2**64 - 1


class LeftFiles(Frozen):
    """What a build left in a folder. The default is nothing."""

    numbers: dict[str, int] = member(default_factory=dict)                # by path
    facts: array[int] = member(default_factory=lambda: array(NUMBER))     # four a file

    def has(self, path: str, about: os.stat_result) -> bool:
        """Whether a file is the one that was left at a path."""
        at = self.numbers.get(path, -1) * FACTS
        return at >= 0 and tuple(self.facts[at:at + FACTS]) == _facts(about)

    def untouched_in(self, root: str) -> set[str]:
        """The paths at which the very files that were left lie in a folder: all looked at from it, which is quicker."""
        untouched, look = set[str](), os.lstat
        with files.folder_held(root) as start:
            for path, (number, size, time, changed) in zip(self.numbers, _fours(self.facts), strict=True):
                try:
                    about = look(path, dir_fd=start)
                except OSError:
                    continue      # it is not there, and is put there as any other
                if (about.st_ctime_ns == changed and about.st_ino == number and about.st_size == size
                        and about.st_mtime_ns == time):
                    untouched.add(path)
        return untouched


@dataclass(slots=True)
class Put:
    """The files that were put into a site, and how each looked at that moment, in their order."""

    left: LeftFiles = field(default_factory=LeftFiles)     # of the build before
    settled: set[str] = field(default_factory=set)         # those of it that nothing more is done to
    paths: list[str] = field(default_factory=list)         # the others
    facts: array[int] = field(default_factory=lambda: array(NUMBER))     # four of each of these

    def add(self, path: str, about: os.stat_result) -> None:
        """Note a file whose bytes are known."""
        self.paths.append(path)
        self.facts.extend(_facts(about))

    def settle(self, path: str) -> None:
        """Note a file that is the very one that was left at its path, and that nothing more is done to."""
        self.settled.add(path)


def left_in(place: str, manifest: str, keep: Keep) -> LeftFiles:
    """What the build left in a folder whose manifest has this digest; nothing where that is not known."""
    body = keep.get(_key(place, manifest))
    if body is None:
        return LeftFiles()
    facts, (size, rest) = array(NUMBER), (int.from_bytes(body[:8], "big"), body[8:])
    facts.frombytes(rest[size:])
    paths = rest[:size].decode("utf-8", "surrogateescape").split("\n")
    return LeftFiles({path: at for at, path in enumerate(paths)}, facts)


def left_site(folder: Path, keep: Keep) -> Mapping[str, tuple[int, int, int, int]]:
    """How every file of a site that was just written looks: its number, its size, its time, and when it was changed in any way.

    Nothing where that is not known of all, as where somebody wrote into one meanwhile.
    """
    try:
        manifest = files.read_bytes(folder / MANIFEST_PATH)
        beside = {name: _facts(os.lstat(folder / name)) for name in (MANIFEST_PATH, KEPT) if os.path.lexists(folder / name)}
        left = left_in(str(folders.resolved(folder)), files.sha256(manifest), keep)
    except OSError:
        return {}
    # Within a text a quotation mark is written with a backslash before it, so only entries begin like this.
    is_whole = len(left.numbers) == manifest.count(b'{"path":')
    return dict(zip(left.numbers, _fours(left.facts), strict=True)) | beside if is_whole else {}


def leave(put: Put, place: str, manifest: str, keep: Keep) -> None:
    """Keep how the files look that were put into a folder, once nobody does anything to them any more.

    One that does not look as it did when it was put, but for its last change, is not kept: somebody wrote into it meanwhile.
    """
    if WINDOWS or not (put.paths or put.settled):
        return
    sleep(TICK_SECONDS)        # what is written into a file from now on, the clock tells from what was
    paths, facts = _settled(put)
    for path, before, about in zip(put.paths, _fours(put.facts), _looks(place, put.paths), strict=True):
        if about and about[:-1] == before[:-1] and "\n" not in path:
            paths.append(path)
            facts.extend(about)
    if all(time % FINER_NS == 0 for time in facts[FACTS - 1::FACTS]):
        return
    names = "\n".join(paths).encode("utf-8", "surrogateescape")
    keep.put(_key(place, manifest), len(names).to_bytes(8, "big") + names + facts.tobytes())


def _settled(put: Put) -> tuple[list[str], array[int]]:
    """The files that nothing was done to, as they looked before: nearly all, so that the others are cut out."""
    paths, facts, start = list[str](), array(NUMBER), 0
    before = list(put.left.numbers)
    gone = (at for at, path in enumerate(before) if path not in put.settled)
    for at in (*gone, len(before)):
        paths += before[start:at]
        facts += put.left.facts[start * FACTS:at * FACTS]
        start = at + 1
    return paths, facts


def _looks(place: str, paths: Iterable[str]) -> Iterator[tuple[int, int, int, int] | None]:
    for path in paths:
        try:
            yield _facts(os.lstat(f"{place}/{path}"))
        except OSError:
            yield None         # gone again: the next build will see that for itself


def _fours(facts: array[int]) -> Iterator[tuple[int, int, int, int]]:
    numbers = iter(facts)
    return zip(numbers, numbers, numbers, numbers, strict=True)


def _facts(about: os.stat_result) -> tuple[int, int, int, int]:
    return about.st_ino & MOST, about.st_size, about.st_mtime_ns & MOST, about.st_ctime_ns & MOST


def _key(place: str, manifest: str) -> str:
    return f"files left in {place} with the manifest {manifest}"
