"""A document is found by what residents say for its words, and by compounds written the other way."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.cache import Cache
from cityfolio.search.documents import MATCHES
from cityfolio.search.impacts import counts_of
from cityfolio.search.kin import PART, SAID_OTHERWISE, WHOLE, compounds_of, otherwise_said, sums_of, with_compounds
from cityfolio.search.occurrences import words_of
from search.making_documents import a_document

FLAT = np.ones((9, 7))      # every occurrence adds 1


def counted(*documents, norm=FLAT):
    """The words of some documents, their occurrences, and a count for each, with every word its own term."""
    words = words_of(documents)
    (found,) = words.portions()
    return words.vocabulary, found, counts_of(found, found.word, norm)


def otherwise(said, *documents, norm=FLAT):
    """What is added for what people say, as {(word or its number, document): amount}; new words are numbers from 100."""
    vocabulary, found, counts = counted(*documents, norm=norm)
    number = {word: at for at, word in enumerate(vocabulary)}
    phrases = {tuple((number[word], step) for word, step in phrase): others for phrase, others in said.items()}
    made = otherwise_said(found, counts, phrases)
    assert set(made.match.tolist()) <= {MATCHES.index("otherwise")}
    return {(term, document): pytest.approx(amount) for term, document, amount in zip(
        made.term.tolist(), made.document.tolist(), made.amount.tolist(), strict=True)}


def compounds(*documents, norm=FLAT):
    """What compounds add, as sorted (word, document, amount)."""
    vocabulary, found, counts = counted(*documents, norm=norm)
    made = with_compounds(found, counts, compounds_of(vocabulary), np.arange(len(vocabulary)))
    added = made[np.arange(len(made.term)) >= len(counts.term)]
    return sorted(zip([vocabulary[term] for term in added.term.tolist()], added.document.tolist(), added.amount.tolist(),
                      strict=True))


def test_a_word_is_said_otherwise():
    assert otherwise({(("solid", 0),): ((100,),)}, a_document("Solid waste"), a_document("Trees")) == {(100, 0): SAID_OTHERWISE}


def test_a_phrase_is_found_where_its_words_stand_side_by_side():
    said = {(("solid", 0), ("waste", 1)): ((100,),)}

    assert otherwise(said, a_document("Solid waste"), a_document("Waste solid"), a_document("Solid wood waste")) == {
        (100, 0): SAID_OTHERWISE}


def test_a_word_left_out_of_a_phrase_has_kept_its_place():
    said = {(("bureau", 0), ("prisons", 2)): ((100,),)}

    assert otherwise(said, a_document("Bureau of prisons"), a_document("Bureau prisons")) == {(100, 0): SAID_OTHERWISE}


def test_a_phrase_may_start_with_a_word_that_is_left_out():
    said = {(("bureau", 1), ("prisons", 2)): ((100,),)}

    assert otherwise(said, a_document("The bureau prisons")) == {(100, 0): SAID_OTHERWISE}


def test_a_phrase_does_not_run_from_one_document_into_the_next():
    assert otherwise({(("solid", 0), ("waste", 1)): ((100,),)}, a_document("Solid"), a_document("Waste")) == {}


def test_a_phrase_does_not_run_from_one_text_into_the_next():
    assert otherwise({(("solid", 0), ("waste", 1)): ((100,),)}, a_document("Solid", text="waste")) == {}


def test_a_phrase_counts_as_much_as_its_least_word():
    norm = np.array([[3.0, 1, 1, 1, 1, 1, 1]])
    said = {(("solid", 0), ("waste", 1)): ((100,),), (("solid", 0),): ((101,),)}

    assert otherwise(said, a_document("Solid", text="solid waste"), norm=norm) == {
        (100, 0): SAID_OTHERWISE, (101, 0): 3 * SAID_OTHERWISE}


def test_what_is_said_in_two_words_is_shared_by_them():
    assert otherwise({(("trash", 0),): ((100, 101),)}, a_document("Trash")) == {
        (100, 0): SAID_OTHERWISE / 2, (101, 0): SAID_OTHERWISE / 2}


def test_of_several_ways_to_say_a_word_the_one_that_counts_most_is_taken():
    said = {(("vacant", 0),): ((100,),), (("blight", 0),): ((100,),)}

    assert otherwise(said, a_document("Vacant blight vacant")) == {(100, 0): SAID_OTHERWISE}


def test_where_nothing_is_said_nothing_is_added():
    assert otherwise({}, a_document("Trees")) == {}


def test_two_words_side_by_side_are_found_as_one():
    assert compounds(a_document("Street light"), a_document("Streetlight"))[-1] == ("streetlight", 0, WHOLE)


def test_one_word_is_found_as_its_two():
    assert compounds(a_document("Street light"), a_document("Streetlight"))[:2] == [("light", 1, PART), ("street", 1, PART)]


def test_words_that_stand_apart_are_no_compound():
    assert ("streetlight", 0, WHOLE) not in compounds(a_document("Street", text="light"), a_document("Streetlight"))


@pytest.mark.parametrize("title", ["Carpet", "Car pet", "Firearm"], ids=["short halves", "halves themselves", "a short half"])
def test_short_words_make_no_compound(title):
    assert [each for each in compounds(a_document(title), a_document("Car pet fire arm")) if each[2] == PART] == []


def test_a_compound_counts_as_much_as_the_lesser_of_its_words():
    norm = np.array([[3.0, 1, 1, 1, 1, 1, 1], [1.0] * 7])
    vocabulary, found, counts = counted(a_document("Street light"), a_document("Streetlight"), norm=norm)
    counts.amount[1] = 0.5
    made = with_compounds(found, counts, compounds_of(vocabulary), np.arange(3))

    assert made.amount[3] == 0.5 * WHOLE


def test_of_several_ways_to_part_a_word_the_even_one_is_taken():
    known = compounds_of(["waterfallside", "waterfall", "side", "water", "fallside"])

    assert known.halves[0].tolist() in ([3, 4], [1, 2])
    assert compounds_of(["waterworks", "water", "works", "wate", "rworks"]).halves[0].tolist() == [1, 2]


def test_numbers_are_no_compounds():
    assert (compounds_of(["20192020", "2019", "2020"]).halves == -1).all()


@given(st.lists(st.text("abé漢𝕏", min_size=1, max_size=4), unique=True, max_size=12))
def test_every_pair_of_words_that_is_a_word_is_likely_one(words):
    ones, others = np.divmod(np.arange(len(words) ** 2), max(len(words), 1))
    likely = sums_of(words).likely(ones, others)

    assert set(likely) >= {at for at, (one, other) in enumerate(zip(ones, others, strict=True))
                           if words[one] + words[other] in words}


def test_hardly_any_other_pair_is_likely_a_word():
    words = [f"{one}{other}" for one in ("street", "light", "tree", "park") for other in "abcdefgh"]
    ones, others = np.divmod(np.arange(len(words) ** 2), len(words))

    assert sums_of(words).likely(ones, others).tolist() == []


@given(st.lists(st.lists(st.sampled_from(["street", "light", "streetlight", "water", "waterstreet"]), unique=True), min_size=2,
                max_size=3))
def test_compounds_are_those_of_a_clean_build(builds):
    with TemporaryDirectory() as folder:
        found = [compounds_of(words, Cache(Path(folder))).halves.tolist() for words in builds for _ in range(2)]

    assert found == [compounds_of(words).halves.tolist() for words in builds for _ in range(2)]
