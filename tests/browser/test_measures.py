"""Pages of measures as they are met: narrow, dark, printed, without a script, by the automated rules of axe-core."""

import pytest

from browser.rules import at_widths, broken_in_both_schemes
from browser.serving import served, write_city
from campaigns import chosen
from pages.factories import a_build
from pages.measures import a_measured_catalog

pytestmark = pytest.mark.browser

MEASURE = "/measures/potholes-repaired-in-time/"
PAGES = (MEASURE, "/measures/residents-who-are-content/", "/measures/calls-for-help/", "/measures/not-counted-yet/",
         "/measures/", "/measures/method/", "/measures/changes/")
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@pytest.fixture(scope="module")
def measured(tmp_path_factory, bundled):
    folder = write_city(a_measured_catalog(), a_build(), tmp_path_factory.mktemp("measured"))
    with served(folder) as address:
        yield address


@pytest.mark.npm
@at_widths(1280, some=2)
def test_no_page_of_measures_breaks_an_automated_rule(measured, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    broken = {}
    for url in chosen(PAGES, count):
        page.goto(measured + url)
        page.evaluate(UNFOLD)
        broken[url] = broken_in_both_schemes(page, axe)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("url", PAGES)
def test_no_page_of_measures_scrolls_sideways_at_320_px(measured, open_page, url):
    page = open_page(measured + url, width=320)
    page.evaluate(UNFOLD)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.complaints == []


def test_the_name_of_the_target_keeps_its_size_on_a_telephone(measured, open_page):
    sizes = []
    for width in (320, 1280):
        page = open_page(measured + MEASURE, width=width)
        sizes.append(page.locator(".series text").first.evaluate("(each) => each.getBoundingClientRect().height"))

    assert min(sizes) >= 12
    assert max(sizes) < 1.3 * min(sizes)


def test_dots_are_round_at_every_width(measured, open_page):
    page = open_page(measured + MEASURE, width=320)

    box = page.locator(".series .newest").first.bounding_box()

    assert abs(box["width"] - box["height"]) < 0.5


def test_charts_are_printed_and_what_cannot_be_pressed_on_paper_is_not(measured, open_page):
    page = open_page(measured + MEASURE)
    page.emulate_media(media="print")

    assert page.locator(".series").first.is_visible()
    assert not page.get_by_role("heading", name="Take part").is_visible()


def test_the_numbers_can_be_read_without_a_script(measured, open_page):
    page = open_page(measured + MEASURE, java_script_enabled=False)
    page.get_by_text("The numbers").first.click()

    assert page.get_by_role("row", name="March 2025").first.is_visible()


def test_every_link_on_a_measure_is_large_enough_to_be_hit(measured, open_page):
    page = open_page(measured + MEASURE, width=320)

    small = page.evaluate("""() => [...document.querySelectorAll("main summary, main .plain a, main .crumbs a")]
      .filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.textContent)""")

    assert small == []
