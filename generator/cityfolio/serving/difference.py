"""What differs from the main branch: from where this work left it, so that what others did since is not shown as undone."""

from __future__ import annotations

import os
from functools import lru_cache

from cityfolio.files import FolderTree
from cityfolio.folders import scratch_folder
from cityfolio.load.catalog import load
from cityfolio.load.loaded import Loaded
from cityfolio.load.yaml import read_yaml
from cityfolio.model.review import Diff
from cityfolio.options import environment, today
from cityfolio.review.diff import DiffBench, diff
from cityfolio.review.diff_commit import commit_tree
from cityfolio.review.diff_state import State, States
from cityfolio.revision import branched_from
from cityfolio.run_options import cache_of
from cityfolio.settings import Options, make_build

MAIN_BRANCHES = ("main", "master")


def difference_from_main(chosen: Options) -> Diff | None:
    """Compare the catalog as it lies there with the main branch; None where there is no such branch, or no catalog in it."""
    tree, parse = FolderTree(chosen.catalog), lru_cache(maxsize=None)(read_yaml)
    after = load(tree, parse)
    branch, commit = branched_from(chosen.catalog, branches(after))
    if not commit:
        return None
    with scratch_folder() as scratch:
        blobs = scratch / "contents"
        blobs.mkdir()
        former = commit_tree(chosen.catalog, commit, blobs)
        before = load(former, parse)
        if before.site is None and not before.datasets:
            return None
        build, _ = make_build(after, chosen, environment(), today())
        states = States(before=State(name=branch, tree=former, loaded=before, build=build),
                        after=State(name=str(chosen.catalog), tree=tree, loaded=after, build=build))
        return diff(states, DiffBench(scratch=scratch, cache=cache_of(chosen), workers=chosen.workers or os.cpu_count() or 1))


def branches(loaded: Loaded) -> tuple[str, ...]:
    """What the main branch may be called: as site.yaml has it, else as most do; here, else at the host."""
    repository = loaded.site.record.repository if loaded.site else None
    names = dict.fromkeys([*([repository.branch] if repository else []), *MAIN_BRANCHES])
    return tuple(each for name in names for each in (name, f"origin/{name}"))
