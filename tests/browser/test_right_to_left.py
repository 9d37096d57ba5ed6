"""Pages in a language that is written from right to left: mirrored, within the screen, by the automated rules of axe-core."""

import pytest

from browser.right_to_left import drawn_in_arabic, searched_in_arabic, write
from browser.rules import broken_rules
from browser.serving import served
from campaigns import chosen, some_or_all

pytestmark = pytest.mark.browser

UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
DATASET, MEASURE = "/data/repairs/", "/measures/on-time/"
MET_MOST = ("home", "search", "dataset", "measure")     # types of pages that are in every part


@pytest.fixture(scope="module")
def outputs():
    return drawn_in_arabic()


@pytest.fixture(scope="module")
def address(outputs, tmp_path_factory, bundled):
    with served(write(outputs, tmp_path_factory.mktemp("arabic"))) as served_at:
        yield served_at


def one_of_each_kind(outputs):
    """The address of a page of each type; the one that leads on leads on at once unless it is held still."""
    urls = {output.kind: output.url for output in outputs if output.media_type == "text/html"}
    urls |= {"dataset": DATASET, "measure": MEASURE, "standard": "/practice/charter/"}
    return {kind: f"{url}?stay" if kind == "forward" else url for kind, url in urls.items()}


def a_part_of(kinds, count, half):
    """Of the pages of each type those that are met most, and by chance so many of this half of the others, 0 or 1; or all."""
    others = [kind for kind in kinds if kind not in MET_MOST]
    return {kind: kinds[kind] for kind in (*MET_MOST, *chosen(others if count is None else others[half::2], count))}


def left(page, selector):
    """Where elements begin, from the left."""
    return page.locator(selector).evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().left)")


def right(page, selector):
    """Where elements end, from the left."""
    return page.locator(selector).evaluate_all("(all) => all.map((each) => each.getBoundingClientRect().right)")


@pytest.fixture(scope="module", params=some_or_all(3))
def count(request):
    """How many types of pages are visited at a width beside those that are met most; None stands for all."""
    return request.param


@pytest.fixture(scope="module", params=[(320, "light", 0), (1280, "dark", 1)], ids=["320-light", "1280-dark"])
def visited(request, address, outputs, open_pages, axe, count):
    """The width of a screen, and of a page of each type what breaks a rule on it and how wide it is."""
    width, scheme, half = request.param
    page, found = open_pages("about:blank", width=width, color_scheme=scheme, bypass_csp=True), {}
    for kind, url in a_part_of(one_of_each_kind(outputs), count, half).items():
        page.goto(address + url)
        page.evaluate(UNFOLD)
        found[kind] = page.evaluate("document.documentElement.scrollWidth"), broken_rules(page, axe)
    page.close()
    return width, found


@pytest.mark.npm
def test_no_page_that_is_read_from_the_right_scrolls_sideways(visited, outputs):
    width, found = visited

    assert len(one_of_each_kind(outputs)) > 40
    assert {kind: wide for kind, (wide, _) in found.items() if wide > width} == {}


@pytest.mark.npm
def test_no_page_that_is_read_from_the_right_breaks_an_automated_rule(visited, axe):  # by which the report on access knows it
    assert {kind: rules for kind, (_, rules) in visited[1].items() if rules} == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_name_and_the_navigation_begin_at_the_right(address, open_page, width):
    page = open_page(address + DATASET, width=width)
    edge = right(page, "main h1")[0]
    entries = page.locator(".site-header .nav a")
    first, second = (entries.nth(at).bounding_box() for at in (0, 1))

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert right(page, ".wordmark")[0] == pytest.approx(edge, abs=1)
    assert first["x"] + first["width"] == pytest.approx(edge, abs=1)
    assert second["y"] > first["y"] or second["x"] + second["width"] < first["x"]
    assert right(page, ".crumbs a")[0] == pytest.approx(edge, abs=1)


def test_what_stands_beside_stands_at_the_left(address, open_page):
    page = open_page(address + DATASET)

    assert right(page, ".aside > .facts")[0] < left(page, ".opening h1")[0]


@pytest.mark.parametrize("table", [".dictionary .table", ".chart-bars", ".first-rows"])
def test_tables_are_read_from_the_right(address, open_page, table):
    heads = left(open_page(address + DATASET), f"{table} >> nth=0 >> thead th")

    assert len(heads) > 1
    assert heads == sorted(heads, reverse=True)


