"""The map of the explorer in Chromium, over rows that a page of its own makes up."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browser.rules import broken_in_both_schemes
from browser.serving import Quiet, served
from cityfolio.folders import themes_root
from cityfolio.pages.shell import POLICY
from cityfolio.tables.exports.schema import ExportTable
from cityfolio.tables.exports.tiles import write_pmtiles
from pages.drawing import the_theme
from tables.exports.making_exports import a_column, a_table, written

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Part by part, which takes minutes; test_explorer.py looks at all of them together in every run.
pytestmark = [pytest.mark.browser, pytest.mark.npm, pytest.mark.torture]

HERE = Path(__file__).parent
BOUNDARY = {"type": "Polygon", "coordinates": [[[-81, 35], [-80.6, 35], [-80.6, 35.4], [-81, 35.4], [-81, 35]]]}
WITH_BOUNDARY = {"boundaries": [{"title": "City", "url": "boundary.geojson"}]}
WORDS = """
map-label = Map of the rows. Arrow keys move it, plus and minus change how near it is.
map-color = Color by
map-one-color = One color for all
map-only = Only what is in view
map-nearer = Nearer
map-farther = Farther
map-all = Show all
map-table = Show as a table
map-places = Places in view
map-first-places.one = The first place in view
map-first-places.other = The first %(count)s places in view
map-in-view.one = %(count)s place in view
map-in-view.other = %(count)s places in view
map-loading = Bringing the places...
map-failed = The map could not be drawn: %(reason)s
rows-failed = The rows did not come: %(reason)s
trouble-Unreachable = the server does not answer
trouble-Other = something on this page did not work
map-clusters = A circle with a number stands for that many places. Pick it to look nearer.
map-clusters-colored = A circle with a number stands for that many places and has the color of most of them.
map-others = All others
map-empty = No value
map-range = %(low)s to %(high)s
map-code = %(code)s: %(meaning)s
map-unit = %(text)s %(unit)s
map-row = One row
map-no-value = no value
map-close = Close
map-two-fingers = Move the map with two fingers.
map-none = No row with a place holds these filters.
"""
HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Trees</title>
<meta http-equiv="Content-Security-Policy" content="{policy}"><link rel="stylesheet" href="site.css"></head>
<body><main class="wrap"><h1>Trees</h1><template data-words>{words}</template><city-map></city-map></main>
<script type="module" src="page.js"></script></body></html>
"""


class InParts(Quiet):
    """A server that gives parts of files, as most do."""

    def do_GET(self) -> None:  # noqa: N802 - the name is the base class's
        """Answer with a part when one is asked for."""
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not asked:
            return super().do_GET()
        whole = Path(self.translate_path(self.path)).read_bytes()
        part = whole[int(asked[1]):int(asked[2]) + 1]
        self.send_response(206)
        self.send_header("Content-Length", str(len(part)))
        self.send_header("Content-Range", f"bytes {asked[1]}-{int(asked[1]) + len(part) - 1}/{len(whole)}")
        self.end_headers()
        self.wfile.write(part)
        return None


def blocks(count: int = 40) -> ExportTable:
    """Square blocks in a row, each with its name, its people, a balance below zero and a long number."""
    squares = [[[-80.9 + at / 100, 35.2], [-80.895 + at / 100, 35.2], [-80.895 + at / 100, 35.205], [-80.9 + at / 100, 35.2]]
               for at in range(count)]
    return a_table(
        (a_column("name"), [f"Block {at} ä" for at in range(count)]),
        (a_column("people", "integer"), [str(at * 10) for at in range(count)]),
        (a_column("balance", "integer"), [str(-at - 1) for at in range(count)]),
        (a_column("long", "integer"), [str(9_007_199_254_740_993 + at) for at in range(count)]),
        (a_column("share", "number"), [f"{at}.25" for at in range(count)]),
        (a_column("is_odd", "boolean"), [str(bool(at % 2)).lower() for at in range(count)]),
        (a_column("shape", "geometry"), [json.dumps({"type": "Polygon", "coordinates": [each]}) for each in squares]),
    )


