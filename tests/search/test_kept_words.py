"""Words that were cut before are the words that would be cut now, whatever came, went or moved."""

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, strategies as st

from cityfolio.cache import Cache, NoCache
from cityfolio.search import kept_words, occurrences
from cityfolio.search.kept_words import kept_words_of
from cityfolio.search.occurrences import words_of
from search.making_documents import a_document

TEXTS = st.sampled_from(["", "Street trees", "street light", "Bäume der Stadt", "—", "the city's trees", "oak oak elm"])
DOCUMENTS = st.lists(st.builds(a_document, TEXTS, text=TEXTS, fields=st.fixed_dictionaries(
    {"keywords": st.lists(TEXTS, max_size=2).map(tuple), "values": st.lists(TEXTS, max_size=2).map(tuple)})), max_size=6)

KEPT = Cache.put


def columns(words):
    """The words as plain values, whatever their numbers are."""
    found = [(words.vocabulary[word], *where) for portion in words.portions() for word, *where in zip(
        portion.word.tolist(), portion.document.tolist(), portion.field.tolist(), portion.place.tolist(), strict=True)]
    return found, sorted(words.vocabulary), words.count


def numbers(words):
    """The words as their numbers."""
    return [word for texts in words.texts() for word in texts.word.tolist()]


@given(st.lists(DOCUMENTS, min_size=2, max_size=3), st.integers(1, 20))
def test_words_that_were_kept_are_those_of_a_clean_build(builds, at_once):
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "AT_ONCE", at_once)
        patch.setattr(kept_words, "AT_ONCE", at_once)
        found = [columns(kept_words_of(documents, "en", Cache(Path(folder)))) for documents in builds]

    assert found == [columns(words_of(documents)) for documents in builds]


@given(st.lists(DOCUMENTS, min_size=2, max_size=3))
def test_words_have_the_same_numbers_in_every_build(builds):
    with TemporaryDirectory() as folder:
        found = [kept_words_of(documents, "en", Cache(Path(folder))) for documents in builds]
    clean = [kept_words_of(documents, "en", NoCache()) for documents in builds]

    assert [(each.vocabulary, numbers(each)) for each in found] == [(each.vocabulary, numbers(each)) for each in clean]
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


@pytest.mark.parametrize("lost", [0, -2], ids=["the first", "the last"])
def test_where_a_part_of_what_was_kept_is_lost_words_are_cut_again(tmp_path, monkeypatch, lost):
    monkeypatch.setattr(occurrences, "AT_ONCE", 1)
    documents = [a_document("Trees"), a_document("Shrubs"), a_document("Oaks")]
    cache, put = Cache(tmp_path), []
    monkeypatch.setattr(Cache, "put", lambda self, key, body: put.append(key) or KEPT(self, key, body))
    kept_words_of(documents, "en", cache)
    KEPT(cache, put[lost], bytes(40))

    assert columns(kept_words_of(documents, "en", cache)) == columns(words_of(documents))


def test_nothing_is_written_where_nothing_changed(tmp_path):
    documents = [a_document("Trees"), a_document("Shrubs")]
    kept_words_of(documents, "en", Cache(tmp_path))
    before = {entry: entry.stat().st_ino for entry in tmp_path.glob("??/*")}
    kept_words_of(documents, "en", Cache(tmp_path))

    assert before
    assert {entry: entry.stat().st_ino for entry in tmp_path.glob("??/*")} == before


def test_without_a_cache_words_are_cut():
    assert columns(kept_words_of([a_document("Trees")], "en", NoCache())) == columns(words_of([a_document("Trees")]))
