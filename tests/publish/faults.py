"""Builds in which the n-th change to the disk fails, or is the last that the process makes."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cityfolio import files, folders
from cityfolio.publish.write import Written
from publish.sites import a_site, contents, html, in_memory, written

CHANGING = {"open", "write", "chmod", "mkdir", "link", "rename", "unlink", "rmdir", "fsync"}
ERRORS = {"full disk": errno.ENOSPC, "broken disk": errno.EIO, "not allowed": errno.EACCES}
IGNORE = b"*\n!.gitignore\n"
OLD = a_site(**{"data/old/": html("old"), "": '<a href="data/old/">Old</a>'})
NEW = a_site(**{"data/new/": html("new"), "data/trees/trees.csv": "species\nelm\n", "": '<a href="data/new/">New</a>'})


class Killed(BaseException):
    """The process is gone: nothing after this reaches the disk, neither cleaning up nor anything else."""


class Fault:
    """Stands in for the module `os`, and for the C library, in the rooms that write."""

    def __init__(self, at: int, fail: Callable[[], None], *, lasts: bool = False) -> None:
        self.at, self.fail, self.lasts = at, fail, lasts
        self.count = 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self.counted(real) if name in CHANGING else real

    def counted(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """The operation, which fails when it is its turn."""
        def operation(*given: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.at or (self.lasts and self.count > self.at):
                self.fail()
            return real(*given, **named)

        return operation

    def build(self, output: Path, *, one_step: bool = True) -> Written:
        """Write the new site with this fault."""
        with (
            patch.object(files, "os", self), patch.object(folders, "os", self), patch.object(folders, "LINUX", one_step),
            patch.object(folders, "_libc", self.counted(folders._libc)),
        ):
            return written(NEW, output)


def an_error(number: int) -> Callable[[], None]:
    """A refusal by the system."""
    def fail() -> None:
        raise OSError(number, os.strerror(number))

    return fail


def die() -> None:
    """As if the process were killed, without a process of its own."""
    raise Killed


def kill() -> None:
    """Kill this very process."""
    os.kill(os.getpid(), signal.SIGKILL)


def the_old_site(output: Path) -> None:
    """Put the old site in its place."""
    output.mkdir(parents=True)
    (output / ".gitignore").write_bytes(IGNORE)
    written(OLD, output)


def state(output: Path) -> str:
    """Which site lies in the folder: old, new, none, or a mixture, which must never be."""
    found = contents(output)
    whole = {name: {**in_memory(site), ".gitignore": IGNORE} for name, site in (("old", OLD), ("new", NEW))}
    return next((name for name, files_ in whole.items() if files_ == found), "none" if found is None else "mixture")


def operations(folder: Path, *, one_step: bool = True) -> int:
    """How many changes to the disk a build makes."""
    the_old_site(folder / "count")
    fault = Fault(0, die)
    fault.build(folder / "count", one_step=one_step)
    return fault.count


def failing(folder: Path, number: int, points: range) -> Iterator[tuple[str, str, str]]:
    """At each point: the site there after the error, what was told, and the site after one more build."""
    for at in points:
        output = folder / str(at)
        the_old_site(output)
        result = Fault(at, an_error(number)).build(output)
        told = "built" if result.manifest else result.problems[0].code
        yield state(output), told, after_another_build(output)


def dying(folder: Path, points: range, *, one_step: bool = True) -> Iterator[tuple[str, str]]:
    """At each point: the site there after the process died, and the site after one more build."""
    for at in points:
        output = folder / str(at)
        the_old_site(output)
        try:
            Fault(at, die, lasts=True).build(output, one_step=one_step)
        except Killed:
            yield state(output), after_another_build(output)


def after_another_build(output: Path) -> str:
    """The state after a build without a fault, and whether anything lies beside."""
    written(NEW, output)
    return state(output) if not [name for name in os.listdir(output.parent) if name.startswith(".")] else "leftovers"


if __name__ == "__main__":
    # python faults.py OUTPUT AT: build and be killed at that point.
    Fault(int(sys.argv[2]), kill).build(Path(sys.argv[1]))
