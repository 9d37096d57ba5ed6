"""Small tables of typed values, written whole."""

from __future__ import annotations

import csv
import io
import sqlite3
from contextlib import closing
from dataclasses import replace

import pyarrow.parquet as pq
import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.exports import typed_rows
from cityfolio.tables.exports.formulas import is_formula_like
from cityfolio.tables.exports.typed_rows import TypedColumn, TypedTable, Value, csv_of, parquet_in_groups, parquet_of, sqlite_of

COLUMNS = (TypedColumn(name="order", kind="integer", says="Its place."), TypedColumn(name="title", kind="text", says="Words."),
           TypedColumn(name="is_here", kind="boolean", says="Whether."), TypedColumn(name="day", kind="date", says="When."))
WORDS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
DAYS = st.none() | st.dates().map(str)
ROWS = st.lists(st.tuples(WORDS, st.booleans(), DAYS), max_size=8).map(
    lambda rows: tuple((place, *row) for place, row in enumerate(rows)))


def a_table(*rows: tuple[Value, ...]) -> TypedTable:
    """A table of four columns, one of which has a name that SQL keeps for itself."""
    return TypedTable(name="group", says="A table.", columns=COLUMNS, key=("order",), rows=rows)


@given(ROWS)
def test_a_database_gives_back_what_was_put_into_it(rows: tuple[tuple[Value, ...], ...]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(sqlite_of([a_table(*rows)]))
        found = connection.execute('SELECT * FROM "group" ORDER BY "order"').fetchall()

    assert found == list(rows)


def test_a_database_tells_neither_how_often_it_was_written_to_nor_by_what():
    body = sqlite_of([a_table((1, "one", True, None)), replace(a_table((2, "two", False, None)), name="more")])

    assert (body[24:28], body[92:96], body[96:100]) == (bytes(4), bytes(4), b"\x00\x2e\x63\x00")


@given(ROWS)
def test_parquet_gives_back_what_was_put_into_it(rows: tuple[tuple[Value, ...], ...]) -> None:
    table = pq.read_table(io.BytesIO(parquet_of(a_table(*rows))))
    found = [tuple(str(value) if column == "day" and value else value for column, value in row.items())
             for row in table.to_pylist()]

    assert found == list(rows)


@given(ROWS)
def test_no_cell_of_a_csv_file_is_run_as_a_formula(rows: tuple[tuple[Value, ...], ...]) -> None:
    read = list(csv.reader(io.StringIO(csv_of(a_table(*rows)).decode(), newline="")))

    assert [cell for row in read for cell in row if is_formula_like(cell)] == []
    assert len(read) == 1 + len(rows)


def test_yes_and_no_are_words_in_csv_and_nothing_is_empty() -> None:
    assert csv_of(a_table((1, None, True, "2025-01-02"))) == b"order,title,is_here,day\r\n1,,true,2025-01-02\r\n"


def test_what_a_column_holds_is_said_in_parquet() -> None:
    schema = pq.read_schema(io.BytesIO(parquet_of(a_table())))

    assert schema.field("title").metadata == {b"description": b"Words."}
    assert (schema.metadata or {})[b"description"] == b"A table."


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_rows_that_are_written_a_few_at_a_time_are_the_same_rows(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(place, f"row {place}", place % 2 == 0, None if place == 3 else f"2025-01-{place + 1:02}") for place in range(7)]
    whole = pq.read_table(io.BytesIO(parquet_of(a_table(*rows))))
    monkeypatch.setattr(typed_rows, "AT_ONCE", at_once)

    parts = pq.read_table(io.BytesIO(parquet_of(a_table(*rows))))

    assert (parts.to_pylist(), parts.schema) == (whole.to_pylist(), whole.schema)


@pytest.mark.parametrize(("rows", "groups"), [(0, [0]), (6, [6]), (7, [6, 1]), (13, [6, 6, 1])])
def test_parquet_of_many_rows_has_them_in_groups(rows: int, groups: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_rows, "AT_ONCE", 3)
    monkeypatch.setattr(typed_rows, "BATCHES_OF_A_GROUP", 2)
    table = a_table(*((place, f"row {place}", True, None) for place in range(rows)))
    body = parquet_in_groups(table)
    assert isinstance(body, bytes)
    read = pq.ParquetFile(io.BytesIO(body))

    assert [read.metadata.row_group(at).num_rows for at in range(read.num_row_groups)] == groups
    assert read.read().to_pylist() == pq.read_table(io.BytesIO(parquet_of(table))).to_pylist()
    assert read.schema_arrow == typed_rows.schema_of(table)
