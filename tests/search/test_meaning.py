"""For each word the documents that are near to it in meaning, whatever is in the cache."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, strategies as st

import sentence_model
from cityfolio.cache import Cache, NoCache
from cityfolio.search import meaning
from cityfolio.search.meaning import common_words, encoder_if_installed, neighbors, text_of, vectors
from cityfolio.search.sentences import MiniLM

ARCHIVE = sentence_model.path()
ENCODER = MiniLM(archive=ARCHIVE) if ARCHIVE else None
needs_the_model = pytest.mark.skipif(ENCODER is None, reason="python tools/sentence_model.py brings the model; it was not run")

SUBJECTS = {"trash": 0, "garbage": 0, "police": 1, "cops": 1, "trees": 2, "forest": 2, "cats": 3, "buses": 4}
TEXTS = ["Trash pickup", "Police calls", "Trees of the city", "Buses of cats"]
SOME_TEXT = st.text(st.sampled_from("abc \0é\udc80"), max_size=8)


@dataclass
class BySubject:
    """A model that knows a handful of words, and counts what it is asked."""

    asked: list[str] = field(default_factory=list)
    name: str = "by subject"

    def vocabulary(self) -> Sequence[str]:
        return ["[PAD]", "the", "##s", "of", "3d", "é", "trash", "Trash", "trees"]

    def embed(self, texts: Sequence[str]) -> np.ndarray:
        self.asked += texts
        words = [text.lower().split() for text in texts]
        counts = [[sum(SUBJECTS.get(word) == at for word in each) for at in range(5)] + [1] for each in words]
        rows = np.array(counts, np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def near(word: str, texts: Sequence[str] = TEXTS) -> dict[int, float]:
    """How near each document is that is near to a word, the nearest first."""
    words = list(SUBJECTS)
    found = neighbors(words, texts, BySubject(), NoCache())
    row = words.index(word)
    return {int(at): float(how) for at, how in zip(found.documents[row], found.nearness[row], strict=True) if at >= 0}


@pytest.mark.parametrize(("word", "first"), [("garbage", 0), ("cops", 1), ("forest", 2)])
def test_a_word_finds_the_document_of_its_meaning_first(word, first):
    assert next(iter(near(word))) == first


def test_a_word_also_stands_for_what_the_documents_that_hold_it_are_about():
    held = near("cats", ["Trash", "Police", "Trees", "Buses (Cats)"])
    not_held = near("cats", ["Trash", "Police", "Trees", "Buses"])

    assert held[3] > not_held.get(3, 0)


def test_of_two_documents_that_are_as_near_the_first_comes_first():
    assert list(near("trees", ["Trees", "Police", "Trees"])) == [0, 2]


def test_nearness_falls_along_a_row_and_comes_in_steps():
    found = neighbors(list(SUBJECTS), TEXTS, BySubject(), NoCache())
    steps = found.nearness * meaning.STEPS

    assert np.all(np.diff(found.nearness, axis=1) <= 0)
    assert np.array_equal(steps, np.rint(steps))
    assert np.array_equal(found.documents == -1, found.nearness == 0)
    assert found.nearness[found.nearness > 0].min() >= meaning.LEAST_NEARNESS


@pytest.mark.parametrize(
    ("words", "texts", "most", "shape"),
    [(3, 4, 40, (3, 4)), (3, 4, 2, (3, 2)), (0, 4, 40, (0, 4)), (3, 0, 40, (3, 0)), (1, 1, 40, (1, 1))],
    ids=["fewer than most", "most", "no words", "no documents", "one of each"],
)
def test_there_is_a_row_for_each_word(words, texts, most, shape):
    found = neighbors(list(SUBJECTS)[:words], TEXTS[:texts], BySubject(), NoCache(), most)

    assert found.documents.shape == found.nearness.shape == shape
    assert (found.documents.dtype, found.nearness.dtype) == (np.int32, np.float32)


def test_a_table_too_large_for_memory_is_made_in_blocks(monkeypatch):
    at_once = neighbors(list(SUBJECTS), TEXTS, BySubject(), NoCache())
    monkeypatch.setattr(meaning, "CELLS_AT_ONCE", 9)
    in_blocks = neighbors(list(SUBJECTS), TEXTS, BySubject(), NoCache())

    assert np.array_equal(at_once.documents, in_blocks.documents)
    assert np.array_equal(at_once.nearness, in_blocks.nearness)


def test_what_is_kept_is_not_asked_again(tmp_path):
    neighbors(list(SUBJECTS), TEXTS, BySubject(), Cache(tmp_path))
    again = BySubject()
    neighbors(list(SUBJECTS), TEXTS, again, Cache(tmp_path))

    assert again.asked == []


def test_a_new_word_leaves_most_of_the_others_as_they_were(tmp_path):
    words = [f"word{number}" for number in range(1000)]
    vectors(words, BySubject(), Cache(tmp_path), 32)
    again = BySubject()
    vectors([*words, "word500a"], again, Cache(tmp_path), 32)

    assert "word500a" in again.asked
    assert len(again.asked) < 200


def test_another_model_has_entries_of_its_own(tmp_path):
    vectors(["trash"], BySubject(), Cache(tmp_path), 8)
    other = BySubject(name="another")
    vectors(["trash"], other, Cache(tmp_path), 8)

    assert other.asked == ["trash"]


@given(st.lists(SOME_TEXT, min_size=1, max_size=12))
def test_vectors_come_in_the_order_of_the_texts_and_the_same_from_the_cache(tmp_path_factory, texts):
    cache = Cache(tmp_path_factory.getbasetemp() / "vectors")
    each = np.concatenate([vectors([text], BySubject(), NoCache(), 3) for text in texts])

    assert np.array_equal(vectors(texts, BySubject(), cache, 3), each)
    assert np.array_equal(vectors(texts, BySubject(), cache, 3), each)


def test_common_words_are_whole_words_of_three_letters_or_more():
    assert common_words(BySubject()) == ("the", "trash", "trees")


def test_a_text_says_its_title_first_and_no_more_than_the_model_reads():
    assert text_of("Trees", "x" * 500, ["parks", "shade"]) == f"Trees. {'x' * 400} parks, shade"


@pytest.mark.parametrize("name", ["no_such_package", "cityfolio"], ids=["not installed", "without its archive"])
def test_there_is_no_encoder_without_the_model(monkeypatch, name):
    monkeypatch.setattr(meaning, "PACKAGE", name)

    assert encoder_if_installed() is None


@needs_the_model
def test_the_models_own_words_are_common_english():
    words = common_words(ENCODER)

    assert {"garbage", "police", "water", "inspections"} <= set(words)
    assert 20_000 < len(words) < 25_000


TITLES = ("Bike counts", "Police calls for service", "Salaries by job class", "Solid waste tonnage", "Street trees")
WORDS = ("garbage", "cops", "wages", "oak", "cycling", "budget", "bridge", "vote")


@pytest.fixture(scope="module")
def near_to_words():
    """For each of some words the titles that are near to it, as the model has it."""
    return neighbors(WORDS, TITLES, ENCODER, NoCache())


@pytest.mark.no_cover
@needs_the_model
@pytest.mark.parametrize(
    ("word", "first"),
    [("garbage", "Solid waste tonnage"), ("cops", "Police calls for service"), ("wages", "Salaries by job class"),
     ("oak", "Street trees"), ("cycling", "Bike counts")],
)
def test_residents_words_are_near_to_what_the_city_calls_them(near_to_words, word, first):
    assert TITLES[near_to_words.documents[WORDS.index(word), 0]] == first


@needs_the_model
@pytest.mark.parametrize("count", [100, pytest.param(300, marks=pytest.mark.campaign)])
def test_a_build_from_the_cache_gives_the_same_bytes(count, tmp_path: Path):
    words = common_words(ENCODER)[:count]
    cold, kept, without = (neighbors(words, TEXTS, ENCODER, cache) for cache in (Cache(tmp_path), Cache(tmp_path), NoCache()))

    assert cold.documents.tobytes() == kept.documents.tobytes() == without.documents.tobytes()
    assert cold.nearness.tobytes() == kept.nearness.tobytes() == without.nearness.tobytes()
