"""Words of one stem are one term, whoever says them."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from cityfolio.cache import Cache
from cityfolio.search.terms import Speech, orders_of, terms_of


def said(**phrases):
    """What a text says, with `_` for spaces, and what is asked for it."""
    return Speech(said={tuple(held.split("_")): tuple(tuple(other.split()) for other in others)
                        for held, others in phrases.items()})


def numbers(terms):
    """The terms of all words."""
    return terms.numbers(set(terms.words))


def test_words_of_one_stem_are_one_term():
    number = numbers(terms_of(["tree", "street", "trees"], Speech()))

    assert number["tree"] == number["trees"] != number["street"]


def test_words_of_texts_come_first_then_those_of_people_then_forms_then_common_words():
    terms = terms_of(["pothole"], said(pothole=["hole"]), ["ocean"])

    assert terms.words[:2] == ("pothole", "hole")
    assert set(terms.words[2:-1]) == {"potholes", "potholing", "holes", "holing"}
    assert terms.words[-1] == "ocean"
    assert terms.said == 2


def test_terms_of_common_words_alone_come_last():
    terms = terms_of(["tree"], said(tree=["oak"]), ["oaks", "ocean"])

    assert (terms.said_terms, terms.count) == (2, 3)
    assert numbers(terms)["oaks"] < terms.said_terms <= numbers(terms)["ocean"]


def test_a_word_is_there_once():
    terms = terms_of(["pothole", "hole"], said(pothole=["hole", "pothole"]), ["hole", "potholes"])

    assert len(terms.words) == len(set(terms.words)) == len(terms.of_word)


def test_terms_are_counted():
    terms = terms_of(["tree", "trees", "oak"], Speech())

    assert terms.count == len(set(terms.of_word.tolist())) == max(terms.of_word) + 1


def test_words_without_texts_are_no_terms():
    assert terms_of([], Speech()).count == 0


def test_phrases_are_in_terms_with_their_steps():
    speech = said(bureau_of_prisons=["jail", "house of correction"])
    terms = terms_of(["bureau", "of", "prisons"], speech)
    number = numbers(terms)

    assert terms.phrases(speech) == {
        ((number["bureau"], 0), (number["prisons"], 2)): ((number["jail"],), (number["house"], number["correction"]))}


@pytest.mark.parametrize("phrase", ["missing", "bureau_missing", "of_the"],
                         ids=["no text has it", "a part no text has", "stop words"])
def test_a_phrase_that_no_text_can_have_falls_out(phrase):
    speech = said(**{phrase: ["jail"]})

    assert terms_of(["bureau", "of", "the"], speech).phrases(speech) == {}


def test_a_stem_is_weak_when_one_of_its_words_is():
    terms = terms_of(["cities", "oak"], Speech())
    number = numbers(terms)

    assert terms.weak("en")[number["cities"]]
    assert not terms.weak("en")[number["oak"]]
    assert not terms.weak("de").any()


WORDS = st.lists(st.sampled_from(["tree", "trees", "élan", "oak", "311", "bicycle", "streetlight", "fjord"]), unique=True)


@given(st.lists(WORDS, min_size=2, max_size=3))
def test_terms_and_their_orders_are_those_of_a_clean_build(builds):
    speech = Speech(said={("oak",): (("hardwood",),)})
    with TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        kept = [terms_of(words, speech, ("ocean",), cache) for words in builds for _ in range(2)]
        orders = [orders_of(each, cache) for each in kept for _ in range(2)]
    clean = [terms_of(words, speech, ("ocean",)) for words in builds for _ in range(2)]

    assert [told(each) for each in kept] == [told(each) for each in clean]
    assert [(each.forwards.tolist(), each.backwards.tolist()) for each in orders] == [
        (found.forwards.tolist(), found.backwards.tolist()) for found in map(orders_of, clean) for _ in range(2)]


def told(terms):
    """Terms as plain values."""
    return terms.words, terms.of_word.tolist(), terms.said, terms.said_terms, terms.count


def test_words_are_sorted_forwards_and_those_that_may_be_mistyped_backwards():
    terms = terms_of(["tree", "oak", "ash", "larch"], Speech(said={}))
    orders = orders_of(terms)

    assert [terms.words[at] for at in orders.forwards] == sorted(terms.words)
    assert [terms.words[at] for at in orders.backwards] == ["tree", "larch"]
