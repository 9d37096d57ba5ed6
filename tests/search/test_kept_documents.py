"""What is found of a dataset is made once, and is what would be made now."""

import threading
from dataclasses import replace

import pytest

from cityfolio.cache import Cache, NoCache
from cityfolio.model.digests import Digests
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.pages import site_of
from cityfolio.search import kept_documents, kinds, search
from cityfolio.search.kept_words import texts_digest
from cityfolio.search.kinds import documents_of
from pages.catalogs import a_full_catalog
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_column, a_dataset, a_file

DATASETS = tuple(a_dataset(title=f"Trees of district {at:02}", files=[a_file(columns=(a_column("species"),))])
                 for at in range(12))


def a_site(*datasets):
    """A site of some datasets, whatever was found out of them before forgotten."""
    return replace(site_of(a_catalog(*(datasets or DATASETS)), a_build(), the_theme()), digests=Digests())


def found(site, cache):
    """Everything of a site that can be found, with the digest of its texts."""
    documents = documents_of(site, (), KnownParts.of(site, cache, "1"))
    return [(replace(each, fields=dict(each.fields)), each.digest) for each in documents]


@pytest.fixture
def asked(monkeypatch):
    """Of which datasets documents were made."""
    made = []

    def noting(kind):
        return replace(kind, of_dataset=lambda dataset, words: made.append(dataset.id) or kind.of_dataset(dataset, words))

    monkeypatch.setattr(kinds, "KINDS", tuple(noting(each) if each.of_dataset else each for each in kinds.KINDS))
    return made


def test_documents_that_were_kept_are_those_of_a_clean_build(tmp_path):
    site = replace(site_of(a_full_catalog(), a_build(), the_theme()), digests=Digests())
    clean, first, second = (found(site, each) for each in (NoCache(), Cache(tmp_path), Cache(tmp_path)))

    assert clean == first == second
    assert {each.kind for each, _ in clean} >= {"dataset", "column"}


def test_a_digest_is_of_the_texts_as_they_are():
    assert all(digest == texts_digest(replace(each, digest="")) for each, digest in found(a_site(), NoCache()) if digest)


def test_only_what_changed_is_made_again(tmp_path, asked):
    search_of = [list(search(site, Cache(tmp_path), (), KnownParts.of(site, Cache(tmp_path), "1"))) for site in (
        a_site(), a_site(*DATASETS[:5], replace(DATASETS[5], title="Shrubs"), *DATASETS[6:]))]

    assert asked == [each.id for each in DATASETS] * 2 + [DATASETS[5].id] * 2
    assert [each.body for each in search_of[1]] == [
        each.body for each in search(a_site(*DATASETS[:5], replace(DATASETS[5], title="Shrubs"), *DATASETS[6:]), NoCache())]


def test_an_index_of_the_same_documents_is_known_without_reading_them(tmp_path, monkeypatch):
    first = list(search(a_site(), Cache(tmp_path), (), KnownParts.of(a_site(), Cache(tmp_path), "1")))
    read, really = [], kept_documents._read
    monkeypatch.setattr(kept_documents, "_read", lambda kind, *more: read.append(kind) or really(kind, *more))

    assert list(search(a_site(), Cache(tmp_path), (), KnownParts.of(a_site(), Cache(tmp_path), "1"))) == first
    assert set(read) == {"column"}      # of these it is to be seen whether they are too many


def test_texts_are_made_again_where_their_words_were_not_kept(tmp_path, asked):
    found(a_site(), Cache(tmp_path))
    asked.clear()
    documents = documents_of(a_site(), (), KnownParts.of(a_site(), Cache(tmp_path), "1"))

    assert asked == []
    assert documents[0].fields["columns"]
    assert len(documents[0].fields) > 1
    assert asked == [documents[0].id]


@pytest.mark.parametrize("copied", [True, False], ids=["copied", "not copied"])
@pytest.mark.parametrize("kept", [True, False], ids=["kept", "not kept"])
def test_the_index_of_very_many_datasets_is_the_same(kept, copied, tmp_path, monkeypatch):
    site = replace(site_of(a_full_catalog(), a_build(), the_theme()), digests=Digests())
    few = list(search(site, NoCache()))
    monkeypatch.setattr(kept_documents, "MANY_DATASETS", 0)
    monkeypatch.setattr(threading, "active_count", lambda: 1 if copied else 2)
    cache = Cache(tmp_path) if kept else NoCache()

    def searched():
        return list(search(site, cache, (), KnownParts.of(site, cache, "1" if kept else "")))

    assert searched() == searched() == few


def test_of_very_many_datasets_those_that_did_not_change_are_read(tmp_path, monkeypatch, asked):
    monkeypatch.setattr(kept_documents, "MANY_DATASETS", 0)
    monkeypatch.setattr(threading, "active_count", lambda: 2)      # or a copy of this process would be asked
    changed = a_site(*DATASETS[:5], replace(DATASETS[5], title="Shrubs"), *DATASETS[6:])
    first, second = (list(search(site, Cache(tmp_path), (), KnownParts.of(site, Cache(tmp_path), "1")))
                     for site in (a_site(), changed))

    assert asked == [each.id for each in DATASETS] * 2 + [DATASETS[5].id] * 2
    assert first != second == list(search(changed, NoCache()))
