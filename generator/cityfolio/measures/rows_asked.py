"""What the rows of measures say of closed periods: each file is read again, once, and only when that is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import orjson

from cityfolio.files import Tree
from cityfolio.measures.closed_rows import Answer, Asked
from cityfolio.tables.published import Bench
from cityfolio.tables.readers import reader_for
from cityfolio.tables.table import Unreadable
from cityfolio.tables.workers import Task, worked


def asked_of_rows(asked: Mapping[str, Asked], bench: Bench) -> dict[str, Answer]:
    """What the rows say to each measure: by period how many there are, their fingerprint, and how it differs from the one kept.

    Each file is read once. One that cannot be read any more says nothing.
    """
    by_file: dict[tuple[str, int], list[str]] = {}
    for identifier, each in asked.items():
        by_file.setdefault((each.counted.source.dataset, each.counted.source.place), []).append(identifier)
    tasks = []
    for identifiers in by_file.values():
        every = tuple(asked[each] for each in identifiers)
        tasks.append(Task(every[0].counted.source.job, partial(_answers, bench.sources, every)))
    found = worked(tasks, bench.workers)
    return {identifier: answer for identifiers, body in zip(by_file.values(), found, strict=True) if isinstance(body, bytes)
            for identifier, answer in zip(identifiers, orjson.loads(body), strict=False)}


def _answers(tree: Tree, asked: Sequence[Asked]) -> bytes:
    # numpy and Arrow take longer to import than most catalogs take to read.
    from cityfolio.measures.row_changes import of_table

    source = asked[0].counted.source
    try:
        with tree.open(source.job.path) as stream:
            table = reader_for(source.job)(stream, source.job).table
            return orjson.dumps([] if table is None else of_table(table, source, asked))
    except Unreadable:
        return b"[]"
