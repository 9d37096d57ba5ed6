"""Rows that were laid in runs come back by term, and of one term as they were laid."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.annex import Annex
from cityfolio.search import runs
from cityfolio.search.laid_columns import LaidColumns
from cityfolio.search.runs import Runs, stretches

TERMS = 7


def by_term(rows):
    """Rows in the order of their first number."""
    return sorted(rows, key=lambda row: row[0])


@given(st.lists(st.lists(st.tuples(st.integers(0, TERMS - 1), st.integers(0, 99)), max_size=12).map(by_term), max_size=4),
       st.sets(st.integers(0, TERMS)), st.integers(1, 5))
def test_rows_come_back_merged_whatever_is_read_at_once(laid, cuts, at_once):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "READ_AT_ONCE", at_once)
        made = Runs(TERMS, np.int32, np.int8)
        for rows in laid:
            made.lay(*(np.array([row[at] for row in rows], np.int64) for at in (0, 1)))
        found = [row for cut in (*sorted(cuts), TERMS) for row in zip(*(column.tolist() for column in made.before(cut)),
                                                                      strict=True)]

    assert found == by_term(row for rows in laid for row in rows)
    assert made.held.tolist() == [sum(term == at for rows in laid for term, _ in rows) for at in range(TERMS)]


def test_columns_come_back_as_they_were_laid():
    columns = [np.array([1, 2], np.int32), np.array([0.5], np.float32), np.zeros(0, np.int8)]

    assert [(each.dtype, each.tolist()) for each in LaidColumns(Annex(), columns).read()] == [
        (each.dtype, each.tolist()) for each in columns]


@given(st.lists(st.integers(0, 9), max_size=9), st.integers(1, 20))
def test_stretches_follow_one_another_from_the_first_term_to_the_last(sizes, at_once):
    found = stretches(np.cumsum([0, *sizes]), at_once)

    assert [number for one, two in found for number in range(one, two)] == list(range(len(sizes)))
    assert all(sum(sizes[one:two - 1]) < at_once for one, two in found)
