"""What a tally comes to: figures as of a column held whole, marked where they are from a part of it; repeats by row."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.profile import ColumnProfile, TableProfile
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.columns import typed_column
from cityfolio.tables.large import spill, tally as tally_module
from cityfolio.tables.large.spill import TooWide
from cityfolio.tables.large.totals import formulas, next_treatment, repeats, total
from cityfolio.tables.profile import profile_table
from cityfolio.tables.summary import column_profile
from tables.large.making_large import EMPTY, a_treatment, tallied
from tables.large.test_measure import a_file, in_portions
from tables.making import a_job


def of_whole(texts: Sequence[str], kind: ColumnType | None = None) -> ColumnProfile:
    """The profile of a column that is at hand whole."""
    return column_profile(typed_column("height", texts, ColumnRecord(), EMPTY, kind))


def of_portions(texts: Sequence[str], kind: ColumnType | None = None, *, is_wide: bool = False) -> ColumnProfile:
    """The profile of a column that comes in portions."""
    with tallied(texts, a_treatment(kind, is_wide=is_wide)) as tally:
        return total(tally)


VALUES: dict[ColumnType, list[str]] = {
    "integer": [str(number * number % 37) for number in range(60)],
    "number": [f"{number % 13}.{number % 7}" for number in range(60)],
    "date": [f"2026-{month:02}-{day:02}" for month in range(1, 7) for day in range(1, 28, 3)],
    "datetime": [f"2026-01-{day:02}T{hour:02}:30:00" for day in range(1, 20, 3) for hour in range(0, 24, 5)],
    "time": [f"{hour:02}:{minute:02}:00" for hour in range(24) for minute in (0, 30)],
    "year": [str(year) for year in range(1980, 2020)],
}


@pytest.mark.parametrize(("kind", "texts"), VALUES.items(), ids=VALUES)
def test_figures_are_those_of_the_column_held_whole(kind: ColumnType, texts: list[str]) -> None:
    assert of_portions([*texts, "", *texts[:9]], kind) == of_whole([*texts, "", *texts[:9]], kind)


@pytest.mark.parametrize("kind", ["integer", "number", "date"])
def test_a_column_of_which_every_value_is_wrong_has_no_figures(kind: ColumnType) -> None:
    found = of_portions([f"x{number}" for number in range(9)], kind)

    assert (found.filled, found.distinct, found.minimum, found.top) == (9, 0, None, ())


def test_a_column_without_values_is_empty() -> None:
    assert of_portions(["", "NA", ""], "number").shape == "empty"
    with tallied(["", ""], a_treatment("number", unique=True)) as tally:
        assert total(tally).shape == "empty"


def test_figures_of_more_rows_than_can_be_loaded_are_from_a_part_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "MOST_LOADED", 50)
    found = of_portions([str(number) for number in range(300)], "integer")

    assert (found.rows, found.filled, found.sampled) == (300, 300, 50)
    assert (found.minimum, found.maximum, found.quartiles) == ("0", "294", ("73.5", "147", "220.5"))


def test_where_all_is_loaded_nothing_is_said_to_be_from_a_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "MOST_LOADED", 300)

    assert of_portions([str(number) for number in range(300)], "integer").sampled is None


def test_a_wide_column_is_told_of_from_a_sample_and_all_its_values_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally_module, "SAMPLED", 40)
    found = of_portions([f"{number}{'0' * 30}" for number in range(1, 301)], "number", is_wide=True)

    assert (found.rows, found.filled, found.distinct, found.sampled) == (300, 300, 300, 38)


def test_a_wide_column_that_is_held_whole_is_told_of_as_any_other() -> None:
    texts = [f"{number % 7}{'0' * 30}" for number in range(1, 60)]

    assert of_portions(texts, "number", is_wide=True) == of_whole(texts, "number")


def test_decimals_that_cannot_be_brought_to_the_most_that_occur_are_too_wide() -> None:
    with tallied(["9000000000000000000", "1", "2", "3", "0.0000001"], a_treatment("number")) as tally, pytest.raises(TooWide):
        total(tally)


def test_what_is_too_wide_is_gone_through_once_more() -> None:
    texts = ["9000000000000000000", "1", "2", "3", "0.0000001"]
    expected = profile_table(BytesIO(a_file([[text] for text in texts])), a_job(delimiter=",", empty=("NA",))).profile
    found = in_portions(a_file([[text] for text in texts]), counted=2).profile
    assert found is not None
    assert expected is not None

    assert found.columns == expected.columns


# What a column is taken for in the next pass


def next_of(texts: Sequence[str], kind: ColumnType | None = None, **record: object) -> tuple[ColumnType | None, bool]:
    """The type of a column and whether it is wide, when it is gone through again."""
    with tallied(texts, a_treatment(kind, **record)) as tally:
        treatment = next_treatment(tally)
        return treatment.kind, treatment.is_wide


@pytest.mark.parametrize(("texts", "record", "expected"), [
    (["1", "2"], {}, (None, False)), (["1", "2", "3", "4", "5"], {}, (None, False)),
    (["1", "2"], {"minimum": "0"}, ("integer", False)), (["1", "x"], {"minimum": "0"}, ("number", False)),
    (["1", "2", "3", "4", "x"], {}, ("string", False)), (["1", "2", "3", "4", "x"], {"minimum": "0"}, ("number", False)),
    (["1", "2", "3", "4", "9" * 30], {}, ("integer", True)), (["1", "1"], {"unique": True}, ("integer", False)),
], ids=["counted", "on disk", "a bound", "a bound and a word", "a word", "a word among bounded", "wide", "unique"])
def test_what_was_left_open_is_settled(texts: list[str], record: dict[str, object],
                                       expected: tuple[ColumnType | None, bool]) -> None:
    assert next_of(texts, **record) == expected


def test_a_wide_column_that_turns_out_to_be_text_is_wide_no_more() -> None:
    with tallied(["9" * 30, "x"], a_treatment(None, is_wide=True)) as tally:
        assert (next_treatment(tally).kind, next_treatment(tally).is_wide) == ("string", False)


# Repeats


def test_a_value_that_stands_there_before_is_told_with_its_row_where_rows_without_one_lie_between() -> None:
    with tallied(["7", "", "8", "NA", "7", "", "8", "9", "7"], a_treatment("integer", unique=True)) as tally:
        fault = repeats(tally)
        assert fault is not None

        assert (fault.code, fault.count, fault.rows) == ("cell-unique", 3, (4, 6, 8))


@given(st.lists(st.sampled_from(["", "NA", "1", "01", "2", "3", "4"]), max_size=30), st.integers(1, 9))
def test_the_rows_of_repeats_are_those_that_stand_there_before(texts: list[str], rows: int) -> None:
    values = [int(text) if text not in EMPTY else None for text in texts]
    expected = [row for row, value in enumerate(values) if value is not None and value in values[:row]]
    with tallied(texts, a_treatment("integer", unique=True), rows=rows) as tally:
        fault = repeats(tally)

        assert (fault.count, list(fault.rows)) == (len(expected), expected[:3]) if fault else not expected


def test_repeats_among_more_rows_than_can_be_loaded_are_counted_and_placed_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "MOST_LOADED", 5)
    with tallied([str(number % 7) for number in range(40)], a_treatment("integer", unique=True)) as tally:
        fault = repeats(tally)
        assert fault is not None

        assert (fault.count, fault.rows) == (33, (7, 8, 9))


def test_text_is_told_apart_by_numbers_that_stand_for_it() -> None:
    with tallied(["oak", "elm", "oak"], a_treatment("string", unique=True)) as tally:
        fault = repeats(tally)
        assert fault is not None

        assert (fault.count, fault.rows) == (1, (2,))


def test_values_that_are_wide_are_told_apart_too() -> None:
    with tallied(["9" * 30, "8" * 30, "9" * 30], a_treatment("integer", is_wide=True, unique=True)) as tally:
        fault = repeats(tally)
        assert fault is not None

        assert (fault.count, fault.rows) == (1, (2,))


@pytest.mark.parametrize(("texts", "record"), [
    (["1", "2"], {"unique": True}), (["1", "1"], {}), (["1", "1", "x"], {"unique": True}), ([], {"unique": True}),
], ids=["none", "not asked for", "wrong types first", "no rows"])
def test_there_is_nothing_to_tell_of_repeats(texts: list[str], record: dict[str, object]) -> None:
    with tallied(texts, a_treatment("integer", **record)) as tally:
        assert repeats(tally) is None


# Formulas


@pytest.mark.parametrize(("texts", "kind", "expected"), [
    (["=1", "x", "=1", "@y"], None, 3), (["-1", "-2"], None, 0), (["=1", "2"], "integer", 0), (["oak"], None, 0), ([], None, 0),
    (["=1", "a", "b", "c", "d", "=1"], None, 2),
], ids=["counted", "numbers", "wrong numbers", "none", "no rows", "on disk"])
def test_cells_that_a_spreadsheet_would_run_are_counted_in_text(texts: list[str], kind: ColumnType | None,
                                                                expected: int) -> None:
    with tallied(texts, a_treatment(kind)) as tally:
        assert formulas(tally) == expected


# Keys of whole files


def keyed(rows: Sequence[tuple[str, str]]) -> list[str]:
    """What is said of the primary key of a large file."""
    report = in_portions(a_file([list(row) for row in rows]), key=("c0", "c1"))
    return [problem.says for problem in report.problems if problem.code == "row-repeated"]


def test_a_key_of_more_rows_than_can_be_loaded_is_counted_exactly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "MOST_LOADED", 7)

    assert keyed([(str(number % 10), "a") for number in range(40)]) == [
        "30 rows have the primary key of an earlier row (`c0` and `c1`; first: rows 11, 12, 13)"]


def test_repeated_rows_are_counted_exactly_however_many_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "MOST_LOADED", 7)
    found: TableProfile | None = in_portions(a_file([[str(number % 10), "a"] for number in range(40)])).profile
    assert found is not None

    assert found.repeated_rows == 30
