"""Keys, repeated rows, and columns that lack values together, as they would be counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.model.records import ColumnRecord
from cityfolio.tables import relations as module
from cityfolio.tables.columns import TypedColumn, typed_column
from cityfolio.tables.relations import Relations, distinct, relations, together

EMPTY = frozenset(("", None))
NO_RECORD = ColumnRecord()


def columns(*texts: Sequence[str]) -> list[TypedColumn]:
    """Columns a, b, c with these texts."""
    return [typed_column(name, each, NO_RECORD, EMPTY) for name, each in zip("abcdefgh", texts, strict=False)]


def found(*texts: Sequence[str]) -> Relations:
    """What is said of columns together."""
    return relations(columns(*texts), len(texts[0]), EMPTY)


def test_a_column_that_differs_in_every_row_is_a_key() -> None:
    assert found("1234", "aabb").keys == (("a",),)


def test_several_columns_may_each_be_a_key() -> None:
    assert found("1234", "wxyz").keys == (("a",), ("b",))


def test_without_a_key_two_columns_together_may_be_one() -> None:
    assert found("1122", "xyxy", "aaaa").keys == (("a", "b"),)


def test_a_pair_is_not_told_where_a_column_alone_is_enough() -> None:
    assert found("1122", "xyxy", "pqrs").keys == (("c",),)


def test_a_column_that_lacks_a_value_is_no_key() -> None:
    assert found(["1", "2", ""], "abb").keys == ()


def test_two_ways_to_write_a_number_are_one_value() -> None:
    assert found(["1", "1.0", "2", "2"], "aabc").keys == ()
    assert found(["1", "1.0", "2"], "xyx").keys == (("a", "b"),)
    assert distinct(columns(["1", "1.0", "2"])[0]) == 2


def test_pairs_are_not_tried_in_a_very_long_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_ROWS_FOR_PAIRS", 3)

    assert found("1122", "xyxy").keys == ()


def test_the_most_varied_pairs_are_tried_first_and_no_more_than_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAIRS_TRIED", 1)

    assert found("112233", "xyxyxy", "ppqqrr").keys == ()


def test_a_row_that_stands_there_before_is_counted_each_time() -> None:
    assert found("1112", "aaab").repeated_rows == 2


@pytest.mark.parametrize("texts", [("",), ("1",), ("1", "x")], ids=["no row", "one row", "one row of two"])
def test_of_less_than_two_rows_there_is_nothing_to_say(texts: tuple[str, ...]) -> None:
    assert found(*texts) == Relations()


def test_of_no_columns_there_is_nothing_to_say() -> None:
    assert relations([], 10, EMPTY) == Relations()


def test_columns_that_lack_values_in_the_same_rows_are_told() -> None:
    assert [(each.one, each.other, each.correlation) for each in found(
        ["", "", "3", "4"], ["", "", "x", "y"], "ppqq").missing_together] == [("a", "b", "1.00")]


def test_columns_that_never_lack_values_together_are_told() -> None:
    assert found(["", "", "3", "4"], ["p", "q", "", ""]).missing_together[0].correlation == "-1.00"


def test_columns_that_lack_values_by_chance_are_not_told() -> None:
    assert found(["", "", "3", "4"], ["", "q", "", "s"]).missing_together == ()


def test_a_column_that_lacks_every_value_is_compared_with_nothing() -> None:
    assert found(["", "", ""], ["", "b", "c"]).missing_together == ()


def test_the_strongest_come_first_and_only_some() -> None:
    both = dict.fromkeys(combinations("abcdefg", 2), 10)
    strongest = {**both, ("c", "d"): 20}

    assert [each.one for each in together(dict.fromkeys("abcdefg", 20), strongest, 100)] == ["c"]
    assert len(together(dict.fromkeys("abcdefg", 20), dict.fromkeys(both, 20), 100)) == module.MOST_TOGETHER


LACKING = st.lists(st.tuples(st.sampled_from(["", "x"]), st.sampled_from(["", "y"])), min_size=2, max_size=30)


@given(LACKING.filter(lambda rows: all({"", each} <= set(column) for each, column in zip("xy", zip(*rows, strict=True),
                                                                                         strict=True))))
def test_the_measure_is_the_correlation_of_zeros_and_ones(rows: list[tuple[str, str]]) -> None:
    one, other = zip(*rows, strict=True)
    expected = float(np.corrcoef([not each for each in one], [not each for each in other])[0, 1])
    told = found(one, other).missing_together

    assert [each.correlation for each in told] == [f"{expected:.2f}"] * (abs(expected) >= module.STRONG - 1e-9)


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=2, max_size=12))
def test_keys_are_keys_and_repeats_are_counted(rows: list[tuple[str, str, str]]) -> None:
    told = found(*map("".join, zip(*rows, strict=True)))

    assert all(len({tuple(row["abc".index(name)] for name in key) for row in rows}) == len(rows) for key in told.keys)
    assert told.repeated_rows == (0 if told.keys else len(rows) - len(set(rows)))
