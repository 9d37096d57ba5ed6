"""Every word is in one shard, with the lists of its stem, and shards are cut where they should be."""

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.annex import Laid
from cityfolio.search import runs, shards
from cityfolio.search.byte_lists import ByteLists
from cityfolio.search.lexicon import Lists
from cityfolio.search.shards import place_files
from search.reading_index import Bytes, read_shard


def some_lists(*documents, said=9999):
    """Lists of terms 0, 1, ... in so many documents each, of which so many are said."""
    return Lists(said=said, sizes=np.array(documents), peaks=np.arange(len(documents)),
                 gaps=ByteLists.of(b"\0" * count for count in documents),
                 codes=ByteLists.of(bytes([7]) * count for count in documents),
                 places=ByteLists.of(bytes([at]) * count for at, count in enumerate(documents)))


def shards_of(words, lists):
    """The shards of some (word, term)."""
    return list(shards.shards([word for word, _ in words], np.array([term for _, term in words], np.int64), lists))


def spelling_of(words):
    """The shards for spelling of (word, how many documents have it), sorted from the words' last letters to their first."""
    ordered = sorted(words, key=lambda each: each[0][::-1])
    return list(shards.spelling_shards([word for word, _ in ordered], np.array([held for _, held in ordered], np.int64)))


@given(st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(0, 3), max_size=30), st.integers(1, 60))
def test_every_word_is_in_one_shard_in_its_order(words, size):
    ordered = sorted(words.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD_BYTES", size)
        made = shards_of(ordered, some_lists(1, 2, 3, 4))
    read = [reader.words(reader.varint()) for reader in (Bytes(shard.columns[0]) for shard in made)]

    assert [word for run in read for word in run] == [word for word, _ in ordered]
    assert [(shard.first, shard.last) for shard in made] == [(run[0], run[-1]) for run in read]


@given(st.dictionaries(st.text("abcé", min_size=1, max_size=4), st.integers(0, 3), min_size=1, max_size=30),
       st.integers(1, 60), st.integers(1, 40), st.integers(1, 9))
def test_every_word_has_the_list_of_its_term(words, size, at_once, looked_at):
    ordered = sorted(words.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD_BYTES", size)
        patch.setattr(shards, "LOOKED_AT", looked_at)
        patch.setattr(runs, "AT_ONCE", at_once)
        made = shards_of(ordered, some_lists(1, 2, 3, 4))
    read = [read_shard(b"".join(shard.columns)) for shard in made]

    assert {word: shard.lists[place].peak for shard in read for word, place in shard.words.items()} == words
    assert all(list(each.documents) == list(range(each.peak + 1)) for shard in read for each in shard.lists)
    assert [shard.places for shard in made] == [
        bytes(each.peak + 1 for each in shard.lists) + b"".join(bytes([each.peak]) * (each.peak + 1) for each in shard.lists)
        for shard in read]


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 9)), min_size=1, max_size=40), st.integers(1, 9))
def test_where_shards_are_cut_does_not_depend_on_how_far_is_looked_at_once(words, looked_at):
    ordered = [(f"{at:02}", term) for at, (term, _) in enumerate(words)]
    lists = some_lists(*(40 * size for _, size in words), *[9] * 9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD_BYTES", 300)
        patch.setattr(shards, "LONG_LIST", 100)
        whole = shards_of(ordered, lists)
        patch.setattr(shards, "LOOKED_AT", looked_at)

        assert shards_of(ordered, lists) == whole


def test_no_words_make_no_shards():
    assert shards_of([], some_lists()) == spelling_of([]) == []


def test_words_of_one_stem_share_a_list_in_their_shard():
    (shard,) = shards_of([("tree", 0), ("treeing", 1), ("trees", 0)], some_lists(2, 1))

    assert shard.columns[1] == b"\0\5\0" + b"\0\3\1" + b"\2"
    assert shard.columns[2:] == (b"\0\0\0", b"\7\7\7")


def test_a_list_says_whether_texts_or_people_say_its_words():
    (shard,) = shards_of([("ocean", 1), ("tree", 0)], some_lists(2, 2, said=1))

    assert shard.columns[1] == b"\0\4\1" + b"\0\5\0"


def test_a_stem_whose_words_fall_into_two_shards_has_its_list_in_both(monkeypatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 1)
    one, two = shards_of([("feet", 0), ("foot", 0)], some_lists(3))

    assert one.columns[1:] == two.columns[1:] == (b"\0\7\0", b"\0\0\0", b"\7\7\7")


def test_a_stem_with_a_long_list_is_not_cut_in_two(monkeypatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 30)
    monkeypatch.setattr(shards, "LONG_LIST", 10)
    words = [("feet", 0), ("fir", 1), ("foot", 0), ("oak", 1)]

    assert [(shard.first, shard.last) for shard in shards_of(words, some_lists(15, 1))] == [("feet", "foot"), ("oak", "oak")]


def test_a_stem_with_a_long_list_is_cut_where_its_words_stand_too_far_apart(monkeypatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 30)
    monkeypatch.setattr(shards, "LONG_LIST", 10)
    words = [("feet", 0), ("fir", 1), ("foot", 0)]

    assert [(shard.first, shard.last) for shard in shards_of(words, some_lists(15, 15))] == [("feet", "fir"), ("foot", "foot")]


def test_shards_grow_where_there_would_be_too_many(monkeypatch):
    monkeypatch.setattr(shards, "SHARD_BYTES", 1)
    monkeypatch.setattr(shards, "MOST_SHARDS", 2)
    words = [(f"word{at:03}", at) for at in range(100)]

    assert len(shards_of(words, some_lists(*[20] * 100))) <= 3


@pytest.mark.parametrize(("count", "together", "files"), [(0, 1, 0), (1, 1, 1), (5, 1, 5), (6, 4, 2), (8, 4, 2), (9, 4, 3)],
                         ids=str)
def test_some_shards_share_a_file_of_places_when_they_are_many(monkeypatch, count, together, files):
    monkeypatch.setattr(shards, "FEW_SHARDS", 5)
    monkeypatch.setattr(shards, "PLACES_TOGETHER", 4)
    found, files_made = place_files([Laid(bytes([at])) for at in range(count)])
    columns = list(files_made)

    assert (found, len(columns)) == (together, files)
    assert b"".join(b"".join(each[1:]) for each in columns) == bytes(range(count))
    assert all(each[0] == b"\1" * (len(each) - 1) for each in columns)


@given(st.dictionaries(st.text("abcdeé", min_size=1, max_size=6), st.integers(1, 10**6), max_size=40), st.integers(1, 9))
def test_words_are_kept_backwards_for_spelling(words, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SPELLING_WORDS", size)
        made = spelling_of(sorted(words.items()))
    readers = [Bytes(shard.columns[0]) for shard in made]
    read = [reader.words(reader.varint()) for reader in readers]

    assert [word for run in read for word in run] == sorted(word[::-1] for word in words)
    assert all(len(run) <= size for run in read)


def test_how_common_a_word_is_is_kept_as_a_logarithm():
    (shard,) = spelling_of([("once", 1), ("twice", 2), ("never", 1000), ("ever", 10**12)])

    assert list(shard.columns[1]) == [8, 0, 255, 80]


def test_there_are_not_too_many_files_for_spelling(monkeypatch):
    monkeypatch.setattr(shards, "SPELLING_WORDS", 1)
    monkeypatch.setattr(shards, "MOST_SPELLING", 3)

    assert len(spelling_of([(f"word{at}", 1) for at in range(20)])) == 3
