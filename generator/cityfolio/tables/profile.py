"""One data file, top to bottom: read, typed, checked against its dictionary, summed up."""

from __future__ import annotations

from typing import BinaryIO

from cityfolio.model.profile import TableProfile, TableReport
from cityfolio.tables.columns import UNDESCRIBED, TypedColumn, typed_column
from cityfolio.tables.constraints import problems
from cityfolio.tables.readers import reader_for
from cityfolio.tables.summary import column_profile
from cityfolio.tables.table import Table, TableJob, plain_name

__all__ = ["TableJob", "profile_table"]   # a job is part of what callers of this module write

FIRST_ROWS = 20


def profile_table(stream: BinaryIO, job: TableJob) -> TableReport:
    """Read a file whole and report what is in it. Its mistakes are problems in the report; none is raised.

    Raises ValueError for a format that `is_table` does not know, which is a mistake of the caller.
    """
    reading = reader_for(job)(stream, job)
    table = reading.table
    if table is None:
        return TableReport(profile=None, problems=reading.problems)
    hidden = job.sensitive_names
    typed = [
        typed_column(name, texts, job.columns.get(name, UNDESCRIBED), job.empty_words)
        for name, texts in zip(table.header, table.columns, strict=True)
    ]
    published = [column for column in typed if plain_name(column.name) not in hidden] if hidden else typed
    faults = problems(typed, table.source, job)
    return TableReport(profile=_profile(table, published, job), problems=(*reading.problems, *faults))


def _profile(table: Table, published: list[TypedColumn], job: TableJob) -> TableProfile:
    names = tuple(column.name for column in published)
    places = dict(zip(table.header, table.source.header(), strict=True))
    first = places[table.header[0]]
    return TableProfile(
        encoding=table.encoding, delimiter=table.delimiter, header=names, rows=table.rows,
        columns=tuple(column_profile(column) for column in published),
        first_rows=tuple(zip(*(column.texts[:FIRST_ROWS] for column in published), strict=True)),
        left_out=tuple(name for name in table.header if name not in names),
        header_at=tuple((places[name].line, places[name].column, places[name].width) for name in names),
        header_line="" if job.hides_values else first.excerpt,
    )
