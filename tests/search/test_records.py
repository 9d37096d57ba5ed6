"""Records say what a result shows, and nothing that is known without them."""

import json
import zlib
from random import Random
from string import ascii_lowercase

import pytest
from hypothesis import given, strategies as st

from cityfolio.search import records
from cityfolio.search.records import BLOCK, LONGEST_NAME, record_blocks, record_cells, shortened, url_pattern
from search.making_documents import a_document, a_part
from search.reading_index import Bytes


def only_record(document):
    """The record of one document."""
    (block,) = record_blocks([document])
    (record,) = json.loads(block)
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


def test_documents_are_cut_into_blocks_in_their_order():
    made = [json.loads(block) for block in record_blocks([a_document(id=str(at)) for at in range(10)])]

    assert [[record[0] for record in block] for block in made] == [list("0123"), list("4567"), list("89")]


def test_blocks_are_in_cells_where_a_list_of_their_widths_would_be_long(monkeypatch):
    monkeypatch.setattr(records, "MOST_LISTED", 3)

    assert record_cells([a_document()] * BLOCK * 3) is None
    assert record_cells([a_document()] * (BLOCK * 3 + 1)) is not None


def read_back(cells):
    """The records of each cell, which all have one width."""
    assert [len(file) % cells.width for file in cells.files] == [0] * len(cells.files)
    every = [file[at:at + cells.width] for file in cells.files for at in range(0, len(file), cells.width)]
    found = [Bytes(cell) for cell in every]
    return [json.loads(zlib.decompress(cell.take(cell.varint()))) for cell in found]


def test_cells_have_one_width_and_say_what_blocks_say(monkeypatch):
    monkeypatch.setattr(records, "MOST_LISTED", 3)
    monkeypatch.setattr(records, "CELLS_A_FILE", 5)
    documents = [a_document(id=f"d{at}", text="word " * (at % 7)) for at in range(50)]

    cells = record_cells(documents)

    assert read_back(cells) == [json.loads(block) for block in record_blocks(documents)]
    assert len(cells.files) == 3


def test_sentences_are_cut_where_their_cell_has_no_room(monkeypatch):
    monkeypatch.setattr(records, "MOST_LISTED", 3)
    chance = Random(5)
    long = " ".join("".join(chance.choices(ascii_lowercase, k=8)) for _ in range(60))
    documents = [a_document(id=f"d{at}", text=long if at == 17 else "Trees of the city.") for at in range(200)]

    found = [record for block in read_back(record_cells(documents)) for record in block]

    assert [record[0] for record in found] == [f"d{at}" for at in range(200)]
    assert [at for at, record in enumerate(found) if record[2:] != ["Trees of the city."]] == [16, 17, 18, 19]
    assert all(len("".join(record[2:])) <= len("Trees of the city.") for record in found)


def test_a_title_without_end_does_not_make_every_cell_wide(monkeypatch):
    monkeypatch.setattr(records, "MOST_LISTED", 3)
    long = "".join(Random(5).choices(ascii_lowercase, k=5_000))
    documents = [a_document(long if at == 17 else "Trees", id=f"d{at}") for at in range(200)]

    cells = record_cells(documents)

    assert cells.width < 2 * LONGEST_NAME
    assert len(read_back(cells)[4][1][1]) == LONGEST_NAME + 1
