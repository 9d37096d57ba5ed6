"""What is done when a file changed: a quick look, which pages are drawn from at once, and behind it the whole build."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cityfolio.frozen import Frozen
from cityfolio.model.review import Diff
from cityfolio.problems import Problem
from cityfolio.serving.edition import Edition


class Look(Frozen, kw_only=True):
    """What a quick look found. Without an edition something stops the build, and the pages stay as they were."""

    problems: tuple[Problem, ...] = ()
    edition: Edition | None = None
    frame: Edition | None = None     # the look of the site without its content, where there are no pages that could stay


class Comparison(Frozen, kw_only=True):
    """How far the comparison with the main branch has come, and the last that it found."""

    state: Literal["under-way", "no-branch", "done", "broken-off"] = "under-way"
    diff: Diff | None = None

    @property
    def is_old(self) -> bool:
        """Whether what was found is of before the last change."""
        return self.diff is not None and self.state != "done"


NO_BRANCH = Comparison(state="no-branch")
BROKEN_OFF = Comparison(state="broken-off")


class Work(Frozen, kw_only=True):
    """The work of a server. Each is called away from the thread that answers, and may take its time."""

    build: Callable[[], tuple[Problem, ...] | None]       # None: there is nothing new to tell, or it was stopped
    look: Callable[[], Look | None] = lambda: None        # None: pages are those of the output folder
    stop: Callable[[], None] = lambda: None               # ends a build, which then tells nothing
    differ: Callable[[], Comparison] = lambda: NO_BRANCH  # with the main branch; also where errors stop the build


def by_building(rebuild: Callable[[], tuple[Problem, ...] | None]) -> Work:
    """Work that only ever builds the whole site."""
    return Work(build=rebuild)
