"""Many data files: what is cached is taken from there, the rest is profiled, in several processes when it is much."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import fields
from functools import partial

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep, NoCache
from cityfolio.files import Tree, sha256, sha256_of
from cityfolio.model.formats import format_of
from cityfolio.model.profile import TableReport
from cityfolio.model.records import ColumnRecord
from cityfolio.problems import Location, Problem
from cityfolio.tables.profile import profile_table
from cityfolio.tables.stored import decoded, encoded
from cityfolio.tables.table import TableJob

RULES = "2"                       # raised with every change to what a profile holds or says
LARGE_BYTES = 8 << 20             # about 0.6 s of work: from here on starting processes costs less than it saves
WORDS = frozenset(("title", "description", "unit", "standard", "source"))   # keys that no profile depends on
CHECKED = tuple(each.name for each in fields(ColumnRecord) if each.name not in WORDS)


def profile_all(jobs: Iterable[TableJob], tree: Tree, cache: Keep, workers: int) -> Mapping[str, TableReport]:
    """Profile files of a tree and give the reports by path, in the order of the jobs.

    The outcome does not depend on the cache, on `workers` or on which process was the first to finish.
    """
    reports: dict[str, TableReport | None] = {}
    missing: list[tuple[TableJob, str]] = []
    for job in jobs:
        key = cache_key(job, tree)
        kept = cache.get(key) if key else None
        reports[job.path] = decoded(kept, job.path) if kept is not None else None
        if reports[job.path] is None:
            missing.append((job, key))
    for (job, key), report in zip(missing, _made([job for job, _ in missing], tree, workers), strict=True):
        reports[job.path] = report
        if key and not isinstance(cache, NoCache):
            cache.put(key, encoded(report))
    return {path: report for path, report in reports.items() if report is not None}


def cache_key(job: TableJob, tree: Tree) -> str:
    """The digest of everything a report depends on: the file's bytes, how to read them, the dictionary, and this program.

    "" for a file that cannot be read, because that is nothing to remember.
    """
    digest = job.sha256 or _digest(job, tree)
    if not digest:
        return ""
    # The path itself is not in it: a file that was moved is the same file.
    format_name = format_of(job.path, job.file.format).name
    columns = {name: [_plain(getattr(record, each)) for each in CHECKED] for name, record in job.columns.items()}
    parts = [__version__, RULES, digest, format_name, job.file.encoding, job.file.delimiter, job.file.empty, columns]
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS))


def _plain(value: object) -> object:
    # Of a list of values only the codes are checked; their meanings may change freely.
    return sorted(value) if isinstance(value, Mapping) else value


def _digest(job: TableJob, tree: Tree) -> str:
    try:
        with tree.open(job.path) as stream:
            return sha256_of(stream)
    except OSError:
        return ""


def _made(jobs: Sequence[TableJob], tree: Tree, workers: int) -> Iterable[TableReport]:
    """The reports of jobs, in their order."""
    if workers < 2 or len(jobs) < 2 or sum(job.size_bytes for job in jobs) < LARGE_BYTES:
        return [_report(tree, job) for job in jobs]
    chunk = max(1, len(jobs) // (workers * 8))
    with ProcessPoolExecutor(max_workers=min(workers, len(jobs)), mp_context=_context()) as pool:
        bodies = pool.map(partial(_encoded_report, tree), jobs, chunksize=chunk)
        return [decoded(body, job.path) or _report(tree, job) for body, job in zip(bodies, jobs, strict=True)]


def _context() -> multiprocessing.context.BaseContext:
    # A plain fork copies locks that another thread may hold, such as a server's; these two never do.
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # Imported once in the process that the workers are copies of, not once in each.
    context.set_forkserver_preload([__name__])
    return context


def _encoded_report(tree: Tree, job: TableJob) -> bytes:
    return encoded(_report(tree, job))


def _report(tree: Tree, job: TableJob) -> TableReport:
    try:
        with tree.open(job.path) as stream:
            return profile_table(stream, job)
    except OSError as error:
        where = Location(path=job.path)
        problem = Problem(code="folder-unreadable", where=where, says=f"the file cannot be read: {error.strerror or error}",
                          fix="Look at its permissions.")
        return TableReport(profile=None, problems=(problem,))
