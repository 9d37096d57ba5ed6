"""The rows of two contents of a file, counted against each other. Nothing of a cell is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import orjson

from cityfolio.files import MemoryTree
from cityfolio.frozen import Frozen
from cityfolio.load.kept_changes import rows_as_json, rows_of
from cityfolio.model.history import RowCounts
from cityfolio.model.records import FileRecord
from cityfolio.model.review import RowsDiff
from cityfolio.review.history_states import path_of
from cityfolio.tables.aside import Ended
from cityfolio.tables.limits import Limits
from cityfolio.tables.readers import is_table
from cityfolio.tables.row_diff.compare import Asked, Side, compare_tables
from cityfolio.tables.table import TableJob, Unreadable, plain_name
from cityfolio.tables.workers import Task, is_risky, worked

LFS = b"version https://git-lfs.github.com/spec/"     # what stands in git for a file that is kept beside it
COUNTS_ALONE = Asked(samples=0)


class Held(Frozen, kw_only=True):
    """A file as it was at a time."""

    file: FileRecord
    body: bytes
    hidden: frozenset[str]        # names of sensitive columns, as `plain_name` compares them


def is_stand_in(body: bytes) -> bool:
    """Whether a content only says where the file is (Git LFS, docs/spec.md)."""
    return body.startswith(LFS)


def is_read(file: FileRecord) -> bool:
    """Whether a file is looked into as a table."""
    return file.look_inside and bool(path_of(file)) and is_table(file.format or path_of(file))


def a_job(file: FileRecord, body: bytes, limits: Limits) -> TableJob:
    """How a content of a file is read."""
    return TableJob(path=path_of(file), size_bytes=len(body), file=file, limits=limits)


def row_counts(before: Held, after: Held, limits: Limits) -> RowCounts | None:
    """How rows and columns changed; None where that cannot be told.

    What changed in sensitive columns alone changed nothing that can be had. Without a key it cannot be told apart.
    """
    jobs = sorted((a_job(each.file, each.body, limits) for each in (after, before)), key=is_risky, reverse=True)
    done, = worked([Task(jobs[0], partial(_row_counts, before, after, limits))], 1)
    told = None if isinstance(done, Ended) else orjson.loads(done)
    return told if told is None else rows_of(told)


def _row_counts(before: Held, after: Held, limits: Limits) -> bytes:
    sides = [Side(tree=MemoryTree({path_of(each.file): each.body}), job=a_job(each.file, each.body, limits))
             for each in (before, after)]
    try:
        found = compare_tables(sides[0], sides[1], after.file.primary_key, COUNTS_ALONE)
    except Unreadable:
        return b"null"
    hidden = before.hidden | after.hidden
    if found.by == "content" and hidden:
        return b"null"
    return orjson.dumps(rows_as_json(_counted(found, lambda name: plain_name(name) not in hidden)))


def _counted(found: RowsDiff, is_told: Callable[[str], bool]) -> RowCounts:
    is_shown = not found.changed_in or any(map(is_told, found.changed_in))
    return RowCounts(before=found.before, after=found.after, added=found.added, removed=found.removed,
                     changed=found.changed if is_shown else 0, by_key=found.by == "key",
                     added_columns=tuple(filter(is_told, found.added_columns)),
                     removed_columns=tuple(filter(is_told, found.removed_columns)),
                     renamed=tuple(pair for pair in found.renamed.items() if all(map(is_told, pair))))
