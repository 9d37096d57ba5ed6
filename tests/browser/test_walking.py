"""Somebody who has a keyboard alone hears what a page says anew, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from browser.walking import Walker, walker

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><title>Walked</title><p role=status>{before}</p><button>Go</button>
<script>document.querySelector("button").onclick = () => document.querySelector("p").{does}</script>"""
SOON_MS = 300


@pytest.fixture
def pressed(open_page: Callable[..., Page]) -> Callable[..., Walker]:
    """A function that opens a page whose button does something to what is said, and presses it."""

    def opened(before: str, does: str) -> Walker:
        page = open_page("about:blank")
        page.set_content(PAGE.format(before=before, does=does))
        there = walker(page)
        there.tab_to("Go")
        there.press("Enter")
        return there

    return opened


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("12,000 rows", "12,000 rows"),
        ("12,000 rows, sorted by Ward", "12,000 rows"),
        ("\u2066Ward\u2069 is hidden", "Ward is hidden"),
        ("5 of 40 rows", "of 40 rows"),
        ("3 suggestions", "suggestion"),
    ],
)
def test_what_a_live_part_comes_to_say_is_heard(pressed: Callable[..., Walker], said: str, words: str) -> None:
    there = pressed("40 rows", f"textContent = '{said}'")

    there.hears(words)


@pytest.mark.parametrize(
    ("before", "does", "words"),
    [
        ("12,000 rows", "title = 'nothing is said'", "12,000 rows"),
        ("40 rows", "textContent = '2,118 of 12,000 rows'", "12,000 rows"),
        ("40 rows", "textContent = '11 rows'", "1 row"),
        ("40 rows", "textContent = '1 rows'", "1 row"),
        ("40 rows", "replaceChildren('Unmapped places')", "places in view"),
        ("40 rows", "outerHTML = '<p role=status hidden>1 row'", "1 row"),
        ("40 rows", "outerHTML = '<p aria-live=off>1 row'", "1 row"),
    ],
    ids=["it stood there before", "the end of another number of rows", "a part of a number", "another word", "half of it",
         "it is hidden", "it is not live"],
)
def test_what_nobody_is_told_is_not_heard(pressed: Callable[..., Walker], before: str, does: str, words: str) -> None:
    there = pressed(before, does)

    with pytest.raises(AssertionError, match="is told to nobody"):
        there.hears(words, SOON_MS)
