"""Records say what a result shows, and nothing that is known without them."""

import json

import pytest
from hypothesis import given, strategies as st

from cityfolio.search import records
from cityfolio.search.records import LONGEST_TEXT, MOST_SHARDS, record_shards, shard_size, shortened, url_pattern
from search.making_documents import a_document, a_part


def only_record(document):
    """The record of one document."""
    (columns,) = record_shards([document], 4)
    (record,) = json.loads(b"".join(columns))
    return record


def test_a_record_has_everything_in_its_order():
    document = a_document("Trees", text="All trees.", about="Parks", detail="CSV", updated="2026-01-02", url="https://example.gov/")

    assert only_record(document) == [[""], "Trees", "All trees.", "Parks", "CSV", "2026-01-02", "https://example.gov/"]


@pytest.mark.parametrize(
    ("title", "key", "told"),
    [("Street trees (2024)", "street-trees-2024", [""]), ("Street trees", "street-trees-2", ["-2"]), ("Trees", "oaks", "oaks"),
     ("Árboles", "arboles", "arboles"), ("木", "trees", "trees"), ("", "trees", "trees")],
    ids=["the title's letters", "one more of that title", "another word", "accents", "no plain letters", "no title"],
)
def test_an_id_is_said_as_what_its_title_does_not_say(title, key, told):
    assert only_record(a_document(title, id=key, text="All trees."))[0] == told


def test_an_address_that_follows_from_the_id_is_not_said():
    assert only_record(a_document("Trees", updated="2026-01-02")) == [[""], "Trees", "", "", "", "2026-01-02"]


def test_what_is_empty_at_the_end_is_not_said():
    assert only_record(a_document("Trees", text="All trees.")) == [[""], "Trees", "All trees."]


def test_a_column_says_its_address():
    assert only_record(a_part("species"))[-1] == "/data/street-trees/#column-species"
    assert url_pattern("column") == ""


def test_a_long_text_is_cut_between_words():
    assert shortened("street trees of the city", 12) == "street…"
    assert shortened("street trees of the city", 13) == "street trees…"
    assert shortened("streettrees", 6) == "street…"
    assert shortened("street", 6) == "street"


@given(st.text(max_size=400), st.integers(1, 200))
def test_a_shortened_text_is_no_longer_than_its_limit_and_three_dots(text, longest):
    assert len(shortened(text, longest)) <= longest + 1


def test_texts_are_shorter_in_a_large_index(monkeypatch):
    documents = [a_document(id="a", text="word " * 100), a_document(id="b")]
    usual = json.loads(next(record_shards(documents, 4))[0])
    monkeypatch.setattr(records, "LARGE", 1)
    large = json.loads(next(record_shards(documents, 4))[0])

    assert len(large[0][2]) < len(usual[0][2]) <= LONGEST_TEXT + 1


def test_documents_are_cut_into_shards_in_their_order():
    made = [json.loads(body) for (body,) in record_shards([a_document(id=str(at)) for at in range(10)], 4)]

    assert [[record[0] for record in shard] for shard in made] == [list("0123"), list("4567"), list("89")]


@pytest.mark.parametrize(("documents", "size"), [(0, 4), (20_000, 4), (20_001, 8), (100_000, 20), (240_001, 64), (10**6, 64)],
                         ids=str)
def test_shards_hold_few_documents_but_are_not_too_many(documents, size):
    assert shard_size(documents) == size


@given(st.integers(0, 320_000))
def test_there_are_no_more_shards_than_a_host_likes(documents):
    assert documents <= shard_size(documents) * MOST_SHARDS
