"""Pages of goals and briefs as they are met: narrow, dark, on one sheet of paper, without a script, by axe-core."""

import re

import pytest

from browser.rules import at_widths, broken_in_both_schemes
from browser.serving import served, write_city
from campaigns import chosen
from pages.factories import a_build
from pages.goals import a_goal_catalog

pytestmark = pytest.mark.browser

GOAL = "/goals/streets-are-smooth/"
PAGES = ("/goals/", GOAL, "/goals/everybody-can-read/", "/briefs/", "/briefs/public-works/", "/", "/topics/streets/",
         "/publishers/customer-service-center/", "/data/crimes/")
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"


@pytest.fixture(scope="module")
def goals(tmp_path_factory, bundled):
    folder = write_city(a_goal_catalog(), a_build(), tmp_path_factory.mktemp("goals"))
    with served(folder) as address:
        yield address


@pytest.mark.npm
@at_widths(1280, some=3)
def test_no_page_with_goals_breaks_an_automated_rule(goals, open_page, axe, width, count):
    page = open_page("about:blank", width=width, bypass_csp=True)
    broken = {}
    for url in chosen(PAGES, count):
        page.goto(goals + url)
        page.evaluate(UNFOLD)
        broken[url] = broken_in_both_schemes(page, axe)

    assert {url: rules for url, rules in broken.items() if rules} == {}


@pytest.mark.parametrize("url", PAGES)
def test_no_page_with_goals_scrolls_sideways_at_320_px(goals, open_page, url):
    page = open_page(goals + url, width=320)
    page.evaluate(UNFOLD)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.complaints == []


@pytest.mark.parametrize("url", [GOAL, "/briefs/", "/briefs/public-works/"])
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_a_goal_and_a_brief_are_printed_on_one_sheet(goals, open_page, url, paper):
    sheets = open_page(goals + url).pdf(format=paper)

    assert len(re.findall(rb"/Type\s*/Page\b", sheets)) == 1


def test_what_is_printed_of_a_goal_is_what_a_council_asks_for(goals, open_page):
    page = open_page(goals + GOAL)
    page.emulate_media(media="print")

    def is_visible(heading):
        return page.get_by_role("heading", name=heading, exact=True).is_visible()

    assert page.locator(".series").first.is_visible()
    assert [each for each in ("Why it moved", "What is being done", "Measures", "Reviews", "What we heard", "Take part")
            if not is_visible(each)] == ["Take part"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_the_states_of_goals_can_be_read_without_a_script_and_without_color(goals, open_page):
    page = open_page(goals + "/goals/", java_script_enabled=False, forced_colors="active")

    assert page.get_by_role("row", name="Streets are smooth").first.inner_text().split("\t")[1].strip() == "Off track"
    assert page.locator("td .status svg").first.is_visible()


def test_every_goal_is_reached_with_the_keyboard_alone(goals, open_page):
    page = open_page(goals + "/goals/", java_script_enabled=False)
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent"))

    assert {"Streets are smooth", "Nobody is hurt", "Everybody can read"} <= set(seen)


@pytest.mark.parametrize("url", PAGES)
def test_every_link_to_a_goal_or_a_measure_is_large_enough_to_be_hit(goals, open_page, url):
    page = open_page(goals + url, width=320)

    small = page.evaluate("""() => [...document.querySelectorAll("main :is(.measure-name, .plain, .goal-strip, .crumbs) a")]
      .filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.textContent)""")

    assert small == []
