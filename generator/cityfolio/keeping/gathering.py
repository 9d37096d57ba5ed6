"""A catalog folder for a command that asks how it is kept: everything that a build knows before it draws a page.

No downloads are made, so nothing that a command says may rest on them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from cityfolio.cache import Cache, Keep, NoCache, cache_folder, room_for
from cityfolio.check.advice import performance_advice
from cityfolio.check.whole import whole_check
from cityfolio.fetch.every import Fetched, fetching
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen
from cityfolio.link import Computed, link
from cityfolio.load.loaded import Loaded
from cityfolio.measures.measured import measured
from cityfolio.model.catalog import Build, Catalog
from cityfolio.moving.folder import catalog_folder, opened, shown
from cityfolio.options import environment, today
from cityfolio.practice.attached import attached_faults
from cityfolio.practice.practised import Aside, practised
from cityfolio.problems import Problem, in_order, stops
from cityfolio.settings import Options, make_build
from cityfolio.tables.published import Bench, read_tables

GATHERING = ("catalog", "as-of", "fetch", "workers", "no-cache")   # the options that `gathered` reads


class Gathered(Frozen, kw_only=True):
    """What came of it."""

    folder: Path
    loaded: Loaded
    build: Build
    bench: Bench
    catalog: Catalog | None           # with its practice; None while there are errors
    problems: tuple[Problem, ...]     # everything that is wrong

    @property
    def root(self) -> str:
        """The folder as problems name it."""
        return shown(self.folder)

    @property
    def has_errors(self) -> bool:
        """Whether a build would refuse."""
        return stops(self.problems, strict=False)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What a build would refuse for."""
        return tuple(each for each in self.problems if each.severity == "error")


@contextmanager
def gathered(given: Mapping[str, Any]) -> Iterator[Gathered]:   # Any: as the options declare
    """Read, check, measure and link everything; rows can be read again until the block is left."""
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
        catalog, problems = _catalog(loaded, build, bench, (*told, *fetched.problems))
        yield Gathered(folder=folder, loaded=loaded, build=build, bench=bench, catalog=catalog, problems=problems)


def _catalog(loaded: Loaded, build: Build, bench: Bench,
             told: tuple[Problem, ...]) -> tuple[Catalog | None, tuple[Problem, ...]]:
    tables = read_tables(loaded, bench)
    found = in_order([*told, *whole_check(loaded, tables, build, bench.tree)])
    if stops(found, strict=False):
        return None, found
    figures = measured(loaded, tables, build, bench)
    problems = in_order([*found, *figures.problems, *performance_advice(loaded, figures.by_id)])
    if stops(problems, strict=False):
        return None, problems
    catalog = link(loaded, tables, build, Computed(measures=figures.by_id))
    faults = attached_faults(catalog.published, bench.tree, bench.cache)
    return practised(catalog, loaded, build, problems, Aside(document_faults=faults)), problems
