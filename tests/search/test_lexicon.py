"""Lists, places and shards hold what was put into them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.search import lexicon
from cityfolio.search.documents import MATCHES
from cityfolio.search.impacts import Postings
from cityfolio.search.lexicon import (
    LEVELS,
    Lists,
    Placed,
    Shard,
    lists_of,
    place_files,
    places_of,
    scale_of,
    shards,
    spelling_shards,
)
from cityfolio.search.terms import Terms
from search.reading_index import Bytes

TERMS = 6
PLACES = st.dictionaries(
    st.tuples(st.integers(0, TERMS - 1), st.integers(0, 300)), st.sets(st.integers(0, 5000), max_size=4), max_size=25)


def a_posting_list(pairs, impact=None):
    """Postings of (term, document) pairs, which are sorted."""
    ordered = sorted(pairs)
    term, document = (np.array([pair[at] for pair in ordered], np.int32) for at in (0, 1))
    return Postings(term=term, document=document, impact=np.array(impact or [1.0] * len(ordered), np.float32),
                    match=np.zeros(len(ordered), np.int8))


def a_placed(places):
    """Where terms stand: {(term, document): places}, in the order of documents."""
    rows = sorted((document, place, term) for (term, document), found in places.items() for place in found)
    document, place, term = (np.array([row[at] for row in rows], np.int32) for at in (0, 1, 2))
    return Placed(term=term, document=document, place=place)


def gaps_read(body):
    """The documents of one list."""
    reader, documents = Bytes(body), []
    while not reader.is_at_end:
        documents.append(reader.varint() + 1 + (documents[-1] if documents else -1))
    return documents


def places_read(body):
    """The places of one list, as {posting: places}."""
    reader, posting, found = Bytes(body), -1, {}
    while not reader.is_at_end:
        posting += reader.varint() + 1
        place, more, found[posting] = -1, 1, []
        while more:
            number = reader.varint()
            more, place = number & 1, place + (number >> 1)
            found[posting].append(place)
    return found


def some_terms(count):
    """So many terms of one word each, all of which are said."""
    return Terms(words=tuple(map(str, range(count))), of_word=np.arange(count), said=count, said_terms=count, count=count)


def some_lists(*documents, said=9999):
    """Lists of terms 0, 1, ... in so many documents each, of which so many are said."""
    return Lists(said=said, sizes=np.array(documents), peaks=np.arange(len(documents)),
                 gaps=[b"\0" * count for count in documents],
                 codes=[bytes([7]) * count for count in documents], places=[b""] * len(documents))


@given(st.sets(st.tuples(st.integers(0, TERMS - 1), st.integers(0, 70_000)), max_size=40), st.integers(1, 50))
def test_the_documents_of_each_term_come_back(pairs, at_once):
    postings = a_posting_list(pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "AT_ONCE", at_once)
        lists = lists_of(postings, some_terms(TERMS), scale_of(postings), [b""] * TERMS)

    assert [gaps_read(body) for body in lists.gaps] == [
        sorted(each for own, each in pairs if own == term) for term in range(TERMS)]
    assert lists.sizes.tolist() == [sum(own == term for own, _ in pairs) for term in range(TERMS)]


@given(st.lists(st.floats(0.01, 20), min_size=1, max_size=30))
def test_an_impact_is_kept_to_a_part_of_the_greatest_of_its_term(impacts):
    postings = a_posting_list([(0, at) for at in range(len(impacts))], impacts)
    scale = scale_of(postings)
    lists = lists_of(postings, some_terms(1), scale, [b""])
    peak = float(scale.values(lists.peaks)[0])
    kept = np.array([(code & 31) + 1 for code in lists.codes[0]]) * peak / LEVELS

    assert max(impacts) * 0.999 <= peak <= max(impacts) * scale.ratio * 1.001
    assert np.abs(kept - impacts).max() <= peak / LEVELS


def test_what_a_match_is_shown_as_is_in_the_high_bits():
    postings = replace(a_posting_list([(0, 0), (0, 1)]), match=np.array([2, 7], np.int8))
    lists = lists_of(postings, some_terms(1), scale_of(postings), [b""])

    assert [code >> 5 for code in lists.codes[0]] == [2, 7]


@pytest.mark.parametrize(
    ("documents", "levels"), [(2000, {3, 7, 11, 15, 19, 23, 27, 31}), (400, {7, 15, 23, 31}), (40, {15, 31})],
    ids=["in few documents", "in many", "almost everywhere"],
)
def test_a_large_index_tells_the_fewer_levels_apart_the_more_documents_have_a_word(monkeypatch, documents, levels):
    monkeypatch.setattr(lexicon, "LARGE", 31)
    postings = a_posting_list([*((0, at) for at in range(32)), (1, documents - 1)], [float(at) for at in range(1, 34)])
    lists = lists_of(postings, some_terms(2), scale_of(postings), [b"", b""])

    assert {code & 31 for code in lists.codes[0]} == levels


def test_a_large_index_tells_less_of_where_a_word_was_found(monkeypatch):
    postings = replace(a_posting_list([(0, at) for at in range(8)]), match=np.arange(8, dtype=np.int8))
    monkeypatch.setattr(lexicon, "LARGE", 7)
    lists = lists_of(postings, some_terms(1), scale_of(postings), [b""])

    assert [MATCHES[code >> 5] for code in lists.codes[0]] == ["title", *["description"] * 6, "otherwise"]


def test_no_postings_make_empty_lists():
    postings = a_posting_list([])
    lists = lists_of(postings, some_terms(2), scale_of(postings), [b"", b""])

    assert (lists.gaps, lists.codes) == ([b"", b""], [b"", b""])
    assert places_of(postings, a_placed({}), 2) == [b"", b""]


def test_one_impact_makes_a_scale():
    scale = scale_of(a_posting_list([(0, 0)], [3.0]))

    assert scale.values(scale.steps(np.array([3.0])))[0] == pytest.approx(3.0, rel=1e-3)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=20))
def test_steps_of_a_scale_are_not_below_an_impact_and_one_step_above_at_most(impacts):
    scale = scale_of(a_posting_list([(0, at) for at in range(len(impacts))], impacts))
    values = scale.values(scale.steps(np.array(impacts)))

    assert np.all(values >= np.array(impacts) * 0.999)
    assert np.all(values <= np.array(impacts) * scale.ratio * 1.001)


@given(PLACES)
def test_the_places_of_each_posting_come_back(places):
    postings = a_posting_list(places)
    read = [places_read(body) for body in places_of(postings, a_placed(places), TERMS)]
    documents = [sorted(document for own, document in places if own == term) for term in range(TERMS)]

    assert [{documents[term][posting]: found for posting, found in each.items()} for term, each in enumerate(read)] == [
        {document: sorted(found) for (own, document), found in sorted(places.items()) if own == term and found}
        for term in range(TERMS)]


@given(st.dictionaries(st.text("abc", min_size=1, max_size=4), st.integers(0, 3), max_size=30), st.integers(1, 60))
def test_every_word_is_in_one_shard_in_its_order(words, size):
    ordered = sorted(words.items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "SHARD_BYTES", size)
        made = list(shards(ordered, some_lists(1, 2, 3, 4)))
    read = [reader.words(reader.varint()) for reader in (Bytes(shard.columns[0]) for shard in made)]

    assert [word for run in read for word in run] == [word for word, _ in ordered]
    assert [(shard.first, shard.last) for shard in made] == [(run[0], run[-1]) for run in read]


def test_words_of_one_stem_share_a_list_in_their_shard():
    (shard,) = shards([("tree", 0), ("treeing", 1), ("trees", 0)], some_lists(2, 1))

    assert shard.columns[1] == b"\0\5\0" + b"\0\3\1" + b"\2"
    assert shard.columns[2:] == (b"\0\0\0", b"\7\7\7")


def test_a_list_says_whether_texts_or_people_say_its_words():
    (shard,) = shards([("ocean", 1), ("tree", 0)], some_lists(2, 2, said=1))

    assert shard.columns[1] == b"\0\4\1" + b"\0\5\0"


def test_a_stem_whose_words_fall_into_two_shards_has_its_list_in_both(monkeypatch):
    monkeypatch.setattr(lexicon, "SHARD_BYTES", 1)
    one, two = shards([("feet", 0), ("foot", 0)], some_lists(3))

    assert one.columns[1:] == two.columns[1:] == (b"\0\7\0", b"\0\0\0", b"\7\7\7")


def test_a_stem_with_a_long_list_is_not_cut_in_two(monkeypatch):
    monkeypatch.setattr(lexicon, "SHARD_BYTES", 30)
    monkeypatch.setattr(lexicon, "LONG_LIST", 10)
    words = [("feet", 0), ("fir", 1), ("foot", 0), ("oak", 1)]

    assert [(shard.first, shard.last) for shard in shards(words, some_lists(15, 1))] == [("feet", "foot"), ("oak", "oak")]


def test_a_stem_with_a_long_list_is_cut_where_its_words_stand_too_far_apart(monkeypatch):
    monkeypatch.setattr(lexicon, "SHARD_BYTES", 30)
    monkeypatch.setattr(lexicon, "LONG_LIST", 10)
    words = [("feet", 0), ("fir", 1), ("foot", 0)]

    assert [(shard.first, shard.last) for shard in shards(words, some_lists(15, 15))] == [("feet", "fir"), ("foot", "foot")]


def test_shards_grow_where_there_would_be_too_many(monkeypatch):
    monkeypatch.setattr(lexicon, "SHARD_BYTES", 1)
    monkeypatch.setattr(lexicon, "MOST_SHARDS", 2)
    words = [(f"word{at:03}", at) for at in range(100)]

    assert len(list(shards(words, some_lists(*[20] * 100)))) <= 3


@pytest.mark.parametrize(("count", "together", "files"), [(0, 1, 0), (1, 1, 1), (5, 1, 5), (6, 4, 2), (8, 4, 2), (9, 4, 3)],
                         ids=str)
def test_some_shards_share_a_file_of_places_when_they_are_many(monkeypatch, count, together, files):
    monkeypatch.setattr(lexicon, "FEW_SHARDS", 5)
    monkeypatch.setattr(lexicon, "PLACES_TOGETHER", 4)
    made = [Shard(first="a", last="b", columns=(b"",), places=bytes([at])) for at in range(count)]
    found, columns = place_files(made)

    assert (found, len(columns)) == (together, files)
    assert b"".join(b"".join(each[1:]) for each in columns) == bytes(range(count))
    assert all(each[0] == b"\1" * (len(each) - 1) for each in columns)


@given(st.dictionaries(st.text("abcdeé", min_size=1, max_size=6), st.integers(0, 10**6), max_size=40), st.integers(1, 9))
def test_longer_words_that_occur_are_kept_backwards_for_spelling(words, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "SPELLING_WORDS", size)
        made = list(spelling_shards(sorted(words.items())))
    readers = [Bytes(shard.columns[0]) for shard in made]
    read = [reader.words(reader.varint()) for reader in readers]

    assert [word for run in read for word in run] == sorted(
        word[::-1] for word, held in words.items() if len(word) >= 4 and held)
    assert all(len(run) <= size for run in read)


def test_how_common_a_word_is_is_kept_as_a_logarithm():
    (shard,) = spelling_shards([("once", 1), ("twice", 2), ("often", 1000), ("ever", 10**12)])

    assert list(shard.columns[1]) == [8, 0, 80, 255]


def test_there_are_not_too_many_files_for_spelling(monkeypatch):
    monkeypatch.setattr(lexicon, "SPELLING_WORDS", 1)
    monkeypatch.setattr(lexicon, "MOST_SPELLING", 3)

    assert len(list(spelling_shards([(f"word{at}", 1) for at in range(20)]))) == 3
