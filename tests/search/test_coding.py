"""Numbers and words come back as they were written."""

import zlib
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.search.coding import deflated, dividers, front_coded, varint, varints, with_header
from search.reading_index import Bytes

NUMBER = st.integers(min_value=0, max_value=2**35 - 1)
LETTERS = st.characters(exclude_categories=["Cs"])
LETTERS_OR_DIGITS = st.characters(categories=["L", "N"])
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=8), max_size=30)


@dataclass
class ARun:
    """A run of words."""

    first: str
    last: str


@pytest.mark.parametrize(
    ("number", "body"),
    [(0, b"\0"), (1, b"\1"), (127, b"\x7f"), (128, b"\x80\1"), (300, b"\xac\2"), (2**14, b"\x80\x80\1"),
     (2**35 - 1, b"\xff\xff\xff\xff\x7f")],
    ids=str,
)
def test_a_number_is_written_in_groups_of_seven_bits(number, body):
    assert varint(number) == body


@given(NUMBER)
def test_a_number_comes_back(number):
    assert Bytes(varint(number)).varint() == number


@given(st.lists(NUMBER, max_size=40))
def test_many_numbers_are_written_as_each_is(numbers):
    body, starts = varints(np.array(numbers, dtype=np.int64))

    assert body == b"".join(map(varint, numbers))
    assert [Bytes(body, start).varint() for start in starts[:-1]] == numbers
    assert starts[-1] == len(body)


@given(WORDS)
def test_words_come_back(words):
    reader = Bytes(front_coded(words))

    assert reader.words(len(words)) == words
    assert reader.is_at_end


def test_words_say_only_how_they_differ_from_the_one_before():
    assert front_coded(["tree", "trees", "truck"]) == b"\0\4tree\4\1s\2\3uck"


def test_what_words_share_is_counted_as_a_browser_counts():
    assert front_coded(["𠀀𠀁", "𠀀𠀂"])[-6:-4] == b"\2\4"


@given(st.sets(st.text(LETTERS_OR_DIGITS, min_size=1, max_size=6), min_size=1), st.integers(1, 5))
def test_a_word_is_in_the_last_run_whose_divider_is_not_above_it(words, size):
    ordered = sorted(words)
    cut = [ordered[at:at + size] for at in range(0, len(ordered), size)]
    starts = dividers([ARun(run[0], run[-1]) for run in cut]).split("\n")

    assert all(sum(start <= word for start in starts) == nth + 1 for nth, run in enumerate(cut) for word in run)


def test_dividers_are_no_longer_than_they_must_be():
    runs = [ARun("alley", "street"), ARun("streetlight", "trash"), ARun("tree", "zoning")]

    assert dividers(runs) == "a\nstreetl\ntre"


def test_no_runs_have_no_dividers():
    assert dividers([]) == ""


@given(st.dictionaries(st.text(LETTERS, max_size=5), st.integers(0, 2**40), max_size=3), st.binary(max_size=20))
def test_a_header_stands_before_the_rest(header, rest):
    reader = Bytes(with_header(header) + rest)

    assert reader.header() == header
    assert reader.take(len(rest)) == rest


@given(st.lists(st.binary(max_size=200), max_size=4))
def test_columns_are_inflated_as_one_run_of_bytes(columns):
    assert zlib.decompress(deflated(*columns)) == b"".join(columns)

@given(st.lists(st.text("abé", max_size=5) | st.text("ab", min_size=60, max_size=70), max_size=8))
def test_what_plain_words_share_is_found_as_of_any_others(words):
    mixed = front_coded([*words, "𠀀"])      # one that is not plain, so that each is looked at by itself

    assert mixed.startswith(front_coded(words))