def spans() -> str:
    """The words of the map as the page's template holds them."""
    pairs = [line.split(" = ", 1) for line in WORDS.strip().splitlines()]
    forms = [(*key.partition("."), text) for key, text in pairs]
    return "".join(
        f'<span data-word="{key}"' + (f' data-plural="{form}"' if form else "") + f">{escape(text)}</span>"
        for key, _, form, text in forms
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, node: Path) -> Iterator[str]:
    """The address of a folder with the map's page, its scripts bundled and its styles."""
    theme = themes_root() / "civic"
    esbuild = theme / "node_modules" / "esbuild" / "bin" / "esbuild"
    if not esbuild.is_file():
        pytest.skip("the theme's packages are not installed; `make site` does it")
    folder = tmp_path_factory.mktemp("map")
    command = [str(node), str(esbuild), str(HERE / "map_page.js"), "--bundle", "--format=esm", "--target=es2020",
               f"--outfile={folder / 'page.js'}"]
    subprocess.run(command, check=True, capture_output=True)
    style = (theme / "assets" / "css" / "map.css").read_text(encoding="utf-8")
    (folder / "site.css").write_text("\n".join([*the_theme().styles, style]), encoding="utf-8")
    (folder / "boundary.geojson").write_text(json.dumps(BOUNDARY), encoding="utf-8")
    (folder / "index.html").write_text(HTML.format(policy=POLICY, words=spans()), encoding="utf-8")
    (folder / "trees.pmtiles").write_bytes(written(write_pmtiles, blocks()))
    with served(folder, InParts) as address:
        yield address


