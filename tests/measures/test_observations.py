"""The file of closed periods: what is written is read again, and what is wrong with it has its place."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from cities import places
from cityfolio.measures.observations import Committed, Line, as_csv, number_text, read_observations
from cityfolio.model.performance import ComputeRecord, RevisionRecord
from measures.making_measures import a_measure

HEADER = "period,by,group,value,rows,good,suppressed,closed_on,revision\n"
NOTES = tuple(RevisionRecord(period="2026-03", on=date(2026, 5, day), reason="Counted twice.") for day in (1, 2))
COUNT = ComputeRecord(dataset="trees", date="planted", count="rows", by=("district",))
MEASURE = a_measure("month", compute=COUNT, revisions=NOTES)
GROUPS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0"), max_size=8)
COUNTS = st.none() | st.integers(0, 10**12)
LINES = st.lists(st.builds(
    Line, period=st.sampled_from(("2026-03", "2026-04")), by=st.just("district"), group=GROUPS,
    value=st.none() | st.decimals(-10**9, 10**9, places=3).map(Fraction), rows=COUNTS, good=COUNTS,
    closed_on=st.dates(date(2026, 5, 1))), unique_by=lambda each: each.key, max_size=8)


def read(text: str) -> Committed:
    return read_observations(text.encode(), "measures/m/observations.csv", MEASURE)


@given(lines=LINES)
def test_lines_are_read_as_they_were_written(lines: list[Line]) -> None:
    found = read(as_csv(lines, with_header=True))

    assert found.problems == ()
    assert [(each.key, each.value, each.rows, each.good, each.closed_on) for each in found.lines] == [
        (each.key, each.value, each.rows, each.good, each.closed_on) for each in lines]


@pytest.mark.parametrize(("value", "text"), [
    (None, ""), (Fraction(0), "0"), (Fraction(-5, 2), "-2.5"), (Fraction(712, 10), "71.2"), (Fraction(1, 1024), "0.0009765625"),
    (Fraction(200, 3), "66.6666666666667"), (Fraction(-1, 3), "-0.333333333333333"),
    (Fraction(10**20 + 1), "100000000000000000001"), (Fraction(1, 3 * 10**9), "0.000000000333333333333333"),
], ids=str)
def test_a_value_is_written_in_full_where_it_has_an_end_and_with_15_digits_otherwise(value: Fraction | None, text: str) -> None:
    assert number_text(value) == text


@given(value=st.fractions())
def test_a_value_that_is_written_is_as_near_as_15_digits_come(value: Fraction) -> None:
    error = abs(Fraction(Decimal(number_text(value))) - value)

    assert error <= abs(value) / (2 * 10**14)


@pytest.mark.parametrize(("line", "column", "says"), [
    ("2026-Q1,,,1,1,,false,2026-05-01,", 1, '"2026-Q1" is no period of a measure by month'),
    ("2026-13,,,1,1,,false,2026-05-01,", 1, '"2026-13" is no period of a measure by month'),
    ("2026-03,,x,1,1,,false,2026-05-01,", 10, "a group is named, and not the column that it is of"),
    ("2026-03,,,1 %,1,,false,2026-05-01,", 11, 'value: "1 %" is not a number'),
    ("2026-03,,,1,1.5,,false,2026-05-01,", 13, 'rows: "1.5" is not a whole number'),
    ("2026-03,,,1,1,x,false,2026-05-01,", 15, 'good: "x" is not a whole number'),
    ("2026-03,,,1,1,,no,2026-05-01,", 16, '"no" is neither true nor false'),
    ("2026-03,,,,1,,true,2026-05-01,", 12, "this is held back, and here it stands"),
    ("2026-03,,,1,1,,false,May,", 22, 'closed_on: "May" is not a day'),
    ("2026-03,,,1,1,,false,2026-03-31,", 22, "the period was not over on 2026-03-31"),
    ("2026-03,,,1,1,,false,2026-05-01,3", 33, "measure.yaml has no revision 3 of 2026-03"),
    ("2026-03,,,1,1,,false,2026-05-01", 1, "this line has 8 fields, and the header 9"),
    ('2026-03,district,"a, ""b""",1 %,1,,false,2026-05-01,', 29, 'value: "1 %" is not a number'),
], ids=lambda given: given if isinstance(given, str) and " " in given else "")
def test_what_is_wrong_with_a_line_has_its_place(line: str, column: int, says: str) -> None:
    found = read(f"{HEADER}{line}\n")

    assert (places(found.problems), found.problems[0].says) == ([("observations-invalid", 2, column)], says)
    assert found.lines == ()


def test_lines_are_only_added_at_the_end() -> None:
    first, second = "2026-03,,,1,1,,false,2026-05-01,\n", "2026-03,,,2,2,,false,2026-05-02,1\n"

    assert read(HEADER + first + second).problems == ()
    assert places(read(HEADER + second + first).problems) == [("observations-invalid", 3, 33)]
    assert places(read(HEADER + first + first).problems) == [("observations-invalid", 3, 33)]


@pytest.mark.parametrize(("text", "says"), [
    ("", "the file is empty"),
    ("period,value\n2026-03,1\n", "the first line does not name the columns"),
    (HEADER + '2026-03,,"x\n', "this is not valid CSV: unexpected end of data"),
], ids=["nothing", "other columns", "an open quotation mark"])
def test_what_is_wrong_with_a_file_is_told_once(text: str, says: str) -> None:
    assert [each.says for each in read(text).problems] == [says]


def test_a_file_in_another_encoding_is_told() -> None:
    found = read_observations(HEADER.encode() + b"2026-03,district,Caf\xe9,1,1,,false,2026-05-01,\n", "o.csv", MEASURE)

    assert places(found.problems) == [("observations-invalid", 2, None)]


def test_of_very_many_faults_the_first_are_told() -> None:
    assert len(read(HEADER + "x\n" * 1_000).problems) == 20


@given(text=st.text(max_size=60))
def test_whatever_stands_in_a_file_is_told_and_never_raised(text: str) -> None:
    found = read_observations((HEADER + text).encode("utf-8", "replace"), "o.csv", MEASURE)

    assert all(each.code == "observations-invalid" and (each.where.line or 0) >= 1 for each in found.problems)
