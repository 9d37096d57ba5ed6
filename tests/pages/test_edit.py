"""The pages with forms, as they are drawn: every key has its field, and only what may be published is."""

from __future__ import annotations

import orjson
import pytest

from cities import SITE, TREES, a_build, a_city, loaded
from cityfolio.files import MemoryTree
from cityfolio.model.keys import keys_of
from cityfolio.model.records import DatasetRecord, Repository
from cityfolio.pages.edit import EDITABLE
from cityfolio.publish.weights import OTHER_HTML_BYTES, gzipped
from cityfolio.review.edit_files import edit_files
from pages.drawing import draw_site
from pages.factories import a_build as drawn_build, a_catalog, a_dataset, a_site

REPOSITORY = "repository: {url: https://code.example.gov/city/data}\n"


def drawn(**given):
    """The site of a city whose catalog is kept in a repository."""
    repository = Repository(url="https://code.example.gov/city/data", **given)
    return draw_site(catalog=a_catalog(a_dataset(), site=a_site(repository=repository)))


def fetched(dataset=TREES, repository=REPOSITORY):
    """What the forms of a city may fetch, by address."""
    files = a_city(**{"site.yaml": SITE + repository, "datasets__trees__dataset.yaml": dataset})
    return {output.url: output.body for output in edit_files(loaded(files), MemoryTree(files), a_build())}


def test_there_is_a_form_for_each_kind_of_file():
    urls = {output.url for output in drawn().html()}

    assert {f"/edit/{each.kind}/" for each in EDITABLE} | {"/edit/"} <= urls


def test_without_a_repository_there_are_no_forms():
    site = draw_site(catalog=a_catalog(a_dataset(), site=a_site(repository=None)))

    assert [output.url for output in site.html() if output.url.startswith("/edit/")] == []
    assert fetched(repository="") == {}


@pytest.mark.parametrize("each", EDITABLE, ids=lambda each: each.kind)
def test_every_key_of_a_file_has_a_field_with_its_help(each):
    page = drawn().page(f"/edit/{each.kind}/")

    assert [name for name in keys_of(each.record) if not page.by_id(f"f-{name}-help").text] == []


@pytest.mark.parametrize("each", EDITABLE, ids=lambda each: each.kind)
def test_no_markup_is_shown_as_text(each):
    [body] = [output.body for output in drawn().html() if output.url == f"/edit/{each.kind}/"]

    assert b"&lt;code&gt;" not in body


def test_how_often_is_said_as_pages_say_it():
    words = drawn().page("/edit/dataset/").by_id("f-frequency-words")

    assert "every two weeks" in words.text


def test_no_form_is_heavier_than_a_page_may_be():
    heavy = {output.url: size for output in drawn().html() if output.url.startswith("/edit/")
             and (size := gzipped(output.body)) > OTHER_HTML_BYTES}

    assert heavy == {}


def test_search_engines_are_asked_to_leave_forms_out():
    assert drawn().page("/edit/dataset/").one("meta", name="robots").get("content") == "noindex"


def test_from_a_folder_a_form_says_what_to_do_instead():
    repository = Repository(url="https://code.example.gov/city/data")
    site = draw_site(catalog=a_catalog(a_dataset(), site=a_site(repository=repository)), build=drawn_build(for_folder=True))
    page = site.page("/edit/dataset/")

    assert page.all("script", type="module") == []
    assert page.link("Begin the file at the code host").address.startswith("https://code.example.gov/city/data/new/main/")


def test_the_file_of_a_dataset_is_published_as_it_is_written():
    assert fetched()["/data/trees/dataset.yaml"] == TREES.encode()


@pytest.mark.parametrize(
    ("dataset", "repository"),
    [
        (TREES, REPOSITORY.replace("}", ", sources: false}")),
        (TREES.replace("unit: feet", "sensitive: true"), REPOSITORY),
        (f"{TREES}status: restricted\nreason: Names of people.\n", REPOSITORY),
    ],
    ids=["not wanted", "a sensitive column", "restricted"],
)
def test_a_file_that_should_not_be_seen_is_not_published(dataset, repository):
    found = fetched(dataset, repository)

    assert "/data/trees/dataset.yaml" not in found
    assert orjson.loads(found["/edit/known.json"])["here"] == {}


def test_forms_know_which_ids_there_are_and_what_they_are_called():
    known = orjson.loads(fetched()["/edit/known.json"])

    assert known["titles"]["publishers"] == {"parks": "Parks and Recreation"}
    assert known["titles"]["licenses"]["cc0-1.0"] == "Creative Commons Zero 1.0 (public domain dedication)"
    assert known["here"]["trees"]["files"] == ["dataset.yaml", "trees.csv"]


def test_the_rules_are_those_of_every_kind_that_has_a_form():
    rules = orjson.loads(fetched()["/edit/rules.json"])

    assert {each.record.__name__ for each in EDITABLE} <= set(rules["groups"])
    assert [key["name"] for key in rules["groups"]["DatasetRecord"]["keys"]] == [*keys_of(DatasetRecord)]