@pytest.fixture
def city_map(address: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open the map's page once its places are there: `city_map("rows=100&color=kind", width=320)`."""

    def open_map(query: str = "", *, base: Any = None, **context: Any) -> Page:
        page = open_page(f"{address}/?view=map&{query}&base={quote(json.dumps(base or {}))}", **context)
        page.locator(".map-status", has_text=re.compile("in view|No row")).wait_for()
        return page

    return open_map


def state(page: Page) -> Any:
    """What the page's address would say."""
    return page.evaluate("window.store.state")


def colors_at(page: Page, x: int, y: int) -> list[int]:
    """The color of the canvas at a spot of the map's frame."""
    found: list[int] = page.evaluate(
        """([x, y]) => {
          const canvas = document.querySelector(".map-frame canvas");
          const place = canvas.getBoundingClientRect(), frame = document.querySelector(".map-frame").getBoundingClientRect();
          const spot = [frame.x + x - place.x, frame.y + y - place.y].map((at) => Math.round(at * devicePixelRatio));
          return [...canvas.getContext("2d").getImageData(spot[0], spot[1], 1, 1).data];
        }""", [x, y])
    return found


def number_in_view(page: Page) -> int:
    """How many places the status says are in view."""
    said = re.match(r"([\d,]+) places? in view", page.locator(".map-status").inner_text())
    return int(said[1].replace(",", "")) if said else -1


def test_a_map_opens_at_all_rows_that_have_a_place(city_map):
    page = city_map()

    assert number_in_view(page) == 294
    assert page.complaints == []


def test_a_map_opens_where_the_address_says_and_the_reader_moves_on_from_there(city_map):
    page = city_map("map=13~35.2~-80.9")
    page.locator(".map-frame").press("ArrowRight")
    page.wait_for_function("() => window.store.state.map.longitude > -80.9")
    moved = state(page)["map"]
    page.locator(".map-frame").press("+")
    page.wait_for_function("() => window.store.state.map.zoom === 14")

    assert moved["zoom"] == 13
    assert abs(moved["latitude"] - 35.2) < 0.001


def test_a_map_opens_where_the_city_says_when_the_address_says_nothing(city_map):
    page = city_map(base={"center": [35.2, -80.9], "zoom": 14})

    assert 0 < number_in_view(page) < 294
    assert state(page)["map"] is None


def test_another_address_moves_the_map_and_the_way_back_leads_back(city_map):
    page = city_map()
    page.evaluate("window.store.change({map: {zoom: 15, latitude: 35.2, longitude: -80.9}})")
    page.wait_for_function("() => parseInt(document.querySelector('.map-status').textContent) < 100")
    near = page.url
    page.evaluate("window.store.change({map: {zoom: 10, latitude: 35.2, longitude: -80.9}})")
    page.wait_for_function("() => parseInt(document.querySelector('.map-status').textContent) === 294")
    page.go_back()
    page.wait_for_function("() => parseInt(document.querySelector('.map-status').textContent) < 100")

    assert "map=15~35.2~-80.9" in near
    assert page.url == near


def test_a_color_is_in_the_address_and_the_way_back_takes_it_away(city_map):
    page = city_map()
    page.get_by_label("Color by").select_option("height")
    page.locator(".map-legend li").first.wait_for()
    colored = page.url
    page.go_back()
    page.locator(".map-legend").wait_for(state="hidden")

    assert "color=height" in colored
    assert page.get_by_label("Color by").input_value() == ""


def test_a_sorted_table_has_the_same_rows_at_the_same_places(city_map):
    page = city_map("rows=20&sort=tree~down")
    page.locator(".map-list button").first.click()
    page.get_by_role("dialog").wait_for()

    assert page.locator(".map-list button").first.inner_text() == "T0 · A tall one"
    assert "T0" in page.get_by_role("dialog").inner_text()


def test_only_what_is_in_view_is_a_filter_that_follows_the_map(city_map):
    page = city_map()
    page.get_by_label("Only what is in view").check()
    page.wait_for_function("() => window.counted === 294")
    for _ in range(3):
        page.get_by_role("button", name="Nearer").click()
        page.wait_for_timeout(400)
    page.wait_for_function("() => window.counted < 200")
    filters = state(page)["filters"]
    page.get_by_label("Only what is in view").uncheck()
    page.wait_for_function("() => window.counted === 300")

    assert [(each["test"], len(each["bounds"])) for each in filters] == [("within", 4)]
    assert state(page)["filters"] == []


def test_a_click_on_a_point_opens_its_row_and_escape_leads_back(city_map):
    page = city_map("rows=1")
    frame = page.locator(".map-frame")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.get_by_role("dialog").wait_for()
    words = page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")

    assert "T0" in words
    assert "Oak: A tall one" in words
    assert page.get_by_role("dialog").count() == 0


def test_every_place_in_view_is_reached_by_keyboard(city_map):
    page = city_map("rows=20")
    page.locator(".map-frame").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("dialog").wait_for()
    words = page.get_by_role("dialog").inner_text()
    page.keyboard.press("Escape")

    assert first == "T0 · A tall one"
    assert "T1" in words
    assert page.evaluate("document.activeElement.textContent").startswith("T1 ·")


def test_of_many_places_the_first_fifty_are_listed(city_map):
    page = city_map()
    page.get_by_role("list", name="The first 50 places in view").wait_for()
    page.wait_for_function("() => document.querySelectorAll('.map-list button').length === 50")

    assert page.locator(".map-list button").count() == 50


def test_many_points_are_clusters_and_a_click_on_one_goes_nearer(city_map):
    page = city_map("rows=30000&map=11~35.2~-80.84")
    page.get_by_text("A circle with a number stands for").wait_for()
    frame = page.locator(".map-frame")
    box = frame.bounding_box()
    frame.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.wait_for_function("() => window.store.state.map?.zoom === 13")

    assert page.get_by_role("dialog").count() == 0


def test_colors_by_words_have_a_legend_with_meanings_and_counts(city_map):
    page = city_map("color=kind")
    entries = page.locator(".map-legend li").all_inner_texts()

    assert entries[0].split("\n") == ["<img src=x onerror='window.broken = 1'>", "98"]
    assert sorted(entry.split("\n")[0] for entry in entries[1:]) == ["Elm", "Oak: A tall one"]
    assert page.evaluate("window.broken") is None


def test_colors_by_numbers_have_five_classes_and_one_for_no_value(city_map):
    page = city_map()
    page.get_by_label("Color by").select_option("height")
    page.locator(".map-legend li").first.wait_for()
    entries = page.locator(".map-legend bdi").all_inner_texts()

    assert (len(entries), entries[0], entries[-1]) == (6, "0.5 to 10.5 feet", "No value")
    assert state(page)["color"] == "height"


def test_shapes_are_filled_and_a_click_into_one_opens_its_row(city_map):
    page = city_map("table=shapes&rows=1&color=people")
    frame = page.locator(".map-frame")
    box = frame.bounding_box()
    inside = colors_at(page, int(box["width"] / 2), int(box["height"] / 2))
    frame.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    page.get_by_role("dialog").wait_for()

    assert inside[3] > 0
    assert "Block 0" in page.get_by_role("dialog").inner_text()


def test_a_click_beside_every_shape_opens_nothing(city_map):
    page = city_map("table=shapes&rows=1")
    page.locator(".map-frame").click(position={"x": 5, "y": 5})
    page.wait_for_timeout(200)

    assert page.get_by_role("dialog").count() == 0


def test_the_citys_boundaries_lie_under_the_rows(city_map):
    page = city_map("rows=0", base=WITH_BOUNDARY)

    drawn = page.evaluate(
        """() => {
          const canvas = document.querySelector(".map-frame canvas");
          return canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.some((each) => each > 0);
        }""")
    assert drawn
    assert page.complaints == []


def test_a_boundary_that_is_missing_leaves_the_rows_on_the_map(city_map):
    page = city_map(base={"boundaries": [{"title": "City", "url": "gone.geojson"}]})

    assert number_in_view(page) == 294


def test_no_other_host_is_asked_and_the_policy_holds(city_map):
    page = city_map("rows=30000&color=height", base=WITH_BOUNDARY)
    page.get_by_role("button", name="Nearer").click()
    page.wait_for_timeout(500)
    hosts = page.evaluate("[...new Set(performance.getEntriesByType('resource').map((each) => new URL(each.name).host))]")

    assert page.complaints == []
    assert hosts == [page.evaluate("location.host")]


def test_pictures_come_from_the_tile_server_that_the_city_names_with_its_credit(city_map):
    pictures = {"url": "tile-{z}-{x}-{y}.png", "attribution": "© The map makers"}
    page = city_map(base={"tiles": pictures, "center": [35.2, -80.9], "zoom": 12})
    page.wait_for_function("() => performance.getEntriesByType('resource').some((each) => each.name.includes('/tile-12-'))")

    assert page.get_by_text("© The map makers").is_visible()


@pytest.mark.parametrize("zoom", [8, 14])
def test_the_tiles_that_are_written_are_read_as_they_are_meant(node, tmp_path, zoom):
    path = tmp_path / "blocks.pmtiles"
    path.write_bytes(written(write_pmtiles, blocks()))
    reading = [node, HERE / "js" / "reading_tiles.mjs", path, str(zoom)]
    done = subprocess.run(reading, capture_output=True, text=True, check=True)
    found = {each["properties"]["name"]: each for each in json.loads(done.stdout)}

    assert found["Block 7 ä"]["form"] == "area"
    assert found["Block 7 ä"]["properties"] == {
        "name": "Block 7 ä", "people": "70", "balance": "-8", "long": "9007199254741000", "share": "7.25",
        "is_odd": "true"}
    assert found["Block 7 ä"]["box"] == pytest.approx([-80.83, 35.2, -80.825, 35.205], abs=0.002)
    assert len(found) == 40


def test_many_shapes_are_drawn_from_tiles_that_are_fetched_in_parts(city_map):
    page = city_map("table=shapes&tiles=1&rows=3&said=6000&color=people")
    page.get_by_role("button", name="Block 0 ä").click()
    page.get_by_role("dialog").wait_for()

    assert number_in_view(page) == 40
    assert page.locator(".map-legend bdi").all_inner_texts()[0::4] == ["0 to 70", "320 to 390"]
    assert "Block 0 ä" in page.get_by_role("dialog").inner_text()
    assert page.complaints == []


def test_a_selection_of_many_shapes_is_drawn_from_its_rows(city_map):
    page = city_map("table=shapes&tiles=1&rows=3&said=6000&where=people~between~0~30")

    assert number_in_view(page) == 3


@pytest.mark.parametrize("width", [320, 1280])
def test_a_map_breaks_no_automated_rule(city_map, axe, width):
    page = city_map("color=kind", width=width, bypass_csp=True)
    beside = broken_in_both_schemes(page, axe)
    page.locator(".map-list button").first.click()
    page.get_by_role("dialog").wait_for()

    assert (beside, broken_in_both_schemes(page, axe)) == ({}, {})


def test_a_map_fits_a_narrow_screen_and_every_control_can_be_hit(city_map):
    page = city_map("color=kind", width=320)
    small = page.evaluate(
        """[...document.querySelectorAll("city-map button, city-map select, city-map input")].filter((each) => {
          const box = each.getBoundingClientRect();
          return box.width && (box.width < 24 || box.height < 24);
        }).length""")

    assert small == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_the_colors_follow_the_readers_scheme(city_map):
    page = city_map("table=shapes&rows=1", color_scheme="light")
    box = page.locator(".map-frame").bounding_box()
    light = colors_at(page, int(box["width"] / 2), int(box["height"] / 2))
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    page.wait_for_timeout(100)

    assert colors_at(page, int(box["width"] / 2), int(box["height"] / 2)) != light


def test_the_table_is_one_button_away_and_what_it_filters_is_on_the_map_afterwards(city_map):
    page = city_map()
    page.get_by_role("button", name="Show as a table").click()
    rows = page.url
    page.evaluate("window.store.change({filters: [{column: '', test: 'within', bounds: [-81, 35, -80.9, 35.4]}]})")
    page.evaluate("window.store.change({view: 'map'})")
    page.wait_for_function("() => parseInt(document.querySelector('.map-status').textContent) < 294")

    assert "view=map" not in rows
    assert page.get_by_label("Only what is in view").is_checked()


def test_in_forced_colors_shapes_tell_the_classes(city_map):
    page = city_map("color=kind", forced_colors="active")
    marks = page.evaluate("[...document.querySelectorAll('.map-legend canvas')].map((each) => each.toDataURL())")

    assert len(set(marks)) == 3


def test_without_motion_the_map_jumps(city_map):
    page = city_map("map=11~35.2~-80.9", reduced_motion="reduce")
    page.get_by_role("button", name="Nearer").click()

    assert page.locator(".leaflet-zoom-anim").count() == 0


def test_the_list_of_a_large_table_is_brought_when_it_is_opened(city_map):
    page = city_map("rows=20001")
    before = page.locator(".map-list button").count()
    page.get_by_text("The first 50 places in view").click()
    page.locator(".map-list button").first.wait_for()

    assert (before, page.locator(".map-list button").count()) == (0, 50)


def touched(page: Page, kind: str, *fingers: tuple[float, float]) -> None:
    """Fingers on the screen: `kind` is start, move or end."""
    points = [{"x": x, "y": y, "id": at} for at, (x, y) in enumerate(fingers)]
    page.touching.send("Input.dispatchTouchEvent", {"type": f"touch{kind.title()}", "touchPoints": points})  # type: ignore[attr-defined]


@pytest.fixture
def on_phone(city_map: Callable[..., Page]) -> Callable[..., Page]:
    """Open the map's page on a touch screen, with its map in the middle of it: `on_phone("rows=20")`."""

    def open_map(query: str = "") -> Page:
        page = city_map(query, width=390, height=700, has_touch=True, is_mobile=True, alone=True)
        page.touching = page.context.new_cdp_session(page)  # type: ignore[attr-defined]
        page.evaluate("document.querySelector('.map-frame').scrollIntoView({block: 'center', behavior: 'instant'})")
        return page

    return open_map


def middle_of_frame(page: Page) -> tuple[float, float]:
    """The middle of the map's frame on the screen."""
    box = page.locator(".map-frame").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def share_drawn(page: Page) -> float:
    """How much of the frame's width or height, whichever is more, lies between the outermost things drawn."""
    found: float = page.evaluate(
        """() => {
          const canvas = document.querySelector(".map-frame canvas"), frame = document.querySelector(".map-frame");
          const { width, height } = canvas, { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          const columns = [], rows = [];
          for (let at = 3; at < data.length; at += 4) if (data[at]) {
            const spot = (at - 3) / 4, x = spot % width, y = Math.floor(spot / width);
            columns[0] = Math.min(columns[0] ?? x, x), columns[1] = Math.max(columns[1] ?? x, x);
            rows[0] = Math.min(rows[0] ?? y, y), rows[1] = Math.max(rows[1] ?? y, y);
          }
          const [wide, high] = [columns, rows].map(([first, last]) => (last - first) / devicePixelRatio);
          return Math.max(wide / frame.clientWidth, high / frame.clientHeight);
        }""")
    return found


def test_one_finger_on_the_map_scrolls_the_page_and_leaves_the_map(on_phone):
    page = on_phone()
    before = page.evaluate("scrollY")
    x, y = middle_of_frame(page)
    touched(page, "start", (x, y))
    for step in range(1, 9):
        touched(page, "move", (x, y - 15 * step))
    touched(page, "end")
    page.wait_for_function("(before) => scrollY > before + 50", arg=before)
    page.wait_for_timeout(400)

    assert state(page)["map"] is None


def test_two_fingers_move_the_map_and_leave_the_page(on_phone):
    page = on_phone("map=13~35.2~-80.9")
    before = page.evaluate("scrollY")
    x, y = middle_of_frame(page)
    touched(page, "start", (x - 40, y), (x + 40, y))
    for step in range(1, 9):
        touched(page, "move", (x - 40, y - 10 * step), (x + 40, y - 10 * step))
    touched(page, "end")
    page.wait_for_function("() => window.store.state.map.latitude < 35.199")

    assert state(page)["map"]["zoom"] == 13
    assert page.evaluate("scrollY") == before


def test_two_fingers_that_part_go_nearer(on_phone):
    page = on_phone("map=12~35.2~-80.9")
    x, y = middle_of_frame(page)
    touched(page, "start", (x - 30, y), (x + 30, y))
    for step in range(1, 9):
        touched(page, "move", (x - 30 - 6 * step, y), (x + 30 + 6 * step, y))
    touched(page, "end")
    page.wait_for_function("() => window.store.state.map.zoom > 12")

    assert page.complaints == []


def test_a_tap_on_a_point_opens_its_row(on_phone):
    page = on_phone("rows=1")
    page.touchscreen.tap(*middle_of_frame(page))
    page.get_by_role("dialog").wait_for()

    assert "T0" in page.get_by_role("dialog").inner_text()


def test_a_mouse_drags_the_map_also_after_a_touch(on_phone):
    page = on_phone("map=13~35.2~-80.9")
    x, y = middle_of_frame(page)
    page.touchscreen.tap(x - 150, y - 150)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 50, y, steps=5)
    page.mouse.up()
    page.wait_for_function("() => window.store.state.map.longitude > -80.9")

    assert page.evaluate("scrollX") == 0


