"""The automated rules of axe-core on every page type, in both schemes and at three widths."""

import pytest

from browser.rules import at_widths, broken_in_both_schemes
from browser.test_reading import DATASET, PAGES
from campaigns import chosen

pytestmark = [pytest.mark.browser, pytest.mark.npm]
MET_MOST = ("/", "/data/", DATASET)


@at_widths(768, 1280, some=3)
def test_no_page_breaks_an_automated_rule(city, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    broken = {}
    for url in chosen(PAGES, count, always=MET_MOST, seed=width):
        page.goto(city + url)
        broken[url] = broken_in_both_schemes(page, axe)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_no_search_breaks_an_automated_rule(city, open_page, axe, width):
    page = open_page(city + "/search/?q=requests&topic=streets", width=width, bypass_csp=True)
    page.locator(".results a").first.wait_for()
    results = broken_in_both_schemes(page, axe)
    page.goto(city + "/data/crimes/")
    page.locator("#q").fill("requsts")
    page.locator(".panel a").first.wait_for()

    assert (results, broken_in_both_schemes(page, axe)) == ({}, {})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
