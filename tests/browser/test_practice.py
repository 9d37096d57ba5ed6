"""Pages of practice as they are met: narrow, dark, printed, without a script, by the automated rules of axe-core."""

import pytest

from browser.rules import at_widths, broken_in_both_schemes
from browser.serving import served, write_city
from campaigns import chosen
from pages.assessments import an_assessed_catalog
from pages.factories import a_build, a_repository

pytestmark = pytest.mark.browser

CHARTER = "/practice/charter/"
PAGES = ("/practice/", CHARTER, "/practice/charter/evidence/", "/equity/")
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@pytest.fixture(scope="module")
def assessed(tmp_path_factory, bundled):
    folder = write_city(an_assessed_catalog(repository=a_repository()), a_build(), tmp_path_factory.mktemp("assessed"))
    with served(folder) as address:
        yield address


@pytest.mark.npm
@at_widths(1280, some=1)
def test_no_page_of_practice_breaks_an_automated_rule(assessed, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    broken = {}
    for url in chosen(PAGES, count):
        page.goto(assessed + url)
        page.evaluate(UNFOLD)
        broken[url] = broken_in_both_schemes(page, axe)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("url", PAGES)
def test_no_page_of_practice_scrolls_sideways_at_320_px(assessed, open_page, url):
    page = open_page(assessed + url, width=320)
    page.evaluate(UNFOLD)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.complaints == []


def test_long_lists_unfold_without_a_script(assessed, open_page):
    page = open_page(assessed + CHARTER, java_script_enabled=False)
    page.get_by_text("6 more").click()

    assert page.get_by_text("gone-13").is_visible()


def test_the_way_from_a_step_to_its_criterion_goes_by_keyboard(assessed, open_page):
    page = open_page(assessed + CHARTER)
    page.locator(".steps a").first.focus()
    page.keyboard.press("Enter")

    assert page.url.endswith("#criterion-dictionaries")
    assert page.locator("#criterion-dictionaries").evaluate("(each) => each.matches(':target')")


@pytest.mark.parametrize("url", PAGES)
def test_every_link_is_large_enough_to_be_hit(assessed, open_page, url):
    page = open_page(assessed + url, width=320)
    page.evaluate(UNFOLD)

    small = page.evaluate("""() => [...document.querySelectorAll("main summary, main li a, main td a, main th a, main dd a")]
      .filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.textContent)""")

    assert small == []


def test_the_evidence_is_printed_whole_each_area_on_a_sheet_of_its_own(assessed, open_page):
    page = open_page(assessed + "/practice/charter/evidence/")
    page.emulate_media(media="print")

    assert page.get_by_text("gone-13").is_visible()
    assert page.locator(".site-header").is_hidden()
    assert page.locator(".area").nth(1).evaluate("(each) => getComputedStyle(each).breakBefore") == "page"


def test_an_answer_keeps_its_words_where_colors_are_the_readers_own(assessed, open_page):
    page = open_page(assessed + CHARTER, forced_colors="active")

    assert page.locator(".answer").first.inner_text().startswith("Met, from the data")
