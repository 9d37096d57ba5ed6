"""What people get wrong hardly matters: typing errors, half-typed words, plurals, the order of words."""

import random

import pytest
from hypothesis import given, strategies as st

from search.known_items import (
    VARIANTS,
    edited,
    known_items,
    mean_reciprocal_ranks,
    plural_swapped,
    reciprocal_rank,
    truncated,
)
from search.searched_cities import philadelphia, titles

AT_LEAST = 0.97          # of what the clean questions reach


@pytest.mark.npm
def test_datasets_of_philadelphia_are_found_however_their_titles_are_mistyped(inputs):
    city = philadelphia(inputs)
    figures = mean_reciprocal_ranks(city.index(), known_items(titles(city), 200, seed=1))

    assert {name: figure for name, figure in figures.items() if figure < AT_LEAST * figures["clean"]} == {}


def test_the_same_seed_asks_the_same_questions():
    given = {"a": "Street tree inventory", "b": "Crime incidents", "c": "Zoning"}

    assert known_items(given, 2, seed=3) == known_items(given, 2, seed=3)


def test_a_title_with_one_telling_word_takes_no_part():
    items = known_items({"a": "The 311", "b": "Zoning of 2019", "c": "Crime incidents"}, 5, seed=1)

    assert [item.id for item in items] == ["c"]


def test_every_question_is_asked_in_every_way():
    (item,) = known_items({"a": "Crime incidents"}, 1, seed=1)

    assert tuple(item.questions) == VARIANTS
    assert item.questions["clean"] == "crime incidents"
    assert item.questions["truncated"] == "crime incide"
    assert item.questions["reversed"] == "incidents crime"


@given(st.text("abcdef", min_size=4, max_size=12), st.integers())
def test_an_edit_makes_another_word_that_is_one_letter_longer_or_shorter_at_most(word, seed):
    made = edited(word, random.Random(seed))

    assert made != word
    assert abs(len(made) - len(word)) <= 1


@pytest.mark.parametrize(("word", "beginning"), [("incidents", "incide"), ("tree", "tre"), ("map", "map")], ids=str)
def test_a_half_typed_word_keeps_three_fifths_and_three_letters_at_least(word, beginning):
    assert truncated(word) == beginning


@pytest.mark.parametrize(
    ("one", "other"),
    [("tree", "trees"), ("trees", "tree"), ("city", "cities"), ("cities", "city"), ("bus", "buses"), ("buses", "bus"),
     ("branches", "branch"), ("survey", "surveys"), ("census", "censuses"), ("address", "addresses")],
    ids=str,
)
def test_a_plural_is_taken_or_given(one, other):
    assert plural_swapped(one) == other


@pytest.mark.parametrize(("found", "rank"), [(["a", "b"], 1.0), (["b", "a"], 0.5), (["b"], 0.0), (["b"] * 10 + ["a"], 0.0)],
                         ids=["first", "second", "not there", "eleventh"])
def test_the_reciprocal_rank_counts_the_first_ten(found, rank):
    assert reciprocal_rank(found, "a") == rank
