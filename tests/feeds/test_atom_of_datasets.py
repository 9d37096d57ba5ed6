"""The feed of a dataset: its updates, as far as they are known."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from cityfolio.feeds.atom import atom_feeds
from cityfolio.model.catalog import Dataset
from cityfolio.pages.routes import is_view
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


def test_a_feed_may_end_when_no_day_is_known_any_more() -> None:
    assert is_view("/data/trees/feed.atom")
    assert not is_view("/topics/nature/feed.atom")