def test_words_about_two_fingers_stand_where_there_is_a_touch_screen(on_phone, city_map):
    words = "Move the map with two fingers."

    assert on_phone().get_by_text(words).is_visible()
    assert not city_map().get_by_text(words).is_visible()


def test_a_map_without_places_says_so(city_map):
    page = city_map("rows=0")
    filled = city_map("rows=3")

    assert page.locator(".map-status").inner_text() == "No row with a place holds these filters."
    assert page.locator(".map-none").is_visible()
    assert not filled.locator(".map-none").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_first_view_is_filled_by_the_rows(city_map, width):
    page = city_map(width=width)

    assert 0.75 < share_drawn(page) <= 1


def test_a_map_that_fills_its_frame_stays_as_near_when_it_is_moved(city_map):
    page = city_map()
    page.locator(".map-frame").press("ArrowRight")
    page.wait_for_function("() => window.store.state.map")
    page.wait_for_timeout(400)

    assert state(page)["map"]["zoom"] % 1 in {0.25, 0.5, 0.75}
    assert share_drawn(page) > 0.75


def test_the_list_of_places_scrolls_by_itself_and_cuts_no_line(city_map):
    page = city_map("color=kind")
    page.wait_for_function("() => document.querySelectorAll('.map-list button').length === 50")
    cut = page.evaluate(
        """() => {
          const list = document.querySelector(".map-list");
          const line = parseFloat(getComputedStyle(list.querySelector("button")).lineHeight);
          const heights = [list.clientHeight, ...[...list.children].map((each) => each.getBoundingClientRect().height)];
          return heights.filter((each) => each % line);
        }""")
    page.locator(".map-list").hover()
    page.mouse.wheel(0, 130)
    page.wait_for_function("() => document.querySelector('.map-list').scrollTop > 0")
    page.wait_for_timeout(500)

    assert cut == []
    assert page.evaluate("document.querySelector('.map-list').scrollTop % 24") == 0
    assert page.evaluate("scrollY") == 0


