"""Rules, meetings and minutes as they are met."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cityfolio.pages.rules import meeting_state
from pages.drawing import draw_site
from pages.factories import TODAY, a_catalog
from pages.practice_texts import a_city_build, a_rule, the_catalog, with_texts


def page(url: str = "/policy/"):
    """A page of the city of texts."""
    return draw_site(catalog=the_catalog(), build=a_city_build()).page(url)


def a_rule_page(**given):
    """The page of one rule."""
    return draw_site(catalog=with_texts(a_catalog(), rules=(a_rule("One", **given),))).page("/policy/one/")


def test_rules_come_first_then_the_next_meeting_then_those_held():
    assert page().headings(2)[:3] == ["Rules", "Next meetings", "Meetings held"]
    assert page().headings(3) == ["Open data policy", "Who is responsible", "Data board, September 2026",
                                  "Data board, May 2026", "Data board, March 2026"]


def test_what_is_overdue_is_named_at_the_top_and_leads_to_its_place():
    found = page().main.links()

    assert "Should have been reviewed by now: Open data policy" in page().main.text
    assert "Minutes are missing of: Data board, March 2026" in page().main.text
    assert "#rule-open-data" in [each.address for each in page().main.all("a")]
    assert page().by_id("rule-board-2026-03").heading(3) == "Data board, March 2026"
    assert found["Who is responsible"] == "roles/"


def test_a_rule_says_who_adopted_it_where_it_stands_and_when_it_is_looked_at_again():
    assert page("/policy/open-data/").main.facts() == {
        "What it is": "Policy", "Kept by": "Parks and Recreation", "Adopted": "9 November 2015, by City council",
        "Where it stands": "City Code 2-341", "Last review": "20 January 2025", "Next review by": "20 January 2026"}


def test_a_rule_shows_its_text_safely_and_leads_to_the_official_one_and_to_its_file():
    found = page("/policy/open-data/")

    assert "Everything, unless it harms somebody." in found.main.text
    assert "alert" not in found.source
    assert found.link("Official text").address == "https://example.gov/code/2-341"
    assert found.link("Edit this page").address == "https://github.com/city/data/edit/main/catalog/policy/open-data.md"


def test_a_review_that_is_overdue_is_said_in_words():
    assert "Review overdue" in page("/policy/open-data/").main.text
    assert "Review overdue" not in a_rule_page(review_by=TODAY).main.text


STATES = {
    "tomorrow": ("", TODAY + timedelta(days=1), "to-come", "To come"),
    "today": ("", TODAY, "to-come", "To come"),
    "today, with minutes": ("Agreed.\n", TODAY, "minutes", "With minutes"),
    "30 days ago": ("", TODAY - timedelta(days=30), "minutes-due", "Minutes to come"),
    "31 days ago": ("", TODAY - timedelta(days=31), "no-minutes", "Minutes missing"),
    "with minutes": ("Agreed.\n", date(2025, 1, 1), "minutes", "With minutes"),
}


@pytest.mark.parametrize(("body", "held", "state", "said"), STATES.values(), ids=STATES)
def test_a_meeting_says_how_far_it_is(body, held, state, said):
    meeting = a_rule("One", body=body, kind="meeting", held=held)
    found = draw_site(catalog=with_texts(a_catalog(), rules=(meeting,)))

    assert meeting_state(meeting, TODAY) == state
    assert said in found.page("/policy/one/").main.text
    assert said in found.page("/policy/").main.text


def test_minutes_that_are_kept_elsewhere_are_not_missing():
    found = a_rule_page(body="", kind="meeting", held=date(2025, 1, 1), link="https://example.gov/minutes")

    assert found.link("Documents of this meeting").address == "https://example.gov/minutes"
    assert "The minutes are kept elsewhere." in found.main.text


@pytest.mark.parametrize(("given", "said"), [
    ({"link": "https://example.gov/code"}, "The text is kept elsewhere."), ({}, "There is no text here yet."),
    ({"kind": "meeting", "held": date(2026, 1, 1)}, "This meeting is still to come. Its minutes will stand here."),
])
def test_a_page_without_a_text_says_why(given, said):
    assert said in a_rule_page(body="", **given).main.text


def test_a_city_without_rules_has_no_page_of_them():
    assert "/policy/" not in draw_site(catalog=a_catalog()).urls()
