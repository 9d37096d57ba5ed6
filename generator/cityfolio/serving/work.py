"""What is done when a file changed: a quick look, which pages are drawn from at once, and behind it the whole build."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cityfolio.model.review import Diff
from cityfolio.problems import Problem
from cityfolio.serving.edition import Edition


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a quick look found. Without an edition something stops the build, and the pages stay as they were."""

    problems: tuple[Problem, ...] = ()
    edition: Edition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The work of a server. Each is called away from the thread that answers, and may take its time."""

    build: Callable[[], tuple[Problem, ...] | None]       # None: there is nothing new to tell, or it was stopped
    look: Callable[[], Look | None] = lambda: None        # None: pages are those of the output folder
    stop: Callable[[], None] = lambda: None               # ends a build, which then tells nothing
    differ: Callable[[], Diff | None] = lambda: None      # from the main branch; None where there is none


def by_building(rebuild: Callable[[], tuple[Problem, ...] | None]) -> Work:
    """Work that only ever builds the whole site."""
    return Work(build=rebuild)
