"""The measures of a large file: portion by portion, and once more where a first look was not enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np

from cityfolio.frozen import replace
from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.profile import ColumnProfile, TableProfile
from cityfolio.problems import Problem
from cityfolio.tables.columns import UNDESCRIBED
from cityfolio.tables.constraints import CODES, SHOWN_ROWS, Fault, told
from cityfolio.tables.exports.formulas import formula_like
from cityfolio.tables.large.checks import Treatment
from cityfolio.tables.large.letters import MULTIPLIER, Truths, Words, mixed
from cityfolio.tables.large.spill import Spill, TooWide
from cityfolio.tables.large.tally import Tally
from cityfolio.tables.large.totals import formulas, next_treatment, repeats, total
from cityfolio.tables.large.watch import Watch
from cityfolio.tables.outline import FIRST_ROWS, Measures, outline, published_columns
from cityfolio.tables.personal import Search
from cityfolio.tables.relations import MOST_COLUMNS_MISSING, Pair, Relations, together
from cityfolio.tables.remarks import formula_remark, shape_remark
from cityfolio.tables.row_keys import KeyFaults, key_columns, key_faults
from cityfolio.tables.shapes import Shapes
from cityfolio.tables.table import Cell, Portion, Table, TableJob

MOST_PASSES = 5               # a type is found, then settled, then may turn out to be too wide; two are in reserve
Portions = Iterable[Portion]


@dataclass(slots=True)
class Pass:
    """One way through all rows of a table."""

    tallies: list[Tally]
    published: tuple[int, ...]
    row_marks: Spill | None       # fingerprints of whole rows; None where a column is known to tell them apart
    rows: int = 0
    first: list[tuple[Cell, ...]] = field(default_factory=list)
    shapes: tuple[int, Shapes] | None = None          # of the column that holds them
    key: tuple[int, ...] = ()                         # the columns of the primary key
    key_marks: Spill = field(default_factory=Spill)
    keyless: list[int] = field(default_factory=list)  # the first rows that lack a part of it
    keyless_rows: int = 0
    both: dict[tuple[int, int], int] = field(default_factory=dict)   # rows in which two columns both lack a value
    watch: Watch | None = None                        # looks for what is personal, the first time

    def add(self, portion: Portion) -> None:
        """Take in the next rows."""
        lacking: dict[int, Truths] = {}
        arrays = [portion.array(number) for number in range(len(self.tallies))]
        if self.watch is not None:
            self.watch.add(arrays)
        row_marks, key_marks = np.zeros(portion.rows, np.uint64), np.zeros(portion.rows, np.uint64)
        keyless = np.zeros(portion.rows, np.bool_)
        for number, tally in enumerate(self.tallies):
            missing, marks = tally.add(arrays[number])
            if number in self.key:
                _join(key_marks, marks)
                keyless |= missing
            if number in self.published:
                _join(row_marks, marks)
                if missing.any():
                    lacking[number] = missing
        self._add_keys(key_marks, keyless)
        if self.shapes is not None:
            self.shapes[1].add(portion.texts(self.shapes[0]))
        if self.row_marks is not None:
            self.row_marks.add(mixed(row_marks).view(np.int64))
        self._count_missing(lacking)
        if len(self.first) < FIRST_ROWS:
            columns = [portion.texts(number)[:FIRST_ROWS] for number in self.published]
            self.first += list(zip(*columns, strict=True))[: FIRST_ROWS - len(self.first)]
        self.rows += portion.rows

    def _add_keys(self, marks: Words, keyless: Truths) -> None:
        if self.key:
            self.key_marks.add(mixed(marks).view(np.int64))
            self.keyless += (np.flatnonzero(keyless)[: SHOWN_ROWS - len(self.keyless)] + self.rows).tolist()
            self.keyless_rows += int(np.count_nonzero(keyless))

    def close(self) -> None:
        """Give back what lies on disk."""
        for tally in self.tallies:
            tally.close()
        for spill in (self.row_marks, self.key_marks):
            if spill is not None:
                spill.close()

    def _count_missing(self, lacking: dict[int, Truths]) -> None:
        chosen = sorted(lacking)[:MOST_COLUMNS_MISSING]
        if len(chosen) < 2:
            return
        # Zeros and ones, so that all pairs are counted by one product of a matrix; its sums are far below 2 to the 24.
        ones = np.array([lacking[number] for number in chosen], np.float32)
        shared = (ones @ ones.T).astype(np.int64)
        for (at, one), (to, other) in combinations(enumerate(chosen), 2):
            self.both[one, other] = self.both.get((one, other), 0) + int(shared[at, to])


def _join(row_marks: Words, marks: Words) -> None:
    row_marks ^= marks
    row_marks *= MULTIPLIER
    row_marks ^= row_marks >> np.uint64(32)


def measured_large(table: Table, portions: Portions, job: TableJob,
                   again: Callable[[], Portions]) -> tuple[TableProfile, tuple[Problem, ...]]:
    """Measure a table of any size. `again` gives its rows anew, for columns that could not be settled in one pass."""
    plan = _plan(table, job)
    published = published_columns(table.header, job)
    empty = table.empty | frozenset(job.file.empty)
    watch = Watch(Search.of(table.header, published, empty, job), [each.kind for each in plan])
    personal: tuple[PersonalFinding, ...] | None = None
    for _ in range(MOST_PASSES):
        with closing(_started(table, plan, published, job)) as seen:
            seen.watch = watch if personal is None else None
            for portion in portions:
                seen.add(portion)
            personal = watch.findings() if personal is None else personal
            changed = [next_treatment(tally) for tally in seen.tallies]
            if changed == plan:
                profiles, changed = _profiles(seen.tallies, plan)
                if changed == plan:
                    profile, problems = _measured(table, job, seen, profiles, again)
                    return replace(profile, personal=personal), problems
        plan, portions = changed, again()
    raise AssertionError("the columns of a table could not be settled")


def _plan(table: Table, job: TableJob) -> list[Treatment]:
    kinds = table.kinds or (None,) * len(table.header)
    records = (job.columns.get(name, UNDESCRIBED) for name in table.header)
    return [Treatment(name=name, record=record, kind=record.type or kind)
            for name, record, kind in zip(table.header, records, kinds, strict=True)]


def _started(table: Table, plan: Sequence[Treatment], published: tuple[int, ...], job: TableJob) -> Pass:
    empty = table.empty | frozenset(job.file.empty)
    is_told_apart = any(plan[number].keeps_order for number in published)
    shapes = next((number for number in published if plan[number].kind == "geometry"), None)
    # A unique column has no repeated rows, or is a fault.
    return Pass([Tally(treatment, empty) for treatment in plan], published, row_marks=None if is_told_apart else Spill(),
                shapes=None if shapes is None else (shapes, Shapes(empty)), key=key_columns(table.header, job))


def _profiles(tallies: Sequence[Tally], plan: Sequence[Treatment]) -> tuple[list[ColumnProfile], list[Treatment]]:
    """The profile of each column; where one is too wide for 64 bits, a plan that says so."""
    profiles, changed = [], list(plan)
    for number, tally in enumerate(tallies):
        try:
            profiles.append(total(tally))
        except TooWide:
            changed[number] = replace(tally.treatment, kind=tally.kind, is_wide=True)
    return profiles, changed


def _measured(table: Table, job: TableJob, seen: Pass, profiles: Sequence[ColumnProfile],
              again: Callable[[], Portions]) -> tuple[TableProfile, tuple[Problem, ...]]:
    shown = tuple(profiles[number] for number in seen.published)
    shapes = seen.shapes[1].profile() if seen.shapes else None
    measures = Measures(rows=seen.rows, columns=shown, first_rows=tuple(seen.first), shapes=shapes,
                        relations=_relations(table, seen, shown))
    faults = [(number, fault) for number, tally in enumerate(seen.tallies) for fault in _faults(tally)]
    problems = [*told(faults, table.source, job), *_key_problems(table, job, seen), *_formulas(table, job, seen, again)]
    if shapes and seen.shapes:
        problems += shape_remark(shapes, seen.shapes[1].first_invalid, seen.shapes[0], table.source, job)
    return outline(table, job, measures), tuple(problems)


def _key_problems(table: Table, job: TableJob, seen: Pass) -> list[Problem]:
    if not seen.key or not seen.rows:
        return []
    count = seen.key_marks.repeats()
    rows = seen.key_marks.first_repeats(SHOWN_ROWS) if count else []
    return list(key_faults(job, table.source, KeyFaults(numbers=seen.key, lacking=seen.keyless, repeated=rows,
                                                        lacking_count=seen.keyless_rows, repeated_count=count)))


def _formulas(table: Table, job: TableJob, seen: Pass, again: Callable[[], Portions]) -> list[Problem]:
    """The advice about formulas. Which row is the first to hold one is looked up when there is one at all."""
    counted = {number: count for number, tally in enumerate(seen.tallies) if (count := formulas(tally))}
    first: dict[int, int] = {}
    above = 0
    for portion in again() if counted else ():
        for number in counted.keys() - first.keys():
            here = formula_like(portion.texts(number)).first
            if here is not None:
                first[number] = above + here
        above += portion.rows
        if len(first) == len(counted):
            break
    return [formula_remark(table.header[number], counted[number], (row, number), table.source, job)
            for number, row in sorted(first.items())]


def _faults(tally: Tally) -> list[Fault]:
    repeated = repeats(tally)
    found = tally.checks.faults | ({repeated.code: repeated} if repeated else {})
    return [found[code] for code in CODES if code in found]


def _relations(table: Table, seen: Pass, profiles: Sequence[ColumnProfile]) -> Relations:
    if seen.rows < 2:
        return Relations()
    keys = tuple((each.name,) for each in profiles if each.distinct == each.filled == seen.rows and not each.sampled)
    repeated = 0 if keys or seen.row_marks is None else seen.row_marks.repeats()
    lacking = {number: seen.tallies[number].without for number in seen.published}
    partly = [number for number, count in lacking.items() if 0 < count < seen.rows][:MOST_COLUMNS_MISSING]
    both: dict[Pair, int] = {(table.header[one], table.header[other]): seen.both.get((one, other), 0)
                             for one, other in combinations(partly, 2)}
    alone = {table.header[number]: lacking[number] for number in partly}
    return Relations(keys=keys, repeated_rows=repeated, missing_together=together(alone, both, seen.rows))
