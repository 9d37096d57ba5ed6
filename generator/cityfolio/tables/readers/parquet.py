"""Parquet, a portion of rows at a time: the types are the file's own, and every value is written out exactly.

Columns that the file's GeoParquet metadata calls shapes become text of GeoJSON. Other columns of bytes are refused by name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pyarrow.parquet as pq

from cityfolio.arrow_alone import pa
from cityfolio.tables.readers.arrow_cells import FINER, TO_MICROSECONDS, ArrowColumn
from cityfolio.tables.readers.arrow_table import ArrowPortion, RowSource, arrow_columns, header_places
from cityfolio.tables.readers.header import refuse_names
from cityfolio.tables.table import PORTION_ROWS, Place, Portion, Reading, Table, TableJob, Unreadable

START = Place(line=1, column=1)
BUFFER_BYTES = 1 << 18       # of each column
MOST_MICROSECONDS = (1 << 63) // 1_000         # beyond these, nanoseconds do not fit into 64 bits
# Names in a file need not be text, and Arrow finds that out late.
BROKEN = (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowKeyError, pa.ArrowIndexError, pa.ArrowTypeError, OSError,
          UnicodeDecodeError)
DAMAGED = "Write the file again; it may have been cut short."
WGS_84 = (("OGC", "CRS84"), ("EPSG", 4326), ("EPSG", "4326"))


def read_parquet(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a Parquet file."""
    try:
        file = opened(stream, job)
        schema = file.schema_arrow
        places = header_places(len(schema.names))
        if not places:
            raise job.refusal(START, "table-shape", "the file has no column", "Write it again with its columns.")
        refuse_names(schema.names, places, job)
        columns = arrow_columns(schema, _shapes(file, job), job)
        _refuse_finer(stream, file, job)
    except Unreadable as refusal:
        return Reading(table=None, problems=refusal.problems)
    except UnicodeDecodeError:   # Arrow hands out a name only when it is asked for
        says = "a name in the file, of a column or a time zone, is not UTF-8"
        return Reading(table=None, problems=job.refusal(START, "table-syntax", says, DAMAGED).problems)
    return Reading(table=Table(header=tuple(schema.names), portions=_portions(file, columns, job), source=RowSource(places),
                               kinds=tuple(column.kind for column in columns)))


def opened(stream: BinaryIO, job: TableJob, unit: str = "us") -> pq.ParquetFile:
    """A file as Arrow sees it. Raises Unreadable."""
    stream.seek(0)
    try:
        # Spark writes times in an old form of nanoseconds, and may mean the year 9999, which needs more than 64 bits of them.
        # Unless it is told otherwise, Arrow has the bytes of the whole file in memory before the first row.
        return pq.ParquetFile(stream, pre_buffer=False, buffer_size=BUFFER_BYTES, coerce_int96_timestamp_unit=unit,
                              page_checksum_verification=True)
    except BROKEN as error:
        raise _damaged(error, job) from None


def _portions(file: pq.ParquetFile, columns: tuple[ArrowColumn, ...], job: TableJob) -> Iterator[Portion]:
    first_row = 0
    for batch in batches(file, job):
        yield ArrowPortion.of(batch, columns, first_row, job)
        first_row += batch.num_rows


def batches(file: pq.ParquetFile, job: TableJob, names: list[str] | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of a file, or of some of its columns. Raises Unreadable."""
    found = file.iter_batches(batch_size=PORTION_ROWS, columns=names, use_threads=False)
    left = file.metadata.num_rows
    while True:
        try:
            batch = next(found, None)
        except BROKEN as error:
            raise _damaged(error, job) from None
        if batch is None and not left:
            return
        if batch is None or batch.num_rows > left:   # Arrow takes a damaged page for the end of its column
            says = f"the file says that it has {file.metadata.num_rows:,} rows, and another number can be read"
            raise job.refusal(START, "table-syntax", says, DAMAGED)
        left -= batch.num_rows
        yield batch


def _damaged(error: Exception, job: TableJob) -> Unreadable:
    if getattr(error, "errno", None) is not None:   # the disk's own, not Arrow's
        raise error
    return job.refusal(START, "table-syntax", "the file is not Parquet, or is damaged", DAMAGED)


def _refuse_finer(stream: BinaryIO, file: pq.ParquetFile, job: TableJob) -> None:
    """Refuse times in Parquet's old form that are finer than microseconds, which Arrow would cut without a word."""
    schema = file.schema
    columns = map(schema.column, range(len(schema)))
    names = sorted({column.path for column in columns if column.physical_type == "INT96"})
    if not names:
        return
    inside = next((name for name in names if name not in file.schema_arrow.names), None)
    if inside is not None:
        says = f"`{inside[:80]}` holds times in an old form (INT96) inside of lists or records, which are not read"
        raise job.refusal(START, "table-shape", says, TO_MICROSECONDS)
    first_row = 0
    for coarse, fine in zip(batches(file, job, names), batches(opened(stream, job, "ns"), job, names), strict=True):
        for number, name in enumerate(coarse.schema.names):
            row = _first_finer(coarse.column(number), fine.column(number))
            if row is not None:
                place = Place(line=first_row + row + 1, column=file.schema_arrow.get_field_index(name) + 1)
                raise job.refusal(place, "table-shape", f"column `{name[:80]}` cannot be read: {FINER}", TO_MICROSECONDS)
        first_row += coarse.num_rows


# Any, here and below: arrays of whatever type, and JSON of whatever shape.
def _first_finer(coarse: Any, fine: Any) -> int | None:
    ticks = (array.cast(pa.int64()).to_pylist() for array in (coarse, fine))
    for row, (kept, whole) in enumerate(zip(*ticks, strict=True)):
        if kept is not None and abs(kept) < MOST_MICROSECONDS and whole != kept * 1_000:
            return row
    return None


def _shapes(file: pq.ParquetFile, job: TableJob) -> frozenset[str]:
    """The names of columns that hold shapes, by the file's metadata, which Arrow's own schema may lack."""
    written = (file.metadata.metadata or {}).get(b"geo")
    if written is None:
        return frozenset()
    try:
        columns = json.loads(written)["columns"].items()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        says = "the file's metadata about its shapes (`geo`) are not those of GeoParquet"
        raise job.refusal(START, "table-syntax", says, DAMAGED) from None
    for name, about in columns:
        _refuse_shapes(name, about if isinstance(about, dict) else {}, job)
    return frozenset(name for name, _ in columns)


def _refuse_shapes(name: str, about: Mapping[str, Any], job: TableJob) -> None:
    if about.get("encoding") != "WKB":
        raise job.refusal(START, "table-shape", f"the shapes of column `{name[:80]}` are not written as WKB, which every "
                          "program reads", "Write them as WKB.")
    # Where nothing is said, it is the system of GeoJSON.
    crs = about.get("crs", {"id": {"authority": "OGC", "code": "CRS84"}})
    identifier = crs.get("id") if isinstance(crs, dict) else None
    given = (identifier.get("authority"), identifier.get("code")) if isinstance(identifier, dict) else None
    if given not in WGS_84:
        shown = crs.get("name") if isinstance(crs, dict) else None
        says = f", {shown[:80]}" if isinstance(shown, str) else ""
        raise job.refusal(START, "table-shape", f"the shapes of column `{name[:80]}` are of another system than longitude "
                          f"and latitude in WGS 84{says}", "Convert it: `ogr2ogr -t_srs EPSG:4326 new.parquet old.parquet`.")
