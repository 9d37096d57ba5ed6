"""A reader that was written from docs/reference/search-index.md alone finds what was put into an index."""

import re
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings

from cityfolio.annex import Laid
from cityfolio.search import index, kinds, lexicon, packs, records, shards
from cityfolio.search.byte_lists import ByteLists
from cityfolio.search.documents import MATCHES, Document
from cityfolio.search.index import in_order, index_files
from cityfolio.search.lexicon import Lists
from cityfolio.search.shards import place_files
from cityfolio.search.terms import Speech
from cityfolio.search.text import tokens
from house.documents import ROOT
from search.making_documents import a_document, a_part, facets, some_documents
from search.reading_index import IndexRead, ListRead, read_places, read_shard

PAGE = (ROOT / "docs" / "reference" / "search-index.md").read_text("utf-8")
# In the order in which an index has them: by publisher, facets and title.
CITY = (
    a_document("Bike counts", about="Mobility", text="Every bicycle that was counted.", updated="2026-02-01",
               facets=facets(topic=("moving", "streets"), format="csv")),
    a_document("Street trees", id="trees", about="Parks", text="Every tree the city planted.", updated="2026-01-02",
               detail="CSV, GeoJSON", keywords=("oaks", "elm 樹木"), facets=facets(topic="nature", format=("csv", "geojson"))),
    a_document("Café terraces", about="Parks", facets=facets(topic="streets")),
    a_part("counted_on", parent="bike-counts", title="Day of the count"),
    a_part("species", parent="trees", title="What kind of tree it is", text="oak, elm"),
    a_part("height", parent="trees", text="In feet", detail=""),
)


@pytest.fixture(params=["one file", "a folder"])
def read(request, monkeypatch):
    monkeypatch.setattr(index, "ONE_FILE_BYTES", 32_768 if request.param == "one file" else 0)
    monkeypatch.setattr(shards, "SHARD_BYTES", 32_768 if request.param == "one file" else 64)
    return IndexRead(index_files((*CITY[2::-1], *CITY[3:]), Speech()))


def example(file: str) -> bytes:
    """The bytes of a table of the page, put together."""
    table = PAGE.partition(f"| bytes of `{file}` |")[2].partition("\n\n")[0]
    return bytes.fromhex("".join(re.findall(r"^\| `([0-9A-F ]+)` \|", table, re.MULTILINE)))


def values(document: Document, facet: str) -> list[tuple[str, str]]:
    return list(document.facets.get(facet, ()))


def test_documents_stand_in_the_order_that_the_page_says(read):
    assert read.kinds == [("dataset", 3, "/data/{}/"), ("column", 3, "")]
    assert [record[0] for record in read.records] == ["bike-counts", "trees", "café-terraces", "bike-counts/counted_on",
                                                      "trees/species", "trees/height"]


def test_a_record_is_what_was_put_in(read):
    assert read.records == [[each.id, each.title, each.text, each.about, each.detail, each.updated, each.url] for each in CITY]


def test_every_word_of_a_text_leads_to_its_document(read):
    unsaid = str(read.root["stop"]).split()
    lost = [word for at, each in enumerate(CITY) for word in tokens(f"{each.title} {each.text}")
            if at not in read.documents(word)]

    assert lost == ["that", "was", "the", "in"]
    assert set(lost) <= set(unsaid)


def test_words_of_one_stem_have_the_same_documents(read):
    assert read.documents("trees") == read.documents("tree")
    assert {at: match for at, (_, match) in read.documents("tree").items()} == {1: "title", 4: "title", 5: "about"}


def test_a_word_that_no_document_has_leads_nowhere(read):
    assert [read.documents(word) for word in ("aardvark", "zebra", "counterfeit")] == [{}, {}, {}]


def test_pairs_of_characters_are_words(read):
    assert {at: match for at, (_, match) in read.documents("樹木").items()} == {1: "keywords"}


def test_a_word_in_a_title_says_more_than_one_in_a_text(read):
    assert read.documents("streets")[1][0] > read.documents("planted")[1][0] > 0


def test_words_stand_where_the_page_counts_them(read):
    assert read.places("street") == {1: [0]}
    assert read.places("trees") == {1: [1, 30], 4: [3, 24], 5: [19]}
    assert read.places("oak") == {1: [10], 4: [14]}
    assert read.places("elm") == {1: [19], 4: [15]}


