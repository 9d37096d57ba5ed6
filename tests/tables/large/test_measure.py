"""A file measured portion by portion: the same profile and the same faults as of one that is held in memory whole."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings, strategies as st

from cityfolio.model.profile import ColumnProfile, TableReport
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.profile import profile_table
from tables.making import NO_COLUMNS, a_job

Columns = Mapping[str, ColumnRecord]
INTEGERS = st.integers(-30, 30).map(str)
NUMBERS = st.decimals(-50, 50, places=2).map(str)
DATES = st.dates().map(str)
MOMENTS = st.datetimes().map(lambda moment: moment.isoformat())
IN_UTC = st.datetimes().map(lambda moment: f"{moment.isoformat(' ', 'seconds')}Z")
MINUTES = st.datetimes().map(lambda moment: moment.isoformat("T", "minutes"))
FORMULAS = st.sampled_from(["=1+1", "+1-704-555-0100", "@here", "-", "-5"])
WORDS = FORMULAS | st.text(st.characters(codec="utf-8", exclude_characters="\0\r\n"), max_size=12)
ODD = st.sampled_from(["", "NA", "007", "+5", "1e5", ".5", "5.", "-0", "-", "0x1F", " 5", "2026-02-30", "0000-01-01", "1.2.3",
                       "2026-01-01T24:00", "2026-01-01 10:00:00.1234567", "99999999999999999999", "9223372036854775807",
                       "123456789012345.678", "0.1234567890123456789", "2026-01-01T10:00-05:00", "2026-01-01T10:00:00+0530",
                       "12:30", "true", "TRUE", "1" * 40])
KINDS = {"integers": INTEGERS, "numbers": NUMBERS, "dates": DATES, "moments": MOMENTS, "moments in UTC": IN_UTC,
         "moments to the minute": MINUTES, "words": WORDS, "odd ones": ODD}
RULES = st.builds(
    ColumnRecord,
    type=st.sampled_from([None, None, "integer", "number", "date", "datetime", "string", "time", "year", "boolean"]),
    required=st.sampled_from([None, True]), unique=st.sampled_from([None, None, True]),
    minimum=st.sampled_from([None, None, "0", "2000-01-01"]), maximum=st.sampled_from([None, None, "20", "2030-01-01T00:00Z"]),
    min_length=st.sampled_from([None, None, 2]), pattern=st.sampled_from([None, None, "[0-9]+"]),
    values=st.sampled_from([{}, {}, {"1": "One", "2026-01-01": "New Year"}]),
)


def a_file(rows: list[list[str]]) -> bytes:
    """A CSV file of rows without a header."""
    text = StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([[f"c{number}" for number in range(len(rows[0]))], *rows])
    return text.getvalue().encode()


def whole(body: bytes, columns: Columns = NO_COLUMNS, key: tuple[str, ...] = ()) -> TableReport:
    """The report of a file held in memory."""
    return profile_table(BytesIO(body), a_job(columns=columns, empty=("NA",), delimiter=",", primary_key=key))


def in_portions(body: bytes, columns: Columns = NO_COLUMNS, block: int = 40, counted: int = 3,
                key: tuple[str, ...] = ()) -> TableReport:
    """The report of the same file, in blocks of some bytes, of which few different values are counted in memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("cityfolio.tables.readers.csv.SMALL_BYTES", -1)
        patch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", block)
        patch.setattr("cityfolio.tables.profile.SMALL_CELLS", 0)
        patch.setattr("cityfolio.tables.large.tally.COUNTED", counted)
        return whole(body, columns, key)


def comparable(report: TableReport) -> tuple[object, ...]:
    """What both ways to measure have to agree on."""
    profile = report.profile
    problems = [(each.code, each.where.line, each.where.column, each.says.partition("(")[0]) for each in report.problems]
    if profile is None or any(code == "cell-type" for code, *_ in problems):
        # Figures of a column with wrong values are never shown, and which values repeat is told when all are right.
        return ([each for each in problems if each[0] != "cell-unique"],)
    columns = [plainly(each) for each in profile.columns]
    # What looks personal is judged by parts of many rows, which a few rows are not.
    pairs = replace(profile, columns=(), personal=(), keys=tuple(key for key in profile.keys if len(key) == 1), repeated_rows=0)
    return problems, columns, pairs


def plainly(column: ColumnProfile) -> ColumnProfile:
    """A column without what tells codes from free text: with few values that are counted, both are taken for free text."""
    return replace(column, shape="text", top=(), bins=()) if column.type == "string" else column


@st.composite
def files(draw: st.DrawFn) -> list[list[str]]:
    kinds = draw(st.lists(st.sampled_from(list(KINDS.values())), min_size=1, max_size=3))
    cells = [st.one_of(kind, kind, kind, st.just("")) if draw(st.booleans()) else kind for kind in kinds]
    cells = [st.one_of(cell, cell, cell, ODD) if draw(st.integers(0, 3)) == 0 else cell for cell in cells]
    return draw(st.lists(st.tuples(*cells).map(list), min_size=1, max_size=40))


FILES = {
    "rows": files(), "rules": st.lists(RULES, min_size=3, max_size=3), "block": st.integers(10, 200),
    "counted": st.sampled_from([0, 3, 20]), "key": st.sampled_from([(), ("c0",), ("c0", "c1")]),
}
WITHOUT_RULES = {name: FILES[name] for name in ("rows", "block", "counted")}


def agree(rows: list[list[str]], rules: list[ColumnRecord], block: int, counted: int, key: tuple[str, ...]) -> None:
    """Measure a file both ways."""
    columns = {f"c{number}": rules[number] for number in range(len(rows[0]))}
    body = a_file(rows)

    assert comparable(in_portions(body, columns, block, counted, key)) == comparable(whole(body, columns, key))


def agree_without_rules(rows: list[list[str]], block: int, counted: int) -> None:
    """Measure a file both ways that has no dictionary."""
    body = a_file(rows)

    assert comparable(in_portions(body, NO_COLUMNS, block, counted)) == comparable(whole(body))


@settings(max_examples=50)
@given(**FILES)
def test_both_ways_to_measure_a_file_agree(rows: list[list[str]], rules: list[ColumnRecord], block: int, counted: int,
                                           key: tuple[str, ...]) -> None:
    agree(rows, rules, block, counted, key)


@settings(max_examples=30)
@given(**WITHOUT_RULES)
def test_they_agree_without_a_dictionary_too(rows: list[list[str]], block: int, counted: int) -> None:
    agree_without_rules(rows, block, counted)


@pytest.mark.torture
@settings(max_examples=4_000)
@given(**FILES)
def test_both_ways_to_measure_thousands_of_files_agree(rows: list[list[str]], rules: list[ColumnRecord], block: int,
                                                       counted: int, key: tuple[str, ...]) -> None:
    agree(rows, rules, block, counted, key)


@pytest.mark.torture
@settings(max_examples=2_000)
@given(**WITHOUT_RULES)
def test_thousands_agree_without_a_dictionary_too(rows: list[list[str]], block: int, counted: int) -> None:
    agree_without_rules(rows, block, counted)


@given(st.lists(st.tuples(WORDS, st.sampled_from(["", "a", "b"])).map(list), min_size=2, max_size=40))
def test_repeated_rows_are_counted_the_same(rows: list[list[str]]) -> None:
    found, expected = in_portions(a_file(rows)).profile, whole(a_file(rows)).profile

    assert found is not None
    assert expected is not None
    assert found.keys or expected.keys or found.repeated_rows == expected.repeated_rows
