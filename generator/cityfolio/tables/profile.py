"""One data file, top to bottom: read, typed, checked against its dictionary, summed up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import BinaryIO

from cityfolio.model.profile import TableProfile, TableReport
from cityfolio.problems import Problem
from cityfolio.tables.columns import UNDESCRIBED, typed_column
from cityfolio.tables.constraints import problems as faults_of
from cityfolio.tables.outline import FIRST_ROWS, Measures, outline, published_columns
from cityfolio.tables.personal import Search, found_whole
from cityfolio.tables.readers import reader_for
from cityfolio.tables.relations import relations
from cityfolio.tables.remarks import remarks, shape_remark, shapes_of
from cityfolio.tables.row_keys import key_problems
from cityfolio.tables.summary import column_profile
from cityfolio.tables.table import Cell, Portion, Table, TableJob, Unreadable

__all__ = ["TableJob", "profile_table"]   # a job is part of what callers of this module write

SMALL_CELLS = 2_000_000       # a table of so many is held in memory whole, at about 60 bytes each and a cell's own text


def profile_table(stream: BinaryIO, job: TableJob) -> TableReport:
    """Read a file and report what is in it. Its mistakes are problems in the report; none is raised.

    Raises ValueError for a format that `is_table` does not know, which is a mistake of the caller.
    """
    problems: tuple[Problem, ...] = ()
    try:
        reading = reader_for(job)(stream, job)
        problems = reading.problems
        if reading.table is None:
            return TableReport(profile=None, problems=problems)
        _refuse_shapes(reading.table, job)
        profile, faults = _measured(reading.table, stream, job)
    except Unreadable as refusal:
        return TableReport(profile=None, problems=(*problems, *refusal.problems))
    return TableReport(profile=profile, problems=(*problems, *reading.table.notes, *faults))


def _refuse_shapes(table: Table, job: TableJob) -> None:
    """Refuse a column that is said to hold shapes in a format that has none."""
    for number, (name, kind) in enumerate(zip(table.header, table.kinds or (None,) * len(table.header), strict=True)):
        if job.columns.get(name, UNDESCRIBED).type == "geometry" and kind != "geometry":
            says = f"column `{name}` is said to hold shapes, and the file's format has none"
            fix = "Publish the shapes as GeoJSON, or take `type: geometry` away."
            raise job.refusal(table.source.header()[number], "cell-type", says, fix)


def _measured(table: Table, stream: BinaryIO, job: TableJob) -> tuple[TableProfile, tuple[Problem, ...]]:
    held, rest = _first(table)
    following = next(rest, None)
    if following is None:
        return _measured_whole(table, held, job)
    # Imported here because numpy and Arrow take longer than a catalog of small files.
    from cityfolio.tables.large.measure import measured_large

    return measured_large(table, chain(held, [following], rest), job, lambda: _again(table, stream, job))


def _again(table: Table, stream: BinaryIO, job: TableJob) -> Iterable[Portion]:
    """The rows of a file that could be read, from the first."""
    if iter(table.portions) is not table.portions:
        return table.portions   # a sheet keeps its rows aside, and need not be parsed again
    stream.seek(0)
    opened = reader_for(job)(stream, job).table
    assert opened is not None   # it was read before
    return opened.portions


def _first(table: Table) -> tuple[list[Portion], Iterator[Portion]]:
    """Portions up to what is held in memory, and the rest."""
    portions, held, cells = iter(table.portions), list[Portion](), 0
    for portion in portions:
        held.append(portion)
        cells += portion.rows * len(table.header)
        if cells > SMALL_CELLS:
            break
    return held, portions


def _measured_whole(table: Table, portions: Sequence[Portion], job: TableJob) -> tuple[TableProfile, tuple[Problem, ...]]:
    empty = table.empty | frozenset(job.file.empty)
    kinds = table.kinds or (None,) * len(table.header)
    typed = [
        typed_column(name, _texts(portions, number), job.columns.get(name, UNDESCRIBED), empty, kind)
        for number, (name, kind) in enumerate(zip(table.header, kinds, strict=True))
    ]
    kept = published_columns(table.header, job)
    published = [typed[number] for number in kept]
    rows = sum(portion.rows for portion in portions)
    place = next((number for number in kept if typed[number].type == "geometry"), None)
    shapes = None if place is None else shapes_of(typed[place].texts, empty)
    measures = Measures(
        rows=rows, columns=tuple(map(column_profile, published)), relations=relations(published, rows, empty),
        first_rows=tuple(zip(*(column.texts[:FIRST_ROWS] for column in published), strict=True)),
        shapes=shapes.profile() if shapes else None,
        personal=found_whole(Search.of(table.header, kept, empty, job), typed),
    )
    found = [*faults_of(typed, table.source, job), *key_problems(typed, empty, table.source, job),
             *remarks(typed, table.source, job)]
    if shapes is not None and place is not None:
        found += shape_remark(shapes.profile(), shapes.first_invalid, place, table.source, job)
    return outline(table, job, measures), tuple(found)


def _texts(portions: Sequence[Portion], column: int) -> Sequence[Cell]:
    if len(portions) == 1:
        return portions[0].texts(column)
    return [text for portion in portions for text in portion.texts(column)]
