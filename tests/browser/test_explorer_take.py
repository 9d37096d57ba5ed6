"""What is taken along of a table: files, code, a frame, citations; frames that grow with what is in them, and their map."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bench.wire import Wire, wired
from browser.explored_city import write_explored_city
from browser.rules import at_phone_width, broken_in_both_schemes
from browser.serving import served
from cityfolio.pages.pages import site_of
from cityfolio.pages.taking import take
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_dataset, a_file, a_profile

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.npm]

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "themes" / "civic"
WORDS = {
    "take-what-is-seen": "Download what is seen", "take-csv": "Download CSV", "take-json": "Download JSON",
    "take-geojson": "Download GeoJSON", "take-making": "The file is being made.", "take-made": "The file is ready.",
    "take-failed": "The file could not be made: %(reason)s", "trouble-Unreachable": "the server does not answer",
    "trouble-Other": "something did not work",
    "take-link": "Address of what is seen:", "take-copy": "Copy", "take-copied": "Copied.", "take-marked": "Marked.",
    "take-apa": "citation", "take-link-copy": "address", "take-curl": "A command line gets the file whole.",
    "take-part": "Not all of it is in the code.",
}
OUTLINE = {
    "title": "Trees", "dataset": {"id": "trees", "title": "Trees", "url": "../"}, "language": "en",
    "columns": [{"name": "__proto__", "type": "string"}, {"name": "lat", "type": "number", "role": "latitude"},
                {"name": "lon", "type": "number", "role": "longitude"}],
    "downloads": [{"name": "trees.csv", "url": "trees.csv", "format": "CSV", "bytes": 10}],
    "code": {"name": "trees.csv", "url": "trees.csv"},
}
SCRIPT = """
import { CityTake } from "/themes/civic/assets/js/explorer/take/take.js";
import { Store } from "/themes/civic/assets/js/explorer/store.js";
import { words } from "/themes/civic/assets/js/explorer/words.js";

const cells = { ["__proto__"]: ["<script>alert(1)</scr" + "ipt>", "=1+1"], lat: ["35.10", null], lon: ["-80.5", "-80"] };
const session = { async *download(names) { yield { places: [0, 1], cells: names.map((name) => cells[name]) }; } };
customElements.define("city-take", CityTake);
const outline = await (await fetch("outline.json")).json();
const store = new Store();
const part = document.createElement("city-take");
document.querySelector("#into").append(part);
part.start({ session, outline, store, say: words(document.body) });
Object.assign(window, { store, session });
"""


@pytest.fixture
def open_page(open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page for a reader who wants no motion: to come to a control smoothly takes a second each time."""
    return partial(open_page, reduced_motion="reduce")


def the_page() -> str:
    """A page as the theme draws it, with the words of its scripts."""
    file = a_file("trees.csv", page="trees", profile=a_profile())
    dataset = a_dataset("Trees", files=(file,))
    have = take(dataset, file, "Trees", site_of(a_catalog(dataset), a_build(), the_theme()))
    part = the_theme().environment.from_string('{% from "parts/take.html" import take %}{{ take(have) }}').render(have=have)
    words = "".join(f'<span data-word="{key}">{text}</span>' for key, text in WORDS.items())
    return (f'<!DOCTYPE html><html lang="en"><head><title>Trees</title><link rel="icon" href="data:,"></head><body><main>'
            f'<h1>Trees</h1><div id="into"></div>{part}</main><template data-words>{words}</template>'
            f'<script type="module" src="page.js"></script></body></html>')


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page, served with the theme's sources."""
    folder = tmp_path_factory.mktemp("take")
    (folder / "themes").symlink_to(ROOT / "themes")
    (folder / "index.html").write_text(the_page(), "utf-8")
    (folder / "page.js").write_text(SCRIPT, "utf-8")
    (folder / "outline.json").write_text(json.dumps(OUTLINE), "utf-8")
    with served(folder) as found:
        yield f"{found}/"


