"""Columns come back where they were made of the same, and nowhere else."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, strategies as st

from cityfolio.cache import Cache, NoCache
from cityfolio.search.kept_columns import digest_of_words, keep_columns, kept_columns

WORDS = st.lists(st.text("ab", min_size=1, max_size=2), max_size=4)
COLUMNS = st.lists(st.lists(st.integers(-1, 2**31 - 1), max_size=5), max_size=3)


@given(WORDS, COLUMNS, WORDS)
def test_columns_come_back_where_they_were_made_of_the_same(words, columns, others):
    with TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        keep_columns(cache, "key", digest_of_words(words), {"words": words}, [np.array(each, np.int64) for each in columns])
        found, of_others = (kept_columns(cache, "key", digest_of_words(each)) for each in (words, others))

    assert found is not None
    assert (found[0], [each.tolist() for each in found[1]]) == ({"words": words}, columns)
    assert (of_others is None) == (words != others)


@given(st.tuples(WORDS, WORDS), st.tuples(WORDS, WORDS))
def test_other_words_have_another_digest(some, others):
    assert (digest_of_words(*some) == digest_of_words(*others)) == (some == others)


def test_nothing_is_kept_without_a_cache():
    keep_columns(NoCache(), "key", b"", None, [])

    assert kept_columns(NoCache(), "key", b"") is None
