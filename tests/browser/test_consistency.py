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
PLACES = ("header nav a", "footer a")
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


@pytest.fixture(scope="module")
def aside(open_pages):
    """Another one, which tests lead away from what they look at. It has a context of its own."""
    return open_pages("about:blank", alone=True)


@pytest.fixture(scope="module", params=PAGES)
def seen(request, city, desk):
    """One page after the other, opened once for all tests that look at it."""
    desk.goto(city + request.param)
    return desk


@pytest.fixture(scope="module")
def links(city, aside):
    """The links of every page, by where they stand."""
    found = {place: [] for place in PLACES}
    for url in PAGES:
        aside.goto(city + url)
        for place in PLACES:
            found[place].append(aside.evaluate(LINKS, place))
    return found


@pytest.mark.parametrize("place", PLACES)
def test_navigation_and_help_stand_in_the_same_order_on_every_page(links, place):
    found = links[place]

    everywhere = set.intersection(*map(set, found))     # a page has links of its own beside, to itself as data
    assert len(everywhere) > 3
    assert len({tuple(each for each in links if each in everywhere) for links in found}) == 1


def test_every_page_has_a_search_and_a_navigation(seen):
    assert seen.evaluate(WAYS) == [True, True]


def test_no_page_asks_who_its_reader_is(seen):
    assert seen.evaluate(PASSWORDS) == 0


def test_a_control_that_gets_the_focus_does_nothing_by_that(seen):
    assert led_by_focus(seen) == ([], 0)


@pytest.mark.parametrize(
    ("act", "led"),
    [("location.assign('?elsewhere')", (["?elsewhere"], 0)),
     ("setTimeout(() => location.assign('?later'), 50)", (["?later"], 0)),
     ("location.hash = 'below'", (["#below"], 0)), ("window.open('about:blank')", ([], 1))],
    ids=["at once", "later", "on the page", "another window"])
def test_a_control_that_leads_away_by_getting_the_focus_would_be_found(city, aside, act, led):
    aside.goto(f"{city}/data/")
    aside.evaluate(AT_FOCUS.format(act=act))

    found, windows = led_by_focus(aside)

    assert ([each.removeprefix(f"{city}/data/") for each in found], windows) == led


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
