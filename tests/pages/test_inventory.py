"""The inventory: what it counts, where each figure leads, what a row says, and how it is divided when it is long."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cityfolio.model.assessment import FactsTable
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.model.health import Used
from cityfolio.pages.inventory_parts import MOST_WHOLE, inventory_parts
from cityfolio.pages.passing_routes import is_view
from cityfolio.pages.words import Words
from cityfolio.practice.inventory import missing
from pages.drawing import DrawnSite, draw_site
from pages.factories import a_catalog, a_dataset, a_publisher
from pages.promises import a_plan, promised
from pages.reader import ReadPage

WHOLE: dict[str, Any] = {"sensitivity": "public", "system_of_record": "GIS"}


def drawn(*datasets: Dataset, publishers: tuple[str, ...] = ()) -> DrawnSite:
    """A site of some datasets, with publishers that have none."""
    return draw_site(catalog=a_catalog(*datasets, publishers=[a_publisher(each) for each in publishers]))


def inventory(*datasets: Dataset, **given: Any) -> ReadPage:
    """The inventory of some datasets."""
    return drawn(*datasets, **given).page("/inventory/")


def row_of(page: ReadPage, title: str) -> str:
    """The words of a dataset's row."""
    return next(row.text for row in page.all("tr") if row.text.startswith(title))


@pytest.mark.parametrize(("change", "gaps"), [
    ({}, ()), ({"sensitivity": None}, ("sensitivity",)), ({"system_of_record": None}, ("system_of_record",)),
    ({"summary": None}, ("description",)), ({"publisher": None}, ("publisher",)), ({"has_title": False}, ("title",)),
], ids=["whole", "sensitivity", "system", "description", "publisher", "title"])
def test_a_row_is_complete_with_title_publisher_description_sensitivity_and_system(
        change: dict[str, Any], gaps: tuple[str, ...]) -> None:
    assert missing(a_dataset("Trees", **{**WHOLE, **change})) == gaps


def test_a_description_stands_in_for_a_summary() -> None:
    assert missing(a_dataset("Trees", summary=None, description="Each tree.", **WHOLE)) == ()


def test_what_is_not_published_is_listed_too_with_the_reason() -> None:
    page = inventory(a_dataset("Trees"), a_dataset("Salaries", status="restricted", reason="By law."))

    assert "Restricted" in row_of(page, "Salaries")
    assert "By law." in row_of(page, "Salaries")


def test_every_dataset_stands_once_below_its_publisher() -> None:
    page = inventory(a_dataset("Trees", publisher="Parks"), a_dataset("Fires", publisher="Fire"),
                     a_dataset("Lost", publisher=None))

    assert [[cells[0] for cells in page.table(at)[1:]] for at in (1, 2, 3)] == [["Fires"], ["Trees"], ["Lost"]]
    assert page.main.headings(2)[1:] == ["Fire", "Parks", "No publisher"]


def test_the_publishers_that_list_something_are_counted_over_all_and_the_others_are_named() -> None:
    page = inventory(a_dataset("Trees", publisher="Parks"), publishers=("Fire", "Water"))

    assert "1 of 3 publishers list at least one dataset. 2 list none yet." in page.main.text
    assert page.section("Publishers that list nothing yet").links() == {
        "Fire": "../publishers/fire/", "Water": "../publishers/water/"}


@pytest.mark.parametrize(("words", "listed"), [
    ("Published: 2", ["Elms", "Oaks"]), ("Planned: 1", ["Benches"]), ("Sensitivity missing: 2", ["Benches", "Oaks"]),
    ("1 of 3", ["Elms"]),
], ids=["published", "planned", "gap", "complete"])
def test_a_figure_leads_to_the_list_of_what_it_counts(words: str, listed: list[str]) -> None:
    site = drawn(a_dataset("Elms", **WHOLE), a_dataset("Oaks"), a_plan())
    target = site.page("/inventory/").main.link(words).address

    assert [row[0] for row in site.page(f"/inventory/{target}").table()[1:]] == listed


@pytest.mark.parametrize(("on", "said"), [
    (date(2025, 11, 22), "Out on 22 November 2025."),
    (date(2025, 11, 21), "Overdue by 1 day: it should have been out on 21 November 2025."),
    (date(2025, 10, 22), "Overdue by 31 days: it should have been out on 22 October 2025."),
    (None, "No day is named."),
], ids=["today", "yesterday", "a month ago", "no day"])
def test_a_row_says_when_planned_data_comes_out_or_by_how_much_that_is_overdue(on: date | None, said: str) -> None:
    assert said in row_of(inventory(a_plan(on=on)), "Benches")


