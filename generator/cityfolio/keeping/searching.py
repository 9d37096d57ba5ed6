"""A data file searched for what must not be published: each table in it for personal data, its text for secrets."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson

from cityfolio.files import Tree
from cityfolio.frozen import Frozen, replace
from cityfolio.model.formats import format_of
from cityfolio.model.privacy import PersonalFinding, SecretFinding
from cityfolio.privacy.secrets import secret_findings
from cityfolio.problems import Problem
from cityfolio.tables.aside import Ended
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import reader_for
from cityfolio.tables.stored import decoded, encoded
from cityfolio.tables.table import SeveralTables, TableJob
from cityfolio.tables.workers import Task, worked

TEXT_FORMATS = ("CSV", "TSV", "JSON", "JSON Lines", "GeoJSON", "KML")
SEARCHED_BYTES = 64 << 20     # of a file for secrets; a larger one is an export, which no one wrote keys into by hand


class Searched(Frozen, kw_only=True):
    """What was found in one table of a file, or why it could not be read."""

    path: str
    sheet: str = ""               # the sheet or layer, where the file has several
    personal: tuple[PersonalFinding, ...] = ()
    secrets: tuple[SecretFinding, ...] = ()   # of the whole file, with its first table
    problems: tuple[Problem, ...] = ()        # why nothing can be said; empty where the table was read

    @property
    def findings(self) -> list[dict[str, Any]]:   # Any: texts and numbers, as JSON takes them
        """What was found, for programs."""
        where = {"file": self.path, "sheet": self.sheet or None}
        personal = [{**where, "column": each.column, "row": each.row, "line": None, "kind": each.kind, "count": each.count,
                     "of": each.of, "why": each.why} for each in self.personal]
        return personal + [{**where, "column": None, "row": None, "line": each.line, "kind": each.kind, "count": 1, "of": 1,
                            "why": each.why} for each in self.secrets]


def searched(tree: Tree, job: TableJob) -> Iterator[Searched]:
    """Read a file, each sheet or layer of it, in a process of its own where its format could do harm."""
    first, names = _read(tree, job), tuple[str, ...]()
    if any(problem.code == "sheet-unknown" for problem in first.problems):
        (done,) = worked([Task(job, partial(_tables_of, tree, job))], workers=1)
        names = () if isinstance(done, Ended) else tuple(orjson.loads(done))
    tables = [_read(tree, replace(job, file=replace(job.file, sheet=name))) for name in names] or [first]
    secrets = _secrets(tree, job)
    yield replace(tables[0], secrets=secrets)
    yield from tables[1:]


def _secrets(tree: Tree, job: TableJob) -> tuple[SecretFinding, ...]:
    if format_of(job.path, job.file.format).name not in TEXT_FORMATS:
        return ()
    with tree.open(job.path) as stream:
        return secret_findings(stream.read(SEARCHED_BYTES))


def _read(tree: Tree, job: TableJob) -> Searched:
    sheet = job.file.sheet or ""
    (done,) = worked([Task(job, partial(_reported, tree, job))], workers=1)
    if isinstance(done, Ended):
        return Searched(path=job.path, sheet=sheet, problems=(done.problem,))
    report = decoded(done, job.path)
    assert report is not None   # the same program wrote it
    if report.profile is None:
        # The line that is wrong may hold what this looks for.
        quiet = tuple(replace(each, where=replace(each.where, excerpt=None)) for each in report.problems)
        return Searched(path=job.path, sheet=sheet, problems=quiet)
    return Searched(path=job.path, sheet=sheet, personal=report.profile.personal)


def _reported(tree: Tree, job: TableJob) -> bytes:
    with tree.open(job.path) as stream:
        return encoded(profile_table(stream, job))


def _tables_of(tree: Tree, job: TableJob) -> bytes:
    with tree.open(job.path) as stream:
        try:
            reader_for(job)(stream, job)
        except SeveralTables as several:
            return orjson.dumps(several.names)
    return orjson.dumps([])