def test_words_of_four_letters_are_there_backwards(read):
    assert sorted(read.backwards()) == [
        "bicycle", "bike", "cafe", "city", "count", "counted", "counts", "every", "feet", "height", "kind", "mobility", "oaks",
        "parks", "planted", "street", "terraces", "tree", "trees", "what"]
    assert read.backwards()["oaks"] == 8 * 1


def test_facets_are_those_of_the_documents(read):
    assert read.root["facets"] == ["topic", "format"]
    assert read.facet("topic") == [values(each, "topic") for each in CITY[:3]]
    assert read.facet("format") == [values(each, "format") for each in CITY[:3]]


def test_days_and_titles_are_in_order(read):
    assert read.order("updated") == [(date(2026, 2, 1) - date(1970, 1, 1)).days, (date(2026, 1, 2) - date(1970, 1, 1)).days, 0]
    assert read.order("name") == [0, 2, 1]


def test_a_column_knows_its_dataset(read):
    assert read.parts() == [0, 1, 1]


def test_the_page_names_every_file_and_every_key(read):
    paths = {re.sub(r"(?<=^facets/)\w+", "NAME", re.sub(r"\d+", "N", path)) for path in read.bodies}

    assert [path for path in paths if f"`GENERATION/{path}`" not in PAGE] == []
    assert [key for key in read.root if f"`{key}`" not in PAGE] == []
    assert [name for name in MATCHES if f"`{name}`" not in PAGE] == []


@pytest.mark.parametrize("said", [
    f"less than {index.ONE_FILE_BYTES:,} bytes",
    f"cut at {records.LONGEST_TEXT} characters (in [cells](#cells) at {records.CUTS[0]} or less)",
    f"after {records.LONGEST_NAME} characters",
    f"more than {kinds.MOST_COLUMNS:,} columns",
    f"more than {index.LARGE:,} words in all texts",
    f"more than {lexicon.LARGE:,} entries in all lists",
    f"more than {shards.FEW_SHARDS:,} shards",
    f"`together` is {shards.PLACES_TOGETHER}, not 1",
    f"more than {records.BLOCK * records.MOST_LISTED:,} documents",
    f"{records.CELLS_A_FILE} blocks share a file",
    *(f"| `{each.name}` | {each.together} | {each.most:,} |" for each in packs.FOLDERS),
    f"{packs.UNIT} bytes",
    f"about {shards.SHARD_BYTES // 1024} KB before compression",
    f"shards of spelling {shards.SPELLING_WORDS} words",
    f"at most {kinds.MOST_VALUES} are indexed",
], ids=str)
def test_the_page_has_the_limits_of_the_program(said):
    assert said in " ".join(PAGE.split())


def test_the_example_of_a_shard_reads_as_the_page_says():
    shard = read_shard(example("words/0.bin"))

    assert shard.words == {"street": 0, "tree": 1, "trees": 1}
    assert shard.lists == (ListRead(peak=200, documents=(2, 300), marks=bytes([31 + 32 * 0, 10 + 32 * 2])),
                           ListRead(peak=180, documents=(0,), marks=bytes([31 + 32 * 0])))
    assert read_places(example("places/0.bin"), [shard]) == [[{2: [0, 5]}, {0: [1]}]]


def test_the_example_is_what_is_written():
    lists = Lists(said=2, sizes=np.array([2, 1]), peaks=np.array([200, 180]), gaps=ByteLists.of([b"\x02\xa9\x02", b"\x00"]),
                  codes=ByteLists.of([b"\x1f\x4a", b"\x1f"]), places=ByteLists.of([b"\x00\x03\x0a", b"\x00\x04"]))
    made = list(shards.shards(["street", "tree", "trees"], np.array([0, 1, 1]), lists))
    _, places = place_files([Laid(shard.places) for shard in made])

    assert [b"".join(shard.columns) for shard in made] == [example("words/0.bin")]
    assert [b"".join(columns) for columns in places] == [example("places/0.bin")]


@given(some_documents())
@settings(max_examples=40)
def test_whatever_the_documents_are_they_are_read_back(documents):
    read = IndexRead(index_files(documents, Speech()))
    kept = in_order(documents)

    assert [record[:4] for record in read.records] == [[each.id, each.title, each.text, each.about] for each in kept]
    assert [(at, word) for at, each in enumerate(kept) for word in tokens(each.title) if at not in read.documents(word)] == []
