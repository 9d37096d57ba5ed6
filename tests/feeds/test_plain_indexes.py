"""What the pages of few facts and the briefs for meetings say for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from cityfolio.feeds.briefs_json import brief_files
from cityfolio.feeds.index_plain import plain_indexes
from cityfolio.model.catalog import Catalog
from cityfolio.model.site import Output
from pages.factories import a_build, a_catalog, a_contact, a_repository, a_site
from pages.goals import a_goal_catalog


def told(outputs: Iterable[Output], page: str) -> Any:
    """What lies beside a page."""
    body = {each.url: each.body for each in outputs}[f"{page}index.json"]
    assert isinstance(body, bytes)
    return orjson.loads(body)


def plain(page: str, catalog: Catalog | None = None) -> Any:
    """What one of the plain pages says."""
    return told(plain_indexes(catalog or a_catalog(), a_build()), page)


def of_brief(page: str) -> Any:
    """What a brief says on a day in the winter after its last review."""
    return told(brief_files(a_goal_catalog(), a_build()), page)


def test_the_search_and_the_console_say_what_they_are_and_where_their_facts_are() -> None:
    search, console = plain("/search/"), plain("/sql/")

    assert (search["title"], search["url"]) == ("Search", "https://data.example.gov/search/")
    assert "https://data.example.gov/search.json" in [each["url"] for each in search["links"]]
    assert "https://data.example.gov/sql/tables.json" in [each["url"] for each in console["links"]]


def test_privacy_names_the_contact_and_each_other_host_that_maps_ask() -> None:
    site = a_site(contact=a_contact())

    assert plain("/privacy/", a_catalog(site=site))["contact"]["email"] == "data@example.gov"
    assert "other_hosts" not in plain("/privacy/", a_catalog(site=site))


def test_accessibility_names_what_it_aims_for_and_whom_to_tell() -> None:
    said = plain("/accessibility/", a_catalog(site=a_site(repository=a_repository())))

    assert said["aims_for"] == "https://www.w3.org/TR/WCAG22/"
    assert said["issues"].startswith("https://code.example.gov/city/data/")


def test_accessibility_says_for_programs_what_was_tested_and_when() -> None:
    said = plain("/accessibility/")["tested"]

    assert said["from"] <= said["to"]
    assert {"number": "2.4.1", "level": "A", "result": "supports"} in said["criteria"]
    assert len(said["criteria"]) == 55


def test_a_brief_lists_what_its_page_lists() -> None:
    said = of_brief("/briefs/")

    assert (said["day"], said["last_review"]) == ("2025-11-22", "2025-11-10")
    assert "Ask the state for money" in [each["action"]["title"] for each in said["overdue"]]
    assert [each["follow_up"]["what"] for each in said["follow_ups"]][-1] == "Bring the budget"
    assert {(each["kind"], each["day"]) for each in said["due"]} >= {("report", "2026-02-15"), ("action", "2026-01-31")}


def test_the_brief_of_the_city_leads_to_those_of_publishers() -> None:
    city, office = of_brief("/briefs/"), of_brief("/briefs/public-works/")

    assert "https://data.example.gov/briefs/public-works/index.json" in [each["json"] for each in city["briefs"]]
    assert (office["title"], office["publisher"]["id"]) == ("Public Works", "public-works")


def test_a_city_without_goals_has_no_briefs() -> None:
    assert list(brief_files(a_catalog(), a_build())) == []
