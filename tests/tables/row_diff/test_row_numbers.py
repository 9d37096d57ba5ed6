"""Digests, shares on disk, matching and sampling: what large tables are compared by."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, strategies as st

from cityfolio.model.review import RowsDiff
from cityfolio.tables.row_diff import large, sampled
from cityfolio.tables.row_diff.digests import AT_ONCE, Lane, cell_digests, lanes, row_digests
from cityfolio.tables.row_diff.matching import matched
from cityfolio.tables.row_diff.sampled import SampledRows, SampledValues
from cityfolio.tables.row_diff.shares import HELD_BYTES, SHARES, Shares
from tables.row_diff.making_diffs import LARGE, PLAIN, compared, counts

ONE, OTHER = lanes(("0a", "0b"))
LONG = st.sampled_from(("x" * 255, "x" * 256, "x" * 257, "y" * 700))
TEXTS = st.lists(st.text(st.sampled_from("a\0ä🌳"), max_size=40) | LONG, max_size=30)


def digests(texts: list[str | None], lane: Lane = ONE, *, blanks: bool = False) -> list[int]:
    return cell_digests(pa.array(texts, pa.string()), lane, blanks=blanks).tolist()


@given(texts=TEXTS)
def test_texts_have_one_number_when_they_are_one_text(texts: list[str]):
    found = digests([*texts])

    assert [found.index(each) for each in found] == [texts.index(each) for each in texts]


@given(texts=TEXTS, above=TEXTS)
def test_the_number_of_a_text_does_not_depend_on_what_stands_around_it(texts: list[str], above: list[str]):
    array = pa.array([*above, *texts], pa.string())

    assert cell_digests(array.slice(len(above)), ONE, blanks=False).tolist() == [digests([each])[0] for each in texts]


def test_more_texts_than_are_worked_on_at_once_have_their_own_numbers():
    texts: list[str | None] = [f"T-{number}" for number in range(AT_ONCE + 5)]

    assert len(set(digests(texts))) == AT_ONCE + 5
    assert digests(texts)[-1] == digests(texts[-1:])[0]


def test_no_value_is_no_text_unless_an_empty_text_stands_for_it():
    assert len(set(digests([None, ""]))) == 2
    assert len(set(digests([None, ""], blanks=True))) == 1


def test_numbers_are_the_same_in_every_run():
    assert digests(["oak", "Main Street 12", "x" * 300]) == [
        9329932387294332184, 13897589638792640818, 15459305118930058199]


def test_like_texts_have_numbers_as_different_as_chance_makes_them():
    found = np.array(digests([f"SR-{number:08}" for number in range(200_000)]), np.uint64)

    # Of 200,000 numbers of 32 bits about five are met again.
    assert len(np.unique(found & np.uint64(2**32 - 1))) > 199_980
    assert len(np.unique(found >> np.uint64(32))) > 199_980


def test_numbers_start_elsewhere_for_other_files_and_in_the_other_lane():
    found = {digests(["oak"], lane)[0] for lane in (ONE, OTHER, *lanes(("0a", "0c")))}

    assert len(found) == 4


def test_rows_are_told_apart_by_the_order_of_their_cells():
    one, other = (cell_digests(pa.array(texts), ONE, blanks=False) for texts in (["oak", "elm", "oak"], ["elm", "oak", "elm"]))

    first, second, third = row_digests([one, other], ONE, 3).tolist()

    assert first == third != second


def test_rows_come_back_from_disk_by_share_in_their_order():
    numbers = np.random.default_rng(7).integers(0, 2**64, HELD_BYTES // 16 + 1_000, np.uint64)
    rows = np.stack([numbers, np.arange(len(numbers), dtype=np.uint64)], axis=1)
    shares = Shares(2)
    for piece in np.array_split(rows, 7):
        shares.add(piece)

    found = [shares.share(number) for number in range(SHARES)]
    shares.close()

    assert shares.rows == len(rows)
    assert all((each[:, 0] >> np.uint64(56) == number).all() for number, each in enumerate(found))
    assert all((np.diff(each[:, 1].astype(np.int64)) > 0).all() for each in found)
    assert np.array_equal(np.sort(np.concatenate(found)[:, 1]), rows[:, 1])


def test_shares_of_no_rows_are_empty():
    shares = Shares(3)

    assert shares.share(0).shape == (0, 3)
    shares.close()


@given(before=st.lists(st.integers(0, 5)), after=st.lists(st.integers(0, 5)))
def test_equal_rows_are_matched_the_first_with_the_first(before: list[int], after: list[int]):
    olds, news = (np.array([divmod(each, 3) for each in numbers], np.uint64).reshape(-1, 2) for numbers in (before, after))

    found = matched(olds, news)

    pairs = [(at, [place for place, other in enumerate(after) if other == each][before[:at].count(each)])
             for at, each in enumerate(before) if before[:at].count(each) < after.count(each)]
    assert sorted(zip(found.old.tolist(), found.new.tolist(), strict=True)) == pairs
    assert sorted([*found.old.tolist(), *found.old_alone.tolist()]) == list(range(len(before)))
    assert sorted([*found.new.tolist(), *found.new_alone.tolist()]) == list(range(len(after)))
    assert found.has_repeats == (len({*before}) < len(before) or len({*after}) < len(after))
    assert found.is_single.tolist() == [before.count(before[at]) == after.count(before[at]) == 1 for at in found.old.tolist()]


@pytest.mark.parametrize("seed", range(5))
def test_two_samples_hold_the_same_rows_of_those_in_both(seed: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sampled, "MOST_ROWS", 50)
    numbers = np.random.default_rng(seed).integers(0, 2**64, 3_000, np.uint64)
    one, other = SampledRows(1), SampledRows(1)
    for piece in np.array_split(numbers, 3):
        one.add(piece, [piece])
    other.add(numbers[2_000:], [numbers[2_000:]])
    zeros = max(one.zeros, other.zeros)
    one.thin(zeros)
    other.thin(zeros)

    both = {*one.rows()[:, 0].tolist()} & {*numbers[2_000:].tolist()}
    assert len(one.rows()) <= 50
    assert both == {*other.rows()[:, 0].tolist()}


def test_of_very_many_values_a_share_is_counted():
    numbers = np.random.default_rng(7).integers(0, 2**64, 30_000, np.uint64)
    values = SampledValues()
    values.add(np.repeat(numbers, 2))

    assert 2_000 < len(values.counts) <= sampled.MOST_VALUES
    assert set(values.counts.values()) == {2}
    assert values.of(values.zeros + 1).keys() < values.counts.keys()


def test_rows_that_are_very_common_are_counted_without_sorting_them(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(large, "MOST_SORTED", 20)
    before = [("open", "kind"), *[("yes", "oak")] * 40, ("no", "elm"), *[("yes", "elm")] * 30,
              *((str(row), "fir") for row in range(9))]
    after = [before[0], *before[2:45], *[("no", "elm")] * 12, *before[50:]]

    in_portions, in_memory = (compared(before, after, asked=asked) for asked in (LARGE, PLAIN))

    assert in_portions == in_memory
    assert counts(in_portions) == (12, 6, 0)


def test_a_key_that_very_many_rows_share_is_none(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(large, "MOST_SORTED", 20)
    rows = [("open", "kind"), *[("yes", "oak")] * 40]

    assert compared(rows, rows, "open", asked=LARGE) == RowsDiff(by="content", before=40, after=40)
