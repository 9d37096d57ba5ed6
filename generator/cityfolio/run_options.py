"""What a run is given, and what it works with because of that: folders, a cache, files that are kept elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from cityfolio.cache import Telling, cache_folder
from cityfolio.fetch.every import Fetched, fetching
from cityfolio.load.loaded import Loaded
from cityfolio.options import environment, folders, kept_between_runs
from cityfolio.problems import Problem
from cityfolio.settings import Options
from cityfolio.tables.workers import Hands


def chosen_options(**given: Any) -> Options:  # Any: as the options declare
    """What was given on the command line, with the folders that are meant where none is named."""
    catalog, output = folders(given.pop("catalog"), given.pop("output"))
    use_cache = not given.pop("no_cache", False)
    return Options(catalog=catalog, output=output, use_cache=use_cache, **given)


def fetched_for(loaded: Loaded, chosen: Options, progress: Callable[[str], None]) -> AbstractContextManager[Fetched]:
    """The files kept elsewhere, where they were asked for, as long as the block lasts."""
    return fetching(loaded, cache_folder(environment()) if chosen.use_cache else None, progress) if chosen.fetch \
        else nullcontext(Fetched())


def cache_of(chosen: Options) -> Telling:
    """Where profiles are kept between runs."""
    return kept_between_runs(use=chosen.use_cache, catalog=chosen.catalog)


@dataclass(slots=True)
class Working:
    """Who does the work of a run, or why they cannot be had."""

    hands: Hands
    problems: tuple[Problem, ...] = ()
    note: Callable[[], str] = str    # what the end of the run says of them


@contextmanager
def working(chosen: Options, progress: Callable[[str], None]) -> Iterator[Working]:
    """Who works, as long as the block lasts: processes of this machine, or the cluster that was asked for."""
    here = chosen.workers or os.cpu_count() or 1
    if chosen.dask is None:
        yield Working(here)
        return
    from cityfolio.clusters.connecting import Asked, connected  # few builds need a cluster, or its modules

    progress("Connecting to the cluster")
    cache = cache_folder(environment()) if chosen.use_cache else None
    asked = Asked(address=chosen.dask, catalog=chosen.catalog, here=here, storage=chosen.dask_storage, cache=cache)
    with connected(asked) as found:
        yield Working(here, (found,)) if isinstance(found, Problem) else Working(found, note=found.note)
