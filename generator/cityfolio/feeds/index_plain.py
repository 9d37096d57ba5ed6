"""`index.json` beside the pages of few facts: the search, the SQL console, privacy and accessibility."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from cityfolio.feeds.addresses import address
from cityfolio.feeds.filled import filled
from cityfolio.feeds.index_entries import Json, contact_card
from cityfolio.model.catalog import Build, Catalog
from cityfolio.model.site import Output
from cityfolio.pages import routes
from cityfolio.pages.conformance import found
from cityfolio.pages.mapping import tile_host
from cityfolio.pages.repository import issues_url
from cityfolio.pages.words import ENGLISH, Words

WCAG = "https://www.w3.org/TR/WCAG22/"


def _said(words: Words) -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
    """By page: its title, what it is, and where its facts lead."""
    _ = words.gettext
    return {
        routes.SEARCH: (
            _("Search"),
            _("Finds datasets, goals and measures by words; the words stand behind ?q=. A script answers in the browser."),
            {routes.SEARCH_JSON: _("The words by which everything is found"), routes.DATA: _("All data"),
             routes.TOPICS: _("Topics"), routes.PUBLISHERS: _("Publishers")}),
        routes.SQL: (
            _("Ask with SQL"), _("Answers queries in SQL over the tables of a dataset. A script answers in the browser."),
            {routes.SQL_TABLES: _("Every table that can be asked"), routes.DATA: _("All data"),
             routes.CATALOG_SQLITE: _("The catalog as a database")}),
        routes.PRIVACY: (
            _("Privacy"),
            _("What these pages learn of those who read them, and whom to tell that data says too much about a person."),
            {routes.ABOUT: _("About this site")}),
        routes.ACCESSIBILITY: (
            _("Accessibility"),
            _("What the pages are made to meet, what needs a script, what is tested, and whom to tell of a barrier."),
            {routes.ABOUT: _("About this site")}),
    }


def plain_indexes(catalog: Catalog, build: Build, words: Words = ENGLISH) -> Iterator[Output]:
    """What each of these pages is, whom to ask, and where to go from it."""
    for page, (title, about, links) in _said(words).items():
        feed = routes.index_url(page)
        said: Json = {"title": title, "url": address(feed, page, build), "about": about}
        body = said | filled(_facts(page, catalog)) | {
            "links": [{"title": text, "url": address(feed, url, build)} for url, text in links.items()]}
        yield Output(url=feed, body=orjson.dumps(body), media_type="application/json", kind="feed", source="site.yaml")


def _facts(page: str, catalog: Catalog) -> Json:
    site = catalog.site
    if page == routes.PRIVACY:
        host = tile_host(site)
        return {"contact": contact_card(site.contact), "other_hosts": [host] if host else []}
    if page == routes.ACCESSIBILITY:
        return {"contact": contact_card(site.contact), "aims_for": WCAG, "issues": issues_url(site.repository),
                "tested": _tested(found())}
    return {}


def _tested(evidence: Mapping[str, Any]) -> Json:    # Any: JSON
    """What tests found out of each criterion, and when."""
    return {"version": evidence["version"], "from": evidence["from"], "to": evidence["to"],
            "criteria": [{"number": each["number"], "level": each["level"], "result": each["result"]}
                         for each in evidence["criteria"]]}
