"""Guides and rules are found by what they say."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import orjson

from cities import a_build
from cityfolio.cache import NoCache
from cityfolio.pages.pages import site_of
from cityfolio.pages.shell import Site
from cityfolio.search import search
from cityfolio.search.documents import Document
from cityfolio.search.kinds import documents_of
from cityfolio.search.records import url_pattern
from pages.drawing import draw_site, the_theme
from pages.practice_texts import the_catalog


@cache
def the_site() -> Site:
    """The city of texts, as its pages and its search have it."""
    return site_of(the_catalog(), a_build(), the_theme())


def found(kind: str) -> Sequence[Document]:
    """The documents of a kind in the city of texts."""
    return [each for each in documents_of(the_site()) if each.kind == kind]


def test_a_guide_is_found_by_its_text_with_its_figures_and_by_its_data() -> None:
    (guide,) = found("guide")

    assert (guide.id, guide.url, guide.about) == ("potholes", "/guides/potholes/", "Nature")
    assert guide.text == "For residents who wait for a repair."
    assert "The city keeps 6 repairs" in guide.fields["description"][0]
    assert guide.fields["about"] == ("Nature", "Pothole repairs", "Street trees")


def test_a_rule_and_a_meeting_are_found_by_their_text_and_their_owner() -> None:
    rules = {each.id: each for each in found("rule")}

    assert rules["open-data"].fields["about"] == ("Parks and Recreation", "City council", "City Code 2-341")
    assert "unless" in rules["open-data"].fields["description"][0]
    assert (rules["board-2026-05"].about, rules["board-2026-05"].updated) == ("Meeting", "2026-05-12")


def test_their_addresses_need_not_be_told_in_the_index() -> None:
    assert all(each.url == url_pattern(each.kind).format(each.id) for each in (*found("guide"), *found("rule")))


def test_the_search_page_has_a_place_for_them() -> None:
    page = draw_site(catalog=the_catalog(), build=a_build()).page("/search/")

    assert [each.get("data-kind") for each in page.all("section", class_="results") if each.get("data-kind")] == [
        "dataset", "column", "measure", "goal", "guide", "rule"]


def test_other_programs_get_their_words() -> None:
    first = next(iter(search(the_site(), NoCache())))
    assert isinstance(first.body, bytes)
    said = orjson.loads(first.body)

    assert [each["id"] for each in said["guides"]] == ["potholes"]
    assert "minutes" not in said["rules"][0]["text"]
