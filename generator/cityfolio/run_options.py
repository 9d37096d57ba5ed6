"""What a run is given, and what it works with because of that: folders, a cache, files that are kept elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from cityfolio.cache import Cache, NoCache, Telling
from cityfolio.fetch.every import Fetched, fetching
from cityfolio.load.loaded import Loaded
from cityfolio.options import environment
from cityfolio.settings import Options, cache_folder


def chosen_options(**given: Any) -> Options:  # Any: as the options declare
    """What was given on the command line, with the folders that are meant where none is named."""
    catalog: Path = given.pop("catalog")
    if not os.path.exists(catalog) and catalog == Path("catalog") and os.path.isfile("site.yaml"):
        catalog = Path(".")
        # The output may not lie in the catalog, so for a catalog that is this folder it lies beside it.
        given["output"] = Path("../output") if given["output"] == Path("output") else given["output"]
    use_cache = not given.pop("no_cache", False)
    return Options(catalog=catalog, use_cache=use_cache, **given)


def fetched_for(loaded: Loaded, chosen: Options, progress: Callable[[str], None]) -> AbstractContextManager[Fetched]:
    """The files kept elsewhere, where they were asked for, as long as the block lasts."""
    return fetching(loaded, cache_folder(environment()) if chosen.use_cache else None, progress) if chosen.fetch \
        else nullcontext(Fetched())


def cache_of(chosen: Options) -> Telling:
    """Where profiles are kept between runs."""
    # Never in the catalog: what a pull request brings along must not be taken for something this machine has verified.
    folder = cache_folder(environment())
    return Telling(Cache(folder) if chosen.use_cache and folder else NoCache())


def root_of(catalog: Path) -> str:
    """The catalog folder as problems name it: as it was given, with "/"."""
    return "" if catalog == Path(".") else catalog.as_posix()
