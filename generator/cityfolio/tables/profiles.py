"""Many data files: what is cached is taken from there, the rest is profiled, in several processes when it is much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields, replace
from functools import partial

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep, NoCache
from cityfolio.files import Tree, sha256, sha256_of
from cityfolio.model.profile import TableReport
from cityfolio.model.records import ColumnRecord
from cityfolio.problems import Location, Problem
from cityfolio.tables.aside import Ended
from cityfolio.tables.profile import profile_table
from cityfolio.tables.stored import decoded, encoded
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Task, worked

RULES = "7"                       # raised with every change to what a profile holds or says
WORDS = frozenset(("title", "description", "unit", "standard", "source", "foreign_key"))   # no profile depends on them
CHECKED = tuple(each.name for each in fields(ColumnRecord) if each.name not in WORDS)


def profile_all(jobs: Sequence[TableJob], tree: Tree, cache: Keep, workers: int) -> list[TableReport]:
    """Profile files of a tree and give the reports in the order of the jobs.

    The outcome does not depend on the cache, on `workers` or on which process was the first to finish.
    """
    keys = [cache_key(job, tree) for job in jobs]
    reports = [_kept(cache, key, job) for key, job in zip(keys, jobs, strict=True)]
    missing = [at for at, report in enumerate(reports) if report is None]
    for at, report in zip(missing, _made([jobs[at] for at in missing], tree, workers), strict=True):
        reports[at] = report
        # A file that met a limit today may be read tomorrow, when the machine is less busy.
        if keys[at] and not isinstance(cache, NoCache) and "table-limit" not in {each.code for each in report.problems}:
            cache.put(keys[at], encoded(report))
    return [report for report in reports if report is not None]


def _kept(cache: Keep, key: str, job: TableJob) -> TableReport | None:
    kept = cache.get(key) if key else None
    return decoded(kept, job.path) if kept is not None else None


def cache_key(job: TableJob, tree: Tree) -> str:
    """The digest of everything a report depends on: the file's bytes, how to read them, the dictionary, and this program.

    "" for a file that cannot be read, because that is nothing to remember.
    """
    digest = job.sha256 or _digest(job, tree)
    if not digest:
        return ""
    columns = {name: [_plain(getattr(record, each)) for each in CHECKED] for name, record in job.columns.items()}
    known = replace(job, sha256=digest)
    parts = [__version__, RULES, known.identity, job.file.primary_key, asdict(job.limits), columns,
             list(map(asdict, job.anonymity)), job.title]
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
    tasks = [Task(job, partial(_encoded_report, tree, job)) for job in jobs]
    for job, done in zip(jobs, worked(tasks, workers), strict=True):
        if isinstance(done, Ended):
            yield TableReport(profile=None, problems=(done.problem,))
            continue
        report = decoded(done, job.path)
        assert report is not None   # the same program wrote it
        yield report


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
