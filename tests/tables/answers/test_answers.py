"""Measures of rows: exact where they can be, rounded once where not, and of the rows that are asked about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.answers import Answer, Asked, Filter
from cityfolio.model.questions import Condition, Measure
from cityfolio.model.records import ColumnType
from cityfolio.tables.answers.conditions import canonical
from cityfolio.tables.answers.measures import answer_of
from cityfolio.tables.answers.tallies import tallied
from cityfolio.tables.exports.schema import ExportColumn
from tables.exports.making_exports import a_column, a_table

Cells = Sequence[str | None]


def answer(asked: Asked, *columns: tuple[ExportColumn, Cells], empty: frozenset[str | None] = frozenset((None,))) -> Answer:
    """What a table answers, of which a portion has two rows."""
    table = a_table(*columns, empty=empty, portion_rows=2)
    (tally,) = tallied(table, [asked])
    return answer_of(asked, tally, {column.name: column for column, _ in columns})


def value(measure: Measure, kind: ColumnType, *cells: str | None, **record: object) -> str | None:
    """A measure of some cells."""
    return answer(Asked(measure=measure, of="height"), (a_column("height", kind, **record), cells)).total.value


def met(condition: Condition, kind: ColumnType, *cells: str | None, **record: object) -> int:
    """How many cells meet a condition."""
    column = a_column("height", kind, **record)
    asked = Asked(measure="count", filters=(Filter(column="height", condition=canonical(condition, column)),))
    return answer(asked, (column, cells)).total.rows


def groups(asked: Asked, *columns: tuple[ExportColumn, Cells]) -> list[tuple[str | None, str | None]]:
    """The key and value of each group."""
    return [(each.key, each.value) for each in answer(asked, *columns).groups]


MEASURED: dict[str, tuple[Measure, ColumnType, Cells, str | None]] = {
    "a sum of tenths": ("sum", "number", ("0.1", "0.2", "0.30"), "0.6"),
    "a sum beyond doubles": ("sum", "integer", ("9007199254740993", "1"), "9007199254740994"),
    "a sum of nothing": ("sum", "number", (None, None), "0"),
    "a sum under zero": ("sum", "number", ("-2.50", "1"), "-1.5"),
    "a mean": ("mean", "integer", ("1", "2", None), "1.5"),
    "a mean without an end": ("mean", "integer", ("1", "1", "2"), "1.3333333333333333"),
    "a mean of nothing": ("mean", "integer", (None,), None),
    "a mean that is large": ("mean", "integer", ("1" + "0" * 22,), "1" + "0" * 22),
    "a mean that is small": ("mean", "number", ("0.00000012",), "0.00000012"),
    "the middle of three": ("median", "number", ("10", "9.50", "1"), "9.5"),
    "the middle of four": ("median", "number", ("1", "2", "4", "9"), "3"),
    "the least number": ("min", "number", ("10", "9.50", None), "9.5"),
    "the greatest number": ("max", "integer", ("10", "9"), "10"),
    "the first day": ("min", "date", ("2026-06-30", "2021-01-01"), "2021-01-01"),
    "the last moment": ("max", "datetime", ("2026-06-30T10:00:00", "2026-06-30 09:00"), "2026-06-30T10:00:00"),
    "the least year": ("min", "year", ("2010", "1999"), "1999"),
}


@pytest.mark.parametrize(("measure", "kind", "cells", "expected"), MEASURED.values(), ids=MEASURED)
def test_a_measure_is_what_pen_and_paper_say(measure: Measure, kind: ColumnType, cells: Cells, expected: str | None) -> None:
    assert value(measure, kind, *cells) == expected


@given(st.lists(st.decimals(-10**6, 10**6, places=2), min_size=1, max_size=9))
def test_a_sum_loses_no_cent(amounts: list[object]) -> None:
    summed = value("sum", "number", *map(str, amounts))

    assert summed is not None
    assert sum(amounts) == type(amounts[0])(summed)  # type: ignore[call-overload, call-arg]  # decimals, which start at 0


def test_dates_are_read_as_the_file_writes_them() -> None:
    assert value("min", "date", "06/30/2026", "01/31/2026", format="%m/%d/%Y") == "2026-01-31"


def test_rows_with_a_value_are_told_from_all_rows() -> None:
    column = a_column("a", "integer"), ("1", "NA", None)
    total = answer(Asked(measure="mean", of="a"), column, empty=frozenset((None, "NA"))).total

    assert (total.rows, total.filled, total.value) == (3, 1, "1")


IS, BETWEEN = "is", "between"
CONDITIONS: dict[str, tuple[Condition, ColumnType, Cells, int]] = {
    "one of two texts": (Condition(test=IS, values=("a", "b")), "string", ("a", "b", "A", None), 2),
    "a number in another form": (Condition(test=IS, values=("1.50",)), "number", ("1.5", "1.500", "15"), 2),
    "true in another form": (Condition(test=IS, values=("true",)), "boolean", ("TRUE", "1", "0", None), 2),
    "a part with another accent": (Condition(test="contains", text="ELAN"), "string", ("Élan vital", "plan"), 1),
    "a range with its ends": (Condition(test=BETWEEN, low="2", high="3"), "integer", ("1", "2", "3", "4", None), 2),
    "a year of days": (Condition(test=BETWEEN, low="2025", high="2025"), "date", ("2024-12-31", "2025-01-01", "2025-12-31"), 2),
    "a month of days": (Condition(test=BETWEEN, low="2024-02", high="2024-02"), "date", ("2024-02-29", "2024-03-01"), 1),
    "a day of moments": (Condition(test=BETWEEN, low="2024-02-29", high="2024-02-29"), "datetime",
                         ("2024-02-29T23:59:59.999999", "2024-03-01T00:00:00"), 1),
    "moments by their clock": (Condition(test=BETWEEN, high="2024-02"), "datetime",
                               ("2024-02-29T23:00:00-05:00", "2024-03-01T01:00:00+05:00"), 1),
    "an hour": (Condition(test=BETWEEN, low="06:00", high="07:00"), "time", ("06:30", "08:00"), 1),
    "no value": (Condition(test="empty"), "integer", ("1", None), 1),
    "some value": (Condition(test="filled"), "geometry", ("POINT (1 2)", None, None), 1),
}


@pytest.mark.parametrize(("condition", "kind", "cells", "rows"), CONDITIONS.values(), ids=CONDITIONS)
def test_a_condition_takes_the_rows_that_it_says(condition: Condition, kind: ColumnType, cells: Cells, rows: int) -> None:
    assert met(condition, kind, *cells) == rows


def test_days_of_a_file_in_another_order_are_written_year_first() -> None:
    assert met(Condition(test=IS, values=("2026-06-30",)), "date", "06/30/2026", format="%m/%d/%Y") == 1


def test_all_conditions_have_to_hold() -> None:
    filters = (Filter(column="a", condition=Condition(test=IS, values=("x",))),
               Filter(column="b", condition=Condition(test="filled")))
    found = answer(Asked(measure="count", filters=filters), (a_column("a"), ("x", "x", "y")), (a_column("b"), ("1", None, "1")))

    assert found.total.value == "1"


def test_groups_stand_by_their_value_and_then_by_their_name() -> None:
    asked = Asked(measure="count", by="a")

    assert groups(asked, (a_column("a"), ("b", "á", "B", None, "c", "c"))) == [
        ("c", "2"), ("á", "1"), ("B", "1"), ("b", "1"), (None, "1")]


def test_the_first_groups_are_followed_by_all_others_together() -> None:
    found = answer(Asked(measure="mean", of="n", by="a", top=1), (a_column("a"), ("x", "y", "z", "z")),
                   (a_column("n", "integer"), ("9", "1", "2", "6")))

    assert [(each.key, each.value) for each in found.groups] == [("x", "9")]
    assert found.others is not None
    assert (found.others.value, found.others.rows, found.others.groups) == ("3", 3, 2)


def test_a_number_written_in_two_ways_is_one_group() -> None:
    assert groups(Asked(measure="count", by="a"), (a_column("a", "number"), ("1.5", "1.50"))) == [("1.5", "2")]


def test_months_between_have_no_value_and_no_rows() -> None:
    asked = Asked(measure="sum", of="n", by="a", per="month")
    found = groups(asked, (a_column("a", "date"), ("2024-11-05", "2025-01-31", None)),
                   (a_column("n", "integer"), ("1", "2", "4")))

    assert found == [("2024-11", "1"), ("2024-12", None), ("2025-01", "2"), (None, "4")]


def test_nothing_has_no_periods() -> None:
    assert groups(Asked(measure="count", by="a", per="day"), (a_column("a", "date"), (None,))) == [(None, "1")]


def test_periods_that_are_too_many_are_not_filled_in() -> None:
    found = groups(Asked(measure="count", by="a", per="day"), (a_column("a", "date"), ("0202-01-01", "2024-01-01")))

    assert found == [("0202-01-01", "1"), ("2024-01-01", "1")]
