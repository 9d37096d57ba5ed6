"""The files of an index say what the documents say, in one file or many, and always in the same bytes."""

from itertools import pairwise

import pytest
from hypothesis import given, strategies as st

from cityfolio.search import index, occurrences, runs, shards
from cityfolio.search.documents import MATCHES
from cityfolio.search.index import ONE_FILE_BYTES, VERSION, in_order, index_files
from cityfolio.search.terms import Speech
from search import plain_bm25f
from search.decoded_index import read_index
from search.making_documents import a_document, a_part, facets, some_documents, some_texts

STOPS = {"of", "the"}
CITY = (
    a_document("Street trees", text="Every tree of the city", about="Parks", updated="2026-01-01",
               facets=facets(topic="parks")),
    a_document("Crime incidents", keywords="police", about="Police", updated="2025-01-01",
               facets=facets(topic=["crime", "streets"])),
    a_part("species"), a_part("planted_on"), a_part("ward", parent="crime-incidents"),
)


def read(*documents, said=None, language="en"):
    """The index of some documents."""
    return read_index(index_files(documents, Speech(language=language, said=said or {})))


def in_a_folder(documents):
    """The files of an index that is cut into as many shards as can be."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index, "ONE_FILE_BYTES", 0)
        patch.setattr(shards, "SHARD_BYTES", 1)
        patch.setattr(shards, "SPELLING_WORDS", 1)
        return index_files(documents, Speech())


def holding(documents, word, fields=("title", "keywords", "text", "description")):
    """The ids of the documents that have a word, in Python alone."""
    return {each.id for each in documents if any(word in plain_bm25f.field_words(each, field) for field in fields)}


@given(some_documents())
def test_a_word_finds_the_documents_that_have_it(documents):
    found = read(*documents)

    assert {word: set(found.documents_of(word)) for word in ("crime", "élan", "311")} == {
        word: holding(documents, word) for word in ("crime", "élan", "311")} | {"élan": set()}


@given(some_documents())
def test_a_word_finds_the_documents_that_have_its_other_forms(documents):
    found = read(*documents)

    assert set(found.documents_of("trees")) == set(found.documents_of("tree")) == (
        holding(documents, "tree") | holding(documents, "trees"))


@given(some_documents())
def test_words_that_say_nothing_are_found_in_titles_and_keywords_alone(documents):
    found = read(*documents)

    assert {word: set(found.documents_of(word)) for word in STOPS} == {
        word: holding(documents, word, ("title", "keywords")) for word in STOPS}


@given(st.lists(some_texts(), min_size=1, max_size=6))
def test_places_are_where_a_word_stands_in_its_document(texts):
    found = read(a_document("crime", id="first"), *(a_document(text, id=str(at)) for at, text in enumerate(texts)))
    stands = {str(at): [place for place, word in enumerate(text.split()) if word == "crime"] for at, text in enumerate(texts)}

    assert found.places_of("crime") == {"first": [0]} | {key: places for key, places in stands.items() if places}


@given(st.lists(st.lists(st.sampled_from(["oak", "elm", "ash"]), max_size=5).map(" ".join), min_size=1, max_size=6))
def test_impacts_are_those_of_bm25f_to_a_part_of_the_greatest(texts):
    documents = [a_document("oak", id="first"), *(a_document("", id=str(at), text=text) for at, text in enumerate(texts))]
    exact = {each.id: plain_bm25f.impact("oak", each, documents) for each in documents if "oak" in f"{each.title} {each.text}"}

    assert read(*documents).impacts_of("oak") == pytest.approx(exact, abs=max(exact.values()) / 16)


@given(some_documents(), st.integers(1, 9))
def test_the_bytes_do_not_depend_on_what_is_worked_on_at_once(documents, at_once):
    whole = index_files(documents, Speech())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(occurrences, "AT_ONCE", at_once)
        patch.setattr(runs, "AT_ONCE", at_once)
        patch.setattr(runs, "READ_AT_ONCE", at_once)
        cut = index_files(documents, Speech())

    assert cut == whole


@given(some_documents(), st.randoms())
def test_the_bytes_do_not_depend_on_the_order_of_datasets(documents, chance):
    shuffled = chance.sample(documents, len(documents))

    assert index_files(shuffled, Speech()) == index_files(documents, Speech())


@given(some_documents())
def test_one_file_says_what_a_folder_says(documents):
    one, many = read(*documents), read_index(in_a_folder(documents))

    assert one.records == many.records
    assert one.spelling == many.spelling
    assert {word: (one.documents_of(word), one.places_of(word)) for word in one.words} == {
        word: (many.documents_of(word), many.places_of(word)) for word in many.words}


def test_a_small_index_is_one_file_and_a_large_one_a_folder():
    many = [a_document(f"Title {at} {at * 7919:x}", text=f"{at * 104729:x} {at ** 5:x}") for at in range(3000)]
    large = index_files(many, Speech())

    assert list(index_files(CITY, Speech())) == ["root.bin"]
    assert len(index_files(CITY, Speech())["root.bin"]) < ONE_FILE_BYTES
    assert len(large) > 20
    assert {path.split("/")[-2] for path in large if path != "root.bin"} == {
        "words", "places", "spelling", "records", "titles", "sort"}


def test_the_folder_is_named_by_what_it_holds():
    one, same, other = (read_index(in_a_folder(documents)).root["folder"] for documents in (CITY, CITY, CITY[:1]))

    assert one == same != other


def test_the_root_says_how_an_index_is_read():
    root = read(*CITY).root

    assert root["version"] == VERSION
    assert root["matches"] == list(MATCHES)
    assert root["kinds"] == [["dataset", 2, "/data/{}/"], ["column", 3, ""]]
    assert root["facets"] == ["topic"]
    assert "the" in root["stop"].split()


def test_shards_start_where_the_root_says():
    found = read_index(in_a_folder(CITY))
    starts = found.root["words"].split("\n")

    assert starts == sorted(starts)
    assert len(starts) == sum(path.startswith("words/") for path in found.files)


def test_a_language_without_stop_words_finds_every_word():
    assert set(read(a_document("Bäume", text="der Stadt"), language="de").documents_of("der")) == {"bäume"}


@pytest.mark.parametrize(
    ("language", "title", "asked"),
    [("es", "Escuelas públicas", "escuela"), ("es", "Parques", "parque"),
     ("es", "Árboles", "arbol"), ("en", "People of the city", "person"),
     ("zh", "街路树", "路树"), ("ja", "木の葉", "の葉"), ("ko", "나무", "\u1102\u1161"), ("en", "Bike lanes", "biking")],
    ids=str,
)
def test_a_title_is_found_by_another_form(language, title, asked):
    assert set(read(a_document(title, id="it"), language=language).documents_of(asked)) == {"it"}


def test_a_document_is_found_by_what_is_said_for_its_words():
    said = {("solid", "waste"): (("trash",), ("garbage",))}

    assert read(a_document("Solid waste"), said=said).documents_of("garbages")["solid-waste"] == "otherwise"


def test_what_is_said_for_no_text_finds_nothing():
    assert "trash" not in read(a_document("Trees"), said={("solid", "waste"): (("trash",),)}).words


def test_compounds_are_found_both_ways():
    found = read(a_document("Street light"), a_document("Streetlight", id="one"))

    assert set(found.documents_of("streetlight")) == set(found.documents_of("light")) == {"street-light", "one"}


def test_compounds_have_no_place():
    assert set(read(a_document("Street light"), a_document("Streetlight", id="one")).places_of("light")) == {"street-light"}


def test_a_word_that_is_said_of_anything_counts_half():
    found = read(a_document("City", id="a"), a_document("Oak", id="b"))

    assert found.impacts_of("city")["a"] == pytest.approx(found.impacts_of("oak")["b"] / 2, rel=0.05)


def test_in_a_large_index_only_what_is_shown_has_places_and_is_said_otherwise(monkeypatch):
    monkeypatch.setattr(index, "LARGE", 0)
    found = read(a_document("Trees", text="trash", description="trees rubbish"),
                 said={("rubbish",): (("litter",),), ("trash",): (("garbage",),)})

    assert found.places_of("trees") == {"trees": [0]}
    assert found.places_of("rubbish") == {}
    assert "litter" not in found.words
    assert found.documents_of("garbage") == {"trees": "otherwise"}


def test_words_are_spelled_as_texts_and_people_say_them():
    found = read(a_document("Potholes"), said={("potholes",): (("craters",),)})

    assert found.spelling == {"potholes": 0, "craters": 0}


def test_documents_are_in_the_order_of_kind_publisher_and_title():
    documents = (a_part("b"), a_document("Zoning", about="A"), a_document("Street trees", about="B"),
                 a_document("Air", about="B"), a_part("a", parent="zoning"), a_part("a"))

    assert [each.id for each in in_order(documents[1:])] == ["zoning", "air", "street-trees", "zoning/a", "street-trees/a"]


def test_facets_and_orders_are_of_datasets():
    found = read(*CITY)

    assert found.facet("topic") == {"street-trees": ["parks"], "crime-incidents": ["crime", "streets"]}
    assert found.order("name") == {"street-trees": 1, "crime-incidents": 0}
    assert found.order("updated")["street-trees"] > found.order("updated")["crime-incidents"] > 0


def test_how_many_parts_each_dataset_has_is_in_a_file_when_there_are_any():
    found = read(*CITY)
    counts = dict(zip(found.ids, found.files["parts.bin"], strict=False))

    assert counts == {"street-trees": 2, "crime-incidents": 1}
    assert "parts.bin" not in read(*CITY[:2]).files


def test_records_of_columns_come_after_those_of_datasets():
    assert set(read(*CITY).ids[:2]) == {"street-trees", "crime-incidents"}


def test_nothing_makes_an_index_of_nothing():
    found = read()

    assert (found.records, found.words, found.spelling, found.root["kinds"]) == ([], [], {}, [])


def test_words_of_each_list_are_in_the_order_in_which_a_browser_compares():
    found = read(a_document("𠀀 ﹅ ꯀ abc ェ zz"))
    units = [word.encode("utf-16-be") for word in found.words]

    assert all(one < other for one, other in pairwise(units))


@pytest.mark.parametrize("key", ["a/b", "it's", 'a"b', "naïve", "__proto__", "{}", "a\0b"], ids=repr)
def test_any_id_is_kept(key):
    assert read(a_document("Trees", id=key)).ids == [key]


def test_a_title_of_many_words_is_found_by_each():
    found = read(a_document(" ".join(f"word{at}" for at in range(500)), id="long"))

    assert all(set(found.documents_of(f"word{at}")) == {"long"} for at in (0, 250, 499))


def test_documents_that_say_the_same_weigh_the_same():
    found = read(a_document("Trees", id="a"), a_document("Trees", id="b"))
    impacts = found.impacts_of("trees")

    assert impacts["a"] == impacts["b"]
