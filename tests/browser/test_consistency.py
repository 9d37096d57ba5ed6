"""What is on every page is on every page in the same way, and nothing happens to who only looks around."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.test_reading import PAGES
from cityfolio.pages.theme_layers import SCRIPTS

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

pytestmark = pytest.mark.browser

THEMES = Path(__file__).resolve().parents[2] / "themes"
LINKS = "(place) => [...document.querySelectorAll(place)].map((each) => each.textContent.trim().replace(/\\s+/g, ' '))"
WAYS = "['form[role=search], search form', 'header nav a'].map((each) => document.querySelectorAll(each).length > 0)"
PASSWORDS = "document.querySelectorAll('input[type=password]').length"
FOCUS_EACH = """() => {
  const controls = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
  controls.forEach((each) => each.focus());
  return controls.length;
}"""
AT_FOCUS = "() => document.querySelector('footer a[href]').addEventListener('focus', () => {{ {act} }})"
SETTLING_MS = 200      # for what follows the focus: an address that is asked for, a window that opens
MOVED = re.compile(r"devicemotion|deviceorientation|Accelerometer|Gyroscope")
TURNED = re.compile(r"\(\s*(?:device-)?orientation\b|orientation\.lock|screen\.orientation|orientationchange")


def led_by_focus(desk: Page) -> tuple[list[str], int]:
    """Where each control leads by getting the focus, and how many further windows open. None may be without controls."""
    before, asked = desk.url, []

    def note(request: Request) -> None:
        if request.is_navigation_request() and request.frame == desk.main_frame:
            asked.append(request.url)

    desk.on("request", note)
    assert desk.evaluate(FOCUS_EACH) > 0
    desk.wait_for_timeout(SETTLING_MS)
    desk.remove_listener("request", note)
    others = [each for each in desk.context.pages if each != desk]
    for each in others:
        each.close()
    return asked or [desk.url] * (desk.url != before), len(others)


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

    assert led_by_focus(desk) == ([], 0)


@pytest.mark.parametrize(
    ("act", "led"),
    [("location.assign('?elsewhere')", (["?elsewhere"], 0)),
     ("setTimeout(() => location.assign('?later'), 50)", (["?later"], 0)),
     ("location.hash = 'below'", (["#below"], 0)), ("window.open('about:blank')", ([], 1))],
    ids=["at once", "later", "on the page", "another window"])
def test_a_control_that_leads_away_by_getting_the_focus_would_be_found(city, desk, act, led):
    desk.goto(f"{city}/data/")
    desk.evaluate(AT_FOCUS.format(act=act))

    found, windows = led_by_focus(desk)

    assert ([each.removeprefix(f"{city}/data/") for each in found], windows) == led


@pytest.mark.parametrize("url", PAGES)
def test_no_page_asks_who_its_reader_is(city, desk, url):
    desk.goto(city + url)

    assert desk.evaluate(PASSWORDS) == 0


@pytest.mark.parametrize("what", [MOVED, TURNED], ids=["moved", "turned"])
def test_no_style_and_no_script_asks_how_the_device_is_held(bundled, what):
    places = ("assets/css/**/*.css", "assets/bundle/*.js", "templates/**/*.html")
    sources = [path for place in places for path in THEMES.glob(f"*/{place}")]
    themes = {path.parent.name for path in THEMES.glob("*/theme.yaml")}

    assert {path.relative_to(THEMES).parts[0] for path in sources} == themes
    assert {path.name for path in sources} >= {each for each in SCRIPTS if each.endswith(".js")}
    assert [path.name for path in sources if what.search(path.read_text("utf-8"))] == []


@pytest.mark.parametrize(
    ("what", "asks"),
    [(MOVED, "addEventListener('devicemotion', tell)"), (TURNED, "@media (orientation:portrait)"),
     (TURNED, "@media screen and ( orientation : landscape )"), (TURNED, 'matchMedia("(orientation: portrait)")'),
     (TURNED, "screen.orientation.lock('portrait')")])
def test_what_asks_how_the_device_is_held_would_be_found(what, asks):
    assert what.search(asks)
