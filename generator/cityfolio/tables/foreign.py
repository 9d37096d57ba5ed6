"""Foreign keys: values that have to occur in a column of another dataset.

Both files are gone through again, and what comes of it is kept under the digests of both. Values are compared as they are
written; a cell without a value points to nothing, and is none of this rule's business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, BinaryIO

import orjson

from cityfolio import __version__
from cityfolio.cache import Keep
from cityfolio.files import Tree, sha256
from cityfolio.frozen import Frozen
from cityfolio.problems import Location, Problem, closest
from cityfolio.tables.aside import Ended
from cityfolio.tables.constraints import SHOWN_ROWS, shown
from cityfolio.tables.readers import reader_for
from cityfolio.tables.table import Place, Table, TableJob, plain_name
from cityfolio.tables.workers import Hands, Task, is_risky, worked

if TYPE_CHECKING:   # numpy and Arrow are imported where values are very many
    import numpy as np
    from numpy.typing import NDArray

RULES = "1"                       # raised with every change to what is said
MOST_TEXTS = 1_000_000            # different values that are held as texts; more are held as numbers that stand for them


class Reference(Frozen, kw_only=True):
    """A column of a file, and the columns of other files in one of which each of its values has to occur."""

    job: TableJob
    column: str
    dataset: str                  # as the dictionary names the target
    target: str
    targets: tuple[TableJob, ...]

    @property
    def is_sensitive(self) -> bool:
        """Whether no message may show a value of the column."""
        return plain_name(self.column) in self.job.sensitive_names

    @property
    def target_is_sensitive(self) -> bool:
        """Whether no message may show a value of the target."""
        return any(plain_name(self.target) in job.sensitive_names for job in self.targets)


def foreign_problems(references: Sequence[Reference], tree: Tree, cache: Keep, workers: Hands) -> tuple[Problem, ...]:
    """Hold every reference against the rows, in their order."""
    keys = [_key(each) for each in references]
    found: list[bytes | Ended | None] = [cache.get(key) for key in keys]
    missing = [at for at, body in enumerate(found) if body is None]
    tasks = [Task(_weightiest(references[at]), partial(_checked, tree, references[at])) for at in missing]
    for at, body in zip(missing, worked(tasks, workers), strict=True):
        found[at] = body
        if isinstance(body, bytes):
            cache.put(keys[at], body)
    problems = [_problem(reference, body) for reference, body in zip(references, found, strict=True) if body is not None]
    return tuple(problem for problem in problems if problem is not None)


def _weightiest(reference: Reference) -> TableJob:
    """The job by which it is decided whether the work is done aside: a risky one, if there is one."""
    return max((reference.job, *reference.targets), key=lambda job: (is_risky(job), job.size_bytes))


def _key(reference: Reference) -> str:
    jobs = [job.identity for job in (reference.job, *reference.targets)]
    hidden = reference.job.hides_values, reference.is_sensitive, reference.target_is_sensitive
    return sha256(orjson.dumps(["foreign", __version__, RULES, jobs, hidden, reference.column, reference.target]))


def _checked(tree: Tree, reference: Reference) -> bytes:
    """What a column holds that no target has: how many cells, the first rows, the first value, where it stands."""
    known = _known(tree, reference)
    wrong, count, first, above = list[int](), 0, "", 0
    with tree.open(reference.job.path) as stream:
        table = _opened(stream, reference.job)
        number = table.header.index(reference.column)
        empty = table.empty | frozenset(reference.job.file.empty)
        for portion in table.portions:
            texts = portion.texts(number)
            strange = known.unknown({text for text in texts if text is not None and text not in empty})
            here = [row for row, text in enumerate(texts) if text in strange] if strange else []
            if here and not count:
                first = texts[here[0]] or ""
            count += len(here)
            wrong += [above + row for row in here[: SHOWN_ROWS - len(wrong)]]
            above += portion.rows
        place = table.source.cells([(wrong[0], number)])[wrong[0], number] if wrong else Place(line=1, column=1)
    where = reference.job.location(place)
    # No personal value is kept in the cache either.
    first = "" if reference.is_sensitive else first
    near = closest(first, known.texts) if first and not reference.target_is_sensitive else None
    return orjson.dumps({"count": count, "rows": wrong, "first": first, "near": near,
                         "where": [where.line, where.column, where.width, where.excerpt]})


@dataclass(slots=True)
class Known:
    """The values of a target: as texts, or where they are very many as numbers of 64 bits that stand for them."""

    texts: set[str] = field(default_factory=set)
    marks: list[NDArray[np.uint64]] = field(default_factory=list)

    def add(self, texts: Iterable[str]) -> None:
        """Take in values."""
        self.texts.update(texts)
        if len(self.texts) > MOST_TEXTS:
            self.marks.append(_sorted_marks(self.texts))
            self.texts.clear()

    def unknown(self, texts: set[str]) -> set[str]:
        """The values that are not known."""
        strange = texts - self.texts
        if not self.marks or not strange:
            return strange
        import numpy as np

        listed = sorted(strange)
        marks = _marks(listed)
        found = np.zeros(len(listed), np.bool_)
        for known in self.marks:
            at = np.minimum(np.searchsorted(known, marks), len(known) - 1)
            found |= known[at] == marks
        return {text for text, is_found in zip(listed, found.tolist(), strict=True) if not is_found}


def _marks(texts: Collection[str]) -> NDArray[np.uint64]:
    """A number for each text, in their order."""
    from cityfolio.arrow_alone import pa
    from cityfolio.tables.large.letters import fingerprints

    return fingerprints(pa.array(list(texts), pa.string()))


def _sorted_marks(texts: Collection[str]) -> NDArray[np.uint64]:
    marks = _marks(texts)
    marks.sort()
    return marks


def _known(tree: Tree, reference: Reference) -> Known:
    known = Known()
    for job in reference.targets:
        with tree.open(job.path) as stream:
            table = _opened(stream, job)
            empty = table.empty | frozenset(job.file.empty)
            number = table.header.index(reference.target)
            for portion in table.portions:
                known.add(text for text in portion.texts(number) if text is not None and text not in empty)
    return known


def _opened(stream: BinaryIO, job: TableJob) -> Table:
    table = reader_for(job)(stream, job).table
    assert table is not None   # a file that could not be read is told of, and its keys are not looked at
    return table


def _problem(reference: Reference, body: bytes | Ended) -> Problem | None:
    if isinstance(body, Ended):
        return body.problem
    found = orjson.loads(body)
    if not found["count"]:
        return None
    job, rows = reference.job, [row + 1 for row in found["rows"]]
    value = f", {shown(found['first'])}" if found["first"] else ""
    target = f"`{reference.target}` of the dataset {reference.dataset}"
    if found["count"] == 1:
        says = f"column `{reference.column}` holds 1 value that does not occur in {target} (row {rows[0]:,}{value})"
    else:
        others = ", ".join(f"{row:,}" for row in rows[1:])
        says = (f"column `{reference.column}` holds {found['count']:,} values that do not occur in {target} "
                f"(first: row {rows[0]:,}{value}; then row{'s' * (len(rows) > 2)} {others})")
    hint = f'Did you mean "{found["near"]}"? ' if found["near"] else ""
    line, column, width, excerpt = found["where"]
    return Problem(code="cell-foreign-key", says=says,
                   where=Location(path=job.path, line=line, column=column, width=width, excerpt=excerpt),
                   fix=f"{hint}Correct them, add what is missing there, or take `foreign_key:` away.")
