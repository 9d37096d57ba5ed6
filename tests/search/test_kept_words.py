"""Words that were cut before are the words that would be cut now, whatever came, went or moved."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from cityfolio.cache import Cache, NoCache
from cityfolio.search import kept_words
from cityfolio.search.kept_words import kept_words_of
from cityfolio.search.occurrences import words_of
from search.making_documents import a_document

TEXTS = st.sampled_from(["", "Street trees", "street light", "Bäume der Stadt", "—", "the city's trees", "oak oak elm"])
DOCUMENTS = st.lists(st.builds(a_document, TEXTS, text=TEXTS, fields=st.fixed_dictionaries(
    {"keywords": st.lists(TEXTS, max_size=2).map(tuple), "values": st.lists(TEXTS, max_size=2).map(tuple)})), max_size=6)


def columns(words):
    """The words as plain values, whatever their numbers are."""
    numbers = (words.document, words.field, words.start, words.size)
    return ([words.vocabulary[at] for at in words.word.tolist()], sorted(words.vocabulary), words.word.dtype,
            [(each.dtype, each.tolist()) for each in numbers])


@given(st.lists(DOCUMENTS, min_size=2, max_size=3))
def test_words_that_were_kept_are_those_of_a_clean_build(builds):
    with TemporaryDirectory() as folder:
        found = [columns(kept_words_of(documents, "en", Cache(Path(folder)))) for documents in builds]

    assert found == [columns(words_of(documents)) for documents in builds]


@given(st.lists(DOCUMENTS, min_size=2, max_size=3))
def test_words_have_the_same_numbers_in_every_build(builds):
    with TemporaryDirectory() as folder:
        found = [kept_words_of(documents, "en", Cache(Path(folder))) for documents in builds]
    clean = [kept_words_of(documents, "en", NoCache()) for documents in builds]

    assert [(each.vocabulary, each.word.tolist()) for each in found] == [
        (each.vocabulary, each.word.tolist()) for each in clean]
    assert all(list(each.vocabulary) == sorted(set(each.vocabulary)) for each in found)


def test_texts_that_did_not_change_are_not_cut_again(tmp_path, monkeypatch):
    cut = []
    monkeypatch.setattr(kept_words, "words_of", lambda documents: cut.append(len(documents)) or words_of(documents))
    documents = [a_document(f"Trees of district {at}") for at in range(9)]
    for each in (documents, documents[::-1], [*documents[:4], replace(documents[4], title="Shrubs"), *documents[5:]]):
        kept_words_of(each, "en", Cache(tmp_path))

    assert [count for count in cut if count] == [9, 1]


@pytest.mark.parametrize("change", [{"title": "Shrubs"}, {"text": "More."}, {"about": "Parks"},
                                    {"fields": {"keywords": ("shade",)}}, {"fields": {"values": ("shade",)}}])
def test_every_text_of_a_document_tells_it_apart(tmp_path, change):
    document = a_document("Trees")
    kept_words_of([document], "en", Cache(tmp_path))

    assert columns(kept_words_of([replace(document, **change)], "en", Cache(tmp_path))) == columns(
        words_of([replace(document, **change)]))


def test_nothing_is_written_where_nothing_changed(tmp_path):
    documents = [a_document("Trees"), a_document("Shrubs")]
    kept_words_of(documents, "en", Cache(tmp_path))
    (entry,) = tmp_path.glob("??/*")
    before = entry.stat().st_ino
    kept_words_of(documents, "en", Cache(tmp_path))

    assert entry.stat().st_ino == before


def test_without_a_cache_words_are_cut():
    assert columns(kept_words_of([a_document("Trees")], "en", NoCache())) == columns(words_of([a_document("Trees")]))
