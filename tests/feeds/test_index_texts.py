"""What the pages of rules, guides and uses say for programs."""

from __future__ import annotations

from typing import Any

import orjson

from cities import a_build
from cityfolio.feeds.index_json import indexes
from cityfolio.feeds.index_texts import text_indexes
from cityfolio.feeds.llms import llms
from pages.factories import a_catalog
from pages.practice_texts import the_catalog


def said(url: str) -> Any:
    """What stands beside a page of the city of texts."""
    found = {output.url: output.body for output in text_indexes(the_catalog(), a_build())}
    body = found[f"{url}index.json"]
    assert isinstance(body, bytes)
    return orjson.loads(body)


def test_a_guide_gives_its_text_with_figures_and_each_figure_with_its_source() -> None:
    guide = said("/guides/potholes/")

    assert guide["text"].startswith("# Look at the numbers\n\nThe city keeps 6 repairs, the last of 15 June 2026.")
    assert guide["figures"][0] == {"asked": "{{ rows repairs }}", "says": "6",
                                   "url": "https://data.example.gov/data/repairs/repairs/"}
    assert [each["id"] for each in guide["datasets"]] == ["repairs", "trees"]


def test_a_rule_says_whether_its_review_is_overdue_and_a_meeting_how_far_it_is() -> None:
    rules = {each["id"]: each for each in said("/policy/")["rules"]}

    assert (rules["open-data"]["is_past_review"], rules["roles"]["is_past_review"]) == (True, False)
    assert {key: rules[key]["state"] for key in rules if key.startswith("board")} == {
        "board-2026-09": "to-come", "board-2026-05": "minutes", "board-2026-03": "no-minutes"}
    assert said("/policy/board-2026-05/")["text"] == "Agreed to publish the trees."


def test_uses_lead_to_their_place_and_their_data() -> None:
    use = said("/uses/")["uses"][0]

    assert (use["url"], use["kind"], use["date"]) == ("https://data.example.gov/uses/#use-potholes", "story", "2026-04-12")
    assert use["datasets"][0]["url"] == "https://data.example.gov/data/repairs/"


def test_a_topic_names_its_guides() -> None:
    found = {output.url: output.body for output in indexes(the_catalog(), a_build())}
    body = found["/topics/nature/index.json"]
    assert isinstance(body, bytes)

    assert [each["url"] for each in orjson.loads(body)["guides"]] == ["https://data.example.gov/guides/potholes/"]


def test_a_city_without_such_texts_has_no_such_files() -> None:
    assert [*text_indexes(a_catalog(), a_build())] == []


def test_language_models_are_told_of_guides_and_rules() -> None:
    body = llms(the_catalog(), a_build()).body
    assert isinstance(body, bytes)

    assert b"## Guides\n\n- [Find out how fast potholes are repaired](https://data.example.gov/guides/potholes/" in body
    assert b"## Rules and meetings\n\n- [Open data policy]" in body
