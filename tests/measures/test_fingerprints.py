"""Which row of a closed period is not as it was, told from sums alone."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings, strategies as st

from cityfolio.measures import fingerprints
from cityfolio.measures.fingerprints import BUCKETS, PRIME, Moved, Rows, changed_buckets, hash_of, moved_in_all, summed, times
from measures.closed_cities import CLOSED_ROWS, KEYED, KEYLESS, a_city_of_rows, closed, with_rows
from measures.making import measured_city

NUMBER = st.integers(0, PRIME - 1)
LINE = re.compile(r"requests\.csv:(\d+)")
KINDS, DAYS, DISTRICTS = ("POTHOLE", "SIGN"), ("1", "2", "3", "4", "9", ""), ("north", "south", "")
DATES = ("2026-03-01", "2026-03-31", "2026-04-02", "2026-04-30", "2026-05-15")
CELLS = st.tuples(st.sampled_from(KINDS), st.sampled_from(DATES), st.sampled_from(DAYS), st.sampled_from(DISTRICTS))
TABLE = st.lists(CELLS, min_size=1, max_size=25)


def told(rows: str, after: str, dataset: str) -> list[str]:
    """What is said of closed periods when rows become others."""
    files = closed(a_city_of_rows(rows=rows, dataset=dataset))
    return [each.says for each in measured_city(with_rows(files, after)).problems]


def lines_of(table: list[tuple[str, ...]]) -> list[str]:
    return [",".join((f"k{number}", *cells)) + "\n" for number, cells in enumerate(table)]


def the_sums(pairs: dict[int, int]) -> fingerprints.Sums:
    rows = Rows(periods=np.zeros(len(pairs), np.int64), keys=np.array([*pairs], np.uint64),
                hashes=np.array([*pairs.values()], np.uint64))
    return summed(rows, 1)[0]


@given(left=NUMBER, right=NUMBER)
def test_products_are_those_of_whole_numbers(left: int, right: int) -> None:
    assert int(times(np.array([left], np.uint64), np.array([right], np.uint64))[0]) == left * right % PRIME


@given(pairs=st.dictionaries(NUMBER, NUMBER, max_size=40))
def test_sums_are_those_of_whole_numbers(pairs: dict[int, int]) -> None:
    expected = [(sum(h for k, h in pairs.items() if k % BUCKETS == bucket) % PRIME,
                 sum(k * h for k, h in pairs.items() if k % BUCKETS == bucket) % PRIME,
                 sum(h * h for k, h in pairs.items() if k % BUCKETS == bucket) % PRIME) for bucket in range(BUCKETS)]

    assert list(the_sums(pairs)) == expected


@given(pairs=st.dictionaries(NUMBER, NUMBER, max_size=40))
def test_sums_are_read_as_they_are_written(pairs: dict[int, int]) -> None:
    assert fingerprints.read(fingerprints.written(the_sums(pairs))) == the_sums(pairs)


@pytest.mark.parametrize("text", ["", "AAAA", "?", "é", "A" * 257])
def test_what_was_not_written_as_sums_is_none(text: str) -> None:
    assert fingerprints.read(text) is None


@given(pairs=st.dictionaries(NUMBER, NUMBER, max_size=40), key=NUMBER, before=NUMBER, after=NUMBER)
def test_the_one_row_that_changed_in_a_bucket_is_found(pairs: dict[int, int], key: int, before: int, after: int) -> None:
    assume(before != after)

    found = list(changed_buckets(the_sums({**pairs, key: before}), the_sums({**pairs, key: after})))

    assert found == [(key % BUCKETS, Moved(key=key, before=before, after=after))]


def test_two_rows_that_changed_in_one_bucket_look_like_none() -> None:
    keys = [hash_of(f"{number}") // BUCKETS * BUCKETS for number in range(9)]
    then = {key: hash_of(f"then {key}") for key in keys}

    ((_, found),) = changed_buckets(the_sums(then), the_sums({**then, keys[0]: 17, keys[1]: 18}))

    assert found is not None
    assert found.key not in keys


def test_a_row_that_came_between_others_is_found_by_what_it_holds() -> None:
    then = {number: hash_of(f"row {number}") for number in range(1, 9)}
    now = {1: then[1], 2: 17, **{number + 1: then[number] for number in range(2, 9)}}

    assert moved_in_all(the_sums(then), the_sums(now)) == Moved(key=None, before=0, after=17)


@pytest.mark.parametrize("dataset", [KEYED, KEYLESS], ids=["with a primary key", "without one"])
@given(table=TABLE, cells=CELLS, data=st.data())
@settings(max_examples=20)
def test_the_row_of_which_one_cell_changed_is_named_and_no_other(dataset: str, table: list[tuple[str, ...]],
                                                                 cells: tuple[str, ...], data: st.DataObject) -> None:
    number, column = data.draw(st.integers(0, len(table) - 1)), data.draw(st.integers(0, 3))
    after = lines_of(table)
    after[number] = ",".join((f"k{number}", *(new if at == column else old for at, (old, new) in
                                              enumerate(zip(table[number], cells, strict=True))))) + "\n"
    found = told("".join(lines_of(table)), "".join(after), dataset)
    assume(found)

    assert {line for says in found for line in LINE.findall(says)} == {str(number + 2)}


@given(table=TABLE, cells=CELLS, data=st.data())
@settings(max_examples=20)
def test_with_a_primary_key_rows_may_stand_in_any_order(table: list[tuple[str, ...]], cells: tuple[str, ...],
                                                       data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(table) - 1))
    after = lines_of(table)
    changed = after[number] = ",".join((f"k{number}", *cells)) + "\n"
    after = data.draw(st.permutations(after))
    found = told("".join(lines_of(table)), "".join(after), KEYED)
    assume(found)

    assert {line for says in found for line in LINE.findall(says)} == {str(after.index(changed) + 2)}


@given(table=TABLE, cells=CELLS, data=st.data())
@settings(max_examples=20)
def test_without_a_key_a_row_that_came_between_others_is_named_or_one_like_it(
        table: list[tuple[str, ...]], cells: tuple[str, ...], data: st.DataObject) -> None:
    number, before = data.draw(st.integers(0, len(table))), ["x" + line[line.index(","):] for line in lines_of(table)]
    line = ",".join(("x", *cells)) + "\n"
    after = [*before[:number], line, *before[number:]]
    found = told("".join(before), "".join(after), KEYLESS)
    assume(found)

    assert {after[int(each) - 2] for says in found for each in LINE.findall(says)} == {line}


def test_rows_whose_place_changed_and_nothing_else_are_no_change() -> None:
    rows = lines_of([("POTHOLE", "2026-03-01", "1", "north"), ("POTHOLE", "2026-03-02", "9", "south")])

    assert told("".join(rows), "".join(reversed(rows)), KEYLESS) == []


def test_of_several_rows_of_one_bucket_lines_are_named() -> None:
    table = [("POTHOLE", "2026-03-01", "1", "north")] * 200
    after = [("POTHOLE", "2026-03-01", "9", "north")] * 200

    (says,) = told("".join(lines_of(table)), "".join(lines_of(after)), KEYED)

    assert "more than one row changed, came or went among these " in says
    assert " the first 10 of them: datasets/requests/requests.csv:" in says


def test_a_period_without_a_fingerprint_is_told_without_a_row() -> None:
    files = closed(a_city_of_rows())
    files[CLOSED_ROWS] = "period,rows,fingerprint\n2026-03,2,nonsense\n"

    (found,) = measured_city(with_rows(files, "a,POTHOLE,2026-03-02,9,north\n" + "".join(
        str(files["datasets/requests/requests.csv"]).splitlines(keepends=True)[2:]))).problems

    assert found.says.endswith("which row changed cannot be told, because closed-rows.csv says nothing of this period")


def test_several_rows_that_are_gone_are_counted() -> None:
    rows = "a,POTHOLE,2026-03-02,1,north\nb,POTHOLE,2026-03-09,5,south\nc,POTHOLE,2026-03-10,5,south\n"

    assert told(rows, "", KEYED)[0].endswith("; 3 rows of datasets/requests/requests.csv that were counted are gone")
