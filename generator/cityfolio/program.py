"""The program itself as a part of what a value depends on: what an older or an edited one has kept is not believed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from cityfolio import __version__

INSTALLED = (".dist-info", ".egg-info")
ENDINGS = (".py", ".json", ".yaml", ".csv", ".txt", ".toml", ".po", ".mo")


def program_digest() -> str:
    """A digest of the program's version, its files by size and time, Python, and the packages that are installed.

    Days and numbers are written by libraries, and Markdown is read by one: another release may do it otherwise. It is some
    milliseconds of work.
    """
    told = sha256("\0".join((__version__, sys.version, *_installed())).encode("utf-8", "surrogateescape"))
    for line in sorted(_files(str(Path(__file__).resolve().parent))):
        told.update(line.encode("utf-8", "surrogateescape"))
    return told.hexdigest()


def _installed() -> list[str]:
    """The packages that can be imported, with their versions, as the names of their folders tell them."""
    found = set[str]()
    for folder in sys.path:
        with suppress(OSError):     # an archive, or nothing
            found.update(name for name in os.listdir(folder or ".") if name.endswith(INSTALLED))
    return sorted(found)


def files_digest(path: str, told: str) -> str:
    """A digest of a folder's files, or of a file, by name, size and time, and of what else is told."""
    known = sha256(told.encode())
    state = os.stat(path)
    lines = sorted(_files(path, ())) if os.path.isdir(path) else [f"{path}\0{state.st_size} {state.st_mtime_ns}\0"]
    for line in lines:
        known.update(line.encode("utf-8", "surrogateescape"))
    return known.hexdigest()


def _files(folder: str, endings: tuple[str, ...] = ENDINGS) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(entry.path, endings) if entry.name != "__pycache__" else ()
            elif not endings or entry.name.endswith(endings):
                state = entry.stat()
                yield f"{entry.path}\0{state.st_size} {state.st_mtime_ns}\0"
