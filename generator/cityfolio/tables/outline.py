"""A profile put together from what was measured, with what is published of the file alone: no sensitive column is in it."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.frozen import Frozen
from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.profile import ColumnProfile, ShapesProfile, TableProfile
from cityfolio.tables.relations import Relations
from cityfolio.tables.table import Cell, Table, TableJob, plain_name

FIRST_ROWS = 20


class Measures(Frozen, kw_only=True):
    """What was measured in a file, over the columns that are published."""

    rows: int
    columns: tuple[ColumnProfile, ...]
    first_rows: tuple[tuple[Cell, ...], ...]
    relations: Relations
    shapes: ShapesProfile | None = None
    personal: tuple[PersonalFinding, ...] = ()


def published_columns(header: Sequence[str], job: TableJob) -> tuple[int, ...]:
    """The places of the columns that are not sensitive. A slip in a name's case or spaces hides it too."""
    hidden = job.sensitive_names
    return tuple(number for number, name in enumerate(header) if not hidden or plain_name(name) not in hidden)


def outline(table: Table, job: TableJob, measures: Measures) -> TableProfile:
    """The profile of a table."""
    kept = published_columns(table.header, job)
    names = tuple(table.header[number] for number in kept)
    places = table.source.header()
    return TableProfile(
        encoding=table.encoding, delimiter=table.delimiter, sheet=table.sheet, header=names, rows=measures.rows,
        columns=measures.columns, first_rows=measures.first_rows,
        left_out=tuple(name for number, name in enumerate(table.header) if number not in kept),
        header_at=tuple((places[number].line, places[number].column, places[number].width) for number in kept),
        header_line="" if job.hides_values else places[0].excerpt,
        keys=measures.relations.keys, repeated_rows=measures.relations.repeated_rows,
        missing_together=measures.relations.missing_together, shapes=measures.shapes,
        personal=measures.personal,
    )
