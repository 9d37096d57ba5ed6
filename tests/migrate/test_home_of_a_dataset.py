"""A dataset that was brought in says on its page whose it is."""

from __future__ import annotations

import pytest

from cities import SITE, TREES, a_city, problems
from cityfolio.model.records import OriginRecord, SourceRecord
from pages.drawing import draw_site
from pages.factories import a_catalog, a_dataset

MATTHEWS = {"matthews": SourceRecord(title="Town of Matthews", format="jkan", path="m")}
SOURCES = "sources:\n  matthews: {title: Town of Matthews, format: jkan, path: ../m}\n"


def origin(source):
    """What the key facts of a page say of the source, and where they link to."""
    catalog = a_catalog(a_dataset(source=source), sources=MATTHEWS)
    facts = draw_site(catalog=catalog).page("/data/service-requests-311/").main.one("dl", class_="facts")
    return facts.facts().get("Brought in from")


@pytest.mark.parametrize(("source", "says"), [
    (OriginRecord(id="matthews", url="https://data.example.org/trees"), "the open data of Town of Matthews"),
    (OriginRecord(id="matthews"), "the open data of Town of Matthews"),
    (OriginRecord(id="elsewhere"), "the open data of elsewhere"),
    (OriginRecord(), None),
    (None, None),
], ids=["with its page", "without a page", "not in the settings", "without an id", "the city's own"])
def test_the_facts_say_from_where_a_dataset_was_brought_in(source, says):
    assert origin(source) == says


def test_a_source_of_a_dataset_is_one_of_the_settings():
    known = a_city(**{"site.yaml": SITE + SOURCES, "datasets/trees/dataset.yaml": TREES + "source: {id: matthews}\n"})
    other = a_city(**{"site.yaml": SITE + SOURCES, "datasets/trees/dataset.yaml": TREES + "source: {id: mathews}\n"})

    assert [each.code for each in problems(known) if each.code.startswith("source-")] == []
    assert [each.code for each in problems(other) if each.code.startswith("source-")] == ["source-unknown"]
