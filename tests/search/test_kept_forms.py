"""Stems and forms of words are looked for once, and what was kept gives the same index as what is found anew."""

from __future__ import annotations

import pytest

from cityfolio.cache import Cache, NoCache
from cityfolio.search import kept_forms
from cityfolio.search.index import index_files
from cityfolio.search.kept_forms import stems_and_forms
from cityfolio.search.terms import Speech, terms_of
from search.making_documents import a_document

CITY = (a_document("Street trees", text="Oaks and elms"), a_document("Bus stops", text="Where buses stop"))
WORDS = ["tree", "cities", "bus", "ñandú", "街路", "of"]


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path)


def looked_for(monkeypatch):
    """The words whose forms are looked for from now on."""
    found, possible = [], kept_forms.possible_forms

    def noted(word, language):
        found.append(word)
        return possible(word, language)

    monkeypatch.setattr(kept_forms, "possible_forms", noted)
    return found


@pytest.mark.parametrize("language", ["en", "es", "vi"])
def test_kept_stems_and_forms_are_those_found_anew(cache, language):
    found = stems_and_forms(WORDS, language, NoCache())

    assert stems_and_forms(WORDS, language, cache) == found
    assert stems_and_forms(WORDS, language, cache) == found


def test_only_words_that_are_new_are_looked_for(cache, monkeypatch):
    stems_and_forms(["tree", "oak"], "en", cache)
    found = looked_for(monkeypatch)

    stems_and_forms(["oak", "elm", "tree"], "en", cache)

    assert found == ["elm"]


def test_another_language_has_words_of_its_own(cache, monkeypatch):
    stems_and_forms(["tree"], "en", cache)
    found = looked_for(monkeypatch)

    stems_and_forms(["tree"], "es", cache)

    assert found == ["tree"]


def test_words_that_no_text_has_any_more_are_let_go(cache, monkeypatch):
    stems_and_forms(["tree", "oak"], "en", cache)
    stems_and_forms(["tree", "elm"], "en", cache)
    found = looked_for(monkeypatch)

    stems_and_forms(["oak"], "en", cache)

    assert found == ["oak"]


def test_terms_are_the_same_from_kept_words_in_another_order(cache):
    terms_of(["elm", "oaks", "tree"], Speech(), cache=cache)
    kept, anew = (terms_of(["oak", "elm", "streets"], Speech(), cache=each) for each in (cache, NoCache()))

    assert kept.words == anew.words
    assert kept.of_word.tolist() == anew.of_word.tolist()


def test_an_index_is_the_same_from_kept_words(cache):
    first, second = (index_files(CITY, Speech(), None, cache) for _ in range(2))

    assert first == second == index_files(CITY, Speech())


def test_a_damaged_entry_costs_time_and_no_word(cache, tmp_path):
    found = stems_and_forms(WORDS, "en", cache)
    for entry in (each for each in tmp_path.rglob("*") if each.is_file() and each.name != ".gitignore"):
        entry.write_bytes(entry.read_bytes()[:-3])

    assert stems_and_forms(WORDS, "en", cache) == found
