"""The measures of a catalog folder, computed for a command as a build computes them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from cityfolio.cache import Cache, Keep, NoCache, cache_folder, room_for
from cityfolio.check.whole import whole_check
from cityfolio.fetch.every import Fetched, fetching
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded
from cityfolio.measures.measured import Measured, measured
from cityfolio.model.catalog import Build
from cityfolio.moving.folder import catalog_folder, opened, shown
from cityfolio.options import environment, today
from cityfolio.problems import Problem, in_order, stops
from cityfolio.settings import Options, make_build
from cityfolio.tables.published import Bench, read_tables


class Reckoned(Frozen, kw_only=True):
    """What came of it. While there are errors in the catalog itself, nothing is measured."""

    folder: Path
    loaded: Loaded
    build: Build
    bench: Bench
    figures: Measured
    problems: tuple[Problem, ...]     # errors, and what is wrong with measures and goals

    @property
    def root(self) -> str:
        """The folder as problems name it."""
        return shown(self.folder)

    @property
    def has_errors(self) -> bool:
        """Whether a build would refuse."""
        return stops(self.problems, strict=False)


@contextmanager
def reckoning(given: Mapping[str, Any]) -> Iterator[Reckoned]:   # Any: as the options declare
    """Measure everything, and keep what is needed to read rows again until the block is left."""
    folder = catalog_folder(given["catalog"])
    around = environment()
    kept = None if given["no_cache"] else cache_folder(around)
    tree, loaded = opened(folder)
    chosen = Options(catalog=folder, output=Path("output"), as_of=given["as_of"], fetch=given["fetch"])
    build, told = make_build(loaded, chosen, around, today())
    fetches = fetching(loaded, kept, lambda stage: None) if chosen.fetch else nullcontext(Fetched())
    with fetches as fetched, scratch_folder() as scratch:
        cache: Keep = Cache(kept, room_for(len(loaded.datasets))) if kept else NoCache()
        bench = Bench(tree=tree, cache=cache, workers=given["workers"] or os.cpu_count() or 1, scratch=scratch,
                      fetched=fetched.files)
        tables = read_tables(loaded, bench)
        found = [*fetched.problems, *whole_check(loaded, tables, build, tree)]
        figures = Measured() if stops(found, strict=False) else measured(loaded, tables, build, bench)
        problems = in_order(each for each in (*told, *found, *figures.problems) if _concerns(each))
        yield Reckoned(folder=folder, loaded=loaded, build=build, bench=bench, figures=figures, problems=problems)


def _concerns(problem: Problem) -> bool:
    return problem.severity == "error" or problem.where.path.startswith(("measures/", "goals/"))
