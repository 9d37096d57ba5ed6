"""Cells as values: what each type accepts, and what a column is taken for when nobody says."""

# ruff: noqa: DTZ001 - moments without a zone are what is read

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.records import COLUMN_TYPES, ColumnType
from cityfolio.tables.types import LINES, Value, all_match, found_type, parse, values
from tables.making import CELLS

EASTERN = timezone(timedelta(hours=-5))

ACCEPTED = [
    ("integer", "0", 0), ("integer", "-12", -12), ("integer", "+5", 5), ("integer", "00700", 700),
    ("integer", "123456789012345678901234567890", 123456789012345678901234567890),
    ("number", "12.50", Decimal("12.50")), ("number", "-0.5", Decimal("-0.5")), ("number", ".5", Decimal("0.5")),
    ("number", "5.", Decimal(5)), ("number", "1e5", Decimal(100000)), ("number", "1.5E-3", Decimal("0.0015")),
    ("boolean", "true", True), ("boolean", "True", True), ("boolean", "TRUE", True), ("boolean", "1", True),
    ("boolean", "false", False), ("boolean", "False", False), ("boolean", "FALSE", False), ("boolean", "0", False),
    ("date", "2024-02-29", date(2024, 2, 29)), ("date", "0001-01-01", date(1, 1, 1)),
    ("datetime", "2024-02-29T12:30:45", datetime(2024, 2, 29, 12, 30, 45)),
    ("datetime", "2024-02-29 12:30", datetime(2024, 2, 29, 12, 30)),
    ("datetime", "2024-02-29T12:30:45.5", datetime(2024, 2, 29, 12, 30, 45, 500000)),
    ("datetime", "2024-02-29T12:30:45.1234560", datetime(2024, 2, 29, 12, 30, 45, 123456)),
    ("datetime", "2024-02-29T12:30:45Z", datetime(2024, 2, 29, 12, 30, 45, tzinfo=UTC)),
    ("datetime", "2024-02-29T12:30:45-05:00", datetime(2024, 2, 29, 12, 30, 45, tzinfo=EASTERN)),
    ("datetime", "2024-02-29T12:30:45-0500", datetime(2024, 2, 29, 12, 30, 45, tzinfo=EASTERN)),
    ("time", "06:30", time(6, 30)), ("time", "23:59:59.25", time(23, 59, 59, 250000)),
    ("year", "2024", 2024), ("year", "0000", 0),
    ("string", " NA ", " NA "), ("any", "1e5", "1e5"),
]


@pytest.mark.parametrize(("kind", "text", "value"), ACCEPTED)
def test_a_cell_is_read_as_its_type(kind: ColumnType, text: str, value: Value) -> None:
    read = parse(text, kind)

    assert (read, type(read)) == (value, type(value))


REFUSED = [
    *(("integer", text) for text in ("1.0", " 1", "1 ", "1,000", "1_000", "1e5", "٣", "²", "--1", "+", "NA", "5\n", "0x1F")),
    *(("number", text) for text in ("1,5", "1 000", "1_0", "inf", "-inf", "nan", "NaN", "Infinity", ".", "1e", "1e9999", "٣",
                                    "1.5\n")),
    *(("boolean", text) for text in ("yes", "no", "Y", "t", "tRUE", "01", "")),
    *(("date", text) for text in ("2023-02-29", "2024-13-01", "0000-01-01", "20240229", "2024-W01-1", "2024-2-9", "02/29/2024",
                                  "2024-02-29T00:00", "2024-02-29\n")),
    *(("datetime", text) for text in ("2024-02-29", "2024-02-29T24:00", "2024-02-30T12:00", "2024-02-29T12:60",
                                      "2024-02-29T12:30:45,5", "2024-02-29T12:30:45.1234567", "2024-02-29T12",
                                      "2024-02-29t12:30",
                                      "2024-02-29T12:30z", "2024-02-29  12:30")),
    *(("time", text) for text in ("24:00", "6:30", "12:60", "12", "12:30Z", "noon")),
    *(("year", text) for text in ("24", "20240", "-200", "2024 ", "٢٠٢٤")),
]


@pytest.mark.parametrize(("kind", "text"), REFUSED)
def test_a_cell_that_is_not_of_a_type_is_none_of_it(kind: ColumnType, text: str) -> None:
    assert parse(text, kind) is None


def test_an_integer_may_have_a_thousand_digits_and_no_more() -> None:
    assert (parse("9" * 1_000, "integer"), parse("9" * 1_001, "integer")) == (10**1_000 - 1, None)


