"""A data file looked at without a dictionary: its profile, and what its texts suggest."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import BinaryIO

import orjson

from cityfolio.files import Tree
from cityfolio.frozen import Frozen, field
from cityfolio.model.profile import TableProfile, TableReport
from cityfolio.privacy.suspicion import suspicion
from cityfolio.tables.aside import Ended
from cityfolio.tables.hints import Hint, hints, looks_like
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import reader_for
from cityfolio.tables.stored import decoded, encoded
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Task, worked


class Seen(Frozen, kw_only=True):
    """What a first dictionary is drawn from."""

    job: TableJob
    report: TableReport
    hints: Mapping[str, Hint] = field(default_factory=dict)      # by column
    personal: Mapping[str, str] = field(default_factory=dict)    # why a column may hold personal data, by column


def look(tree: Tree, job: TableJob) -> Seen:
    """Read a file, in a process of its own where its format could do harm."""
    (done,) = worked([Task(job, partial(_looked, tree, job))], workers=1)
    if isinstance(done, Ended):
        return Seen(job=job, report=TableReport(profile=None, problems=(done.problem,)))
    suggested, _, body = done.partition(b"\n")
    report = decoded(body, job.path)
    assert report is not None   # the same program wrote it
    if report.profile is None:
        return Seen(job=job, report=report)
    found = {name: Hint(looks_like=each["looks_like"], type=each["type"], stand_ins=tuple(each["stand_ins"]))
             for name, each in zip(report.profile.header, orjson.loads(suggested), strict=True)}
    return Seen(job=job, report=report, hints=found, personal=_personal(report.profile, found))


def _looked(tree: Tree, job: TableJob) -> bytes:
    with tree.open(job.path) as stream:
        report = profile_table(stream, job)
        suggested = _suggested(stream, job, report.profile) if report.profile else ()
    return orjson.dumps(suggested) + b"\n" + encoded(report)


def _suggested(stream: BinaryIO, job: TableJob, profile: TableProfile) -> tuple[Hint, ...]:
    stream.seek(0)
    table = reader_for(job)(stream, job).table
    assert table is not None   # it was read before
    return hints(table, [column.type for column in profile.columns], table.empty | frozenset(job.file.empty))


def _personal(profile: TableProfile, found: Mapping[str, Hint]) -> dict[str, str]:
    reasons = {}
    for column in profile.columns:
        # Of a large file not every row was searched, but nothing is shown that was not.
        shown = [*(each.value for each in column.top), *filter(None, (column.minimum, column.maximum))]
        values = found[column.name].looks_like or (looks_like(shown) if column.type in ("string", "any") else "")
        reason = f"some values look like {values}" if values else suspicion(column.name, column.type)
        if reason:
            reasons[column.name] = reason
    return reasons
