"""Two catalogs in memory, compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from cities import a_build
from cityfolio.files import MemoryTree, Tree
from cityfolio.load.catalog import load
from cityfolio.model.review import Change, Diff
from cityfolio.review.diff import DiffBench, diff
from cityfolio.review.diff_state import State, States

Files = Mapping[str, str | bytes]


def states(before: Files, after: Files) -> States:
    """Both as states of one catalog."""
    return States(before=_state("before", MemoryTree(before)), after=_state("after", MemoryTree(after)))


def _state(name: str, tree: Tree) -> State:
    return State(name=name, tree=tree, loaded=load(tree), build=a_build())


def compared(before: Files, after: Files) -> Diff:
    """What differs between two catalogs."""
    with TemporaryDirectory() as scratch:
        return diff(states(before, after), DiffBench(scratch=Path(scratch)))


def told(changes: Iterable[Change], *, problems: bool = False) -> list[tuple[str, str, str]]:
    """Kind, subject and part of changes, problems left aside."""
    return sorted((each.kind, each.about, each.part) for each in changes
                  if problems or each.kind not in ("error-added", "problem-added", "problem-gone"))


