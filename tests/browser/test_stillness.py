"""Nothing on a page plays, moves, blinks or ends by itself."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from browser.test_reading import PAGES
from cityfolio.pages.markdown import rendered

pytestmark = pytest.mark.browser

PLAYS = "[...document.querySelectorAll('audio, video, object, embed, marquee, blink')].map((each) => each.outerHTML)"
MOVES = """document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime > 5000)
  .map((each) => each.animationName ?? String(each))"""
PLAYED = re.compile(r"""<(?:audio|video|object|embed|marquee|blink)\b"""
                    r"""|createElement\(["'](?:audio|video|object|embed)|new Audio""")
# A page that forwards does so at once; the tests hold it still under another name.
ENDS = "[...document.querySelectorAll('meta[http-equiv=refresh]')].map((each) => each.content)"


@pytest.fixture(scope="module")
def desk(open_pages):
    """A page that goes from address to address."""
    return open_pages("about:blank")


@pytest.fixture(scope="module", params=PAGES)
def seen(request, city, desk):
    """One page after the other, opened once for all that is asked of it."""
    desk.goto(city + request.param)
    return desk


@pytest.mark.parametrize("question", [PLAYS, MOVES, ENDS], ids=["plays", "moves for more than five seconds", "ends"])
def test_nothing_on_a_page_plays_moves_or_ends_by_itself(seen, question):
    assert seen.evaluate(question) == []


def test_no_template_and_no_script_of_the_theme_makes_anything_that_plays():
    theme = Path(__file__).resolve().parents[2] / "themes" / "civic"
    sources = [*(theme / "templates").rglob("*.html"), *(theme / "assets" / "js").rglob("*.js")]

    assert sources
    assert [path.name for path in sources if PLAYED.search(path.read_text("utf-8"))] == []


def test_a_text_of_a_city_brings_nothing_that_plays():
    text = '<audio src="a.mp3" autoplay></audio><video src="a.mp4"></video><embed src="a.swf"> Words.'

    assert not re.search("<(?:audio|video|embed)", str(rendered(text)))
