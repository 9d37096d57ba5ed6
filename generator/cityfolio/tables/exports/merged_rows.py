"""Typed tables of which most rows are in files written before: they are taken from there, and come out in the same bytes.

Rows lie in groups, one after another, by the first column of a table's key: all that one dataset comes to. So a table is told
by which groups it has, and of which of them the rows are new.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from cityfolio import files
from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen
from cityfolio.model.site import InPieces
from cityfolio.tables.exports import typed_rows
from cityfolio.tables.exports.typed_rows import (
    TypedTable,
    arrow_of,
    create_table,
    database,
    name_in_sql,
    put_table,
    written_in_groups,
)

Places = NDArray[np.int64]


class Merged(Frozen):
    """A table whose rows are in part new: `table` has these alone."""

    table: TypedTable
    parquet: Path           # with the rows that it had before
    before: int             # how many these are
    places: Places          # which rows of those before and then the new ones it has, in their order


def merged(table: TypedTable, parquet: Path, groups: Sequence[str], new: Collection[str]) -> Merged:
    """A table with the rows of some groups in their order: of those in `new` the given ones, of others those in Parquet."""
    column = table.key[0]
    before, more = _rows_in(parquet, [column]), arrow_of(table)
    of_before, of_new = _spans(before, column, 0), _spans(more, column, before.num_rows)
    spans = [(of_new if group in new else of_before).get(group, (0, 0)) for group in groups]
    firsts, sizes = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    places = np.repeat(firsts - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    return Merged(table, parquet, before.num_rows, places)


def _rows_in(parquet: Path, columns: list[str] | None = None) -> pa.Table:
    """What a file holds, of all columns or some. Arrow itself opens no path with bytes that are no text."""
    with files.open_file(parquet) as stream:
        return pq.ParquetFile(stream).read(columns)


def _spans(rows: pa.Table, column: str, first: int) -> Mapping[str, tuple[int, int]]:
    """Where the rows of each group begin, counted from `first`, and how many they are."""
    told = rows.column(column).value_counts()      # in the order in which they are met
    sizes: list[int] = told.field("counts").to_numpy().tolist()
    starts = accumulate(sizes, initial=first)
    return dict(zip(map(str, told.field("values").to_pylist()), zip(starts, sizes, strict=False), strict=True))


def parquet_of_merged(merged: Merged) -> bytes | InPieces:
    """The table as Parquet, as `parquet_in_groups` would write it whole."""
    batches: list[pa.RecordBatch] = []
    more = arrow_of(merged.table)
    whole = pa.concat_tables([_rows_in(merged.parquet), more]).combine_chunks()
    for start in range(0, len(merged.places), typed_rows.AT_ONCE):
        chosen = whole.take(merged.places[start:start + typed_rows.AT_ONCE])
        batches += chosen.combine_chunks().to_batches()
    return written_in_groups(batches, more.schema)


def sqlite_of_merged(tables: Iterable[Merged], path: Path) -> bytes | InPieces:
    """Tables as a database of SQLite, as `sqlite_of` would write it whole, from the database that they were in before."""
    def fill(connection: sqlite3.Connection) -> None:
        connection.execute("ATTACH ? AS former", (f"{path.absolute().as_uri()}?mode=ro&immutable=1",))
        connection.execute("ATTACH ':memory:' AS new")
        for each in tables:
            put_table(connection, each.table, "new")
            connection.commit()
            create_table(connection, each.table, "main")
            name = name_in_sql(each.table.name)
            for schema, first, last in _runs(each):
                connection.execute(f"INSERT INTO main.{name} SELECT * FROM {schema}.{name} "  # noqa: S608  # the names are ours
                                   "WHERE rowid BETWEEN ? AND ? ORDER BY rowid", (first, last))

    return database(fill)


def _runs(merged: Merged) -> Iterator[tuple[str, int, int]]:
    """Rows that lie one after another in one of the databases: which one, and the numbers of the first and the last."""
    places = merged.places
    is_new = places >= merged.before
    cuts = np.flatnonzero((np.diff(places) != 1) | (is_new[1:] != is_new[:-1])) + 1 if len(places) else np.zeros(0, np.int64)
    for run in np.split(places, cuts):
        if len(run):
            first = int(run[0])
            one = first - merged.before if first >= merged.before else first
            yield "new" if first >= merged.before else "former", one + 1, one + len(run)
