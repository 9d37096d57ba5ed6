"""Lists and places hold what was put into them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, strategies as st

from cityfolio.search import lexicon
from cityfolio.search.byte_lists import ByteLists
from cityfolio.search.documents import MATCHES
from cityfolio.search.impacts import Postings
from cityfolio.search.lexicon import LEVELS, Extent, Placed, lists_of, places_of, scale_of
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
    """Where terms stand: {(term, document): places}."""
    rows = sorted((term, document, place) for (term, document), found in places.items() for place in found)
    return Placed.of([np.array([row[at] for row in rows], np.int32) for at in (0, 1, 2)])


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


def a_list(postings, terms):
    """The lists of so many terms, without places."""
    return lists_of(postings, np.arange(terms + 1), Extent.of(postings), ByteLists.of([b""] * terms))


@given(st.sets(st.tuples(st.integers(0, TERMS - 1), st.integers(0, 70_000)), max_size=40))
def test_the_documents_of_each_term_come_back(pairs):
    lists = a_list(a_posting_list(pairs), TERMS)

    assert [gaps_read(body) for body in lists.gaps] == [
        sorted(each for own, each in pairs if own == term) for term in range(TERMS)]
    assert lists.sizes.tolist() == [sum(own == term for own, _ in pairs) for term in range(TERMS)]


@given(st.lists(st.floats(0.01, 20), min_size=1, max_size=30))
def test_an_impact_is_kept_to_a_part_of_the_greatest_of_its_term(impacts):
    postings = a_posting_list([(0, at) for at in range(len(impacts))], impacts)
    lists = a_list(postings, 1)
    scale = lists.scale
    peak = float(scale.values(lists.peaks)[0])
    kept = np.array([(code & 31) + 1 for code in next(iter(lists.codes))]) * peak / LEVELS

    assert max(impacts) * 0.999 <= peak <= max(impacts) * scale.ratio * 1.001
    assert np.abs(kept - impacts).max() <= peak / LEVELS


def test_what_a_match_is_shown_as_is_in_the_high_bits():
    postings = replace(a_posting_list([(0, 0), (0, 1)]), match=np.array([2, 7], np.int8))
    lists = a_list(postings, 1)

    assert [code >> 5 for code in next(iter(lists.codes))] == [2, 7]


@pytest.mark.parametrize(
    ("documents", "levels"), [(2000, {3, 7, 11, 15, 19, 23, 27, 31}), (400, {7, 15, 23, 31}), (40, {15, 31})],
    ids=["in few documents", "in many", "almost everywhere"],
)
def test_a_large_index_tells_the_fewer_levels_apart_the_more_documents_have_a_word(monkeypatch, documents, levels):
    monkeypatch.setattr(lexicon, "LARGE", 31)
    postings = a_posting_list([*((0, at) for at in range(32)), (1, documents - 1)], [float(at) for at in range(1, 34)])
    lists = a_list(postings, 2)

    assert {code & 31 for code in next(iter(lists.codes))} == levels


def test_a_large_index_tells_less_of_where_a_word_was_found(monkeypatch):
    postings = replace(a_posting_list([(0, at) for at in range(8)]), match=np.arange(8, dtype=np.int8))
    monkeypatch.setattr(lexicon, "LARGE", 7)
    lists = a_list(postings, 1)

    assert [MATCHES[code >> 5] for code in next(iter(lists.codes))] == ["title", *["description"] * 6, "otherwise"]


def test_no_postings_make_empty_lists():
    postings = a_posting_list([])
    lists = a_list(postings, 2)

    assert [*lists.gaps, *lists.codes, *places_of(postings, a_placed({}), np.arange(3))] == [b""] * 6


def test_one_impact_makes_a_scale():
    scale = scale_of(Extent.of(a_posting_list([(0, 0)], [3.0])))

    assert scale.values(scale.steps(np.array([3.0])))[0] == pytest.approx(3.0, rel=1e-3)


@given(st.lists(st.floats(0.001, 1000), min_size=1, max_size=20))
def test_steps_of_a_scale_are_not_below_an_impact_and_one_step_above_at_most(impacts):
    scale = scale_of(Extent.of(a_posting_list([(0, at) for at in range(len(impacts))], impacts)))
    values = scale.values(scale.steps(np.array(impacts)))

    assert np.all(values >= np.array(impacts) * 0.999)
    assert np.all(values <= np.array(impacts) * scale.ratio * 1.001)


@given(PLACES)
def test_the_places_of_each_posting_come_back(places):
    postings = a_posting_list(places)
    read = [places_read(body) for body in places_of(postings, a_placed(places), np.arange(TERMS + 1))]
    documents = [sorted(document for own, document in places if own == term) for term in range(TERMS)]

    assert [{documents[term][posting]: found for posting, found in each.items()} for term, each in enumerate(read)] == [
        {document: sorted(found) for (own, document), found in sorted(places.items()) if own == term and found}
        for term in range(TERMS)]
