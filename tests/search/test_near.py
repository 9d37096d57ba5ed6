"""With a model a word also finds what it means: added to what it says, and never said to stand anywhere."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from cityfolio.search import meaning
from cityfolio.search.documents import MATCHES
from cityfolio.search.impacts import Postings
from cityfolio.search.index import index_files
from cityfolio.search.near import Model, near_terms, near_texts, with_meaning
from cityfolio.search.terms import Speech, terms_of
from search.decoded_index import read_index
from search.making_documents import a_document, a_part

SUBJECTS = {"trash": 0, "garbage": 0, "garbages": 0, "police": 1, "cops": 1, "trees": 2, "forest": 2, "buses": 3}
CITY = (a_document("Trash"), a_document("Police"), a_document("Trees"), a_document("Buses"), a_part("cops", parent="trees"))


@dataclass
class BySubject:
    """A model that knows a few words by their subjects."""

    name: str = "by subject"

    def vocabulary(self) -> Sequence[str]:
        return ["garbage", "forest", "##s", "trash"]

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        words = [text.lower().replace(".", "").split() for text in texts]
        counts = [[sum(SUBJECTS.get(word) == at for word in each) for at in range(4)] + [1] for each in words]
        rows = np.array(counts, np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def a_posting_list(*each, match="title"):
    """Postings of (term, document, impact)."""
    term, document = (np.array([posting[at] for posting in each], np.int32) for at in (0, 1))
    return Postings(term=term, document=document, impact=np.array([impact for _, _, impact in each], np.float32),
                    match=np.full(len(each), MATCHES.index(match), np.int8))


def spelled(postings):
    """Postings as {(term, document): (impact, match)}."""
    return {(term, document): (impact, MATCHES[match]) for term, document, impact, match in zip(
        postings.term.tolist(), postings.document.tolist(), postings.impact.tolist(), postings.match.tolist(), strict=True)}


def test_a_common_word_that_no_text_has_finds_what_it_means():
    found = read_index(index_files(CITY, Speech(), Model(encoder=BySubject())))

    assert next(iter(found.documents_of("garbage").values())) == "otherwise"
    assert "trash" in found.documents_of("garbage")
    assert "trees" in found.documents_of("forest")


def test_without_a_model_it_finds_nothing():
    assert "garbage" not in read_index(index_files(CITY, Speech())).words


def test_what_is_only_meant_has_no_place():
    found = read_index(index_files(CITY, Speech(), Model(encoder=BySubject())))

    assert found.places_of("garbage") == {}
    assert found.places_of("trash") == {"trash": [0]}


def test_a_word_that_is_only_common_is_not_what_a_mistyped_one_was_meant_to_be():
    found = read_index(index_files(CITY, Speech(), Model(encoder=BySubject())))

    assert "garbage" not in found.spelling


def test_the_same_documents_give_the_same_bytes():
    assert index_files(CITY, Speech(), Model(encoder=BySubject())) == index_files(CITY, Speech(), Model(encoder=BySubject()))


def test_only_datasets_are_near():
    terms = terms_of(["trash", "police"], Speech(), ["garbage"])
    near = near_terms(near_texts((*CITY, a_part("police", parent="trash"))), terms, Model(encoder=BySubject()))

    assert len(near.term)
    assert set(near.document.tolist()) <= {0, 1, 2, 3}


def test_of_the_forms_of_a_term_the_nearest_counts():
    terms = terms_of(["garbage", "garbages"], Speech())
    near = near_terms(near_texts(CITY), terms, Model(encoder=BySubject()))
    pairs = list(zip(near.term.tolist(), near.document.tolist(), strict=True))

    assert len(pairs) == len(set(pairs))
    assert pairs == sorted(pairs)


@pytest.mark.parametrize("documents", [(), (a_part("species"),)], ids=["nothing", "no datasets"])
def test_where_there_are_no_datasets_nothing_is_near(documents):
    terms = terms_of(["trash"], Speech())

    assert len(near_terms(near_texts(documents), terms, Model(encoder=BySubject())).term) == 0


def test_what_is_near_is_added_where_a_document_has_the_word_and_new_where_not():
    kinds = np.array([0, 0, 1])
    near = a_posting_list((0, 0, 0.5), (0, 1, 1.0), match="otherwise")
    made = spelled(with_meaning(a_posting_list((0, 0, 2.0)), near, kinds))
    whole = meaning.WEIGHT * 2.2 * np.log1p((2 - 1 + 0.5) / (1 + 0.5))

    assert made == {(0, 0): (pytest.approx(2 + whole / 2), "title"), (0, 1): (pytest.approx(whole), "otherwise")}


def test_a_word_that_no_text_has_is_as_rare_as_can_be():
    kinds = np.array([0, 0])
    made = spelled(with_meaning(a_posting_list((0, 0, 2.0)), a_posting_list((1, 1, 1.0), match="otherwise"), kinds))

    assert made[1, 1][0] == pytest.approx(meaning.WEIGHT * 2.2 * np.log1p(2.5 / 0.5))


def test_columns_keep_what_they_say():
    kinds = np.array([0, 1])
    made = spelled(with_meaning(a_posting_list((0, 1, 2.0)), a_posting_list((0, 0, 1.0), match="otherwise"), kinds))

    assert made[0, 1] == (2.0, "title")


def test_nothing_near_changes_nothing():
    postings = a_posting_list((0, 0, 2.0))

    assert spelled(with_meaning(postings, a_posting_list(), np.array([0]))) == spelled(postings)


def test_common_words_are_read_from_the_model_once():
    model = Model(encoder=BySubject())

    assert model.common == ("garbage", "forest", "trash")
    assert model.common is model.common
