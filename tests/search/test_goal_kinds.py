"""Goals and measures are found by their words, by whose they are, and by the words of the data behind them."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from cityfolio.cache import NoCache
from cityfolio.pages.pages import site_of
from cityfolio.search import search
from cityfolio.search.documents import Document
from cityfolio.search.index import in_order
from cityfolio.search.kinds import KINDS, documents_of
from pages.drawing import the_theme
from pages.factories import a_build
from pages.measures import a_measured_catalog
from pages.practice_texts import a_guide, a_rule, with_texts


def found(kind: str) -> Sequence[Document]:
    """The documents of a kind on a site with goals and measures."""
    return [each for each in documents_of(site_of(a_measured_catalog(), a_build(), the_theme())) if each.kind == kind]


def test_a_measure_shows_its_answer_its_goal_and_its_status() -> None:
    document = next(each for each in found("measure") if each.id == "potholes-repaired-in-time")

    assert (document.title, document.url) == ("Potholes repaired in time", "/measures/potholes-repaired-in-time/")
    assert document.text.startswith("80% in October 2025.")
    assert (document.about, document.detail) == ("Streets are smooth", "Off track")


def test_a_measure_is_found_by_what_it_says_and_by_its_data() -> None:
    document = next(each for each in found("measure") if each.id == "potholes-repaired-in-time")

    assert document.fields["description"] == ("What it *tells*.", "A second crew.")
    assert {"Customer Service Center", "Service requests (311)"} <= set(document.fields["about"])


def test_a_goal_is_found_by_its_measures_and_its_priority() -> None:
    (document,) = found("goal")

    assert (document.id, document.url, document.about) == (
        "streets-are-smooth", "/goals/streets-are-smooth/", "Customer Service Center")
    assert "Calls for help" in document.fields["keywords"]


def test_datasets_come_first_and_columns_last() -> None:
    catalog = with_texts(a_measured_catalog(), guides=(a_guide(),), rules=(a_rule(),))
    ordered = in_order(documents_of(site_of(catalog, a_build(), the_theme())))

    assert list(dict.fromkeys(each.kind for each in ordered)) == [each.name for each in KINDS]
    assert [each.name for each in KINDS] == ["dataset", "goal", "measure", "guide", "rule", "column"]


def test_other_programs_get_the_words_of_goals_and_measures() -> None:
    first = next(iter(search(site_of(a_measured_catalog(), a_build(), the_theme()), NoCache())))
    assert isinstance(first.body, bytes)
    said = orjson.loads(first.body)

    assert [each["id"] for each in said["goals"]] == ["streets-are-smooth"]
    assert "potholes repaired in time" in next(
        each["text"] for each in said["measures"] if each["id"] == "potholes-repaired-in-time")
