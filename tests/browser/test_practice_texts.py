"""Pages of rules, guides and uses as they are met: narrow, dark, printed, without a script, by axe-core, and by searching."""

from __future__ import annotations

import pytest

from browser.rules import at_widths, broken_in_both_schemes
from browser.serving import served, write_city
from campaigns import chosen
from pages.practice_texts import a_city_build, the_catalog

pytestmark = pytest.mark.browser

PAGES = ("/policy/", "/policy/open-data/", "/policy/board-2026-03/", "/guides/", "/guides/potholes/", "/uses/")


@pytest.fixture(scope="module")
def texts(tmp_path_factory, bundled):
    folder = write_city(the_catalog(), a_city_build(), tmp_path_factory.mktemp("texts"))
    with served(folder) as address:
        yield address


@pytest.mark.npm
@at_widths(1280, some=2)
def test_no_page_of_texts_breaks_an_automated_rule(texts, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    broken = {}
    for url in chosen(PAGES, count):
        page.goto(texts + url)
        broken[url] = broken_in_both_schemes(page, axe)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("url", PAGES)
def test_no_page_of_texts_scrolls_sideways_at_320_px(texts, open_page, url):
    page = open_page(texts + url, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.complaints == []


def test_a_guide_is_read_without_a_script(texts, open_page):
    page = open_page(texts + "/guides/potholes/", java_script_enabled=False)

    assert "The city keeps 6 repairs" in page.locator("main").inner_text()


def test_paper_has_the_text_of_a_guide_and_not_how_to_edit_it(texts, open_page):
    page = open_page(texts + "/guides/potholes/")
    page.emulate_media(media="print")

    assert page.get_by_text("The city keeps 6 repairs").is_visible()
    assert not page.get_by_role("link", name="Edit this page").is_visible()


def test_guides_and_minutes_are_found_by_searching(texts, open_page):
    page = open_page(texts + "/search/?q=potholes")
    guide = page.locator('[data-kind="guide"] a').first
    guide.wait_for()
    found = guide.get_attribute("href")
    page.goto(texts + "/search/?q=agreed+publish")
    rule = page.locator('[data-kind="rule"] a').first
    rule.wait_for()

    assert (found, rule.get_attribute("href")) == ("../guides/potholes/", "../policy/board-2026-05/")
