"""Everything that is asked of each file, from the cache or from its rows.

They are read as other tables are: in a process of its own where a file could do harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import orjson

from cityfolio import __version__
from cityfolio.files import Tree, sha256
from cityfolio.frozen import Frozen, replace
from cityfolio.measures.definition import Definition, Population
from cityfolio.measures.sources import Source
from cityfolio.model.records import ColumnRecord
from cityfolio.problems import Location, Problem
from cityfolio.tables.aside import Ended
from cityfolio.tables.published import Bench
from cityfolio.tables.readers import reader_for
from cityfolio.tables.table import TableJob, Unreadable
from cityfolio.tables.workers import Task, worked

RULES = "1"                       # raised with every change to what is computed
UNDESCRIBED = ColumnRecord()
Asked = Definition | Population


class Said(Frozen, kw_only=True):
    """What a file says to everything that was asked of it."""

    answers: tuple[bytes, ...] = ()   # JSON, in the order of what was asked; none where the file could not be read
    problems: tuple[Problem, ...] = ()


def said(wanted: Sequence[tuple[Source, Sequence[Asked]]], bench: Bench) -> list[Said]:
    """What each file says. Nothing is computed again while the file and the definitions are the same."""
    keys = [_key(source, asked) for source, asked in wanted]
    found: list[bytes | Ended | None] = [bench.cache.get(key) for key in keys]
    missing = [at for at, body in enumerate(found) if body is None]
    # What is computed of a file may take as long again as reading it, for every hundred that are asked.
    tasks = [Task(_with_time(source.job, 2 + len(asked) // 100), partial(_computed, bench.sources, source, tuple(asked)))
             for source, asked in (wanted[at] for at in missing)]
    for at, body in zip(missing, worked(tasks, bench.workers), strict=True):
        found[at] = body
        if isinstance(body, bytes):
            bench.cache.put(keys[at], body)
    return [_said(body or b"", source) for body, (source, _) in zip(found, wanted, strict=True)]


def _with_time(job: TableJob, times: int) -> TableJob:
    return replace(job, limits=replace(job.limits, seconds=job.limits.seconds * times))


def _key(source: Source, asked: Sequence[Asked]) -> str:
    used = {name for each in asked for name in each.columns}
    columns = {name: (source.types.get(name), record.format, sorted(record.values.items()))
               for name in used for record in (source.job.columns.get(name, UNDESCRIBED),)}
    parts = ["measures", __version__, RULES, source.job.identity, columns, [each.identity for each in asked]]
    return sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS))


def _computed(tree: Tree, source: Source, asked: Sequence[Asked]) -> bytes:
    """The answers, a line each, under one that says what is wrong with the file."""
    try:
        return b"\n".join(_lines(tree, source, asked))
    except Unreadable as refusal:
        return _head(refusal.problems)


def _lines(tree: Tree, source: Source, asked: Sequence[Asked]) -> Iterator[bytes]:
    # numpy and Arrow take longer to import than most catalogs take to read.
    from cityfolio.measures.columns import Wanted, held
    from cityfolio.measures.compute import computed

    job, types = source.job, source.types
    with tree.open(job.path) as stream:
        reading = reader_for(job)(stream, job)
        if reading.table is None:
            raise Unreadable(*(each for each in reading.problems if each.severity == "error"))
        table = reading.table
        used = {name for each in asked for name in each.columns}
        kinds = table.kinds or (None,) * len(table.header)
        wanted = [Wanted(name=name, number=number, type=types.get(name) or kinds[number],
                         record=job.columns.get(name, UNDESCRIBED))
                  for number, name in enumerate(table.header) if name in used]
        columns = held(table.portions, wanted, table.empty | frozenset(job.file.empty))
    wrong = [_wrong(source, name, each.wrong) for name, each in columns.by_name.items() if each.wrong]
    yield _head(wrong)
    yield from computed(columns, asked)


def _wrong(source: Source, name: str, cells: int) -> Problem:
    return Problem(code="cell-type", where=Location(path=source.job.path),
                   says=f"column `{name}` holds {cells:,} values that are not of its type, so measures leave them out",
                   fix="Correct them, or change the type in the dictionary.")


def _head(problems: Sequence[Problem]) -> bytes:
    return orjson.dumps([{"code": each.code, "line": each.where.line, "says": each.says, "fix": each.fix} for each in problems])


def _said(body: bytes | Ended, source: Source) -> Said:
    if isinstance(body, Ended):
        return Said(problems=(body.problem,))
    head, *answers = body.split(b"\n")
    return Said(answers=tuple(answers), problems=tuple(_problem(each, source) for each in orjson.loads(head)))


# Any: what comes out of JSON that this module wrote.
def _problem(read: Mapping[str, Any], source: Source) -> Problem:
    return Problem(code=read["code"], where=Location(path=source.job.path, line=read["line"]), says=read["says"],
                   fix=read["fix"])
