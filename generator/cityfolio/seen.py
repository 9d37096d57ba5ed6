"""Files and folders as they were seen, so that it can be asked later whether anything was done to any of them."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from cityfolio import files
from cityfolio.folders import WINDOWS

MOST = 2**64 - 1


@dataclass(slots=True)
class Seen:
    """Files and folders, and how each looked: its number, its size, and when it was last changed in any way.

    Paths are kept by the folder that they are looked at from, and lead on from it: else the system walks down to each from
    its root.
    """

    paths: dict[bytes, list[bytes]] = field(default_factory=dict)      # as the system has them, who is asked for each
    looks: dict[bytes, array[int]] = field(default_factory=dict)       # three a path

    def add(self, path: str, about: os.stat_result, start: str = "/") -> None:
        """Note how something looks. `start` is the folder to look from, with its "/"."""
        self.note([path], (about.st_ino & MOST, about.st_size & MOST, about.st_ctime_ns & MOST), start)

    def note(self, paths: Sequence[str], looks: Iterable[int], start: str = "/") -> None:
        """The same, of what lies together and of which it is known how it looks: its number, its size and its last change."""
        if paths:
            folder, names = os.fsencode(start), os.fsencode("\0".join(path[len(start):] for path in paths))
            self.paths.setdefault(folder, []).extend(names.split(b"\0"))
            self.looks.setdefault(folder, array("Q")).extend(looks)

    def copy(self) -> Seen:
        """The same again, to be added to."""
        return Seen({folder: list(paths) for folder, paths in self.paths.items()},
                    {folder: looks[:] for folder, looks in self.looks.items()})

    def is_as_it_was(self) -> bool:
        """Whether all of it looks as it did. A folder does not where anything in it came, went or has another name."""
        if WINDOWS:
            return False     # there, that time is another: of when a file was made
        try:
            return all(_look_the_same(folder, paths, self.looks[folder]) for folder, paths in self.paths.items())
        except OSError:
            return False     # it is gone

    def to_bytes(self) -> bytes:
        """All of it, for the cache: how many bytes of paths there are, these, then how each looks. Folders lead theirs."""
        paths = b"\0\0".join(b"\0".join((folder, *paths)) for folder, paths in self.paths.items())
        return b"%d\n%b%b" % (len(paths), paths, b"".join(self.looks[folder].tobytes() for folder in self.paths))

    @classmethod
    def from_bytes(cls, body: bytes, start: int = 0) -> Seen:
        """All of it, as it was kept from a place on. It is read where it lies: of a large site it is ten megabytes."""
        begin = body.index(b"\n", start) + 1
        end = begin + int(body[start:begin])
        whole, seen = memoryview(body), cls()
        for group in bytes(whole[begin:end]).split(b"\0\0"):
            folder, *paths = group.split(b"\0")
            looks = array("Q")
            looks.frombytes(whole[end:(end := end + len(paths) * 3 * looks.itemsize)])
            seen.paths[folder], seen.looks[folder] = paths, looks
        return seen


def _look_the_same(folder: bytes, paths: list[bytes], looks: array[int]) -> bool:
    known, look = iter(looks), os.lstat
    with files.folder_held(os.fsdecode(folder)) as start:
        for path, number, size, changed in zip(paths, known, known, known, strict=True):
            about = look(path, dir_fd=start)
            if about.st_ctime_ns != changed or about.st_ino != number or about.st_size != size:
                return False
    return True
