"""Small tables whose values are typed already, as the catalog's own metadata are: written whole, the same bytes each time."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from io import StringIO
from itertools import chain, islice
from typing import Any, Literal

import pyarrow.parquet as pq

from cityfolio.arrow_alone import pa
from cityfolio.files import open_file, read_pieces
from cityfolio.folders import scratch_folder
from cityfolio.frozen import Frozen
from cityfolio.model.site import InPieces
from cityfolio.tables.exports.formulas import is_formula_like
from cityfolio.tables.exports.pieces import body_of

Kind = Literal["text", "integer", "number", "boolean", "date"]
Value = str | int | bool | Decimal | None     # a date as ISO 8601 writes it

ARROW_TYPES: dict[Kind, pa.DataType] = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(),
                                        "boolean": pa.bool_(), "date": pa.string()}
SQL_TYPES: dict[Kind, str] = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
TRUE_OR_FALSE: dict[Value, str] = {True: "true", False: "false"}      # in CSV
AT_ONCE = 500         # rows: Python's values take many times the room that they take in a file
BATCHES_OF_A_GROUP = 20      # and of these so many: what a reader of Parquet has to hold of a column
# Where the header of a database counts how often it was written to, and names the release of SQLite that did
# (https://www.sqlite.org/fileformat.html, 1.3.7 and 1.3.17). No reader needs them, and with them the bytes would change.
HEADER: Mapping[int, bytes] = {24: bytes(4), 92: bytes(4), 96: (3_040_000).to_bytes(4)}
# A database grows in a file that nobody else sees, of which SQLite holds 16 MiB. In memory it would be there several times.
PRAGMAS = "PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;"


class TypedColumn(Frozen, kw_only=True):
    """A column, and in a sentence what it holds."""

    name: str
    kind: Kind
    says: str


class TypedTable(Frozen, kw_only=True):
    """A table with its rows, which are gone through as often as it takes: they may be made anew each time.

    `key` are the columns that tell each row from every other.
    """

    name: str
    says: str
    columns: tuple[TypedColumn, ...]
    key: tuple[str, ...]
    rows: Iterable[Sequence[Value]]


def csv_of(table: TypedTable) -> bytes:
    """A table as CSV (RFC 4180). A text that a spreadsheet would run as a formula has an apostrophe before it."""
    rows = chain.from_iterable(zip(*map(_safe_cells, table.columns, columns), strict=True) for columns in _portions(table.rows))
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return csv_head(table) + text.getvalue().encode()


def _safe_cells(column: TypedColumn, values: Sequence[Value]) -> Iterable[Value]:
    """The values of a column as they are written."""
    if column.kind == "integer":
        return values
    return map(TRUE_OR_FALSE.get, values) if column.kind == "boolean" else map(_safe, values)


def csv_head(table: TypedTable) -> bytes:
    """The first line of such a file."""
    return csv_lines([[column.name for column in table.columns]])


def csv_lines(rows: Iterable[Sequence[Value]]) -> bytes:
    """Some rows as lines of such a file."""
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([_safe(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _safe(value: Value) -> Value:
    if value is None:
        return None
    if isinstance(value, str):
        return f"'{value}" if is_formula_like(value) else value
    if isinstance(value, bool):
        return TRUE_OR_FALSE[value]
    return f"{value:f}" if isinstance(value, Decimal) else value


def parquet_of(table: TypedTable) -> bytes:
    """A table as Parquet, with what each column holds in its schema."""
    return written(arrow_of(table))


def parquet_in_groups(table: TypedTable) -> bytes | InPieces:
    """A table of any number of rows as Parquet: no more of it is held at a time than one group of rows."""
    schema = schema_of(table)
    return written_in_groups(_batches(table, schema), schema)


def written_in_groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> bytes | InPieces:
    """Rows as Parquet, in groups of so many. The bytes depend on how many rows are in each batch."""
    left = iter(batches)
    with scratch_folder() as folder:
        path = folder / "made.parquet"
        with pq.ParquetWriter(path, schema, compression="snappy") as writer:
            group = list(islice(left, BATCHES_OF_A_GROUP))
            while True:
                writer.write_table(pa.Table.from_batches(group, schema))
                if not (group := list(islice(left, BATCHES_OF_A_GROUP))):
                    break
        return body_of(read_pieces(open_file(path)))


def arrow_of(table: TypedTable) -> pa.Table:
    """A table in Arrow's memory, so many rows at a time as are written together."""
    schema = schema_of(table)
    return pa.Table.from_batches(_batches(table, schema), schema=schema)


