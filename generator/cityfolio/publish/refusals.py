"""Why an output folder is not written: the problem to report, with what to do about it."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cityfolio.problems import Location, Problem


class Unwritable(Exception):
    """The system or the state of the output folder does not allow it to be written."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.says)
        self.problem = problem


def foreign(current: Path, why: str) -> Problem:
    """That a folder holds what no build wrote."""
    return Problem(
        code="output-foreign",
        where=Location(path=str(current), in_catalog=False),
        says=f"nothing was written, because a build replaces the whole folder: {why}",
        fix="Name a new or empty folder with --output, or move these files away if you want to keep them.",
    )


def refuse_inside(output: Path, others: Iterable[Path]) -> None:
    """Raise Unwritable where the output folder and one of some others lie one inside the other."""
    for other in others:
        whole = other.resolve()
        if output.is_relative_to(whole) or whole.is_relative_to(output):
            raise Unwritable(
                Problem(
                    code="output-inside",
                    where=Location(path=str(output), in_catalog=False),
                    says=f"the output folder and {whole} lie one inside the other, and a build replaces the output folder",
                    fix="Name a folder beside it with --output.",
                )
            )


FIXES = {
    errno.ENOSPC: "Free some space on the disk: while a site is replaced, what changed is there twice.",
    errno.EDQUOT: "Free some space: the quota is used up.",
    errno.EACCES: "Check that you may write to the folder and to the folder it lies in.",
    errno.EPERM: "Check that you may write to the folder and to the folder it lies in.",
    errno.EROFS: "Name a folder on a disk that can be written to.",
    errno.EBUSY: "Wait for the other build; if the folder is a mount point, name a folder inside it.",
    errno.EXDEV: "If the folder is a mount point, name a folder inside it.",
}


@contextmanager
def saying(folder: Path, path: str = "") -> Iterator[None]:
    """Turn a refusal by the system into a problem that names the folder, or the path in it, and the reason."""
    try:
        yield
    except OSError as error:
        raise unwritable(folder / path, error) from error


def unwritable(path: Path, error: OSError) -> Unwritable:
    """What to raise where the system refuses something at a path."""
    return Unwritable(
        Problem(
            code="output-unwritable",
            where=Location(path=str(path), in_catalog=False),
            says=f"the site could not be written: {error.strerror or error}; what was there before is untouched",
            fix=FIXES.get(error.errno or 0, "Try again, or name another folder with --output."),
        )
    )
