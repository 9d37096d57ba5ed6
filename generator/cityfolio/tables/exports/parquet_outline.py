"""What readers of a Parquet file are told ahead: how large it and its footer are, and the column that its rows are sorted by.

A reader who knows the footer's size has it in one request, and one who knows the order of the rows finds the groups that hold
what is looked for without looking into the others.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from cityfolio.arrow_alone import pa
from cityfolio.tables.exports.schema import ParquetOutline

END_BYTES = 8   # the size of the list of groups, and "PAR1"
NO_OFFSET = "UTC"


def outline_of(stream: BinaryIO) -> ParquetOutline:
    """Read the outline of a file. Beside the footer, only columns are read that may turn out to be in order."""
    size = stream.seek(0, 2)
    stream.seek(size - END_BYTES)
    footer = int.from_bytes(stream.read(4), "little") + END_BYTES
    stream.seek(0)
    file = pq.ParquetFile(stream)
    return ParquetOutline(bytes=size, footer=footer, sorted_by=_sorted_by(file), offsets=_offsets(file.schema_arrow))


def outline_with(body: pa.Buffer, schema: pa.Schema, sorted_by: str) -> ParquetOutline:
    """The outline of a whole file of which it is known what it holds."""
    footer = int.from_bytes(body[body.size - END_BYTES:body.size - END_BYTES // 2], "little") + END_BYTES
    return ParquetOutline(bytes=body.size, footer=footer, sorted_by=sorted_by, offsets=_offsets(schema))


def _sorted_by(file: pq.ParquetFile) -> str:
    """The first column of numbers, dates or moments that has a value in every row, never falls, and rises at least once."""
    schema = file.schema_arrow
    if file.metadata.num_columns != len(schema):   # records inside of cells, which count as several
        return ""
    for number, field in enumerate(schema):
        if _has_order(field.type) and _may_rise(file.metadata, number) and _rises(file, field.name):
            return field.name
    return ""


def _has_order(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_decimal(kind) or pa.types.is_date(kind) or pa.types.is_timestamp(kind)


def _may_rise(about: pq.FileMetaData, number: int) -> bool:
    """Whether each group begins where the one before ends, or above."""
    known = [about.row_group(group).column(number).statistics for group in range(about.num_row_groups)]
    # Any: Arrow gives values of the column's type.
    ends: list[tuple[Any, Any]] = [(each.min, each.max) for each in known if each and each.has_min_max and each.null_count == 0]
    return (0 < len(ends) == len(known) and ends[0][0] < ends[-1][1]
            and all(before[1] <= after[0] for before, after in pairwise(ends)))


def _rises(file: pq.ParquetFile, name: str) -> bool:
    from cityfolio.tables.exports.few_rows import falls  # here, since a build that finds all outlines kept has no use for it

    return not any(falls(file.read_row_group(group, columns=[name], use_threads=False).column(0))
                   for group in range(file.num_row_groups))


def _offsets(schema: pa.Schema) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, "Z" if field.type.tz == NO_OFFSET else field.type.tz)
                 for field in schema if isinstance(field.type, pa.TimestampType) and field.type.tz)
