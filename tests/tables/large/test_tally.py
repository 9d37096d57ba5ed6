"""A column is counted while it has few different values, and goes to disk when it has many; nothing is lost on the way."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from cityfolio.tables.exports.formulas import is_formula_like
from cityfolio.tables.large import tally as module
from cityfolio.tables.large.letters import fingerprints
from cityfolio.tables.large.tally import Tally
from cityfolio.tables.table import Cell
from tables.large.making_large import EMPTY, a_treatment, tallied

CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(), st.sampled_from(["", "NA", "1", "2", "oak", "elm", "-1", "1.5", "2026-01-01"]))


@given(st.lists(CELLS, max_size=40), st.sampled_from([0, 2, 100]), st.integers(1, 9))
def test_every_row_has_a_value_or_has_none(texts: list[Cell], counted: int, rows: int) -> None:
    with tallied(texts, counted=counted, rows=rows) as tally:
        assert (tally.rows, tally.without) == (len(texts), sum(text in EMPTY for text in texts))


@given(st.lists(CELLS, max_size=40), st.integers(1, 9))
def test_few_different_values_are_counted(texts: list[Cell], rows: int) -> None:
    with tallied(texts, counted=100, rows=rows) as tally:
        assert tally.counts == Counter(text for text in texts if text not in EMPTY)


@given(st.lists(CELLS, min_size=1, max_size=40), st.sampled_from([0, 2, 100]), st.integers(1, 9))
def test_a_portion_is_told_which_rows_lack_a_value_and_what_stands_for_each(texts: list[Cell], counted: int, rows: int) -> None:
    with tallied(texts, counted=counted, rows=rows) as tally:
        missing, marks = tally.add(pa.array(texts, pa.string()))

        assert missing.tolist() == [text in EMPTY for text in texts]
        assert marks.tolist() == fingerprints(pa.array(texts, pa.string())).tolist()


def test_the_first_value_too_many_brings_all_to_disk() -> None:
    with tallied(["1", "2", "2", "3", "4", "5"], rows=2) as tally:
        assert tally.counts is None
        assert (tally.kind, sorted(tally.spill.load().tolist())) == ("integer", [1, 2, 2, 3, 4, 5])


def test_text_is_kept_as_numbers_that_stand_for_it_with_its_lengths_and_extremes() -> None:
    with tallied(["oak", "elm", "ash", "maple", "oak", ""]) as tally:
        assert (tally.kind, len(set(tally.spill.load().tolist())), tally.spill.rows) == ("string", 4, 5)
        assert (dict(tally.lengths), tally.extremes) == ({3: 4, 5: 1}, ("ash", "oak"))


def test_lengths_count_characters_and_extremes_go_by_code_point() -> None:
    with tallied(["é", "Z", "😀", "ab", "z"]) as tally:
        assert (dict(tally.lengths), tally.extremes) == ({1: 4, 2: 1}, ("Z", "😀"))


def test_whole_numbers_that_turn_out_to_be_decimal_ones_are_kept() -> None:
    with tallied(["1", "2", "3", "4", "5.5", "6", "7.25"]) as tally:
        assert (tally.kind, tally.is_left) == ("number", False)
        assert (tally.spill.decimals, sorted(tally.spill.load().tolist())) == (2, [100, 200, 300, 400, 550, 600, 725])


@pytest.mark.parametrize("later", ["oak", "2026-01-01", "007", "+5"])
def test_numbers_that_turn_out_to_be_something_else_have_to_be_gone_through_again(later: str) -> None:
    with tallied(["1", "2", "3", "4", later, "6"]) as tally:
        assert (tally.kind, tally.is_left, tally.is_wide) == ("string", True, False)


@pytest.mark.parametrize("texts", [
    ["1", "2", "3", "4", "9" * 30], ["2026-01-01T10:00-05:00", "2026-01-02T10:00-05:00", "2026-01-03T10:00-05:00",
                                     "2026-01-04T10:00-05:00", "2026-07-01T10:00-04:00"],
], ids=["beyond 64 bits", "at several offsets"])
def test_values_that_have_no_place_on_one_line_are_sampled_in_another_pass(texts: list[str]) -> None:
    with tallied(texts) as tally:
        assert (tally.is_left, tally.is_wide) == (True, True)


def test_a_wide_column_is_sampled_evenly_and_its_values_told_apart_by_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SAMPLED", 10)
    texts = [f"{at}{'0' * 30}" for at in range(1, 101)]
    with tallied(texts, a_treatment("number", is_wide=True), rows=7) as tally:
        assert tally.marks is not None
        assert (tally.every, tally.sample) == (16, texts[::16])
        assert len(set(tally.marks.load().tolist())) == 100


@given(st.integers(1, 60), st.integers(1, 9), st.integers(1, 9))
def test_a_sample_is_every_nth_value(rows: int, portion: int, most: int) -> None:
    texts = [f"{at}{'0' * 30}" for at in range(1, rows + 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SAMPLED", most)
        with tallied(texts, a_treatment("number", is_wide=True), rows=portion) as tally:
            assert len(tally.sample) <= most
            assert tally.sample == texts[:: tally.every]


def test_a_column_without_a_value_stays_counted() -> None:
    with tallied(["", None, "NA", "", ""]) as tally:
        assert (tally.counts, tally.without, tally.kind) == (Counter(), 5, None)


def test_a_unique_column_goes_to_disk_at_once_so_that_rows_can_be_traced() -> None:
    with tallied(["1", "", "2"], a_treatment("integer", unique=True), counted=100) as tally:
        assert (tally.counts, tally.spill.load().tolist()) == (None, [1, 2])


@given(st.lists(st.sampled_from(["", "NA", "1", "2", "3"]), min_size=1, max_size=30), st.integers(1, 7))
def test_the_row_of_a_value_counts_the_rows_without_one(texts: list[str], rows: int) -> None:
    filled = [row for row, text in enumerate(texts) if text not in EMPTY]
    with tallied(texts, a_treatment("integer", unique=True), rows=rows) as tally:
        assert [tally.row_of(at) for at in range(len(filled))] == filled


FORMULAS = st.sampled_from(["=1+1", "+1-704", "-5", "-", "@x", "oak", "", "\tx", "é", "NA"])


@given(st.lists(FORMULAS, max_size=30), st.sampled_from([0, 2]), st.integers(1, 9))
def test_cells_that_a_spreadsheet_would_run_are_counted_on_the_way_to_disk(texts: list[str], counted: int, rows: int) -> None:
    with tallied(texts, a_treatment("string"), counted=counted, rows=rows) as tally:
        on_the_way = sum(map(is_formula_like, texts))

        assert tally.counts is not None or tally.formulas == on_the_way


@pytest.mark.parametrize("written", ["1", "01", "1.0", "1e0"])
def test_a_settled_type_is_not_found_out_anew(written: str) -> None:
    with tallied(["1", "2", "3", "4", written], a_treatment("number")) as tally:
        assert (tally.kind, tally.is_left) == ("number", False)
        assert sorted(tally.spill.load().tolist())[:2] == [10 ** tally.spill.decimals] * 2


def test_texts_that_are_not_of_a_settled_type_have_no_place_and_are_faults() -> None:
    with tallied(["1", "2", "3", "4", "oak", "6"], a_treatment("integer")) as tally:
        assert tally.spill.load().tolist() == [1, 2, 3, 4, 6]
        assert [(fault.count, fault.rows) for fault in tally.checks.faults.values()] == [(1, (4,))]


def test_a_tally_gives_back_what_lies_on_disk() -> None:
    tally = Tally(a_treatment("number", is_wide=True), EMPTY)
    tally.add(pa.array(["1", "2"], pa.string()))
    tally.close()
    assert tally.marks is not None

    with pytest.raises(ValueError, match="closed"):
        tally.marks.load()