def test_a_list_of_places_that_does_not_come_is_told_of(city_map):
    page = city_map("rows=25000")
    page.evaluate("window.trouble = 'Unreachable'")
    page.locator("summary", has_text="in view").click()

    expect(page.locator(".map-status")).to_have_text("The map could not be drawn: the server does not answer")
    assert page.complaints == []


def test_after_a_move_places_that_do_not_come_are_told_of(city_map):
    page = city_map("rows=100")
    page.evaluate("window.trouble = 'Unreachable'")
    page.get_by_role("button", name="Nearer").click()

    expect(page.locator(".map-status")).to_have_text("The map could not be drawn: the server does not answer")
    assert page.complaints == []


def test_an_address_whose_places_do_not_come_is_told_of(city_map):
    page = city_map("rows=100")
    page.evaluate("window.trouble = 'TypeError'")
    page.evaluate("store.change({ map: { latitude: 35.1, longitude: -80.9, zoom: 12 } })")

    expect(page.locator(".map-status")).to_have_text("The map could not be drawn: something on this page did not work")
    assert page.complaints == []


def test_a_row_that_does_not_come_is_told_of_unless_it_is_no_longer_wanted(city_map):
    page = city_map("rows=100")
    before = page.locator(".map-status").inner_text()
    page.evaluate("window.trouble = 'AbortError'")
    page.locator(".map-list button").first.click()
    page.evaluate("new Promise((resolve) => setTimeout(resolve))")
    assert page.locator(".map-status").inner_text() == before
    page.evaluate("window.trouble = 'Unreachable'")
    page.locator(".map-list button").first.click()

    expect(page.locator(".map-status")).to_have_text("The rows did not come: the server does not answer")
    assert page.complaints == []
