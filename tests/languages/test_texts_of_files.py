"""Guides, rules and notes whose texts are written in several languages, each in a file of its own."""

import re

import orjson
import pytest

from cities import MEASURED, a_city, codes, loaded, problems, with_files
from cityfolio.load.file_kinds import kind_of
from languages.spoken_cities import BOTH, built

GUIDE = """\
---
title: {en: Count the trees, es: Cuente los árboles}
datasets: [trees]
---
There are {{ rows trees }} trees.
"""
IN_SPANISH = "Hay {{ rows trees }} árboles. Vea [todos](/data/trees/).\n"
RULE = "---\ntitle: Open data policy\nkind: policy\nowner: parks\n---\nEverything is published.\n"
NOTE = "---\ntitle: Counted anew\nkind: correction\ndatasets: [trees]\n---\nTwo were missing.\n"
CITY = with_files(a_city(), {
    **MEASURED, **BOTH, "guides/count.md": GUIDE, "guides/count.es.md": IN_SPANISH,
    "policy/open.md": RULE, "policy/open.es.md": "Todo se publica.\n",
    "changes/2026-06-01-anew.md": NOTE, "changes/2026-06-01-anew.es.md": "Faltaban dos.\n",
})


def problems_at(path, body):
    """What is wrong with a file of that city, with these words in it."""
    return [each for each in problems(with_files(CITY, {path: body})) if each.where.path == path]


@pytest.fixture(scope="module")
def site():
    """The pages of that city."""
    return built(CITY)[0]


def main_of(site, path):
    """What a page shows, without its frame."""
    return site[path].decode().partition("<main")[2].partition("</main>")[0]


def test_the_text_of_a_guide_is_the_one_of_each_tree_with_its_figures_and_links(site):
    english, spanish = (main_of(site, f"{tree}guides/count/index.html") for tree in ("", "es/"))

    assert "There are <a" in english
    assert re.search(r'Hay <a href="[^"]*">3</a> árboles. Vea <a href="../../data/trees/" rel="noopener">todos</a>', spanish)
    assert "There are" not in spanish


def test_the_text_of_a_rule_and_of_a_note_is_the_one_of_each_tree(site):
    assert "Todo se publica." in main_of(site, "es/policy/open/index.html")
    assert "Everything is published." in main_of(site, "policy/open/index.html")
    assert "Faltaban dos." in main_of(site, "es/data/trees/changes/index.html")


def test_programs_and_the_search_read_the_text_of_their_tree(site):
    said = orjson.loads(site["es/guides/count/index.json"])

    assert "Hay 3 árboles" in said["text"]


def test_a_text_that_is_missing_in_a_language_is_shown_in_the_first_and_says_so():
    page = main_of(built(with_files(CITY, {"guides/count.es.md": None}))[0], "es/guides/count/index.html")

    assert re.search(r'<div lang="en"><p>There are', page)


def test_a_city_of_one_language_has_plain_texts_as_before():
    sourced = loaded(with_files(CITY, {"site.yaml": a_city()["site.yaml"], "guides/count.es.md": None})).guides["count"]

    assert type(sourced.body) is str


def test_a_fault_in_a_translation_is_told_at_its_own_line():
    (fault,) = problems_at("guides/count.es.md", "Hay\n{{ rows oaks }} robles.\n")

    assert (fault.code, fault.where.line) == ("figure-unknown", 2)


def test_keys_in_a_translation_are_an_error_and_its_text_is_read():
    files = with_files(CITY, {"guides/count.es.md": f"---\ntitle: Cuente\n---\n{IN_SPANISH}"})
    found = loaded(files)

    assert codes(found.problems) == ["key-unknown"]
    assert found.guides["count"].body.in_language("es", "en") == IN_SPANISH


@pytest.mark.parametrize(("path", "code"), [
    ("guides/count.fr.md", "language-not-of-site"), ("guides/count.en.md", "file-unexpected"),
    ("guides/oaks.es.md", "file-unexpected"),
], ids=["another language", "the first language", "of nothing"])
def test_a_translation_that_is_shown_nowhere_is_told_of(path, code):
    assert codes(tuple(problems_at(path, "Texto.\n"))) == [code]


def test_a_text_that_is_there_in_a_further_language_alone_is_shown_in_both_trees():
    site = built(with_files(CITY, {"policy/open.md": RULE.partition("Everything")[0]}))[0]

    assert '<div lang="es"><p>Todo se publica.</p></div>' in main_of(site, "policy/open/index.html")


def test_a_translation_has_no_keys_to_be_formatted_or_set():
    assert kind_of("guides/count.es.md") is None
    assert kind_of("guides/count.md") is not None


def test_the_edit_link_of_a_page_leads_to_the_file_of_its_language():
    site = built(with_files(CITY, {"site.yaml": f'{BOTH["site.yaml"]}repository: {{url: "https://github.com/city/data"}}\n'}))[0]

    assert "guides/count.es.md" in main_of(site, "es/guides/count/index.html")
    assert "guides/count.md" in main_of(site, "guides/count/index.html")