def test_numbers_stand_at_the_end_of_their_cells(address, open_page):
    page = open_page(address + MEASURE)

    assert page.locator("td.num").first.evaluate("(each) => getComputedStyle(each).textAlign") == "end"
    assert left(page, ".table >> nth=0 >> thead .num")[0] < left(page, ".table >> nth=0 >> thead th")[0]


def test_rules_beside_notes_and_quotations_stand_at_the_right(address, open_page):
    page = open_page(address + "/gallery/")
    widths = page.locator(".note, p.cite, .edit-fault").evaluate_all(
        "(all) => all.filter((each) => !each.hidden).map((each) => getComputedStyle(each))"
        ".map((style) => [style.borderLeftWidth, style.borderRightWidth])")

    assert {tuple(each) for each in widths} == {("0px", "4px")}


def test_time_runs_as_the_words_below_the_chart_do(address, open_page):
    page = open_page(address + MEASURE)
    spans, newest = left(page, ".chart-axis span"), left(page, ".series .newest")[0]
    name = page.locator(".series text").first

    assert spans == sorted(spans, reverse=True)
    assert newest < sum(spans) / len(spans)
    assert left(page, ".series text")[0] >= left(page, ".series")[0] - 1
    assert right(page, ".series text")[0] <= right(page, ".series")[0] + 1
    assert name.evaluate("(each) => each.getScreenCTM().a") > 0, "letters are not mirrored"


def test_bars_grow_from_what_they_are_of(address, open_page):
    page = open_page(address + DATASET)
    bar, name = page.locator(".barred svg path, .barred svg rect").first.bounding_box(), left(page, ".chart-bars tbody th")[0]
    box = page.locator(".barred svg").first.bounding_box()

    assert bar["x"] + bar["width"] == pytest.approx(box["x"] + box["width"], abs=1)
    assert box["x"] + box["width"] < name


def test_code_is_read_from_the_left_everywhere(address, open_page):
    ways = open_page(address + "/gallery/").locator("code, pre").evaluate_all(
        "(all) => [...new Set(all.map((each) => getComputedStyle(each).direction))]")

    assert ways == ["ltr"]


def test_a_text_in_english_has_its_full_stop_behind_it(address, open_page):
    page = open_page(address + DATASET)
    page.locator("main h1").evaluate("(each) => { each.innerHTML = '<span lang=\"en\">One. <b>Two</b><i>.</i></span>'; }")

    assert left(page, "main h1 i")[0] >= right(page, "main h1 b")[0] - 1


def test_a_map_is_never_mirrored(address, open_page):
    page = open_page(address + "/gallery/")
    mirrored = page.locator("[dir] svg").evaluate_all(
        "(all) => all.filter((each) => getComputedStyle(each).transform !== 'none').map((each) => each.classList[0])")

    assert sorted(set(mirrored)) == ["bar", "bars", "periods", "share-bar", "timeline"]


@pytest.fixture(scope="module")
def searched(tmp_path_factory, bundled):
    """The address of the city with its search."""
    with served(write(searched_in_arabic(), tmp_path_factory.mktemp("searched"))) as served_at:
        yield served_at


@pytest.mark.npm
@pytest.mark.parametrize("width", [320, 1280])
def test_what_a_search_finds_is_read_from_the_right(searched, open_page, axe, width):
    page = open_page(searched + "/search/?q=pothole", width=width, bypass_csp=True)
    page.locator(".results a").first.wait_for()
    found, edge = right(page, ".results:visible h3 a")[0], right(page, ".results:visible")[0]
    broken, wide = broken_rules(page, axe), page.evaluate("document.documentElement.scrollWidth")

    assert found == pytest.approx(edge, abs=1)
    assert (broken, wide) == ([], width)


def test_the_panel_of_the_search_lies_below_its_box(searched, open_page):
    page = open_page(searched + "/data/repairs/")
    page.locator("#q").fill("pothole")
    page.locator(".panel a").first.wait_for()
    panel, row = page.locator(".panel").bounding_box(), page.locator(".search-row").first.bounding_box()

    assert panel["x"] == pytest.approx(row["x"], abs=2)
    assert panel["y"] >= row["y"] + row["height"] - 2
