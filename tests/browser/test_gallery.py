"""The gallery of components: as it was, in both colors, at two widths and on paper; by the automated rules of axe-core."""

import json
from pathlib import Path

import numpy as np
import pytest

from browser.pictures import MOST_COLORS, SQUARE, TOLERATED_SHARE, averaged, coarse, colors_of, difference, of_png, png
from browser.rules import broken_in_both_schemes
from browser.serving import served
from campaigns import in_part
from cityfolio.theming.gallery import gallery

pytestmark = pytest.mark.browser

KEPT = Path(__file__).parent / "gallery"
WITH = KEPT / "drawn-with.json"
VIEWS = {"1280-light": (1280, "light", "screen"), "1280-dark": (1280, "dark", "screen"), "320-light": (320, "light", "screen"),
         "320-dark": (320, "dark", "screen"), "print": (720, "light", "print")}
EACH_TIME = ("320-dark", "1280-light", "print")      # the others under torture
UNFOLD = "document.querySelectorAll('details').forEach((each) => { each.open = true; })"
# Code in the theme's own face, so that only what is drawn in faces of the machine is left, such as the arrows of folds.
SAME_FACE = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(':root { --font-code: "Public Sans" !important } * { caret-color: transparent !important }');
  document.adoptedStyleSheets = [sheet]; return document.fonts.ready.then(() => null); }"""
FACES = """() => ["sans-serif", "system-ui"].map((face) => { const context = new OffscreenCanvas(1, 1).getContext("2d");
  context.font = `40px ${face}`; return context.measureText("■ ▸ Rags").width; })"""
# Each specimen begins on the grid and is as high as whole squares of it, whatever stands above.
ALIGN = """(square) => {
  const pieces = [["header", document.querySelector("body > header")], ["footer", document.querySelector("body > footer")],
    ...[...document.querySelectorAll(".specimen")].map((each) => [each.getAttribute("aria-labelledby"), each])];
  pieces.sort((a, b) => a[1].getBoundingClientRect().top - b[1].getBoundingClientRect().top);
  for (const [, piece] of pieces) {
    const place = piece.getBoundingClientRect();
    piece.style.boxSizing = "border-box";
    piece.style.minBlockSize = `${Math.ceil(place.height / square) * square}px`;
    const above = parseFloat(getComputedStyle(piece).marginTop);
    piece.style.marginBlockStart = `${above + Math.ceil(place.top / square) * square - place.top}px`;
  }
  const squares = ({ left, top, width, height }) => [left, top, width, height].map((each) => Math.round(each / square));
  return Object.fromEntries(pieces.map(([name, piece]) => [name, squares(piece.getBoundingClientRect())])
    .filter(([, place]) => place[3]));
}"""
NOTHING = np.zeros((0, 0, 3), np.uint8)
STRIP = 8_000      # pixels of one screenshot: browsers draw no picture of any height


@pytest.fixture(scope="module")
def address(tmp_path_factory, bundled):
    folder = tmp_path_factory.mktemp("gallery")
    for output in gallery().outputs:
        path = folder / (output.url.lstrip("/") + ("index.html" if output.url.endswith("/") else ""))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.body)
    with served(folder) as served_at:
        yield served_at


def shown(open_pages, address, view, style=""):
    """The gallery as one of the views has it."""
    width, scheme, medium = VIEWS[view]
    page = open_pages("about:blank", width=width, color_scheme=scheme)
    page.emulate_media(media=medium)
    page.goto(address + "/gallery/")
    page.evaluate(SAME_FACE)
    if style:
        page.evaluate("(text) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
                      " document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }", style)
    return page


def pictures(page):
    """Each specimen, the header and the foot as grids, by name."""
    places = page.evaluate(ALIGN, SQUARE)
    width, height = page.evaluate("[document.documentElement.clientWidth, document.documentElement.scrollHeight]")
    whole = np.vstack([pictured(page, 0, top, width, min(STRIP, (height - top) // SQUARE * SQUARE))
                       for top in range(0, height, STRIP)])
    return {name: whole[top:top + rows, left:left + columns] for name, (left, top, columns, rows) in places.items()}


def picture_of(page, name):
    """One of them alone, which costs a fifth of all."""
    left, top, columns, rows = page.evaluate(ALIGN, SQUARE)[name]
    return pictured(page, *(each * SQUARE for each in (left, top, columns, rows)))


def pictured(page, left, top, width, height):
    """A part of a page as a grid."""
    clip = {"x": left, "y": top, "width": width, "height": height}
    return averaged(page.screenshot(full_page=True, animations="disabled", clip=clip), page)


def drawn_with(page):
    """What decides how letters look: the browser, and the faces of the machine."""
    return {"chromium": page.context.browser.version, "faces": page.evaluate(FACES)}


def skip_unless_same(page):
    """Compare only what the same browser draws with the same faces."""
    now, kept = drawn_with(page), json.loads(WITH.read_text(encoding="utf-8"))
    if now != {name: kept[name] for name in now}:
        reason = (f"the kept pictures of the gallery were drawn by Chromium {kept['chromium']} with faces {kept['faces']}; "
                  f"this is {now['chromium']} with {now['faces']}: `make golden` draws them anew")
        print(reason)
        pytest.skip(reason)


def keep(page, view):
    """Write the pictures of a view, as many in a file as have 256 colors together, and where each is."""
    files, places = [[]], {}
    for name, grid in sorted(pictures(page).items()):
        grid = coarse(grid)
        if files[-1] and len(set().union(colors_of(grid), *map(colors_of, files[-1]))) > MOST_COLORS:
            files.append([])
        places[name] = f"{view}-{len(files)} {sum(map(len, files[-1]))} {grid.shape[0]} {grid.shape[1]}"
        files[-1].append(grid)
    for old in KEPT.glob(f"{view}-*.png"):
        old.unlink()
    for number, grids in enumerate(files, start=1):
        widest = max(grid.shape[1] for grid in grids)
        filled = [np.pad(grid, ((0, 0), (0, widest - grid.shape[1]), (0, 0)), mode="edge") for grid in grids]
        (KEPT / f"{view}-{number}.png").write_bytes(png(np.vstack(filled)))
    before = json.loads(WITH.read_text(encoding="utf-8"))["places"] if WITH.exists() else {}
    kept = {**drawn_with(page), "places": {**before, view: places}}
    WITH.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def kept_pictures(view):
    """The grids that are kept of a view, by name."""
    files = {path.stem: of_png(path.read_bytes()) for path in KEPT.glob(f"{view}-*.png")}
    found = {}
    for name, place in json.loads(WITH.read_text(encoding="utf-8"))["places"][view].items():
        file, top, height, width = place.split()
        found[name] = files[file][int(top):int(top) + int(height), :int(width)]
    return found


def different(page, view):
    """The specimens that do not look as they did, each with how far it is from that."""
    kept, now = kept_pictures(view), pictures(page)
    found = {name: difference(now.get(name, NOTHING), kept.get(name, NOTHING)) for name in sorted({*kept, *now})}
    return {name: each.says for name, each in found.items() if each.share > TOLERATED_SHARE}


@pytest.fixture(scope="module")
def kept_anew(address, open_pages, rewrite):
    """The pictures of all views, kept anew where that is asked for."""
    if rewrite:
        KEPT.mkdir(exist_ok=True)
        for view in VIEWS:
            keep(shown(open_pages, address, view), view)


@pytest.mark.usefixtures("kept_anew")
@pytest.mark.parametrize("view", [*EACH_TIME, *in_part([each for each in VIEWS if each not in EACH_TIME], 0)])
def test_the_gallery_looks_as_it_did(address, open_pages, view):
    page = shown(open_pages, address, view)
    skip_unless_same(page)

    assert different(page, view) == {}


CHANGES = {
    "another blue": (":root { --accent: #0b5c92 }", "s-downloads"),
    "no hairlines": (":root { --border: transparent }", "s-promises"),
    "square corners": (":root { --radius: 0 }", "s-downloads"),
    "more space": (":root { --space-4: 1.1rem }", "s-rows"),
    "no ground": (".note { background: none }", "s-notes"),
    "no shapes": (".status svg { visibility: hidden }", "s-status"),
    "a thin line": (".chart .line, .series polyline, .series path { stroke-width: 1 }", "s-series"),
}


@pytest.mark.parametrize(("style", "where"), in_part([pytest.param(*each, id=name) for name, each in CHANGES.items()], 4))
def test_a_small_change_of_looks_is_seen(address, open_pages, style, where):
    page = shown(open_pages, address, "1280-light", style)
    skip_unless_same(page)

    assert difference(picture_of(page, where), kept_pictures("1280-light")[where]).share > TOLERATED_SHARE


def test_without_a_change_none_is_seen_where_changes_are(address, open_pages):
    page, kept = shown(open_pages, address, "1280-light"), kept_pictures("1280-light")
    skip_unless_same(page)
    apart = {where: difference(picture_of(page, where), kept[where]).share for _, where in CHANGES.values()}

    assert {where: share for where, share in apart.items() if share > TOLERATED_SHARE} == {}


def test_the_pictures_take_little_room():
    assert sum(path.stat().st_size for path in KEPT.iterdir()) < 1_000_000


@pytest.mark.npm
@pytest.mark.parametrize("width", [320, 1280])
def test_the_gallery_breaks_no_automated_rule(address, open_page, axe, width):
    page = open_page(address + "/gallery/", width=width, bypass_csp=True)
    page.evaluate(UNFOLD)

    assert broken_in_both_schemes(page, axe) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
