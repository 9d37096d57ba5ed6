"""What a run is given, and what it works with because of that: folders, a cache, files that are kept elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from cityfolio.cache import Telling, cache_folder
from cityfolio.fetch.every import Fetched, fetching
from cityfolio.load.loaded import Loaded
from cityfolio.options import environment, folders, kept_between_runs
from cityfolio.settings import Options


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
    return kept_between_runs(use=chosen.use_cache)
