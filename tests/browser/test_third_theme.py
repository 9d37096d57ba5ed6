"""The theme `harbor`, written from the documentation alone: another look for every page type, and sound as the first."""

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from browser.pictures import SQUARE, averaged, difference
from browser.right_to_left import drawn_as, drawn_in_arabic, write
from browser.rules import broken_in_both_schemes, broken_rules
from browser.serving import served
from browser.test_right_to_left import UNFOLD, a_part_of, one_of_each_kind
from campaigns import some_or_all
from cityfolio.folders import themes_root
from cityfolio.publish.weights import STYLE_RAW_BYTES
from cityfolio.theming.tokens import classes, tokens

pytestmark = pytest.mark.browser

HARBOR = themes_root() / "harbor"
DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def outputs():
    return drawn_as("harbor")


@pytest.fixture(scope="module")
def address(outputs, tmp_path_factory, bundled):
    folder = tmp_path_factory.mktemp("themes")
    write(outputs, folder / "harbor")
    write(drawn_as("civic"), folder / "civic")
    with served(folder) as served_at:
        yield served_at


def test_no_template_is_copied_whole():
    alike = {}
    for path in (HARBOR / "templates").rglob("*.html"):
        first = (themes_root() / "civic/templates" / path.relative_to(HARBOR / "templates")).read_text(encoding="utf-8")
        own = path.read_text(encoding="utf-8")
        same = sum(block.size for block in SequenceMatcher(None, first.splitlines(), own.splitlines(), autojunk=False)
                   .get_matching_blocks())
        alike[path.name] = same / len(first.splitlines())
        assert re.search(r'{% extends "civic/', own), path.name

    assert alike
    assert {name: share for name, share in alike.items() if share > 0.2} == {}


def test_everything_that_it_uses_is_documented():
    styles = re.sub(r"/\*.*?\*/", "", "".join(path.read_text("utf-8") for path in HARBOR.rglob("*.css")), flags=re.DOTALL)
    own = {"--font-head"}
    known = {name for names in classes().values() for name in names}

    assert set(re.findall(r"--[\w-]+", styles)) - own <= {token.name for token in tokens()}
    assert set(re.findall(r"\.[a-z][\w-]*(?=[^{}]*\{)", styles)) <= known


def test_the_guide_shows_the_theme_as_it_is():
    guide = (DOCS / "how-to/make-a-theme.md").read_text(encoding="utf-8")
    template = (HARBOR / "templates/base.html").read_text(encoding="utf-8")

    assert template.partition("\n")[2].strip() in guide
    assert all(line in guide for line in (HARBOR / "theme.yaml").read_text("utf-8").splitlines() if not line.startswith("#"))


def test_its_styles_keep_within_what_a_page_may_load(outputs):
    sizes = {output.url: len(output.body) for output in outputs if output.media_type == "text/css"}
    first = next(size for url, size in sizes.items() if "/site-" in url)
    programs = re.compile(r"/(explorer|edit|sql|embed)-")

    assert {url: first + size for url, size in sizes.items()
            if "/site-" not in url and not programs.search(url) and first + size > STYLE_RAW_BYTES} == {}


@pytest.mark.parametrize("count", some_or_all(3))
def test_every_page_type_looks_another_way(address, outputs, open_page, count):
    page, alike = open_page("about:blank", device_scale_factor=0.5), {}
    for kind, url in a_part_of(one_of_each_kind(outputs), count, 0).items():
        shots = []
        for theme in ("civic", "harbor"):
            page.goto(f"{address}/{theme}{url}")
            shots.append(averaged(page.screenshot(animations="disabled"), page, SQUARE // 2))
        alike[kind] = difference(*shots).share

    assert len(one_of_each_kind(outputs)) > 40
    assert {kind: share for kind, share in alike.items() if share < 0.05} == {}


@pytest.mark.npm
@pytest.mark.parametrize("count", some_or_all(3))
@pytest.mark.parametrize(("width", "half", "scheme", "judged"),
                         [(320, 1, "dark", broken_rules), (1280, 0, "light", broken_in_both_schemes)],
                         ids=["320-dark", "1280-both"])
def test_no_page_breaks_an_automated_rule_or_scrolls_sideways(address, outputs, open_page, axe, count, width, half, scheme,
                                                              judged):
    page, broken, wide = open_page("about:blank", width=width, color_scheme=scheme, bypass_csp=True), {}, {}
    for kind, url in a_part_of(one_of_each_kind(outputs), count, half).items():
        page.goto(f"{address}/harbor{url}")
        page.evaluate(UNFOLD)
        wide[kind] = page.evaluate("document.documentElement.scrollWidth")
        broken[kind] = judged(page, axe)

    assert {kind: rules for kind, rules in broken.items() if rules} == {}
    assert {kind: each for kind, each in wide.items() if each > width} == {}


def test_paper_stays_white(address, open_page):
    page = open_page(f"{address}/harbor/data/repairs/", color_scheme="dark")
    page.emulate_media(media="print")
    grounds = page.locator("body, main, .wrap, .site-footer, .questions > div").evaluate_all(
        "(all) => [...new Set(all.map((each) => getComputedStyle(each).backgroundColor))]")

    assert set(grounds) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert not page.locator(".site-header").is_visible()


def test_it_is_mirrored_where_the_language_is(tmp_path, bundled, open_page):
    with served(write(drawn_in_arabic("harbor"), tmp_path)) as served_at:
        page = open_page(served_at + "/data/repairs/")
        first = page.locator(".site-header .nav a").first.bounding_box()

        assert first["x"] + first["width"] > 1100
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
