"""The page of requests: how to ask, what was answered and how soon, what was refused and why. Today is 22 November 2025."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from cityfolio.model.practice import RequestRecord
from cityfolio.model.practised import Filed
from cityfolio.model.records import Repository
from cityfolio.pages.repository import new_issue_url
from cityfolio.pages.requests import MOST_TOLD
from cityfolio.practice.request_days import days_to_answer, is_late
from pages.drawing import draw_site
from pages.factories import TODAY, a_catalog, a_contact, a_dataset, a_repository, a_site
from pages.promises import a_plan, a_request, an_answer, promised
from pages.reader import ReadPage


def page_of(*requests: Filed[RequestRecord], days: int | None = None, **site: Any) -> ReadPage:
    """The page of some requests."""
    settings = {"repository": a_repository(), "contact": a_contact(), **site}
    catalog = promised(a_catalog(a_dataset("Street trees"), a_plan(), site=a_site(**settings)), requests=requests, days=days)
    return draw_site(catalog=catalog).page("/request/")


def test_a_site_without_requests_says_how_to_ask() -> None:
    page = page_of()

    assert page.heading(1) == "Ask for data"
    assert "Nobody has asked for data yet" in page.main.text


@pytest.mark.parametrize(("url", "names"), [
    ("https://github.com/city/data", {"title", "body", "labels"}),
    ("https://gitlab.com/city/data", {"issue[title]", "issue[description]"}),
    ("https://codeberg.org/city/data", {"title", "body"}),
], ids=["GitHub", "GitLab", "Gitea"])
def test_an_issue_is_begun_in_the_form_of_its_host(url: str, names: set[str]) -> None:
    address = page_of(repository=a_repository(url=url)).link("Ask in public").address

    assert (address.startswith(url), set(parse_qs(urlsplit(address).query))) == (True, names)


def test_an_issue_asks_in_plain_words_and_bears_the_label() -> None:
    page = page_of(repository=a_repository(url="https://github.com/city/data"))
    given = parse_qs(urlsplit(page.link("Ask in public").address).query)

    assert (given["title"], given["labels"]) == (["Data request: "], ["data-request"])
    assert given["body"][0].startswith("What data do you need?\n\n\nWhat would you use it for?")
    assert "everybody can read this" in given["body"][0]


def test_gitlab_takes_the_label_as_a_line_of_the_text() -> None:
    address = new_issue_url(Repository(url="https://gitlab.com/city/data"), "T", "B", "data request")

    assert parse_qs(urlsplit(address).query)["issue[description]"] == ['B\n\n/label ~"data request"']


def test_a_letter_is_begun_too() -> None:
    address = page_of().link("Ask by e-mail").address

    assert address.startswith("mailto:data@example.gov?subject=Data%20request&body=What%20data%20do%20you%20need%3F%0D%0A")


def test_without_a_host_and_an_address_the_page_says_where_contacts_are() -> None:
    catalog = a_catalog(a_dataset("Street trees"), site=a_site())

    assert "Each dataset’s page names a contact." in draw_site(catalog=catalog).page("/request/").main.text


def test_what_is_planned_already_is_said_before_anybody_asks() -> None:
    assert page_of().section("Planned already").text.endswith("Benches Out on 31 March 2026.")


def test_an_answer_is_shown_with_its_days_and_its_data() -> None:
    entry = page_of(an_answer(asker="researcher", datasets=("street-trees",)), days=10).section("Answered")

    assert "Answered after 10 days" in entry.text
    assert "Asked on 1 October 2025 by a researcher" in entry.text
    assert "They are there." in entry.text
    assert entry.link("Street trees").address == "../data/street-trees/"


def test_a_refusal_is_shown_with_its_reason() -> None:
    page = page_of(a_request("Salaries", state="refused", answered=date(2025, 10, 3), reason="By law."))

    assert "Refused after 2 days" in page.section("Refused").text
    assert "Why: By law." in page.section("Refused").text


def test_a_refused_issue_leads_to_where_its_reason_is() -> None:
    page = page_of(a_request("Salaries", state="refused", answered=date(2025, 10, 3), source_path="requests/github.json",
                             link="https://github.com/city/data/issues/3"))

    assert "The reason stands where it was asked." in page.section("Refused").text
    assert page.link("Where it was asked").address == "https://github.com/city/data/issues/3"
    assert "Edit" not in page.section("Refused").text


@pytest.mark.parametrize(("days", "said"), [
    (None, ["muted", "Waiting for 52 days"]), (52, ["muted", "Waiting for 52 days"]),
    (51, ["bad", "Waiting for 52 days, longer than promised"]),
], ids=["nothing promised", "the last day", "late"])
def test_who_waits_longer_than_promised_is_told_so(days: int | None, said: list[str]) -> None:
    mark = page_of(a_request(), days=days).section("Open").all("p")[0].all("span")[0]

    assert [mark.get("data-tone"), mark.text] == said


def test_figures_lead_to_what_they_count() -> None:
    page = page_of(an_answer("One"), an_answer("Two", answered=date(2025, 10, 2)), a_request("Three"),
                   a_request("Four", asked=date(2025, 11, 20)), days=10)
    figures = page.section("What was asked for").links()

    assert figures == {"Open: 2": "#open", "Answered: 2": "#answered", "Median days to an answer: 5.5": "#days",
                       "Answered within 10 days: 2 of 3": "#days"}
    assert [row[0] for row in page.table()[1:]] == ["One", "Two", "Three"]


def test_nothing_is_said_of_promises_where_none_was_made() -> None:
    assert "within" not in page_of(an_answer()).section("What was asked for").text


def test_what_was_withdrawn_keeps_nobody_waiting() -> None:
    withdrawn = a_request(state="withdrawn").record

    assert (days_to_answer(withdrawn, TODAY), is_late(withdrawn, 1, TODAY)) == (None, False)


def test_to_be_told_that_data_is_planned_is_an_answer_from_that_day_on() -> None:
    told = a_request(state="planned", answered=date(2025, 10, 4)).record

    assert (days_to_answer(told, TODAY), days_to_answer(a_request(state="planned").record, TODAY)) == (3, 52)


def test_of_very_many_requests_all_are_in_the_table_of_days() -> None:
    page = page_of(*(an_answer(f"Request {at}") for at in range(MOST_TOLD + 3)))

    assert len(page.table()) - 1 == MOST_TOLD + 3
    assert "3 more are in the table of days" in page.section("Answered").text


def test_text_of_an_issue_is_only_text() -> None:
    page = page_of(a_request("<b>x</b>", description="<script>alert(1)</script> Hello <img src=x onerror=alert(1)>",
                             source_path="requests/github.json", link="javascript:alert(1)"))

    assert "<script>alert" not in page.source
    assert not page.main.all("img")
    assert not [each for each in page.all("a") if each.address.startswith("javascript")]