@pytest.fixture
def taking(address: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """A function that opens the page at a state."""

    def opened(query: str = "", **context: object) -> Page:
        page = open_page(address + query, **context)
        page.get_by_role("button", name="Download CSV").wait_for()
        return page

    return opened


def downloaded(page: Page, name: str) -> tuple[str, str]:
    """The name and the text of a file that a button gives."""
    with page.expect_download() as found:
        page.get_by_role("button", name=name, exact=True).click()
    return found.value.suggested_filename, Path(found.value.path()).read_bytes().decode()


def test_what_is_seen_can_be_downloaded_in_three_formats(taking):
    page = taking()

    assert downloaded(page, "Download CSV") == (
        "trees-selection.csv", "__proto__,lat,lon\r\n<script>alert(1)</script>,35.10,-80.5\r\n=1+1,,-80\r\n")
    assert json.loads(downloaded(page, "Download JSON")[1])[1] == {"__proto__": "=1+1", "lat": None, "lon": -80}
    assert [each["geometry"] for each in json.loads(downloaded(page, "Download GeoJSON")[1])["features"]] == [
        {"type": "Point", "coordinates": [-80.5, 35.1]}, None]
    assert page.locator("[role=status]").inner_text() == "The file is ready."


@pytest.mark.parametrize(
    ("name", "reason"), [("Unreachable", "the server does not answer"), ("TypeError", "something did not work")],
)
def test_a_file_that_could_not_be_made_is_told_of_in_the_words_of_the_page(taking, name, reason):
    page = taking()
    page.evaluate(
        "(name) => { session.download = async function* () { throw Object.assign(new Error('Failed to fetch'), { name }); }; }",
        name)
    page.get_by_role("button", name="Download CSV").click()

    expect(page.locator("[role=status]")).to_have_text(f"The file could not be made: {reason}")


def test_the_columns_that_are_seen_are_those_in_the_file(taking):
    assert downloaded(taking("?columns=lon~lat"), "Download CSV")[1] == "lon,lat\r\n-80.5,35.10\r\n-80,\r\n"


def test_code_follows_what_is_seen(taking):
    page = taking("?columns=lat")
    code = page.locator("[data-copy=python]")
    page.locator("summary", has_text="Python").click()
    before = code.inner_text()
    page.evaluate("store.change({ filters: [{ column: 'lat', test: 'filled' }] })")

    assert 'rows = rows[["lat"]]' in before
    assert 'rows["lat"] != ""' in code.inner_text()
    assert f'pd.read_csv("{page.evaluate("location.origin")}/trees.csv"' in code.inner_text()
    assert "A command line gets the file whole." in page.locator("city-take").inner_text()


def test_the_address_and_the_frame_say_what_is_seen(taking):
    page = taking("?columns=lat")

    assert page.locator("[data-copy=link]").inner_text().endswith("/?columns=lat")
    assert 'src="https://data.example.gov/embed/data/trees/trees/?columns=lat"' in page.locator(
        "[data-copy=frame]").inner_text()


def test_the_frame_of_a_map_shows_the_map_where_it_is_and_in_its_colors(taking):
    page = taking("?view=map&map=12~35.1~-80.5&color=lat")

    assert ('src="https://data.example.gov/embed/data/trees/trees/?view=map&amp;map=12~35.1~-80.5&amp;color=lat"'
            in page.locator("[data-copy=frame]").inner_text())


def test_a_copy_is_what_is_shown_and_is_announced(taking):
    page = taking(permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy Code of the frame").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Copied.", exact=True).wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == page.locator("[data-copy=frame]").inner_text()


def test_where_copying_is_not_allowed_the_text_is_marked(taking):
    page = taking()
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')); }")
    page.get_by_role("button", name="Copy citation").click()
    page.get_by_text("Marked.", exact=True).wait_for()

    assert page.evaluate("getSelection().toString()") == page.locator("[data-copy=apa]").inner_text()


def test_citations_have_the_day_of_access(taking):
    page = taking()
    page.locator("summary", has_text="BibTeX").click()
    today = page.evaluate("[new Date().getFullYear(), new Date().toLocaleDateString('en', { dateStyle: 'long' })]")

    assert f"Retrieved {today[1]}, from" in page.locator("[data-copy=apa]").inner_text()
    assert f"urldate = {{{today[0]}-" in page.locator("[data-copy=bibtex]").inner_text()
    assert json.loads(page.locator("[data-copy=csl]").text_content())[0]["accessed"]["date-parts"][0][0] == today[0]


def test_no_barrier_is_found(taking, axe):
    page = taking(width=320)

    assert broken_in_both_schemes(page, axe) == {}
    assert page.complaints == []


def test_without_a_script_code_frame_and_citation_are_there(address, open_page):
    page = open_page(address, java_script_enabled=False)

    assert "Retrieved [date], from https://data.example.gov/data/trees/trees/" in page.get_by_text("Retrieved").inner_text()
    assert "pd.read_csv" in page.locator("[data-copy=python]").text_content()


def a_framing_page(inner: str, script: str) -> str:
    """A page of somebody else that shows one of ours."""
    return (f'<!DOCTYPE html><html lang="en"><title>Elsewhere</title><iframe src="{inner}" height="100" title="Inner"></iframe>'
            f'<iframe src="about:blank" height="100" title="Other"></iframe><script src="{script}"></script></html>')


def test_a_frame_grows_with_what_is_in_it_and_no_other_does(tmp_path, node, open_page):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
    (inside / "themes").symlink_to(ROOT / "themes")
    esbuild = [node, THEME / "node_modules" / "esbuild" / "bin" / "esbuild", "--bundle", "--format=iife"]
    subprocess.run([*esbuild, THEME / "assets" / "js" / "entries" / "embed.js", f"--outfile={inside / 'embed.js'}"], check=True,
                   capture_output=True)
    (inside / "index.html").write_text(
        '<!DOCTYPE html><html lang="en"><title>Inner</title><body style="margin: 0"><div id="all" style="height: 731px"></div>'
        '<script type="module">import { tellHeight } from "/themes/civic/assets/js/embed/heights.js";'
        'tellHeight(document.querySelector("#all"));</script></body></html>', "utf-8")
    with served(inside) as inner, served(outside) as outer:
        (outside / "index.html").write_text(a_framing_page(f"{inner}/", f"{inner}/embed.js"), "utf-8")
        page = open_page(f"{outer}/")
        page.wait_for_function("document.querySelector('iframe').getBoundingClientRect().height > 700")
        page.evaluate("postMessage({ type: 'cityfolio-height', height: 9999 }, '*')")
        page.frames[1].evaluate("document.querySelector('#all').style.height = '300px'")
        page.wait_for_function("document.querySelector('iframe').style.height === '300px'")

        assert page.evaluate("[...document.querySelectorAll('iframe')].map((each) => each.style.height)") == ["300px", ""]


MAPPED = "/embed/data/requests/requests/?where=kind~is~Noise~Pothole&sort=days~down&view=map"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Iterator[Wire]:
    """A whole site, served, which notes what is fetched of it."""
    with wired(write_explored_city(tmp_path_factory.mktemp("embedded") / "site")) as served_site:
        yield served_site


@pytest.fixture
def embedded_map(site: Wire, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """A function that opens a map that is made to be embedded, once its places are there."""

    def opened(more: str = "", **context: object) -> Page:
        # A map moves for most readers, and so it does here.
        page = open_page(site.address + MAPPED + more, **{"reduced_motion": "no-preference", **context})
        page.locator(".map-status", has_text="in view").wait_for()
        return page

    return opened


def test_an_embedded_map_shows_the_rows_that_hold_the_filters_in_colors_with_a_legend(embedded_map):
    page = embedded_map("&color=ward")
    page.locator(".map-legend li").first.wait_for()

    assert page.locator(".map-status").inner_text() == "4,941 places in view"
    assert page.locator(".map-legend bdi").all_inner_texts() == ["1: North", "2: South"]
    assert "is \u2068Noise\u2069 or \u2068Pothole\u2069" in page.locator("city-embed > p.muted").last.inner_text()
    assert page.locator("[data-first-rows]").count() == 0
    assert page.complaints == []


def test_the_script_of_the_map_is_fetched_for_a_map_alone(site, embedded_map, open_page):
    site.taken()
    rows = open_page(f"{site.address}/embed/data/requests/requests/?where=kind~is~Noise")
    rows.locator("caption", has_text="of 2,").wait_for()
    without = [each.path for each in site.taken() if "/map-" in each.path]
    embedded_map()

    assert (without, len([each for each in site.taken() if "/map-" in each.path])) == ([], 1)


def test_an_embedded_map_has_no_control_that_leads_to_a_grid(embedded_map):
    page = embedded_map()

    assert page.locator(".map-bar button").all_inner_texts() == ["+", "\u2212", "Show all"]
    assert page.get_by_label("Only what is in view").count() == 0


def test_an_embedded_map_is_moved_and_asked_by_keyboard(embedded_map):
    page = embedded_map("&map=15~35.2~-80.9")
    page.locator(".map-frame").press("-")
    page.wait_for_url("**map=14*")
    page.locator(".map-list button").first.press("Enter")
    page.get_by_role("dialog").wait_for()
    facts = page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")

    assert "What was asked for" in facts
    assert page.get_by_role("dialog").count() == 0


def test_the_rows_of_an_embedded_map_are_a_table_below_it(embedded_map):
    page = embedded_map()
    page.locator("summary", has_text="Show as a table").press("Enter")
    page.locator("city-embed table").wait_for()

    assert page.locator("city-embed tbody tr").count() == 100
    assert page.locator("city-embed caption").inner_text().startswith("100 of 4,941 rows")
    assert page.locator("city-embed tbody tr").first.locator("td").nth(3).inner_text() == "39"


def test_a_moved_map_leaves_the_way_back_alone_and_the_link_leads_to_what_is_seen(embedded_map):
    page = embedded_map(alone=True)
    before = page.evaluate("history.length")
    page.get_by_label("Color by").select_option("kind")
    page.get_by_role("button", name="Nearer").click()
    page.wait_for_url("**map=*")

    assert page.evaluate("history.length") == before
    assert page.locator("[data-embed-source]").get_attribute("href").endswith(f"?{page.url.partition('?')[2]}")
    assert "color=kind" in page.url


def test_a_part_of_the_map_that_an_address_names_stays_the_same_part(embedded_map):
    page = embedded_map("&where=~within~-80.9~35.1~-80.8~35.3&map=14~35.2~-80.85")
    page.get_by_role("button", name="Farther").click()
    page.wait_for_url("**map=13*")

    assert "where=~within~-80.9~35.1~-80.8~35.3" in page.url


def test_where_the_map_cannot_be_fetched_its_rows_are_shown(site, open_page):
    page = open_page("about:blank")
    page.route("**/map-*.js", lambda route: route.abort())
    page.goto(site.address + MAPPED)
    page.locator("city-embed caption", has_text="of 4,941 rows").wait_for()

    assert page.locator("city-embed [role=status]").first.inner_text().startswith("The map could not be drawn")


def test_an_embedded_map_keeps_the_policy_and_asks_no_other_host(embedded_map):
    page = embedded_map("&color=days")
    hosts = page.evaluate("[...new Set(performance.getEntriesByType('resource').map((each) => new URL(each.name).host))]")

    assert page.complaints == []
    assert hosts == [page.evaluate("location.host")]


@at_phone_width()
def test_an_embedded_map_breaks_no_automated_rule_and_fits(embedded_map, axe, width):
    page = embedded_map("&color=ward", width=width, bypass_csp=True)
    beside = broken_in_both_schemes(page, axe)
    page.locator("summary", has_text="Show as a table").click()
    page.locator("city-embed table").wait_for()
    below = broken_in_both_schemes(page, axe)
    page.locator(".map-list button").first.click()
    page.get_by_role("dialog").wait_for()

    assert (beside, below, broken_in_both_schemes(page, axe)) == ({}, {}, {})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_an_embedded_map_is_its_first_rows(site, open_page):
    page = open_page(site.address + MAPPED, java_script_enabled=False)

    assert page.locator("[data-first-rows] tbody tr").count() == 20


def test_the_height_of_a_frame_with_a_map_comes_to_rest(site, tmp_path, open_page):
    with served(tmp_path) as outer:
        (tmp_path / "index.html").write_text(a_framing_page(site.address + MAPPED, f"{site.address}/embed/embed.js"), "utf-8")
        page = open_page(f"{outer}/")
        inner = page.frame_locator("iframe >> nth=0")
        inner.locator(".map-list button").first.wait_for()
        page.wait_for_timeout(500)
        first = page.evaluate("document.querySelector('iframe').style.height")
        page.wait_for_timeout(500)

        assert first.endswith("px")
        assert page.evaluate("document.querySelector('iframe').style.height") == first
        assert inner.locator(".map-frame").evaluate("(frame) => frame.getBoundingClientRect().height") == 352


@pytest.mark.parametrize("more", ["", "&view=map"], ids=["alone", "with a map"])
def test_an_embedded_question_is_answered_by_a_chart_and_its_numbers(site, open_page, more):
    page = open_page(f"{site.address}/embed/data/requests/requests/?ask=mean~days&by=ward{more}")
    page.locator("figure svg").wait_for()

    assert sorted(page.locator("city-embed tbody td:first-child").all_inner_texts()) == ["North", "South"]
    assert page.locator("city-map").count() == 0
    assert page.complaints == []


def test_where_rows_have_no_place_an_embedded_map_is_its_rows(site, open_page):
    page = open_page(f"{site.address}/embed/data/hostile/cells/?view=map")
    page.locator("caption", has_text="3 of 3 rows").wait_for()

    assert page.locator("city-map").count() == 0
    assert page.complaints == []


@pytest.fixture
def embedded_answer(site: Wire, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """A function that opens an answer that is made to be embedded, once its numbers are there."""
    def open_at(query: str, **context: Any) -> Page:
        page = open_page(f"{site.address}/embed/data/requests/requests/?{query}", **context)
        page.locator("city-embed caption", has_text="rows").and_(page.locator("caption:not([data-first-rows] *)")).wait_for()
        return page

    return open_at


def test_an_embedded_answer_says_what_its_sums_lack(embedded_answer):
    page = embedded_answer("ask=sum~cost&by=ward")

    assert page.locator("city-embed .answer-notes").inner_text().startswith("Incomplete sums, because rows lack a value: ")
    assert page.locator("city-embed th").all_inner_texts() == ["Ward", "Sum of What it cost", "Rows with a value"]
    assert " of 6,000" in page.locator("city-embed tbody tr").first.locator("td").last.inner_text()


def test_an_embedded_answer_follows_the_rules_of_the_explorer(embedded_answer):
    page = embedded_answer("ask=sum~kind&by=ward")

    assert page.locator("city-embed caption").inner_text() == "Number of rows by Ward, 12,000 rows"
    assert page.locator("city-embed tbody td:last-child").all_inner_texts() == ["6,000", "6,000"]


def test_an_embedded_chart_is_drawn_for_the_room_that_there_is(embedded_answer):
    page = embedded_answer("ask=count&by=ward", width=320)
    narrow = page.locator("city-embed svg").get_attribute("width")
    page.set_viewport_size({"width": 640, "height": 700})
    page.wait_for_function("Number(document.querySelector('city-embed svg').getAttribute('width')) > 400")

    assert 240 <= int(narrow) <= 320
    assert page.complaints == []


def test_an_embedded_answer_that_has_no_chart_has_no_empty_figure(embedded_answer):
    assert embedded_answer("ask=count&by=ward&chart=none").locator("figure").count() == 0
    drawn = embedded_answer("ask=mean~cost&by=days&chart=scatter").locator("figure svg")
    drawn.wait_for()
    assert drawn.count() == 1
