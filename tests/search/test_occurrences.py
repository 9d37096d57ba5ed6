"""Every word of every document is there, with its field and place, whatever is worked on at once."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.search import occurrences
from cityfolio.search.documents import FIELDS
from cityfolio.search.occurrences import BREAK, words_of
from search.making_documents import a_document, some_documents


def spelled(words, found):
    """Some occurrences as (document, field, place, word)."""
    fields = list(FIELDS)
    return [(document, fields[field], place, words.vocabulary[word]) for document, field, place, word in zip(
        found.document.tolist(), found.field.tolist(), found.place.tolist(), found.word.tolist(), strict=True)]


def all_spelled(documents):
    """All occurrences of some documents."""
    words = words_of(documents)
    return [each for portion in words.portions() for each in spelled(words, portion)]


def test_words_come_by_field_and_place():
    document = a_document("Street trees", text="All trees.", keywords=("oak", "elm"))

    assert all_spelled([document]) == [
        (0, "title", 0, "street"), (0, "title", 1, "trees"),
        (0, "keywords", 2 + BREAK, "oak"), (0, "keywords", 3 + 2 * BREAK, "elm"),
        (0, "text", 4 + 3 * BREAK, "all"), (0, "text", 5 + 3 * BREAK, "trees"),
    ]


@given(some_documents(), st.integers(0, 2))
def test_words_are_the_same_however_many_texts_are_remembered(documents, most):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "MOST_CUT", most)
        found = all_spelled(documents)

    assert found == all_spelled(documents)


def test_a_field_may_add_to_what_is_shown():
    document = a_document("Kind", fields={"title": ("species name",), "about": ("Parks",)}, about="Trees")

    assert [each[1:] for each in all_spelled([document])] == [
        ("title", 0, "kind"), ("title", 1 + BREAK, "species"), ("title", 2 + BREAK, "name"),
        ("about", 3 + 2 * BREAK, "trees"), ("about", 4 + 3 * BREAK, "parks"),
    ]


def test_places_start_anew_in_each_document():
    assert [each[2] for each in all_spelled([a_document("Trees"), a_document("Crime")])] == [0, 0]


def test_a_text_without_words_takes_no_place():
    assert all_spelled([a_document("Trees", text="—", keywords=("", "oak"))])[1] == (0, "keywords", 1 + BREAK, "oak")


@pytest.mark.parametrize("documents", [[], [a_document("", text="…")]], ids=["no documents", "no words"])
def test_nothing_has_no_words(documents):
    assert words_of(documents).vocabulary == ()
    assert all_spelled(documents) == []


@given(some_documents(), st.integers(1, 12))
def test_portions_together_are_everything(documents, at_once):
    whole = all_spelled(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "AT_ONCE", at_once)
        cut = all_spelled(documents)

    assert cut == whole


@given(some_documents(), st.integers(1, 12))
def test_each_document_is_whole_in_its_portion(documents, at_once):
    words = words_of(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "AT_ONCE", at_once)
        portions = [set(portion.document.tolist()) for portion in words.portions()]

    assert sum(map(len, portions)) == len(set().union(*portions))


@given(some_documents())
def test_lengths_count_the_words_that_are_said(documents):
    words = words_of(documents)
    unsaid = np.array([word in {"of", "the"} for word in words.vocabulary], dtype=bool)
    said = [(document, field) for document, field, _, word in all_spelled(documents) if word not in {"of", "the"}]

    assert words.lengths(len(documents), unsaid).tolist() == [
        [said.count((at, field)) for field in FIELDS] for at in range(len(documents))]


def test_some_occurrences_can_be_chosen():
    words = words_of([a_document("Street trees")])
    (found,) = words.portions()

    assert [each[3] for each in spelled(words, found[found.place == 1])] == ["trees"]
