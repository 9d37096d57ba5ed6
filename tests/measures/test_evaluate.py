"""Conditions over whole columns give what they give row by row, with what is missing and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.measures.circumstances import Circumstances
from cityfolio.measures.columns import Columns, Wanted, held
from cityfolio.measures.evaluate import Evaluator, Truth
from cityfolio.measures.expression import Node, parse
from cityfolio.measures.kinds import faults
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.table import TextPortion
from measures.by_rows import CONDITIONS, HOLIDAYS, of

KINDS: Mapping[str, ColumnType] = {"whole": "integer", "exact": "number", "text": "string", "other": "string",
                                   "flag": "boolean", "start": "date", "end": "date"}
DAYS = (*(date(2026, 1, day) for day in (1, 2, 3, 5, 16, 18, 19, 20)), date(2025, 12, 31), date(2024, 2, 29))
FACTS = st.fixed_dictionaries({
    "whole": st.none() | st.sampled_from((0, 1, -3, 7, 2**63)), "exact": st.none() | st.sampled_from(
        (Fraction(0), Fraction(1, 2), Fraction(-7, 4), Fraction(10**18), Fraction(1, 10**12))),
    "text": st.none() | st.sampled_from(("Oak", "oak", "ELM")), "other": st.none() | st.sampled_from(("oak", "Oaken")),
    "flag": st.none() | st.booleans(), "start": st.none() | st.sampled_from(DAYS), "end": st.none() | st.sampled_from(DAYS)})


def written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        scaled = int(value * 10**12)
        return f"{'-' if scaled < 0 else ''}{abs(scaled) // 10**12}.{abs(scaled) % 10**12:012}"
    return value.isoformat() if isinstance(value, date) else str(value)


def columns_of_rows(rows: Sequence[Mapping[str, str]], kinds: Mapping[str, ColumnType]) -> Columns:
    """Rows as held columns, in two portions."""
    names = list(kinds)
    half = len(rows) // 2
    portions = [TextPortion(tuple([row[name] for row in part] for name in names), len(part))
                for part in (rows[:half], rows[half:])]
    wanted = [Wanted(name=name, number=number, type=kinds[name], record=ColumnRecord()) for number, name in enumerate(names)]
    return held(portions, wanted, frozenset(("",)))


def shown(found: Truth) -> list[bool | None]:
    unknown = [False] * len(found.true) if found.unknown is None else found.unknown.tolist()
    return [None if not_known else true for true, not_known in zip(found.true.tolist(), unknown, strict=True)]


def answers(expression: str, cells: Sequence[Mapping[str, str]], kinds: Mapping[str, ColumnType],
            timezone: str | None = None) -> list[bool | None]:
    """A condition of each row; it is without faults."""
    columns = columns_of_rows(cells, kinds)
    assert faults(expression, {name: each.column for name, each in columns.by_name.items()}) == []
    return shown(Evaluator(columns).truth(parse(expression), Circumstances(timezone)))


@given(node=CONDITIONS, facts=st.lists(FACTS, min_size=1, max_size=6))
@settings(max_examples=400)
def test_a_condition_over_columns_is_the_condition_of_each_row(node: Node, facts: list[Mapping[str, Any]]) -> None:
    cells = [{name: written(value) for name, value in row.items()} for row in facts]
    evaluator = Evaluator(columns_of_rows(cells, KINDS))

    assert shown(evaluator.truth(node, Circumstances(None, HOLIDAYS))) == [of(node, row) for row in facts]


LARGE = ("99999999999999999999 + 1 > whole", "4000000000 * 4000000000 - 1 > whole", "1000000000000000000 * 10 / -3 < whole",
         "-(99999999999999999999 / 7) < whole", "whole * 99999999999999999999 / whole > 1",
         "1 / (2 - 2) is null and 1 / 3 < whole", "year('2026-01-01') * (1 / whole) < 300")


@pytest.mark.parametrize("text", LARGE)
def test_numbers_of_any_size_are_exact(text: str) -> None:
    assert answers(text, [{"whole": "7"}, {"whole": ""}], {"whole": "integer"}) == [True, None]


@given(node=CONDITIONS, facts=st.lists(FACTS, min_size=1, max_size=3))
@settings(max_examples=50)
def test_what_is_remembered_does_not_change_an_answer(node: Node, facts: list[Mapping[str, Any]]) -> None:
    cells = [{name: written(value) for name, value in row.items()} for row in facts]
    evaluator, around = Evaluator(columns_of_rows(cells, KINDS)), Circumstances(None, HOLIDAYS)
    evaluator.expect([(node, around)] * 3)
    found = [shown(evaluator.truth(node, around)) for _ in range(3)]

    assert found == [found[0]] * 3
    assert (evaluator.known, evaluator.held_bytes) == ({}, 0)


MOMENTS: Mapping[str, ColumnType] = {"a": "datetime", "b": "datetime"}
# Over the night of 8 March 2026, when clocks in New York went from 2 to 3, and that of 1 November, when they went back.
NIGHTS = {
    "spring": ("2026-03-08T01:00:00-05:00", "2026-03-08T03:00:00-04:00"),
    "fall": ("2026-11-01T00:30:00-04:00", "2026-11-01T02:30:00-05:00"),
    "bare": ("2026-03-08T01:00:00", "2026-03-08T03:00:00"),
    "utc": ("2026-01-01T04:59:00Z", "2026-01-01T05:00:00Z"),
}
ASKED: Mapping[str, tuple[str, str, bool]] = {
    "an hour passes where clocks skip one": ("spring", "hours(a, b) == 1", True),
    "three hours pass where clocks repeat one": ("fall", "hours(a, b) == 3", True),
    "without offsets the clock counts": ("bare", "hours(a, b) == 2 and minutes(a, b) == 120", True),
    "a minute to midnight is the day before in the city": ("utc", "year(a) == 2025 and year(b) == 2026", True),
    "days are those of the city": ("utc", "days(a, b) == 1", True),
    "a day stands for the whole of it": ("utc", "a == '2025-12-31' and a <= '2025-12-31' and not a > '2025-12-31'", True),
    "a moment is one by its clock": ("utc", "a == '2025-12-31T23:59:00' and b > '2025-12-31T23:59'", True),
    "a moment with an offset is one in time": ("utc", "a == '2026-01-01T05:59:00+01:00'", True),
    "moments follow each other in time": ("fall", "a < b", True),
    "a list of days": ("utc", "b in ('2026-01-01', '2026-02-01')", True),
}


@pytest.mark.parametrize(("night", "expression", "answer"), ASKED.values(), ids=ASKED)
def test_moments_count_in_the_clock_of_the_city(night: str, expression: str, answer: bool) -> None:
    first, second = NIGHTS[night]

    assert answers(expression, [{"a": first, "b": second}], MOMENTS, "America/New_York") == [answer]


def test_without_a_zone_the_clock_is_read_as_it_is_written() -> None:
    cells = [{"a": "2026-01-01T04:59:00Z", "b": ""}]

    assert answers("year(a) == 2026 and a == '2026-01-01T04:59:00'", cells, MOMENTS) == [True]


def test_moments_with_and_without_offsets_stand_side_by_side() -> None:
    cells = [{"a": "2026-07-01T01:00:00Z", "b": ""}, {"a": "2026-07-01T01:00:00", "b": ""}, {"a": "", "b": ""}]

    assert answers("month(a) == 6", cells, MOMENTS, "America/New_York") == [True, False, None]


def test_times_of_the_day_and_years_are_compared() -> None:
    kinds: Mapping[str, ColumnType] = {"at": "time", "built": "year"}

    assert answers("at >= '14:05' and built < 1990", [{"at": "14:05", "built": "1989"}, {"at": "14:04:59", "built": "1989"},
                                                      {"at": "", "built": "1989"}], kinds) == [True, False, None]


def test_dates_in_a_form_of_their_own_are_dates() -> None:
    portion = TextPortion((["02/03/2026", "", "13/01/2026"],), 3)
    column = Wanted(name="day", number=0, type="date", record=ColumnRecord(format="%d/%m/%Y"))
    columns = held([portion], [column], frozenset(("",)))

    assert shown(Evaluator(columns).truth(parse("day == '2026-03-02'"), Circumstances())) == [True, None, False]


def test_a_column_whose_type_is_not_told_is_of_the_one_its_cells_agree_on() -> None:
    portion = TextPortion((["2026-03-02", "", "2026-03-03"], ["1.5", "2", ""]), 3)
    columns = held([portion], [Wanted(name=name, number=number, type=None, record=ColumnRecord())
                               for number, name in enumerate(("day", "cost"))], frozenset(("",)))

    assert {name: each.column.type for name, each in columns.by_name.items()} == {"day": "date", "cost": "number"}
    assert shown(Evaluator(columns).truth(parse("day > '2026-03-01' and cost < 2"), Circumstances())) == [True, False, None]
