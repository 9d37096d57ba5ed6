"""What is taken along of a table: files, code, a frame, citations; and frames that grow with what is in them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.serving import served
from browser.test_axe import RUN
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
window.store = store;
"""


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_is_found(taking, axe, scheme):
    page = taking(color_scheme=scheme, width=320)
    page.evaluate(axe)

    assert page.evaluate(RUN) == []
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
