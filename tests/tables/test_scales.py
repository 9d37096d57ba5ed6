"""Values on a line: where they stand, and how they are written again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.records import ColumnType
from cityfolio.tables.scales import DAY, SECOND, Positions, Scale, decimal_text, mean_text, positions


def placed(texts: list[str], kind: ColumnType, written: str | None = None) -> Positions:
    found = positions(texts, kind, written)
    assert found is not None
    return found


def rewritten(texts: list[str], kind: ColumnType, written: str | None = None) -> list[str]:
    found = placed(texts, kind, written)
    return found.texts(list(found.of.values()))


SHORTEST = {
    "integers": ("integer", ["007", "+5", "-0", "12"], ["7", "5", "0", "12"]),
    "numbers": ("number", ["1.50", "2", "-0.250", ".5", "3.", "0.00"], ["1.5", "2", "-0.25", "0.5", "3", "0"]),
    "numbers of one form": ("number", ["1.50", "0.25", "-0.05"], ["1.5", "0.25", "-0.05"]),
    "whole numbers": ("number", ["5", "6."], ["5", "6"]),
    "numbers with exponents": ("number", ["1e3", "1.5E-3", "2"], ["1000", "0.0015", "2"]),
    "large exponents": ("number", ["1e20", "1"], ["100000000000000000000", "1"]),
    "words for truth": ("boolean", ["1", "FALSE"], ["true", "false"]),
    "dates": ("date", ["2024-02-29", "0001-01-01", "9999-12-31"], ["2024-02-29", "0001-01-01", "9999-12-31"]),
    "moments": ("datetime", ["2024-02-29 12:30", "2024-02-29T12:30:45.500"],
                ["2024-02-29T12:30:00", "2024-02-29T12:30:45.500000"]),
    "moments of one offset": ("datetime", ["2024-02-29T12:30-05:00"], ["2024-02-29T12:30:00-05:00"]),
    "moments east of Greenwich": ("datetime", ["2024-02-29T12:30+05:30"], ["2024-02-29T12:30:00+05:30"]),
    "moments of two offsets": ("datetime", ["2024-02-29T12:30-05:00", "2024-07-01T12:30-04:00"],
                               ["2024-02-29T12:30:00-05:00", "2024-07-01T12:30:00-04:00"]),
    "moments with and without an offset": ("datetime", ["2024-02-29T12:30-05:00", "2024-02-29T12:30"],
                                           ["2024-02-29T12:30:00-05:00", "2024-02-29T12:30:00"]),
    "moments of one place and of UTC": ("datetime", ["2024-02-29T12:30:00.5-05:00", "2024-02-29 12:30Z"],
                                        ["2024-02-29T12:30:00.500000-05:00", "2024-02-29T12:30:00Z"]),
    "moments in UTC": ("datetime", ["2024-02-29T12:30Z", "2024-02-29T12:30+00:00"], ["2024-02-29T12:30:00Z"] * 2),
    "times": ("time", ["06:30", "23:59:59.5"], ["06:30:00", "23:59:59.500000"]),
    "years": ("year", ["0099", "2024"], ["0099", "2024"]),
}


@pytest.mark.parametrize(("kind", "texts", "expected"), SHORTEST.values(), ids=SHORTEST)
def test_values_are_written_in_their_shortest_form(kind: ColumnType, texts: list[str], expected: list[str]) -> None:
    assert rewritten(texts, kind) == expected


def test_what_is_not_of_the_type_has_no_place() -> None:
    assert placed(["1", "x", "2.5"], "integer").of == {"1": 1}


@pytest.mark.parametrize("kind", ["string", "any"])
def test_text_has_no_scale(kind: ColumnType) -> None:
    assert positions(["1"], kind) is None


def test_an_offset_with_seconds_is_kept() -> None:
    assert rewritten(["2024-02-29 12:30 +05:00:30"], "datetime", "%Y-%m-%d %H:%M %z") == ["2024-02-29T12:30:00+05:00:30"]


def test_a_moment_outside_the_calendar_of_utc_is_shown_as_written() -> None:
    assert rewritten(["0001-01-01T00:00+05:00", "2024-01-01T00:00+04:00"], "datetime") == [
        "0001-01-01T00:00:00+05:00", "2024-01-01T00:00:00+04:00"]


def test_moments_of_two_offsets_have_a_place_in_utc_and_one_by_the_clock() -> None:
    found = placed(["0001-01-01T06:00+05:00", "0001-01-01T05:00+04:00"], "datetime")
    hour = 3_600 * SECOND

    assert (list(found.of.values()), list(found.clock.values())) == ([hour, hour], [6 * hour, 5 * hour])


@pytest.mark.parametrize("order", [slice(None), slice(None, None, -1)], ids=["as written", "turned round"])
def test_a_moment_that_is_written_twice_is_shown_once_in_any_order_of_the_rows(order: slice) -> None:
    found = placed(["2024-07-01T12:30-04:00", "2024-07-01T16:30Z"][order], "datetime")

    assert set(found.texts(list(found.of.values()))) == {"2024-07-01T12:30:00-04:00"}


def test_one_offset_alone_leaves_one_line_to_stand_on() -> None:
    found = placed(["2024-02-29T12:30-05:00", "2024-07-01T12:30-05:00"], "datetime")

    assert (found.moments, found.clock) == (None, found.of)


def test_the_end_of_a_day_has_a_name() -> None:
    assert Scale(kind="time").text(DAY) == "24:00:00"


@given(st.lists(st.decimals(allow_nan=False, allow_infinity=False, places=3), min_size=1))
def test_numbers_keep_their_value_on_the_scale(numbers: list[Decimal]) -> None:
    texts = [f"{number:f}" for number in numbers]
    found = placed(texts, "number")

    assert [Decimal(text) for text in found.scale.texts([found.of[text] for text in texts])] == numbers


@given(st.lists(st.dates(), min_size=1, unique=True))
def test_dates_keep_their_value_on_the_scale(days: list[date]) -> None:
    assert rewritten([day.isoformat() for day in days], "date") == [day.isoformat() for day in days]


@given(st.lists(st.datetimes(timezones=st.sampled_from([None, UTC])), min_size=1))
def test_the_order_of_moments_is_the_order_of_their_places(moments: list[datetime]) -> None:
    of = placed([moment.isoformat() for moment in moments], "datetime").of

    assert sorted(of, key=of.__getitem__) == sorted(of, key=lambda text: datetime.fromisoformat(text).replace(tzinfo=UTC))


@given(st.lists(st.times(), min_size=1, unique=True))
def test_times_keep_their_value_on_the_scale(clocks: list[time]) -> None:
    assert rewritten([clock.isoformat() for clock in clocks], "time") == [clock.isoformat() for clock in clocks]


@pytest.mark.parametrize(("position", "decimals", "text"), [
    (0, 0, "0"), (-5, 0, "-5"), (5, 1, "0.5"), (-5, 3, "-0.005"), (1200, 2, "12"), (1250, 2, "12.5"), (-100, 2, "-1"),
    (100, 0, "100"),
])
def test_a_number_of_units_is_written_as_a_decimal(position: int, decimals: int, text: str) -> None:
    assert decimal_text(position, decimals) == text


@pytest.mark.parametrize(("total", "rows", "decimals", "text"), [
    (10, 4, 0, "2.5"), (1, 3, 0, "0.3333"), (2, 3, 0, "0.6667"), (-2, 3, 0, "-0.6667"), (10_000_001, 3, 0, "3333334"),
    (30, 3, 1, "1"), (1, 100_000, 0, "0.00001"), (0, 3, 0, "0"), (123_456_789, 1_000, 6, "0.123457"), (35_000, 3, 2, "116.67"),
    (1, 8_000_000, 0, "0.000000125"), (999_950, 1_000, 0, "1000"), (999_949, 1_000, 0, "999.9"),
])
def test_a_mean_has_the_digits_that_count(total: int, rows: int, decimals: int, text: str) -> None:
    assert mean_text(total, rows, decimals) == text


@pytest.mark.parametrize(("total", "text"), [(20_001, "10000"), (20_003, "10002"), (-20_001, "-10000"), (-20_003, "-10002")])
def test_a_half_is_rounded_to_the_even_digit(total: int, text: str) -> None:
    assert mean_text(total, 2, 0) == text


@pytest.mark.parametrize(("kind", "low", "high", "quarters", "text"), [
    ("integer", 1, 2, 1, "1.25"), ("integer", 1, 2, 3, "1.75"), ("integer", 5, 5, 0, "5"), ("year", 2001, 2004, 2, "2002"),
    ("date", 1, 4, 1, "0001-01-01"), ("date", 1, 4, 2, "0001-01-02"), ("datetime", 0, 3 * SECOND, 2, "0001-01-01T00:00:01"),
    ("datetime", 0, 0, 0, "0001-01-01T00:00:00"), ("time", SECOND // 2, SECOND, 0, "00:00:00.500000"),
])
def test_between_two_values_lies_one_that_can_be_read(kind: ColumnType, low: int, high: int, quarters: int, text: str) -> None:
    assert Scale(kind=kind).between(low, high, quarters) == text
