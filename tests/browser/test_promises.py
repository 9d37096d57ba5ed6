"""The inventory, the calendar, requests and commitments as they are met: narrow, dark, without a script, by axe-core."""

import pytest

from browser.rules import at_widths, broken_in_both_schemes
from browser.serving import served, write_city
from campaigns import chosen
from pages.factories import a_build
from pages.test_promises_everywhere import a_catalog_of

pytestmark = pytest.mark.browser

PAGES = ("/inventory/", "/inventory/status/planned/", "/calendar/", "/request/", "/commitments/")
# What is no link within a sentence has to be 24 px high (WCAG 2.2, 2.5.8).
SMALL = """() => [...document.querySelectorAll("main :is(li, th, td, h2) > a")]
  .filter((each) => { const { height } = each.getBoundingClientRect(); return height > 0 && height < 24; })
  .map((each) => each.textContent)"""


@pytest.fixture(scope="module")
def promised(tmp_path_factory, bundled):
    folder = write_city(a_catalog_of("Streets and whatever stands beside them"), a_build(), tmp_path_factory.mktemp("promised"))
    with served(folder) as address:
        yield address


@pytest.mark.npm
@at_widths(1280, some=2)
def test_none_of_these_pages_breaks_an_automated_rule(promised, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    broken = {}
    for url in chosen(PAGES, count):
        page.goto(promised + url)
        broken[url] = broken_in_both_schemes(page, axe)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("url", PAGES)
def test_none_of_these_pages_scrolls_sideways_or_has_links_too_small_to_touch(promised, open_page, url):
    page = open_page(promised + url, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate(SMALL) == []
    assert page.complaints == []


def test_a_figure_leads_to_what_it_counts_without_a_script(promised, open_page):
    page = open_page(promised + "/inventory/", java_script_enabled=False)
    page.get_by_role("link", name="Planned: 3").click()

    assert page.get_by_role("row").count() == 1 + 3