WRITTEN = [
    ("date", "%m/%d/%Y", "02/29/2024", date(2024, 2, 29)), ("date", "%m/%d/%Y", "2/9/2024", date(2024, 2, 9)),
    ("date", "%d %B %Y", "29 February 2024", date(2024, 2, 29)), ("date", "%Y%m%d", "20240229", date(2024, 2, 29)),
    ("datetime", "%m/%d/%Y %I:%M %p", "02/29/2024 01:30 PM", datetime(2024, 2, 29, 13, 30)),
    ("datetime", "%Y-%m-%d %H:%M %z", "2024-02-29 12:30 -0500", datetime(2024, 2, 29, 12, 30, tzinfo=EASTERN)),
    ("time", "%I:%M %p", "01:30 PM", time(13, 30)), ("date", "default", "2024-02-29", date(2024, 2, 29)),
    ("integer", "%Y", "7", 7),
]


@pytest.mark.parametrize(("kind", "written", "text", "value"), WRITTEN)
def test_a_format_says_how_dates_and_times_are_written(kind: ColumnType, written: str, text: str, value: Value) -> None:
    assert parse(text, kind, written) == value


NOT_WRITTEN = [
    ("date", "%m/%d/%Y", "2024-02-29"), ("date", "%m/%d/%Y", "02/30/2024"), ("date", "%Q", "x"), ("date", "%Y-%m-%d %", "x"),
    ("date", "%d %d %Y", "1 1 2024"), ("date", "%m/%d", "02/29"), ("datetime", "%Y-%m-%d %Z", "2024-02-29 UTC"),
    ("time", "%H:%M", "x"),
]


@pytest.mark.parametrize(("kind", "written", "text"), NOT_WRITTEN)
def test_what_is_not_as_the_format_says_is_no_value(kind: ColumnType, written: str, text: str) -> None:
    assert parse(text, kind, written) is None


FOUND = {
    "integers": (["0", "-1", "25"], "integer"), "large integers": (["12345678901234567890123"], "integer"),
    "numbers": (["1", "2.50", "-0.3"], "number"), "words for truth": (["true", "FALSE"], "boolean"),
    "dates": (["2024-02-29", "1999-12-31"], "date"), "moments": (["2024-02-29T12:00", "2024-02-29 13:00:00Z"], "datetime"),
    "nothing": ([], "string"), "leading zeros": (["01234", "28202"], "string"), "plus signs": (["+5"], "string"),
    "exponents": (["1e5", "2"], "string"), "a word among numbers": (["1", "2", "NA"], "string"),
    "no number": (["nan", "inf"], "string"),
    "codes of 0 and 1": (["0", "1"], "integer"), "yes and no": (["yes", "no"], "string"),
    "a day that is none": (["2024-02-30"], "string"),
    "dates of one country": (["02/29/2024"], "string"), "times": (["12:30"], "string"), "spaces": ([" 1", "2"], "string"),
    "dates and moments": (["2024-02-29", "2024-02-29T12:00"], "string"), "a lone point": ([".5"], "string"),
    "a minus alone": (["-"], "string"),
    "years": (["2024"], "integer"), "decimal commas": (["1,5"], "string"), "minus nothing": (["-0", "1"], "number"),
}


@pytest.mark.parametrize(("texts", "kind"), FOUND.values(), ids=FOUND)
def test_a_column_is_what_all_its_rows_agree_on(texts: list[str], kind: ColumnType) -> None:
    assert found_type(texts) == kind


@pytest.mark.parametrize(("kind", "texts", "right"), [
    ("date", ["2024-02-28", "2024-02-30"], ["2024-02-28"]), ("date", ["2024-02-28", "soon"], ["2024-02-28"]),
    ("datetime", ["2024-02-30T12:00", "2024-02-28T12:00"], ["2024-02-28T12:00"]),
])
def test_a_wrong_cell_takes_none_of_the_right_ones_with_it(kind: ColumnType, texts: list[str], right: list[str]) -> None:
    assert list(values(texts, kind)) == right


@given(CELLS | st.text(st.sampled_from("0123456789-+.eE:TZ /tru"), max_size=25), st.sampled_from(COLUMN_TYPES),
       st.none() | st.text(st.sampled_from("%YmdHMSzpBjfUwGVu-/ .:"), max_size=10))
def test_no_text_and_no_format_make_reading_a_cell_raise(text: str, kind: ColumnType, written: str | None) -> None:
    one, many = parse(text, kind, written), values([text], kind, written)

    assert many == ({} if one is None else {text: one})


@given(st.lists(st.text(st.sampled_from("0123456789-.:T"), min_size=1, max_size=12), min_size=1))
def test_a_type_that_is_found_reads_every_row(texts: list[str]) -> None:
    kind = found_type(texts)

    assert all(parse(text, kind) is not None for text in texts)


@given(st.lists(st.text(st.sampled_from("0123456789-.:TeE\n"),
                        max_size=12) | st.sampled_from(["1.5", "2024-01-02", "2024-01-02T10:00"])),
       st.sampled_from(list(LINES)))
def test_asking_all_texts_at_once_gives_the_answer_of_asking_each(texts: list[str], form: re.Pattern[str]) -> None:
    assert all_match(form, texts) is all(form.fullmatch(text) for text in texts)
