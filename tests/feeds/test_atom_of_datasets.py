"""Atom feeds: what came and changed, as far as days are known, and no day that nobody wrote down."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest

from cityfolio.feeds.atom import atom_feeds
from cityfolio.feeds.index_json import indexes
from cityfolio.feeds.llms import llms
from cityfolio.model.catalog import Dataset
from cityfolio.pages.pages import pages
from cityfolio.pages.passing_routes import is_view
from cityfolio.pages.program_addresses import program_addresses
from cityfolio.pages.words import Words
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_dataset, a_file

ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(dataset: Dataset) -> ElementTree.Element | None:
    """The feed of a dataset; None where it has none."""
    made = {each.url: each.body for each in atom_feeds(a_catalog(dataset), a_build())}
    body = made.get(f"/data/{dataset.id}/feed.atom")
    return ElementTree.fromstring(body) if isinstance(body, bytes) else None


def entries(dataset: Dataset) -> list[tuple[str | None, str | None]]:
    """Identifier and day of each entry."""
    feed = feed_of(dataset)
    assert feed is not None
    return [(each.findtext(f"{ATOM}id"), each.findtext(f"{ATOM}updated")) for each in feed.findall(f"{ATOM}entry")]


def test_a_dataset_tells_when_it_was_updated_and_when_it_first_came() -> None:
    page = "https://data.example.gov/data/trees/"

    assert entries(a_dataset("Trees", updated=date(2025, 3, 4), issued=date(2020, 1, 2))) == [
        (f"{page}#2025-03-04", "2025-03-04T00:00:00Z"), (f"{page}#2020-01-02", "2020-01-02T00:00:00Z")]


def test_a_dataset_that_came_and_changed_on_one_day_has_one_entry() -> None:
    assert len(entries(a_dataset(updated=date(2025, 3, 4), issued=date(2025, 3, 4)))) == 1


def test_a_feed_is_as_new_as_its_newest_entry() -> None:
    feed = feed_of(a_dataset("Trees", updated=date(2025, 3, 4)))

    assert feed is not None
    assert feed.findtext(f"{ATOM}updated") == "2025-03-04T00:00:00Z"
    assert feed.findtext(f"{ATOM}id") == "https://data.example.gov/data/trees/feed.atom"


def test_a_title_is_text_in_a_feed_too() -> None:
    feed = feed_of(a_dataset("Bikes & <trikes>", id="bikes"))

    assert feed is not None
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Bikes & <trikes>"


@pytest.mark.parametrize(
    "dataset",
    [a_dataset(updated=None, issued=None), a_dataset(status="retired", reason="Replaced."),
     a_dataset(files=[a_file("feed.atom", format="Atom")])],
    ids=["without any day", "retired", "with a file of that name"],
)
def test_there_is_no_feed_where_nothing_can_be_told(dataset: Dataset) -> None:
    assert feed_of(dataset) is None


@pytest.mark.parametrize("url", ["/data/trees/feed.atom", "/topics/nature/feed.atom", "/publishers/parks/feed.atom",
                                 "/new.atom"])
def test_a_feed_may_end_when_no_day_is_known_any_more(url: str) -> None:
    assert is_view(url)


def feeds_of(*datasets: Dataset, **build: Any) -> dict[str, ElementTree.Element]:
    """Every feed of a catalog by its address."""
    return {each.url: ElementTree.fromstring(each.body) for each in atom_feeds(a_catalog(*datasets), a_build(**build))
            if isinstance(each.body, bytes)}


UNDATED = {"updated": None, "issued": None}


def test_a_topic_without_a_known_day_has_no_feed_and_the_others_have() -> None:
    found = feeds_of(a_dataset("Trees", topics=["Nature"], publisher="Parks", updated=date(2025, 3, 4)),
                     a_dataset("Plans", topics=["Building"], publisher="Permits", **UNDATED))

    assert list(found) == ["/new.atom", "/topics/nature/feed.atom", "/publishers/parks/feed.atom", "/data/trees/feed.atom"]


def test_where_nothing_is_dated_there_is_no_feed_at_all() -> None:
    assert feeds_of(a_dataset("Trees", topics=["Nature"], **UNDATED)) == {}


@pytest.mark.parametrize("day", [date(2025, 11, 22), date(2026, 6, 1)])
def test_a_feed_does_not_change_with_the_day_of_the_build(day: date) -> None:
    datasets = (a_dataset("Trees", updated=date(2025, 3, 4)), a_dataset("Plans", **UNDATED))

    first, later = (
        [each.body for each in atom_feeds(a_catalog(*datasets), a_build(now=datetime(at.year, at.month, at.day, tzinfo=UTC)))]
        for at in (date(2025, 11, 22), day))

    assert first == later


def test_of_what_only_the_first_day_is_known_that_day_is_told() -> None:
    found = feeds_of(a_dataset("Old", updated=None, issued=date(2020, 1, 2)),
                     a_dataset("Newer", updated=date(2021, 3, 4)))["/new.atom"]

    assert [each.findtext(f"{ATOM}updated") for each in found.findall(f"{ATOM}entry")] == [
        "2021-03-04T00:00:00Z", "2020-01-02T00:00:00Z"]
    assert found.findtext(f"{ATOM}updated") == "2021-03-04T00:00:00Z"


def test_no_page_and_no_file_names_a_feed_that_is_not_there() -> None:
    catalog, build = a_catalog(a_dataset("Trees", topics=["Nature"], **UNDATED)), a_build()

    told = [*pages(catalog, build, the_theme()), *indexes(catalog, build), llms(catalog, build)]

    assert [each.url for each in told if isinstance(each.body, bytes) and each.url != "/developers/" and b".atom" in each.body
            and each.url != "/developers/index.json"] == []
    assert [each.example for each in program_addresses(catalog, build, Words()) if each.media_type == "application/atom+xml"] \
        == ["", "", "", "", ""]


def test_without_an_address_of_its_own_a_site_names_its_entries_by_its_name() -> None:
    found = feeds_of(a_dataset("Trees", updated=date(2025, 3, 4)), base_url="")["/new.atom"]

    assert found.findtext(f"{ATOM}id") == "urn:cityfolio:Example%20City%20open%20data/new.atom"
    assert found.findtext(f"{ATOM}entry/{ATOM}id") == "urn:cityfolio:Example%20City%20open%20data/data/trees/"
