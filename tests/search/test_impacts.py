"""What a word says of a document is BM25F, whatever is worked on at once."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.search import occurrences
from cityfolio.search.documents import FIELDS, MATCHES
from cityfolio.search.impacts import Counts, Postings, counts_of, norms, summed, with_impacts
from cityfolio.search.occurrences import words_of
from cityfolio.search.runs import Runs
from search import plain_bm25f
from search.making_documents import a_document, a_part

WORDS = ("oak", "elm", "ash", "fir")
SOME_WORDS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)
KINDS = st.sampled_from(["dataset", "guide"])
DOCUMENTS = st.lists(st.builds(a_document, title=SOME_WORDS, text=SOME_WORDS, about=SOME_WORDS, keywords=SOME_WORDS,
                               description=SOME_WORDS, columns=SOME_WORDS, values=SOME_WORDS, kind=KINDS),
                     min_size=1, max_size=7)


def postings(documents):
    """The postings of some documents, with every word its own term, as {(word, document): (impact, match)}."""
    order = ["dataset", *sorted({each.kind for each in documents} - {"dataset"})]
    kinds = np.array([order.index(each.kind) for each in documents])
    words = words_of(documents)
    norm = norms(words.lengths(len(documents), np.zeros(len(words.vocabulary), bool)), kinds)
    runs = Runs(len(words.vocabulary), np.int32, np.int32, np.float32, np.int8)
    for portion in words.portions():
        runs.lay(*summed(counts_of(portion, portion.word, norm)).columns)
    made = with_impacts(Postings.of(runs.before(len(words.vocabulary))), kinds)
    return {(words.vocabulary[term], document): (impact, MATCHES[match]) for term, document, impact, match in zip(
        made.term.tolist(), made.document.tolist(), made.impact.tolist(), made.match.tolist(), strict=True)}


@given(DOCUMENTS)
def test_the_impact_of_a_word_is_bm25f(documents):
    found = postings(documents)

    assert {key: impact for key, (impact, _) in found.items()} == pytest.approx({
        (word, at): plain_bm25f.impact(word, document, documents) for at, document in enumerate(documents)
        for word in WORDS if any(word in plain_bm25f.field_words(document, field) for field in FIELDS)
    }, rel=1e-5)


@given(DOCUMENTS)
def test_a_match_is_shown_as_the_first_field_that_has_the_word(documents):
    assert {key: match for key, (_, match) in postings(documents).items()} == {
        (word, at): next(field for field in FIELDS if word in plain_bm25f.field_words(document, field))
        for at, document in enumerate(documents) for word in WORDS
        if any(word in plain_bm25f.field_words(document, field) for field in FIELDS)
    }


@given(DOCUMENTS, st.integers(1, 10))
def test_impacts_do_not_depend_on_what_is_worked_on_at_once(documents, at_once):
    whole = postings(documents)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "AT_ONCE", at_once)
        cut = postings(documents)

    assert cut == whole


def test_a_rare_word_says_more_than_a_common_one():
    found = postings([a_document("oak elm"), a_document("oak"), a_document("oak")])

    assert found["elm", 0] > found["oak", 0]


def test_a_word_in_the_title_says_more_than_one_in_a_description():
    found = postings([a_document("oak", description="elm"), a_document("elm", description="oak"), a_document("ash")])

    assert found["oak", 0] > found["oak", 1]


def test_a_word_says_more_where_less_is_said():
    found = postings([a_document("", text="oak"), a_document("", text="oak elm ash fir"), a_document("fir")])

    assert found["oak", 0] > found["oak", 1]


def test_columns_do_not_make_a_word_of_datasets_commoner():
    alone = postings([a_document("oak"), a_document("elm")])
    beside = postings([a_document("oak"), a_document("elm"), a_part("oak"), a_part("ash"), a_part("fir")])

    assert beside["oak", 0] == alone["oak", 0]


def test_that_a_topic_has_a_word_makes_it_no_commoner():
    found = postings([a_document("oak"), a_document("elm", about="oak"), a_document("ash", about="oak"), a_document("fir")])
    alone = postings([a_document("oak"), a_document("elm", about="fir"), a_document("ash", about="fir"), a_document("fir")])

    assert found["oak", 0] == alone["oak", 0]


def test_counts_are_put_together_and_chosen_from():
    counts = Counts(term=np.array([1, 0]), document=np.array([2, 3]), amount=np.array([0.5, 1.0]), match=np.array([0, 1]))
    twice = counts + counts

    assert twice.term.tolist() == [1, 0, 1, 0]
    assert twice[twice.term == 1].document.tolist() == [2, 2]


def test_nothing_sums_to_no_postings():
    none = Counts(term=np.zeros(0, int), document=np.zeros(0, int), amount=np.zeros(0), match=np.zeros(0, int))

    assert len(summed(none).term) == 0
    assert len(with_impacts(summed(none), np.zeros(0, int)).term) == 0
