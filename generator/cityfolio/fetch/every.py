"""Everything that a catalog's addresses lead to and that can be read as a table, fetched for as long as a build lasts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.fetch.addresses import Wish, wishes
from cityfolio.fetch.answers import Failed
from cityfolio.fetch.download import download
from cityfolio.fetch.ftp import download_ftp
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen, field
from cityfolio.load.loaded import Loaded
from cityfolio.problems import Problem
from cityfolio.tables.fetched import FetchedFile, Key
from cityfolio.tables.limits import Limits, limits_of

KEPT_BYTES = 20 << 30             # of files that were fetched, between builds
AT_ONCE = 4
PACKAGES = ("fsspec", "aiohttp")


class Fetched(Frozen, kw_only=True):
    """What was fetched, and what could not be."""

    files: Mapping[Key, FetchedFile] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@contextmanager
def fetching(loaded: Loaded, cache_root: Path | None, progress: Callable[[str], None]) -> Iterator[Fetched]:
    """Fetch, and keep what was fetched until the block is left. Between builds files stay in the cache, where there is one."""
    wanted = tuple(wishes(loaded))
    missing = [name for name in PACKAGES if find_spec(name) is None]
    if not wanted or missing:
        yield Fetched(problems=_missing(wanted, missing))
        return
    progress("Fetching files")
    cache: Keep = Cache(cache_root / "fetched", KEPT_BYTES) if cache_root else NoCache()
    # Beside the cache, so that a file which is kept is not copied, and does not have to fit into memory that is called a disk.
    with scratch_folder(cache_root) as folder:
        yield _fetched(wanted, folder, cache, limits_of(loaded))


def _fetched(wanted: tuple[Wish, ...], folder: Path, cache: Keep, limits: Limits) -> Fetched:
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        # Two sheets of one workbook are one file.
        once = {wish.url: wish for wish in reversed(wanted)}
        outcomes = dict(zip(once, threads.map(partial(_outcome, folder=folder, cache=cache, limits=limits), once.values()),
                            strict=True))
    files = {wish.key: found for wish in wanted if isinstance(found := outcomes[wish.url], FetchedFile)}
    return Fetched(files=files, problems=tuple(found for found in outcomes.values() if isinstance(found, Problem)))


def _outcome(wish: Wish, folder: Path, cache: Keep, limits: Limits) -> FetchedFile | Problem:
    bring = download_ftp if wish.url.lower().startswith("ftp:") else download
    try:
        return bring(wish, folder, cache, limits)
    except Failed as failed:
        return Problem(code="fetch-failed", where=wish.where, says=f"{wish.url} could not be fetched: {failed.says}",
                       fix=failed.fix)


def _missing(wanted: tuple[Wish, ...], missing: list[str]) -> tuple[Problem, ...]:
    if not wanted or not missing:
        return ()
    says = f"fetching {wanted[0].url} needs the optional package `{missing[0]}`, which is not installed"
    return (Problem(code="extra-missing", where=wanted[0].where, says=says,
                    fix="Install it: pip install 'cityfolio[fetch]'"),)
