"""Pages of health as they are met, and the badge that ages by the reader's clock."""

from dataclasses import replace
from datetime import date

import pytest

from browser.rules import at_widths, broken_in_both_schemes
from browser.serving import served, write_city
from campaigns import chosen
from cityfolio.model.health import PastHealth, Used
from cityfolio.model.practice import ReleaseReviewRecord
from pages.factories import a_build, a_dataset
from pages.test_health import a_kept_catalog

pytestmark = pytest.mark.browser

PAGES = ("/health/", "/health/license/", "/health/problems/", "/health/publishers/customer-service-center/", "/data/trees/")
PAPER = 718      # A4 with margins of 1 cm, in CSS pixels
NEXT_WEEK, TOMORROW = "2025-11-29T12:00:00", "2025-11-23T12:00:00"


@pytest.fixture(scope="module")
def kept(tmp_path_factory, bundled):
    history = tuple(PastHealth(day=date(2025, month, 28), commit="a", passed={"": month}, of={"": 12})
                    for month in range(1, 11))
    review = ReleaseReviewRecord(benefit="Everyone sees it.", risk="Nobody.", level="low", reviewer="Privacy office")
    usage = tuple(Used(month=f"2025-0{month}", dataset="trees", views=month, downloads=1) for month in range(1, 10))
    catalog = a_kept_catalog(past_health=history, usage=usage)
    catalog = replace(catalog, datasets=(*catalog.datasets[:1], a_dataset("Trees", release_review=review)))
    with served(write_city(catalog, a_build(), tmp_path_factory.mktemp("kept"))) as address:
        yield address


def at(open_page, url, moment, **context):
    """A page at a moment of the reader's clock."""
    page = open_page("about:blank", alone=True, **context)
    page.clock.set_fixed_time(moment)
    page.goto(url)
    return page


@pytest.mark.npm
@at_widths(1280, some=2)
def test_no_page_of_health_breaks_an_automated_rule(kept, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    broken = {}
    for url in chosen(PAGES, count):
        page.goto(kept + url)
        broken[url] = broken_in_both_schemes(page, axe)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("url", PAGES)
def test_no_page_of_health_scrolls_sideways_at_320_px_or_on_paper(kept, open_page, url):
    page = open_page(kept + url, width=320)
    narrow = page.evaluate("document.documentElement.scrollWidth")
    page.set_viewport_size({"width": PAPER, "height": 900})
    page.emulate_media(media="print")

    assert (narrow, page.evaluate("document.documentElement.scrollWidth"), page.complaints) == (320, PAPER, [])


@pytest.mark.parametrize(("moment", "says"), [(TOMORROW, "Late by 1 day: updated 21 November 2025, due daily"),
                                              (NEXT_WEEK, "Late by 7 days: updated 21 November 2025, due daily")])
def test_a_dataset_turns_late_by_the_clock_of_its_reader_in_words_icon_and_color(kept, open_page, moment, says):
    page = at(open_page, kept + "/data/trees/", moment)
    status = page.locator(".status")

    assert (status.inner_text().strip(), status.get_attribute("data-state")) == (says, "late")
    assert status.locator("path").get_attribute("d") == "M8 2v8M8 12v2.5"
    assert page.complaints == []


@pytest.mark.parametrize("moment", ["2025-11-22T23:00:00", "2024-01-01T00:00:00"], ids=["on the day", "a clock that is behind"])
def test_a_dataset_that_is_not_due_yet_stays_on_time(kept, open_page, moment):
    status = at(open_page, kept + "/data/trees/", moment).locator(".status")

    assert status.get_attribute("data-state") == "on-time"


def test_rows_of_a_list_turn_late_too(kept, open_page):
    page = at(open_page, kept + "/data/", NEXT_WEEK)

    assert page.locator(".meta .mark").all_inner_texts() == ["Late by 7 days", "Late by 7 days"]


def test_without_a_script_a_page_says_what_held_when_it_was_built(kept, open_page):
    page = at(open_page, kept + "/data/trees/", NEXT_WEEK, java_script_enabled=False)

    assert page.locator(".status").inner_text().strip() == "On time: updated 21 November 2025, due daily"
