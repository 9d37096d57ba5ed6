"""Rows as Python has values: for who writes a format in a few lines."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, strategies as st

from cityfolio.tables.exports.plain_rows import typed_rows
from tables.exports.making_exports import a_column, a_table, of

EMPTY = frozenset((None, "", "NA"))


def test_each_cell_is_a_value_of_its_column_type() -> None:
    table = a_table((a_column("species"), ["oak"]), (a_column("height", "number"), ["12.50"]),
                    (a_column("age", "integer"), ["007"]), (a_column("planted", "date", format="%m/%d/%Y"), ["03/31/2026"]),
                    (a_column("alive", "boolean"), ["true"]))

    assert list(typed_rows(table)) == [
        {"species": "oak", "height": Decimal("12.50"), "age": 7, "planted": date(2026, 3, 31), "alive": True}]


def test_what_stands_for_no_value_is_none() -> None:
    assert [row["height"] for row in typed_rows(of("string", None, "", "NA", "oak", empty=EMPTY))] == [None, None, None, "oak"]


@given(st.lists(st.none() | st.text(), min_size=1, max_size=40), st.integers(1, 7))
def test_every_text_stays_as_it_is_whatever_portions_it_comes_in(cells: list[str | None], portion_rows: int) -> None:
    table = a_table((a_column("words"), cells), portion_rows=portion_rows)

    assert [row["words"] for row in typed_rows(table)] == cells
    assert [row["words"] for row in typed_rows(table)] == cells


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=4), min_size=1, max_size=20))
def test_a_number_keeps_its_digits(numbers: list[Decimal]) -> None:
    rows = typed_rows(of("number", *(f"{number:f}" for number in numbers)))

    assert [str(row["height"]) for row in rows] == [str(Decimal(f"{number:f}")) for number in numbers]
