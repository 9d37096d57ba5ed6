"""Least and greatest values of a dictionary, held against a column."""

from __future__ import annotations

import pytest

from cityfolio.tables.bounds import beyond, bound
from cityfolio.tables.scales import DAY, SECOND, Positions, Scale, positions

BOUNDS = [
    (Scale(kind="integer"), "5", 5, 5), (Scale(kind="integer"), "2.5", 3, 2), (Scale(kind="integer"), "-2.5", -2, -3),
    (Scale(kind="number", decimals=1), "0.25", 3, 2), (Scale(kind="number"), "ten", None, None),
    (Scale(kind="year"), "2024", 2024, 2024),
    (Scale(kind="date"), "0001-01-03", 3, 3), (Scale(kind="date"), "soon", None, None),
    (Scale(kind="datetime"), "0001-01-01", 0, DAY - 1), (Scale(kind="datetime"), "0001-01-01T00:00:05", 5 * SECOND, 5 * SECOND),
    (Scale(kind="datetime", suffix="Z"), "0001-01-01T05:00:00+05:00", 0, 0),
    (Scale(kind="datetime", suffix="+05:00"), "0001-01-01T00:00:00Z", 5 * 3_600 * SECOND, 5 * 3_600 * SECOND),
    (Scale(kind="datetime", suffix="+05:00"), "0001-01-01T01:00", 3_600 * SECOND, 3_600 * SECOND),
    (Scale(kind="time"), "00:00:05", 5 * SECOND, 5 * SECOND),
]


@pytest.mark.parametrize(("scale", "text", "least", "most"), BOUNDS)
def test_a_bound_is_the_outermost_place_it_allows(scale: Scale, text: str, least: int | None, most: int | None) -> None:
    assert (bound(text, scale, None, upper=False), bound(text, scale, None, upper=True)) == (least, most)


def test_a_bound_may_be_written_as_the_column_is() -> None:
    assert bound("01/03/0001", Scale(kind="date"), "%m/%d/%Y", upper=False) == 3


# Around the start of the year in Charlotte and a summer evening there, and one of each without an offset.
ROWS = ["2020-12-31T23:30:00-05:00", "2021-01-01T00:10:00-05:00", "2021-06-30T23:30:00-04:00"]


def held(texts: list[str]) -> Positions:
    found = positions(texts, "datetime")
    assert found is not None
    return found


UNDER = {
    "a day begins at its midnight by the clock": ("2021-01-01", ROWS[:1]),
    "a time without an offset is meant by the clock": ("2021-01-01T00:10:00", ROWS[:1]),
    "a time with an offset is a moment": ("2021-01-01T05:00:00Z", ROWS[:1]),
    "a moment later by a minute": ("2021-01-01T05:11:00Z", ROWS[:2]),
    "a day that all rows are after": ("2020-12-31", []),
}


@pytest.mark.parametrize(("limit", "expected"), UNDER.values(), ids=UNDER)
def test_what_is_under_a_minimum_where_offsets_differ(limit: str, expected: list[str]) -> None:
    assert beyond(held(ROWS), limit, None, upper=False) == frozenset(expected)


OVER = {
    "a day ends at its midnight by the clock": ("2021-06-30", []),
    "the day before": ("2021-06-29", ROWS[2:]),
    "a time with an offset is a moment": ("2021-07-01T03:29:00Z", ROWS[2:]),
    "the moment itself": ("2021-07-01T03:30:00Z", []),
}


@pytest.mark.parametrize(("limit", "expected"), OVER.values(), ids=OVER)
def test_what_is_over_a_maximum_where_offsets_differ(limit: str, expected: list[str]) -> None:
    assert beyond(held(ROWS), limit, None, upper=True) == frozenset(expected)


def test_a_limit_in_the_form_of_the_column_may_have_an_offset() -> None:
    written = "%d.%m.%Y %H:%M %z"
    found = positions(["01.01.2021 00:10 -0500", "01.07.2021 00:10 -0400"], "datetime", written)

    assert found is not None
    assert beyond(found, "01.01.2021 05:30 +0000", written, upper=False) == {"01.01.2021 00:10 -0500"}


@pytest.mark.parametrize("limit", [None, "soon"])
def test_a_limit_that_is_none_rules_nothing_out(limit: str | None) -> None:
    assert beyond(held(ROWS), limit, None, upper=True) is None


def test_a_column_without_a_value_of_its_type_has_nothing_out_of_range() -> None:
    assert beyond(held([]), "2021-01-01", None, upper=False) == frozenset()