def test_days_that_were_named_before_stay_in_sight() -> None:
    page = inventory(a_plan(release={"earlier": (date(2025, 3, 31), date(2025, 6, 30)), "steps": "Count *them*."}))

    assert "Named before: 31 March 2025 and 30 June 2025. Left to do: Count them." in row_of(page, "Benches")


def test_overdue_is_said_in_words_and_not_by_color_alone() -> None:
    page = inventory(a_plan(on=date(2025, 11, 1)))

    said = "Overdue by 21 days: it should have been out on 1 November 2025."
    assert [mark.text for mark in page.all("b", data_state="late")] == [said]


def test_downloads_are_shown_where_somebody_counted() -> None:
    facts = FactsTable(name="datasets", rows=({"id": "trees", "downloads": 1_204}, {"id": "elms", "downloads": None}))
    catalog = promised(a_catalog(a_dataset("Trees"), a_dataset("Elms")))
    usage = (Used(month="2025-10", dataset="trees", views=9_000, downloads=1_204),)
    counted = replace(catalog, practice=replace(catalog.practice, facts={"datasets": facts}, usage=usage))

    assert row_of(draw_site(catalog=counted).page("/inventory/"), "Trees").endswith("1,204")
    assert "Downloads" not in draw_site(catalog=catalog).page("/inventory/").main.text


def a_long_catalog(count: int) -> Catalog:
    """So many datasets, of which every other belongs to Parks and one to nobody."""
    return a_catalog(*(a_dataset(f"Tree {at:04}", publisher=("Parks", "Streets")[at % 2], files=()) for at in range(count - 1)),
                     a_dataset("Lost", publisher=None, files=()))


def test_as_many_datasets_as_fit_stand_on_one_page_and_one_more_divides_it() -> None:
    whole, divided = a_long_catalog(MOST_WHOLE), a_long_catalog(MOST_WHOLE + 1)

    assert [len(draw_site(catalog=each).page("/inventory/").all("table")) for each in (whole, divided)] == [4, 1]


def test_a_divided_inventory_lists_every_dataset_below_its_publisher_once() -> None:
    parts = [each for each in inventory_parts(a_long_catalog(2 * MOST_WHOLE + 9), Words())
             if each.dimension == "publisher" or (each.dimension, each.value) == ("missing", "publisher")]
    listed = [dataset.id for part in parts for _, datasets in part.pages for dataset in datasets]

    assert (len(listed), len(set(listed))) == (2 * MOST_WHOLE + 9, 2 * MOST_WHOLE + 9)


def test_a_long_part_has_pages_that_lead_to_each_other() -> None:
    site = draw_site(catalog=a_long_catalog(MOST_WHOLE + 9))
    first, second = site.page("/inventory/status/published/"), site.page("/inventory/status/published/2/")

    assert (len(first.table()) - 1, len(second.table()) - 1) == (MOST_WHOLE, 9)
    assert (first.link("2").address, second.link("1").address) == ("2/", "../../../../inventory/status/published/")
    assert second.heading(1) == "Inventory: Published, page 2"


def test_no_page_of_a_divided_inventory_has_more_rows_than_fit() -> None:
    pages = [datasets for part in inventory_parts(a_long_catalog(1_000), Words()) for _, datasets in part.pages]

    assert max(map(len, pages)) == MOST_WHOLE


@pytest.mark.parametrize("url", ["/inventory/status/planned/", "/inventory/status/planned/2/", "/calendar/",
                                 "/inventory/missing/title/index.json", "/inventory/publisher/parks/3/index.json",
                                 "/calendar/calendar.ics"], ids=str)
def test_parts_of_the_inventory_and_the_calendar_come_and_go(url: str) -> None:
    assert is_view(url)


@pytest.mark.parametrize("url", ["/inventory/", "/inventory/index.json", "/inventory/inventory.csv", "/request/",
                                 "/commitments/", "/request/requests.json"], ids=str)
def test_the_inventory_and_the_requests_stay(url: str) -> None:
    assert not is_view(url)


def test_an_empty_catalog_has_an_inventory() -> None:
    page = inventory()

    assert "No publisher is named in this catalog." in page.main.text
    assert "0 of 0 rows are complete" in page.main.text
