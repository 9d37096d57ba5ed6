"""Whole titles by their hash."""

from array import array

import orjson
import pytest
from hypothesis import given, strategies as st

from cityfolio.search import titles
from cityfolio.search.titles import title_files, title_hash, title_hashes
from search.making_documents import a_document


def test_a_title_leads_to_all_that_are_called_so():
    [(body,)] = title_files([a_document("Street trees"), a_document("Parks"), a_document("street TREES")])

    assert orjson.loads(body)[str(title_hash(["street", "trees"]))] == [0, 2]


def test_what_has_no_word_in_its_title_is_not_there():
    assert title_files([a_document("—")]) == [(b"{}",)]


def test_many_titles_are_shared_out_by_their_hash(monkeypatch):
    monkeypatch.setattr(titles, "TITLES_A_FILE", 2)
    made = title_files([a_document(f"Title {number}") for number in range(9)])

    assert len(made) == 4
    assert all(int(key) % 4 == at for at, (body,) in enumerate(made) for key in orjson.loads(body))


@pytest.mark.parametrize(("words", "number"), [([], 2_166_136_261), (["a"], 0xE40C292C), (["foobar"], 0xBF9CF968)],
                         ids=["nothing", "one letter", "six letters"])
def test_the_hash_is_fnv_1a(words, number):
    assert title_hash(words) == number


def plainly_hashed(words):
    """The hash of some words, unit by unit."""
    number = 2_166_136_261
    for unit in array("H", " ".join(words).encode("utf-16", "surrogatepass")[2:]):
        number = (number ^ unit) * 16_777_619 & 0xFFFF_FFFF
    return number


@given(st.lists(st.lists(st.text(min_size=1, max_size=5), max_size=3), max_size=6))
def test_many_titles_are_hashed_as_each_is(many):
    assert title_hashes(many) == [plainly_hashed(words) for words in many]
