"""Many data files: what is cached is taken from there, the rest is profiled, in several processes when it is much."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from itertools import islice
from operator import attrgetter

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep, keeps_nothing
from cityfolio.files import Tree, sha256, sha256_of
from cityfolio.frozen import Frozen, replace
from cityfolio.model.profile import TableReport
from cityfolio.model.records import ColumnRecord
from cityfolio.problems import Location, Problem
from cityfolio.tables.aside import Ended
from cityfolio.tables.profile import profile_table
from cityfolio.tables.shelves import Item, Shelves
from cityfolio.tables.skimmed import skim
from cityfolio.tables.stored import decoded, encoded, written
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Hands, Task, done_of

RULES = "10"                      # raised with every change to what a profile holds or says
WORDS = frozenset(("title", "description", "unit", "standard", "source", "foreign_key"))   # no profile depends on them
CHECKED = tuple(each.name for each in fields(ColumnRecord) if each.name not in WORDS)
LIMIT, UNREADABLE = "table-limit", "folder-unreadable"
PASSING = frozenset((LIMIT, UNREADABLE))     # what the same file may not meet the next time
AT_ONCE = 1_000                   # reports that are read together
KEY_LETTERS = 64                  # of a digest in hexadecimal
CODES = "values"                  # of a list of values only the codes are checked; their meanings may change freely
PLAIN = attrgetter(*(name for name in CHECKED if name != CODES))


class KnownJobs(Frozen, kw_only=True):
    """All the jobs of a catalog, each by a digest of what it is made of, the program included."""

    catalog: str                  # a name for it
    digests: Sequence[str]


def profile_all(jobs: Sequence[TableJob], tree: Tree, cache: Keep, workers: Hands, known: KnownJobs | None = None,
                ) -> list[TableReport]:
    """Profile files of a tree and give the reports in the order of the jobs.

    The outcome does not depend on the cache, on `workers` or on which process was the first to finish.
    """
    if keeps_nothing(cache):
        fresh = dict(_made(jobs, tree, workers))     # by what each would be known takes a while to say
        return [fresh[at] for at in range(len(jobs))]
    keys = _known_keys(jobs, tree, cache, known) if known else [cache_key(job, tree) for job in jobs]
    items = [Item(job.path, key) for job, key in zip(jobs, keys, strict=True)]
    shelves = Shelves(cache, "profiles")
    with _none_thrown_away():
        reports = dict[int, TableReport | None]((at, decoded(body, jobs[at].path)) for at, body in shelves.found(items))
    missing = [at for at in range(len(jobs)) if reports.get(at) is None]
    made = {missing[at]: report for at, report in _made([jobs[at] for at in missing], tree, workers)}
    reports |= made
    # A file that met a limit today may be read tomorrow, when the machine is less busy.
    shelves.keep(items, _Written({at: each for at, each in made.items() if items[at].key and not _is_passing(each)}))
    return [report for at in range(len(jobs)) if (report := reports[at]) is not None]


class _Written(Mapping[int, bytes]):
    """What was written of reports, by the numbers of their items, taken from where it lies when it is asked for."""

    def __init__(self, reports: Mapping[int, TableReport]) -> None:
        self._reports = reports

    def __getitem__(self, at: int) -> bytes:
        return written(self._reports[at])

    def __contains__(self, at: object) -> bool:
        return at in self._reports

    def __iter__(self) -> Iterator[int]:
        return iter(self._reports)

    def __len__(self) -> int:
        return len(self._reports)


def _is_passing(report: TableReport) -> bool:
    return not PASSING.isdisjoint(each.code for each in report.problems)


@contextmanager
def _none_thrown_away() -> Iterator[None]:
    """Let nothing be looked for that could be thrown away: of a hundred thousand values that are read, all are kept.

    Python would go through all that there is each time a quarter more was made, which took as long as the reading.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _known_keys(jobs: Sequence[TableJob], tree: Tree, cache: Keep, known: KnownJobs) -> list[str]:
    """The keys of jobs, which take longer to make than to know: of each they tell every word that its report depends on."""
    name = f"keys of profiles, {known.catalog}"
    before = _keys_read(cache.get(name) or b"")
    keys = [before.get(digest) or cache_key(job, tree) for digest, job in zip(known.digests, jobs, strict=True)]
    now = dict(zip(known.digests, keys, strict=True))
    if now != before and all(keys):
        cache.put(name, "".join((*now, *now.values())).encode())
    return keys


def _keys_read(body: bytes) -> dict[str, str]:
    """Keys by digests: first all of these are written, then all of those."""
    each = [body[at:at + KEY_LETTERS].decode() for at in range(0, len(body), KEY_LETTERS)]
    return dict(zip(each[:len(each) // 2], each[len(each) // 2:], strict=True))


def cache_key(job: TableJob, tree: Tree) -> str:
    """The digest of everything a report depends on: the file's bytes, how to read them, the dictionary, and this program.

    "" for a file that cannot be read, because that is nothing to remember.
    """
    digest = job.sha256 or _digest(job, tree)
    if not digest:
        return ""
    columns = {name: (PLAIN(record), sorted(record.values)) for name, record in job.columns.items()}
    known = job if job.sha256 else replace(job, sha256=digest)
    parts = [__version__, RULES, known.identity, job.file.primary_key, job.limits, columns, job.anonymity, job.title,
             job.is_skimmed]
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS))


def _digest(job: TableJob, tree: Tree) -> str:
    try:
        with tree.open(job.path) as stream:
            return sha256_of(stream)
    except OSError:
        return ""


def _made(jobs: Sequence[TableJob], tree: Tree, workers: Hands) -> Iterator[tuple[int, TableReport]]:
    """The reports of jobs, each with its number. What was written of one lies aside by the time that the next are there."""
    done = done_of([Task(job, partial(_encoded_report, tree, job)) for job in jobs], workers)
    while some := list(islice(done, AT_ONCE)):
        with _none_thrown_away():
            made = [(at, _made_report(body, jobs[at])) for at, body in some]
        yield from made


def _made_report(body: bytes | Ended, job: TableJob) -> TableReport:
    if isinstance(body, Ended):
        return TableReport(profile=None, problems=(body.problem,))
    report = decoded(body, job.path)
    assert report is not None   # the same program wrote it
    return report


def _encoded_report(tree: Tree, job: TableJob) -> bytes:
    return encoded(_report(tree, job))


def _report(tree: Tree, job: TableJob) -> TableReport:
    try:
        with tree.open(job.path) as stream:
            return skim(stream, job) if job.is_skimmed else profile_table(stream, job)
    except OSError as error:
        where = Location(path=job.path)
        problem = Problem(code=UNREADABLE, where=where, says=f"the file cannot be read: {error.strerror or error}",
                          fix="Look at its permissions.")
        return TableReport(profile=None, problems=(problem,))
