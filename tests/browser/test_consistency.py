"""What is on every page is on every page in the same way, and nothing happens to who only looks around."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser.test_reading import PAGES

pytestmark = pytest.mark.browser

THEME = Path(__file__).resolve().parents[2] / "themes" / "civic"
LINKS = "(place) => [...document.querySelectorAll(place)].map((each) => each.textContent.trim().replace(/\\s+/g, ' '))"
WAYS = "['form[role=search], search form', 'header nav a'].map((each) => document.querySelectorAll(each).length > 0)"
PASSWORDS = "document.querySelectorAll('input[type=password]').length"
FOCUS_EACH = """() => {
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  controls.forEach((each) => each.focus());
  return [location.href, controls.length > 0];
}"""
MOVED = re.compile(r"devicemotion|deviceorientation|Accelerometer|Gyroscope")
TURNED = re.compile(r"\(orientation:|orientation\.lock|screen\.orientation")


@pytest.fixture(scope="module")
def desk(open_pages):
    """A page that goes from address to address."""
    return open_pages("about:blank")


@pytest.mark.parametrize("place", ["header nav a", "footer a"])
def test_navigation_and_help_stand_in_the_same_order_on_every_page(city, desk, place):
    found = []
    for url in PAGES:
        desk.goto(city + url)
        found.append(desk.evaluate(LINKS, place))

    everywhere = set.intersection(*map(set, found))     # a page has links of its own beside, to itself as data
    assert len(everywhere) > 3
    assert len({tuple(each for each in links if each in everywhere) for links in found}) == 1


@pytest.mark.parametrize("url", PAGES)
def test_every_page_has_a_search_and_a_navigation(city, desk, url):
    desk.goto(city + url)

    assert desk.evaluate(WAYS) == [True, True]


@pytest.mark.parametrize("url", PAGES)
def test_a_control_that_gets_the_focus_does_nothing_by_that(city, desk, url):
    desk.goto(city + url)
    before = desk.url

    assert desk.evaluate(FOCUS_EACH) == [before, True]
    assert len(desk.context.pages) == 1


@pytest.mark.parametrize("url", PAGES)
def test_no_page_asks_who_its_reader_is(city, desk, url):
    desk.goto(city + url)

    assert desk.evaluate(PASSWORDS) == 0


@pytest.mark.parametrize("what", [MOVED, TURNED], ids=["moved", "turned"])
def test_no_style_and_no_script_asks_how_the_device_is_held(what):
    sources = [*(THEME / "assets" / "css").rglob("*.css"), *(THEME / "assets" / "js").rglob("*.js")]

    assert sources
    assert [path.name for path in sources if what.search(path.read_text("utf-8"))] == []