def schema_of(table: TypedTable) -> pa.Schema:
    """The columns of a table for Arrow, with what each holds."""
    fields = [pa.field(each.name, pa.date32() if each.kind == "date" else ARROW_TYPES[each.kind],
                       metadata={"description": each.says}) for each in table.columns]
    return pa.schema(fields, metadata={"description": table.says})


def _batches(table: TypedTable, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for columns in _portions(_sized(table)):
        yield pa.record_batch([pa.array(values, ARROW_TYPES[column.kind]).cast(field.type)
                               for values, column, field in zip(columns, table.columns, schema, strict=True)], schema=schema)


def parquet_together(parts: Sequence[bytes], says: str) -> bytes:
    """Tables with the same columns as one, each written as `parquet_of` writes it. What they are together is `says`."""
    whole = pa.concat_tables([pq.read_table(pa.BufferReader(each)) for each in parts])
    return written(whole.replace_schema_metadata({"description": says}))


def written(table: pa.Table) -> bytes:
    """A table of Arrow as Parquet."""
    stream = pa.BufferOutputStream()
    pq.write_table(table, stream, compression="snappy")
    body: bytes = stream.getvalue().to_pybytes()
    return body


def sqlite_of(tables: Iterable[TypedTable]) -> bytes | InPieces:
    """Tables as a database of SQLite, each with its key."""
    def fill(connection: sqlite3.Connection) -> None:
        for table in tables:
            put_table(connection, table, "main")

    return database(fill)


def put_table(connection: sqlite3.Connection, table: TypedTable, schema: str) -> None:
    """Create a table in a database of a connection, and put its rows into it."""
    create_table(connection, table, schema)
    places = ", ".join("?" * len(table.columns))
    connection.executemany(f"INSERT INTO {schema}.{name_in_sql(table.name)} VALUES ({places})",  # noqa: S608  # the names are ours
                           _sized(table))


def create_table(connection: sqlite3.Connection, table: TypedTable, schema: str) -> None:
    """Create a table in a database of a connection, without rows."""
    lines = [f"{name_in_sql(each.name)} {SQL_TYPES[each.kind]}" for each in table.columns]
    key = f"PRIMARY KEY ({', '.join(map(name_in_sql, table.key))})"
    connection.execute(f"CREATE TABLE {schema}.{name_in_sql(table.name)} ({', '.join([*lines, key])})")


def database(fill: Callable[[sqlite3.Connection], None]) -> bytes | InPieces:
    """The main database of a connection as it is written, when it was filled."""
    with scratch_folder() as folder:
        path = folder / "made.sqlite"
        connection = sqlite3.connect(path, uri=True)
        try:
            connection.executescript(PRAGMAS)
            fill(connection)
            connection.commit()
        finally:
            connection.close()
        with path.open("r+b") as file:
            for at, said in HEADER.items():
                file.seek(at)
                file.write(said)
        return body_of(read_pieces(open_file(path)))


def _portions(rows: Iterable[Sequence[Any]]) -> Iterator[Iterator[tuple[Any, ...]]]:    # Any: as each column's kind is
    """The columns of some hundreds of rows at a time."""
    left = iter(rows)
    while portion := list(islice(left, AT_ONCE)):
        yield zip(*portion, strict=True)


def _sized(table: TypedTable) -> Iterable[Sequence[Any]]:    # Any: as each column's kind is
    """The rows, with numbers of 64 bits."""
    return map(_in_64_bits, table.rows) if any(each.kind == "number" for each in table.columns) else table.rows


def _in_64_bits(row: Sequence[Value]) -> list[Any]:    # Any: as each column's kind is
    """The values of a row, numbers as the nearest that 64 bits hold."""
    return [float(value) if type(value) is Decimal else value for value in row]


def name_in_sql(name: str) -> str:
    """A name as SQL quotes it."""
    return '"' + name.replace('"', '""') + '"'
