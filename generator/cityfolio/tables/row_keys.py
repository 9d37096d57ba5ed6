"""Primary keys: the columns that together tell each row of a file from every other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from cityfolio.frozen import Frozen
from cityfolio.problems import Problem
from cityfolio.tables.columns import TypedColumn
from cityfolio.tables.constraints import SHOWN_ROWS
from cityfolio.tables.table import Cell, Place, Source, TableJob


def key_columns(header: Sequence[str], job: TableJob) -> tuple[int, ...]:
    """The places of the columns of a file's primary key; none where one of them is not there, which is told elsewhere."""
    names = job.file.primary_key
    return tuple(header.index(name) for name in names) if set(names) <= set(header) else ()


def key_problems(columns: Sequence[TypedColumn], empty: frozenset[Cell], source: Source, job: TableJob) -> tuple[Problem, ...]:
    """Hold the primary key against rows that are all at hand. Values are compared as they are written."""
    numbers = key_columns([column.name for column in columns], job)
    if not numbers or not columns[0].rows:
        return ()
    keys = list(zip(*(columns[number].texts for number in numbers), strict=True))
    lacking = [row for row, key in enumerate(keys) if not empty.isdisjoint(key)]
    different = len(set(keys))
    repeated = list(islice(_repeats(keys), SHOWN_ROWS)) if different < len(keys) else []
    return key_faults(job, source, KeyFaults(numbers=numbers, lacking=lacking[:SHOWN_ROWS], lacking_count=len(lacking),
                                             repeated=repeated, repeated_count=len(keys) - different))


def _repeats(keys: Sequence[tuple[Cell, ...]]) -> Iterator[int]:
    seen = set()
    for row, key in enumerate(keys):
        if key in seen:
            yield row
        seen.add(key)


class KeyFaults(Frozen, kw_only=True):
    """What is wrong with the primary key of a file: how many rows, and the first of them, counted from 0."""

    numbers: tuple[int, ...]      # the places of the key's columns
    lacking: Sequence[int]        # rows that lack a part of it
    lacking_count: int
    repeated: Sequence[int]       # rows that have the key of an earlier one
    repeated_count: int


def key_faults(job: TableJob, source: Source, found: KeyFaults) -> tuple[Problem, ...]:
    """The faults of a primary key as problems."""
    problems = []
    if found.lacking_count:
        problems.append(_problem(job, _place(source, found.lacking, found), found.lacking, found.lacking_count, is_empty=True))
    if found.repeated_count:
        place = _place(source, found.repeated, found)
        problems.append(_problem(job, place, found.repeated, found.repeated_count, is_empty=False))
    return tuple(problems)


def _place(source: Source, rows: Sequence[int], found: KeyFaults) -> Place:
    cell = rows[0], found.numbers[0]
    return source.cells([cell])[cell]


def _problem(job: TableJob, place: Place, rows: Sequence[int], count: int, *, is_empty: bool) -> Problem:
    names = " and ".join(f"`{name}`" for name in job.file.primary_key)
    what = ("lacks a part of its primary key", "lack a part of their primary key") if is_empty else (
        "has the primary key of an earlier row", "have the primary key of an earlier row")
    some = f"1 row {what[0]}" if count == 1 else f"{count:,} rows {what[1]}"
    fix = "Fill it in, or choose other columns for `primary_key:`." if is_empty else \
        "Remove the rows that are repeated, or add the column to `primary_key:` that tells them apart."
    first = ", ".join(f"{row + 1:,}" for row in rows)
    return Problem(code="row-repeated", where=job.location(place), fix=fix,
                   says=f"{some} ({names}; {'row' if len(rows) == 1 else 'first: rows'} {first})")
