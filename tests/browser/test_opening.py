"""A page that tests use one after the other is to each of them as if it were new."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from browsers import Chromium

pytestmark = pytest.mark.browser

SEEN = """[localStorage.length, document.cookie, matchMedia("print").matches, navigator.onLine, innerWidth,
    document.activeElement.tagName]"""
AS_NEW = [0, "", False, True, 1280, "BODY"]


def test_nothing_that_a_test_changes_is_seen_by_the_next(city, pages):
    page = pages.take(alone=False, viewport={"width": 1280, "height": 800})
    page.goto(city + "/")
    page.evaluate("localStorage.setItem('scheme', 'dark'), document.cookie = 'a=b', console.error('wrong')")
    page.route("**/about/", lambda route: route.abort())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 300, "height": 300})
    page.context.set_offline(True)
    pages.give_back()
    again = pages.take(alone=False, viewport={"width": 1280, "height": 800})
    again.goto(city + "/about/")
    seen = again.evaluate(SEEN)
    pages.give_back()

    assert again is page
    assert (seen, again.complaints) == (AS_NEW, [])


def test_two_pages_that_are_open_at_once_are_two(city, open_page):
    assert open_page(city + "/") is not open_page(city + "/")


def test_what_would_stay_in_a_page_is_refused(open_page):
    page = open_page("about:blank")

    with pytest.raises(AssertionError, match="alone=True"):
        page.add_init_script("window.mark = 1")


def test_a_page_that_is_alone_is_used_by_no_other_test(pages):
    alone = pages.take(alone=True, viewport={"width": 1280, "height": 800})
    alone.add_init_script("window.mark = 1")
    pages.give_back()

    assert alone.is_closed()
    assert pages.take(alone=False, viewport={"width": 1280, "height": 800}).evaluate("typeof window.mark") == "undefined"
    pages.give_back()


@pytest.mark.parametrize(("following", "started"), [("a.py", 1), ("b.py", 2), (None, 2)],
                         ids=["one that needs it", "one that needs none", "none"])
def test_a_browser_runs_on_to_the_next_module_only_where_that_needs_it_too(following, started):
    running = []
    browser = Chromium(launch=lambda until: running.append(until) or object())
    browser.note_who_needs_it([SimpleNamespace(path="a.py", fixturenames=["pages", "browser"]),
                               SimpleNamespace(path="b.py", fixturenames=["tmp_path"])])
    browser.started()
    browser.end_unless_needed_by(following and SimpleNamespace(path=following))
    browser.started()

    assert len(running) == started
