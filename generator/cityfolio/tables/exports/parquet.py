"""Parquet: typed columns with the dictionary inside, in groups of rows that a reader in a browser can fetch one by one."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, BinaryIO, Literal

import pyarrow.compute as pc
import pyarrow.parquet as pq

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen, replace
from cityfolio.tables.exports.arrow_values import Values, typed_array
from cityfolio.tables.exports.few_rows import FEW_ROWS, REPEATED, FewCells, few_cells
from cityfolio.tables.exports.forms import DIGITS_OF_INT64, form_of, stored_type, with_forms, without_empty
from cityfolio.tables.exports.geoparquet import Shapes, geo_metadata
from cityfolio.tables.exports.parquet_outline import outline_with
from cityfolio.tables.exports.schema import ExportColumn, ExportTable, Form, ParquetOutline, described

GROUP_ROWS = 10_000
GROUP_ROWS_OF_LARGE = 15_000   # fewer groups, so that the list of them stays short
LARGE_ROWS = 1_000_000
LEAST_ROWS = 5_000             # of a group that is not the only one; the last is larger instead

# Every reader knows snappy, those in browsers too, which would have to load a decompressor for zstd. Measured on a million
# rows of 12 columns: 28.4 MB in 0.60 CPU s; zstd makes 24.0 MB in 0.70 s at level 1, and 23.9 MB in 0.74 s at level 3.
COMPRESSION: Literal["snappy"] = "snappy"
STEPS: Literal["DELTA_BINARY_PACKED"] = "DELTA_BINARY_PACKED"


class _Unforeseen(Exception):
    """A cell needs more room than the cells before it."""


def write_parquet(table: ExportTable, stream: BinaryIO) -> ParquetOutline | None:
    """Write a table as Parquet, and tell its outline where that is known from a few rows. The stream has to be empty, and one
    that can be sought and cut.

    How columns are stored hangs on all of their cells. Where that is not known, it is taken from the first rows; should a later
    row need more, all rows are looked at and the file is begun anew, which comes to the same as if it had been known.
    """
    try:
        return _write(table, stream)
    except _Unforeseen:
        stream.seek(0)
        stream.truncate()
        return _write(replace(table, columns=with_forms(table)), stream)


def _write(table: ExportTable, stream: BinaryIO) -> ParquetOutline | None:
    batches = _batches(table)
    first = next(batches, None)
    if first is None:
        first = _typed(table.columns, [pa.array([], pa.string())] * len(table.columns), [Form()] * len(table.columns))
    second = next(batches, None)
    if second is None and first.few:
        # A writer puts a file together in dozens of pieces, which costs less in memory.
        memory = pa.BufferOutputStream()
        with _writer(table, first, memory) as writer:
            writer.write_table(pa.Table.from_batches([first.batch]), row_group_size=first.batch.num_rows)
        body = memory.getvalue()
        stream.write(body)
        sorted_by = (name for name, values, cells in zip(first.batch.schema.names, first.batch.columns, first.few, strict=True)
                     if cells.is_in_order(values))
        return outline_with(body, first.batch.schema, next(sorted_by, ""))
    with _writer(table, first, stream) as writer:
        following = (each.batch for each in chain((first,), (second,) if second else (), batches))
        for group in _groups(following, _group_rows(table)):
            writer.write_table(group, row_group_size=group.num_rows)
    return None


def _shapes(table: ExportTable) -> dict[str, Shapes]:
    """What is to be said of each column of shapes, for which the rows are gone through: programs look for it in the schema."""
    shapes = {number: Shapes() for number, column in enumerate(table.columns) if column.type == "geometry"}
    for portion in table.anew() if shapes else ():
        for number, seen in shapes.items():
            cells = without_empty(portion.array(number), table.empty)
            seen.add(typed_array(cells, table.columns[number], pa.binary()))
    return {table.columns[number].name: seen for number, seen in shapes.items()}


class _Typed(Frozen):
    """A portion as typed arrays, and its cells where they are few."""

    batch: pa.RecordBatch
    few: Sequence[FewCells] = ()

    def repeated(self) -> list[str]:
        """The names of the columns whose values occur so often that a list of them saves room."""
        names = self.batch.schema.names
        if self.few:
            return [name for name, cells in zip(names, self.few, strict=True) if cells.repeats]
        return [name for name, values in zip(names, self.batch.columns, strict=True) if _repeats(values)]


def _batches(table: ExportTable) -> Iterator[_Typed]:
    """Each portion as typed arrays, which are of the same types throughout."""
    forms = [column.form or Form() for column in table.columns]
    types: list[pa.DataType] = []
    for portion in table.portions:
        if 0 < portion.rows <= FEW_ROWS:
            few = few_cells(portion, table.columns, table.empty)
            forms = [form if cells.column.form else form.with_(cells.form) for form, cells in zip(forms, few, strict=True)]
            types_of_few = _types(table.columns, forms)
            arrays = [cells.values(kind) for cells, kind in zip(few, types_of_few, strict=True)]
            typed = _Typed(_batch(table.columns, types_of_few, arrays), few)
        else:
            texts = [without_empty(portion.array(number), table.empty) for number in range(len(table.columns))]
            forms = [form if column.form else form.with_(form_of(cells, column))
                     for form, column, cells in zip(forms, table.columns, texts, strict=True)]
            typed = _typed(table.columns, texts, forms)
        types = types or typed.batch.schema.types
        if typed.batch.schema.types != types:
            raise _Unforeseen
        yield typed


def _types(columns: Sequence[ExportColumn], forms: Sequence[Form]) -> list[pa.DataType]:
    return [stored_type(column, form) for column, form in zip(columns, forms, strict=True)]


def _typed(columns: Sequence[ExportColumn], texts: Sequence[pa.StringArray], forms: Sequence[Form]) -> _Typed:
    types = _types(columns, forms)
    return _Typed(_batch(columns, types, [typed_array(cells, column, kind)
                                          for cells, column, kind in zip(texts, columns, types, strict=True)]))


def _batch(columns: Sequence[ExportColumn], types: Sequence[pa.DataType], arrays: Sequence[Values]) -> pa.RecordBatch:
    schema = pa.schema([_field(column, kind) for column, kind in zip(columns, types, strict=True)])
    return pa.RecordBatch.from_arrays(list(arrays), schema=schema)


def _field(column: ExportColumn, kind: pa.DataType) -> pa.Field[Any]:
    words = {key: text for key, text in (("title", column.record.title), ("description", column.record.description),
                                         ("unit", column.record.unit)) if text}
    return pa.field(column.name, kind, metadata=words or None)


def _group_rows(table: ExportTable) -> int:
    return GROUP_ROWS_OF_LARGE if (table.rows or 0) > LARGE_ROWS else GROUP_ROWS


def _groups(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.Table]:
    """Rows in groups of a size. What is left at the end makes a group that is neither tiny nor too large."""
    held: list[pa.RecordBatch] = []
    for batch in batches:
        held.append(batch)
        while sum(map(len, held)) >= rows + LEAST_ROWS:
            whole = pa.Table.from_batches(held)
            yield whole.slice(0, rows)
            held = whole.slice(rows).to_batches()
    if any(map(len, held)):
        yield pa.Table.from_batches(held)


def _writer(table: ExportTable, first: _Typed, stream: BinaryIO | pa.BufferOutputStream) -> pq.ParquetWriter:
    repeated = first.repeated()
    schema = first.batch.schema
    steps = {field.name: STEPS for field in schema if field.name not in repeated and _has_steps(field.type)}
    shapes = _shapes(table)
    about = {"cityfolio": _words(table), **({"geo": geo_metadata(shapes)} if shapes else {})}
    return pq.ParquetWriter(stream, schema.with_metadata(about), column_encoding=steps, compression=COMPRESSION,
                            write_statistics=True, write_page_index=True, store_decimal_as_integer=True,
                            use_dictionary=repeated)  # type: ignore[arg-type]  # the stubs forget that names may be given


def _has_steps(kind: pa.DataType) -> bool:
    """Whether a type is stored as whole numbers, of which the steps from one to the next are kept."""
    return (pa.types.is_integer(kind) or pa.types.is_temporal(kind)
            or (isinstance(kind, pa.Decimal128Type) and kind.precision <= DIGITS_OF_INT64))


def _repeats(values: Values) -> bool:
    return bool(pc.count_distinct(values).as_py() * REPEATED <= len(values))


def _words(table: ExportTable) -> str:
    """The dictionary as JSON, for whoever opens the file without the catalog."""
    about = table.about
    said = {"title": about.title, "description": about.description, "publisher": about.publisher, "license": about.license,
            "license_url": about.license_url, "source_url": about.source_url,
            "modified": about.modified.isoformat() if about.modified else ""}
    known: dict[str, object] = {key: text for key, text in said.items() if text}
    return json.dumps({**known, "columns": [described(column) for column in table.columns]}, ensure_ascii=False)
