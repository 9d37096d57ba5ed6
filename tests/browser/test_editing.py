"""What the development server writes above a page: read by keyboard, on a small screen, in the dark; and live reload."""

import pytest

from browser.rules import broken_in_both_schemes
from cities import TREES
from serve.edited_city import DATASET, edited, one_difference

pytestmark = [pytest.mark.browser, pytest.mark.npm]
LONG = f"{'a long description ' * 20}`with: code`"
WRONG = TREES.replace("yearly", f"yearly\nrelated: [young] # {LONG}")

SIDES = "name => { const box = document.querySelector(name).getBoundingClientRect(); return [box.left, box.right]; }"


@pytest.fixture(scope="module")
def editing(tmp_path_factory):
    """A city with a draft, a warning and a change since the main branch."""
    with pytest.MonkeyPatch.context() as patch:
        for city in edited(tmp_path_factory.mktemp("edited"), patch, one_difference):
            city.write(DATASET, WRONG)
            city.page_when("/data/trees/", "it is called otherwise", seconds=60)
            yield city


def address(editing, path):
    """The address of a page."""
    return f"http://127.0.0.1:{editing.server.port}{path}"


@pytest.mark.parametrize("path", ["/data/trees/", "/-/problems/", "/-/diff/",
                                  pytest.param("/data/young/", marks=pytest.mark.campaign)])
def test_notes_break_no_automated_rule_and_fit_a_small_screen(editing, open_page, axe, path):
    page = open_page(address(editing, path), width=320, bypass_csp=True)

    assert broken_in_both_schemes(page, axe) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_notes_are_as_wide_as_the_content(editing, open_page):
    page = open_page(address(editing, "/data/trees/"), width=1600)
    notes, content = page.evaluate(SIDES, ".serve-notes"), page.evaluate(SIDES, "main > *")

    assert notes == pytest.approx(content, abs=1)


def test_notes_are_opened_by_keyboard_and_nothing_is_refused_by_the_policy(editing, open_page):
    page = open_page(address(editing, "/data/trees/"), width=1280)
    page.locator(".serve-notes summary", has_text="Differs").focus()
    page.keyboard.press("Enter")

    assert page.get_by_text("it is called otherwise").is_visible()
    assert page.complaints == []


def test_an_edit_comes_to_an_open_page_by_itself(editing, open_page):
    page = open_page(address(editing, "/data/trees/"), width=1280)
    editing.write(DATASET, WRONG.replace("Street trees", "Shady trees"))
    page.get_by_role("heading", level=1, name="Shady trees").wait_for(timeout=30_000)

    assert page.url == address(editing, "/data/trees/")
