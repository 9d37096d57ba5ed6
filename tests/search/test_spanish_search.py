"""Who asks in Spanish finds what is there, also where a city wrote it in English alone."""

from dataclasses import replace

import pytest

from cities import MEASURED, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.model.synonyms import SynonymsOfLanguageRecord, SynonymsRecord
from cityfolio.publish.sinks import MemorySink
from cityfolio.search import speech_of
from cityfolio.search.synonyms import BRIDGES, read_shipped, shipped
from languages.spoken_cities import BOTH, in_both, in_english
from pages import factories


def said_for(language, text, **own):
    """What finds a text in a language."""
    catalog = factories.a_catalog(site=factories.a_site(languages=("en", "es")))
    return speech_of(replace(catalog, synonyms=SynonymsRecord(**own)), language).said.get(text, ())


def test_each_language_has_an_index_of_its_own_and_the_first_is_as_it_was():
    both, english = in_both(), in_english()
    own = {path: body for path, body in english.items() if path.startswith("search/index/")}

    assert {path: body for path, body in both.items() if path.startswith("search/index/")} == own
    assert "es/search/index/root.bin" in both


@pytest.mark.parametrize(("asked", "held"), [
    ("bache", "pothole"), ("basura", "trash"), ("acera", "sidewalk"), ("árbol", "tree"), ("presupuesto", "budget"),
    ("semáforo", "traffic signal"), ("vivienda", "housing"), ("policía", "police"), ("agua", "water"),
])
def test_common_words_of_a_city_find_english_texts_in_the_spanish_tree_alone(asked, held):
    phrase = tuple(held.split())
    plain = (asked.replace("á", "a").replace("í", "i"),)

    assert plain in said_for("es", phrase)
    assert plain not in said_for("en", phrase)


def test_a_city_s_own_words_count_in_the_language_that_they_are_listed_for():
    own = {"languages": {"es": SynonymsOfLanguageRecord(leads_to={"hoyo": ("pothole",)})}, "leads_to": {"crater": ("pothole",)}}
    spanish, english = (set(said_for(language, ("pothole",), **own)) for language in ("es", "en"))

    assert {("hoyo",), ("crater",)} & spanish == {("hoyo",)}
    assert {("hoyo",), ("crater",)} & english == {("crater",)}


@pytest.mark.parametrize("name", BRIDGES.values())
def test_the_lists_from_language_to_language_are_sound(name):
    record, problems = read_shipped(name)

    assert problems == ()
    assert len(record.leads_to) > 150


def test_a_language_without_a_list_has_no_synonyms():
    assert shipped("fr").leads_to == {}


def test_synonyms_of_a_language_are_read_from_the_city_s_file():
    files = with_files(a_city(), {**MEASURED, **BOTH, "synonyms.yaml": "languages:\n  es: {same: [[bache, hoyo]]}\n"})

    assert loaded(files).synonyms.record.languages["es"].same == (("bache", "hoyo"),)
    workshop = Workshop(tree=MemoryTree(files), sink=MemorySink())
    assert build_site(loaded(files), a_build(languages=("en", "es")), workshop).is_built
