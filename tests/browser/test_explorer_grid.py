"""The grid of the explorer in Chromium, over rows that a page of its own makes up."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from html import escape
from typing import TYPE_CHECKING

import pytest

from browser.rules import broken_in_both_schemes, broken_rules
from browser.serving import served
from cityfolio.folders import themes_root
from cityfolio.pages.shell import POLICY
from pages.drawing import the_theme

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Part by part, which takes minutes; test_explorer.py looks at all of them together in every run.
pytestmark = [pytest.mark.browser, pytest.mark.npm, pytest.mark.torture]

STYLES = ("grid.css", "column-menu.css", "filter-form.css")

WORDS = """
rows.one = %(count)s row
rows.other = %(count)s rows
rows-of.one = %(count)s of %(all)s rows
rows-of.other = %(count)s of %(all)s rows
rows-sorted = %(rows)s, sorted by %(columns)s
sorted-one = %(column)s (%(direction)s)
sort = Order
sort-text-up = A to Z
sort-text-down = Z to A
sort-number-up = Smallest first
sort-number-down = Largest first
sort-time-up = Oldest first
sort-time-down = Newest first
sort-none = As in the file
sort-then = After the other columns
columns = Columns
column = Column
sort-and-filter = Sort and filter
menu-of = Sort, filter and more: %(column)s
close = Close
unit = Unit: %(unit)s
codes.one = %(count)s code and its meaning
codes.other = %(count)s codes and their meanings
coded = %(code)s: %(meaning)s
width = Width
wider = Wider
narrower = Narrower
hide-column = Hide this column
show-columns = Show these columns
all-columns = Show all as in the file
no-column = Choose at least one column.
columns-of.one = %(count)s of %(all)s columns is shown.
columns-of.other = %(count)s of %(all)s columns are shown.
move-up = Move %(column)s up
move-down = Move %(column)s down
moved = %(column)s is now in place %(place)s.
filters = Filters in force
filter = Show rows whose value
test-is = is one of
test-contains = contains
test-between = lies between
test-empty = is missing
test-filled = is there
contains = Text to look for
low = From
high = To
low-above-high = This end lies before the other one.
values = Values
values-typed = Other values, one a line
no-value = no value
apply = Apply
clear = Clear the filter
filter-is = %(column)s is %(values)s
filter-contains = %(column)s contains “%(text)s”
filter-between = %(column)s from %(low)s to %(high)s
filter-low = %(column)s from %(low)s
filter-high = %(column)s up to %(high)s
filter-empty = %(column)s has no value
filter-filled = %(column)s has a value
filter-within = In the part of the map that is shown
remove-filter = Remove the filter: %(filter)s
remove-filters = Remove all filters
row = Row
row-number = Row %(row)s
row-of = Row %(row)s of the file, %(place)s of %(count)s shown
row-before = Previous row
row-after = Next row
row-missing = Row %(row)s of the file is not among those shown.
more-rows = Show more rows
value-cut = The first %(shown)s of %(count)s characters are shown.
copy-value = Copy the whole value
copied-value = The value is copied.
copied.one = %(count)s row is copied.
copied.other = %(count)s rows are copied.
copy-failed = The browser did not let this page copy.
keys-help = Arrow keys move between cells. Enter opens a row or the menu of a column. Space sorts by a column.
reading = Reading %(bytes)s of %(of)s
rows-failed = The rows did not come: %(reason)s
try-again = Try again
too-large = The server that holds this file only sends it whole, and it is %(size)s. Download it to look at all its rows.
trouble-Changed = the file has changed since this page was made; load the page anew
trouble-Refused = the server refused to send them
trouble-Broken = what the server sent is damaged
trouble-Unreachable = the server does not answer
trouble-Unsupported = the file is stored in a way that this page cannot read
trouble-NoWorker = this browser does not let pages read in the background
no-rows-hold = No row holds these filters.
"""

HTML = """<!doctype html>
<html lang="{language}"{direction}>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Requests</title>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<link rel="stylesheet" href="/site.css">
<main class="wrap"><h1>Requests</h1><template data-words>{words}</template><city-grid></city-grid></main>
<script type="module" src="/page.js"></script>
</html>"""

# A table of any length whose cells are made up when they are asked for, and a store that keeps its state in the page.
SCRIPT = r"""
import { CityGrid } from "/js/explorer/grid/grid.js";
import { words } from "/js/explorer/words.js";

const asked = new URLSearchParams(location.search);
const COUNT = Number(asked.get("rows") ?? 1234);
const STATUS = ["open", "closed", "waiting"];
const day = (row) => new Date(Date.UTC(2020, 0, 1 + (row * 7) % 1500)).toISOString().slice(0, 10);
const TABLES = {
  plain: [
    [{ name: "id", title: "Number", type: "integer" }, (row) => String(row * 3 + 1)],
    [{ name: "status", title: "Status", description: "Where the request stands.", type: "string",
       values: { open: "Somebody works at it", closed: "All is done" } }, (row) => STATUS[row % 3]],
    [{ name: "received", title: "Received", type: "date" }, day],
    [{ name: "cost", title: "Cost", type: "number", unit: "USD" }, (row) => (row % 10 === 9 ? null : `${row * 7 % 20000}.50`)],
    [{ name: "note", title: "Note", type: "string" }, (row) => `Note ${row}`],
  ],
  hostile: [
    [{ name: "__proto__", type: "string" },
     (row) => ["<script>window.broken = 1</script>", "=HYPERLINK(1)", "a\u202eb"][row % 3]],
    [{ name: "<img src=x onerror='window.broken = 1'>", type: "string" }, () => "<img src=x onerror='window.broken = 1'>"],
    [{ name: "constructor", type: "string", values: { a: "<b>" } }, () => "x".repeat(1000000)],
  ],
};
const table = TABLES[asked.get("table") ?? "plain"];
for (let at = table.length; at < Number(asked.get("columns")); at++) {
  table.push([{ name: `c${at}`, type: "string" }, (row) => `${at} of ${row}`]);
}
const cells = new Map(table.map(([column, cell]) => [column.name, cell]));
const outline = { title: "Requests", rows: COUNT, columns: table.map(([column]) => column), downloads: [] };

const holds = (filter, row) => {
  const raw = cells.get(filter.column)(row);
  if (filter.test === "empty") return raw === null;
  if (filter.test === "filled") return raw !== null;
  if (filter.test === "is") return filter.values.includes(raw ?? "");
  if (filter.test === "contains") return (raw ?? "").toLowerCase().includes(filter.text.toLowerCase());
  const value = Number.isNaN(Number(raw)) ? raw : Number(raw);
  const end = (text) => (typeof value === "number" ? Number(text) : text);
  return raw !== null && (!filter.low || value >= end(filter.low)) && (!filter.high || value <= end(filter.high));
};
const order = ({ column, isDown }) => (one, other) => {
  const [a, b] = [cells.get(column)(one), cells.get(column)(other)];
  const [x, y] = Number.isNaN(Number(a ?? "")) ? [a, b] : [Number(a), Number(b)];
  return x === y ? 0 : (x < y ? -1 : 1) * (isDown ? -1 : 1);
};

class Session extends EventTarget {
  places = null;
  asked = [];
  delay = Number(asked.get("delay") ?? 0);
  failing = false;
  async view({ filters, sort }) {
    this.asked.push("view");
    await new Promise((done) => setTimeout(done, this.delay));
    this.places = null;
    if (filters.length || sort.length) {
      const all = Array.from({ length: COUNT }, (_, row) => row);
      this.places = all.filter((row) => filters.every((filter) => holds(filter, row)));
      if (sort.length) this.places.sort(order(sort[0]));
    }
    return { rows: this.places?.length ?? COUNT, all: COUNT };
  }
  async rows(start, end, names) {
    this.asked.push([start, end]);
    await new Promise((done) => setTimeout(done, this.delay));
    if (this.failing) throw new Error("no connection");
    const places = Array.from({ length: end - start }, (_, at) => this.places?.[start + at] ?? start + at);
    return { start, places, cells: names.map((name) => places.map((place) => cells.get(name)(place))) };
  }
  async find(place) {
    return this.places ? this.places.indexOf(place) : place < COUNT ? place : -1;
  }
  async summaries(names) {
    return Object.fromEntries(names.map((name) => [name, { top: STATUS.map((value) => ({ value, rows: 411, all: 411 })) }]));
  }
}

class Store extends EventTarget {
  state = { filters: [], sort: [], columns: null, row: null, ...JSON.parse(asked.get("state") ?? "{}") };
  change(part) {
    this.state = { ...this.state, ...part };
    this.dispatchEvent(new Event("change"));
  }
}

customElements.define("city-grid", CityGrid);
window.session = new Session();
window.store = new Store();
window.said = [];
const grid = document.querySelector("city-grid");
grid.start({ session: window.session, outline, store: window.store, say: words(document.querySelector("main")) });
const status = grid.querySelector(".grid-status");
new MutationObserver(() => window.said.push(status.textContent)).observe(status, { childList: true });
"""


def spans() -> str:
    """The words of the grid as the page's template holds them."""
    pairs = [line.split(" = ", 1) for line in WORDS.strip().splitlines()]
    forms = [(*key.partition("."), text) for key, text in pairs]
    return "".join(
        f'<span data-word="{key}"' + (f' data-plural="{form}"' if form else "") + f">{escape(text)}</span>"
        for key, _, form, text in forms
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a folder with the grid's scripts and styles, and its page in two languages."""
    folder = tmp_path_factory.mktemp("grid")
    assets = themes_root() / "civic/assets"
    shutil.copytree(assets / "js", folder / "js")
    more = [(assets / "css" / name).read_text("utf-8") for name in STYLES]
    (folder / "site.css").write_text("\n".join([*the_theme().styles, *more]), encoding="utf-8")
    (folder / "page.js").write_text(SCRIPT, encoding="utf-8")
    for language, direction in (("en", ""), ("ar", ' dir="rtl"')):
        page = HTML.format(language=language, direction=direction, policy=POLICY, words=spans())
        (folder / f"{language}.html").write_text(page, encoding="utf-8")
    with served(folder) as address:
        yield address


@pytest.fixture
def grid(address: str, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """Open the grid's page once its rows are there: `grid("rows=100", width=320)`."""

    def open_grid(query: str = "", language: str = "en", **context: object) -> Page:
        page = open_page(f"{address}/{language}.html?{query}", **context)
        page.locator(".grid-status:not(:empty)").wait_for()
        return page

    return open_grid


def state(page: Page) -> dict[str, object]:
    """What the grid put into the store."""
    return page.evaluate("store.state")


def at(page: Page) -> str:
    """The text of what has the focus."""
    return page.evaluate("document.activeElement.textContent")


def press(page: Page, *keys: str) -> None:
    """Press keys, one after the other, from the first cell on."""
    for key in keys:
        page.keyboard.press(key)


def to_first_cell(page: Page) -> None:
    """Bring the focus to the first cell of the first row as a keyboard does: past the button before the grid."""
    page.get_by_role("button", name="Columns").focus()
    page.keyboard.press("Tab")


def test_a_grid_tells_its_size_and_where_each_cell_is(grid):
    page = grid("rows=1000000")
    told = page.get_by_role("grid", name="Requests")

    assert (told.get_attribute("aria-rowcount"), told.get_attribute("aria-colcount")) == ("1000001", "6")
    assert page.get_by_role("columnheader").all_text_contents()[1] == "Number▾"
    assert page.get_by_role("gridcell", name="Note 3").get_attribute("aria-colindex") == "6"
    assert page.locator("[aria-rowindex='2'] [role=gridcell]").all_text_contents()[2:] == ["1 January 2020", "0.50", "Note 0"]
    assert page.complaints == []


def test_only_the_rows_on_the_screen_are_elements(grid):
    page = grid("rows=1000000")

    assert 15 < page.get_by_role("row").count() < 60


def test_a_million_rows_can_be_reached_by_the_keyboard(grid):
    page = grid("rows=1000000")
    to_first_cell(page)
    press(page, "Control+End")
    page.get_by_text("Note 999999", exact=True).first.wait_for()

    assert at(page) == "Note 999999"
    press(page, "Control+ArrowUp")
    page.get_by_text("Note 0", exact=True).first.wait_for()
    assert at(page) == "Note 0"


def test_of_many_columns_only_those_in_view_are_drawn_and_all_are_reached(grid):
    page = grid("rows=1000&columns=200")
    to_first_cell(page)
    drawn = page.get_by_role("gridcell").count()
    press(page, "End")
    page.get_by_text("199 of 0", exact=True).first.wait_for()
    last = at(page)
    press(page, "Home", "ArrowRight")

    assert (drawn < 1_500, last, at(page)) == (True, "199 of 0", "1")


def test_one_press_of_tab_enters_the_grid_and_one_leaves_it(grid):
    page = grid("rows=100")
    to_first_cell(page)
    inside = at(page)
    press(page, "Tab")

    assert inside == "1"
    assert page.evaluate("document.querySelector('city-grid').contains(document.activeElement)") is False


def test_the_focus_stays_in_the_grid_while_its_cell_is_scrolled_away(grid):
    page = grid("rows=5000")
    to_first_cell(page)
    press(page, "ArrowDown", "ArrowRight")
    here = at(page)
    page.evaluate("document.querySelector('.grid-scroll').scrollTop = 90000")
    page.get_by_text("Note 2500", exact=True).wait_for()
    away = page.evaluate("document.activeElement.role")
    press(page, "ArrowUp")

    assert (here, away) == ("closed: All is done", "grid")
    assert at(page) == "open: Somebody works at it"


def test_the_header_sorts_by_key_and_by_click_and_says_so_once(grid):
    page = grid("rows=100")
    to_first_cell(page)
    press(page, "ArrowUp", "End", "ArrowLeft", "Space")
    page.get_by_text("sorted by").wait_for()
    cost = page.get_by_role("columnheader", name="Cost")

    assert cost.get_attribute("aria-sort") == "ascending"
    assert [said.replace("\u2068", "").replace("\u2069", "") for said in page.evaluate("said")] == [
        "100 rows",
        "100 rows, sorted by Cost (Smallest first)",
    ]
    cost.locator(".grid-sort").click()
    assert state(page)["sort"] == [{"column": "cost", "isDown": True}]
    page.get_by_role("columnheader", name="Received").locator(".grid-sort").click(modifiers=["Shift"])
    assert [sort["column"] for sort in state(page)["sort"]] == ["cost", "received"]


def test_a_column_says_what_it_and_its_codes_mean(grid):
    page = grid("rows=10")
    to_first_cell(page)
    press(page, "ArrowUp", "ArrowRight", "F2")
    menu = page.get_by_role("dialog", name="Status")
    menu.get_by_text("2 codes and their meanings").click()

    assert menu.get_by_text("Where the request stands.").is_visible()
    assert menu.locator("dd").all_text_contents() == ["Somebody works at it", "All is done"]


def test_a_text_filter_is_made_and_taken_away_by_the_keyboard(grid):
    page = grid("rows=100")
    to_first_cell(page)
    press(page, "ArrowUp", "End", "Enter")
    page.get_by_label("Text to look for").focus()
    page.keyboard.type("note 4")
    press(page, "Enter")
    page.get_by_text("11 of 100 rows").wait_for()

    assert state(page)["filters"] == [{"column": "note", "test": "contains", "text": "note 4"}]
    assert page.evaluate("document.activeElement.role") == "columnheader"
    page.get_by_role("button", name="Remove the filter: Note contains").focus()
    press(page, "Enter")
    page.get_by_text("100 rows", exact=True).wait_for()
    assert state(page)["filters"] == []


def test_counts_stand_beside_the_values_of_a_filter_where_each_has_one(grid):
    page = grid("rows=99")
    page.get_by_role("button", name="Sort, filter and more: Status").click()
    counts = page.locator(".filter-values small")

    counts.get_by_text("411").first.wait_for()
    assert counts.all_text_contents() == ["411", "411", "411"]


def test_where_not_every_value_of_a_filter_is_counted_none_has_a_count(grid):
    page = grid('rows=99&state={"filters":[{"column":"status","test":"is","values":["rare"]}]}')
    page.get_by_role("button", name="Sort, filter and more: Status").click()
    page.get_by_label("waiting").wait_for()

    assert page.locator(".filter-values small").all_text_contents() == ["", "", "", ""]


def test_codes_are_filtered_by_their_meanings(grid):
    page = grid("rows=99")
    page.get_by_role("button", name="Sort, filter and more: Status").click()
    page.get_by_label("closed: All is done").check()
    page.get_by_label("Other values, one a line").fill("open\n\n")
    page.get_by_role("button", name="Apply").click()
    page.get_by_text("66 of 99 rows").wait_for()

    assert state(page)["filters"] == [{"column": "status", "test": "is", "values": ["closed", "open"]}]
    assert page.get_by_role("button", name="Remove the filter: Status is closed: All is done or open").is_visible()


@pytest.mark.parametrize(
    ("column", "low", "high", "count"),
    [("Number", "10", "19", "4 of 100 rows"), ("Received", "2020-01-08", "2020-01-22", "3 of 100 rows")],
    ids=["numbers", "dates"],
)
def test_a_range_is_filtered_with_both_ends_in(grid, column, low, high, count):
    page = grid("rows=100")
    page.get_by_role("button", name=f"Sort, filter and more: {column}").click()
    page.get_by_label("From").fill(low)
    page.get_by_label("To", exact=True).fill(high)
    page.get_by_role("button", name="Apply").click()

    page.get_by_text(count).wait_for()


def test_a_range_the_wrong_way_round_is_not_applied(grid):
    page = grid("rows=100")
    page.get_by_role("button", name="Sort, filter and more: Cost").click()
    page.get_by_label("From").fill("9")
    page.get_by_label("To", exact=True).fill("1")
    page.get_by_role("button", name="Apply").click()

    says = page.get_by_label("To", exact=True).evaluate("(input) => input.validationMessage")
    assert says == "This end lies before the other one."
    assert state(page)["filters"] == []


def test_rows_without_a_value_are_found(grid):
    page = grid("rows=100")
    page.get_by_role("button", name="Sort, filter and more: Cost").click()
    page.get_by_label("Show rows whose value").select_option("is missing")
    page.get_by_role("button", name="Apply").click()

    page.get_by_text("10 of 100 rows").wait_for()


def test_escape_closes_the_menu_and_the_focus_is_back_where_it_was(grid):
    page = grid("rows=10")
    to_first_cell(page)
    press(page, "ArrowUp", "End", "Enter", "Escape")

    assert page.get_by_role("dialog").count() == 0
    assert page.evaluate("document.activeElement.role") == "columnheader"


def test_columns_are_hidden_and_put_into_another_order(grid):
    page = grid("rows=10")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("dialog").get_by_label("Status", exact=True).uncheck()
    page.get_by_role("button", name="Move Note up").focus()
    press(page, "Enter", "Enter")
    page.get_by_role("button", name="Show these columns").click()

    assert state(page)["columns"] == ["id", "note", "received", "cost"]
    assert [text.rstrip("▾") for text in page.get_by_role("columnheader").all_text_contents()] == [
        "Row",
        "Number",
        "Note",
        "Received",
        "Cost USD",
    ]


def test_a_column_is_made_wider_by_dragging_and_from_its_menu(grid):
    page = grid("rows=10")
    header = page.get_by_role("columnheader", name="Received")
    before = header.bounding_box()["width"]
    edge = header.locator(".grid-edge").bounding_box()
    page.mouse.move(edge["x"] + 5, edge["y"] + 5)
    page.mouse.down()
    page.mouse.move(edge["x"] + 85, edge["y"] + 5)
    page.mouse.up()
    dragged = header.bounding_box()["width"]
    page.get_by_role("button", name="Sort, filter and more: Received").click()
    page.get_by_role("button", name="Narrower").click()

    assert dragged == pytest.approx(before + 80, abs=1)
    assert header.bounding_box()["width"] == pytest.approx(dragged - 32, abs=1)


def test_the_value_as_it_stands_in_the_file_is_told_of_the_cell_with_the_focus(grid):
    page = grid("rows=10")
    to_first_cell(page)
    press(page, "ArrowRight", "ArrowRight")

    assert page.locator("#grid-value").inner_text() == "Received 2020-01-01"
    assert page.evaluate("document.activeElement.getAttribute('aria-describedby')") == "grid-value"
    press(page, "ArrowLeft")
    assert page.locator("#grid-value").inner_text() == "Status open Somebody works at it"


def test_chosen_cells_are_copied_as_they_stand_in_the_file(grid):
    page = grid("rows=100", permissions=["clipboard-read", "clipboard-write"])
    to_first_cell(page)
    press(page, "End", "ArrowLeft", "Shift+ArrowDown", "Shift+ArrowRight", "Control+c")
    page.get_by_text("2 rows are copied.").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == "0.50\tNote 0\n7.50\tNote 1"
    assert page.locator("[aria-selected=true]").count() == 4


def test_cells_that_are_not_on_the_screen_are_brought_and_copied(grid):
    page = grid("rows=5000", permissions=["clipboard-read", "clipboard-write"])
    to_first_cell(page)
    press(page, "Control+a", "Control+c")
    page.get_by_text("5,000 rows are copied.").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").splitlines()[4321].endswith("\tNote 4321")


def test_a_row_opens_with_all_its_columns_and_leads_to_the_next(grid):
    page = grid('rows=100&state={"columns":["note"],"sort":[{"column":"id","isDown":true}]}')
    to_first_cell(page)
    press(page, "Enter")
    row = page.get_by_role("dialog", name="Row")
    row.get_by_text("Row 100 of the file, 1 of 100 shown").wait_for()

    assert row.locator("dd").all_text_contents()[:3] == ["298", "open (Somebody works at it)", "24 November 2021 2021-11-24"]
    assert state(page)["row"] == 99
    row.get_by_role("button", name="Next row").click()
    row.get_by_text("Row 99 of the file, 2 of 100 shown").wait_for()
    assert state(page)["row"] == 98
    press(page, "Escape")
    page.locator("dialog").wait_for(state="detached")
    assert state(page)["row"] is None
    assert at(page) == "Note 99"


def test_the_address_opens_a_row_wherever_it_stands(grid):
    page = grid('rows=100&state={"sort":[{"column":"id","isDown":true}],"row":12}')

    page.get_by_text("Row 13 of the file, 88 of 100 shown").wait_for()


def test_a_row_that_the_filters_leave_out_is_told_of(grid):
    page = grid('rows=100&state={"filters":[{"column":"status","test":"is","values":["open"]}],"row":1}')

    page.get_by_text("Row 2 of the file is not among those shown.").wait_for()
    assert page.get_by_role("dialog").count() == 0


def test_on_a_phone_rows_are_cards_that_open(grid):
    page = grid("rows=120", width=320)
    cards = page.locator(".grid-cards button")
    first = cards.first.inner_text()
    page.get_by_role("button", name="Show more rows").click()
    page.get_by_text("Row 60", exact=True).wait_for()

    assert "Status open: Somebody works at it" in first
    assert cards.count() == 70
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('.grid-cards li')[20]")
    cards.nth(1).click()
    page.get_by_text("Row 2 of the file, 2 of 120 shown").wait_for()
    assert page.get_by_role("dialog").bounding_box()["width"] <= 320


def test_on_a_phone_rows_are_sorted_and_filtered_too(grid):
    page = grid("rows=120", width=320)
    page.get_by_label("Column", exact=True).select_option("Received")
    page.get_by_role("button", name="Sort and filter").click()
    page.get_by_role("button", name="Newest first").click()

    page.get_by_text("sorted by").wait_for()
    assert state(page)["sort"] == [{"column": "received", "isDown": True}]


@pytest.mark.parametrize("width", [320, 1280])
def test_hostile_cells_and_headers_are_text(grid, width):
    page = grid("rows=30&table=hostile", width=width)
    page.get_by_text("=HYPERLINK(1)").first.wait_for()
    page.get_by_text("a[U+202E]b").first.wait_for()

    assert page.evaluate("window.broken") is None
    assert page.locator("city-grid :is(img, script)").count() == 0
    assert page.locator("city-grid").evaluate("(grid) => grid.textContent.length") < 60_000
    assert page.complaints == []


def test_a_row_with_a_very_long_cell_opens_and_says_how_much_it_shows(grid):
    page = grid('rows=30&table=hostile&state={"row":2}')

    page.get_by_text("The first 20,000 of 1,000,000 characters are shown.").wait_for()


def test_what_was_scrolled_past_is_not_asked_for(grid):
    page = grid("rows=1000000&delay=100")
    page.get_by_text("Note 3", exact=True).wait_for()
    page.evaluate(
        """async () => {
          const scroller = document.querySelector(".grid-scroll");
          for (let at = 0; at <= 50; at++) {
            scroller.scrollTop = at * 200000;
            await new Promise((done) => requestAnimationFrame(done));
          }
        }"""
    )
    page.locator(".grid-rows:not(:has([data-waiting]))").wait_for()

    assert page.evaluate("session.asked.length") < 40


def test_rows_that_do_not_come_are_told_of_and_asked_for_again(grid):
    page = grid("rows=5000")
    page.evaluate("session.failing = true")
    page.evaluate("document.querySelector('.grid-scroll').scrollTop = 90000")
    page.get_by_text("The rows did not come").wait_for()
    page.evaluate("session.failing = false")
    page.get_by_role("button", name="Try again").click()

    page.get_by_text("Note 2500", exact=True).wait_for()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_grid_and_what_opens_from_it_break_no_automated_rule(grid, axe, width):
    query = 'state={"filters":[{"column":"cost","test":"filled"},{"column":"status","test":"is","values":["open"]}]}'
    page = grid(f"rows=100&{query}", width=width, bypass_csp=True)
    page.get_by_text("1 January 2020").first.wait_for()
    whole = broken_in_both_schemes(page, axe)
    page.get_by_role("button", name="Columns").click()
    picker = broken_in_both_schemes(page, axe)
    press(page, "Escape")
    page.evaluate("store.change({ row: 0 })")
    page.get_by_role("dialog").wait_for()
    row = broken_in_both_schemes(page, axe)

    assert (whole, picker, row) == ({}, {}, {})


def test_a_column_menu_breaks_no_automated_rule(grid, axe):
    page = grid("rows=100", bypass_csp=True)
    page.get_by_role("button", name="Sort, filter and more: Status").click()

    assert broken_rules(page, axe) == []


def test_in_writing_from_right_to_left_arrows_lead_where_they_point(grid):
    page = grid("rows=10", language="ar")
    to_first_cell(page)
    press(page, "ArrowLeft")

    assert page.locator("#grid-value").inner_text().startswith("Status")


def test_paper_shows_the_rows_that_were_on_the_screen(grid):
    page = grid("rows=1000000")
    page.get_by_text("Note 3", exact=True).wait_for()
    rows = page.get_by_role("row").count()
    page.emulate_media(media="print")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("store.change({ sort: [] })")

    assert page.locator(".grid-row").count() == rows
    assert page.get_by_text("Note 3", exact=True).is_visible()
    assert page.get_by_role("button").filter(visible=True).count() == 0


def test_paper_names_the_column_beside_each_value_however_many_columns_there_are(grid):
    page = grid("rows=1000&columns=16", width=800)
    page.get_by_text("15 of 3", exact=True).wait_for()
    page.emulate_media(media="print")
    cell = page.get_by_text("15 of 3", exact=True).locator("..")

    assert cell.evaluate("(cell) => getComputedStyle(cell, '::before').content") == '"c15: "'
    assert cell.evaluate("(cell) => cell.getClientRects().length") == 1
    assert cell.bounding_box()["height"] < 30
    assert page.pdf(format="Letter").count(b"/Type /Page\n") <= 6


def test_paper_says_which_filters_are_in_force(grid):
    page = grid('rows=100&state={"filters":[{"column":"cost","test":"filled"}]}')
    page.emulate_media(media="print")

    assert page.locator(".grid-chosen").get_by_text("has a value").is_visible()


def test_a_grid_that_was_hidden_for_a_while_is_still_where_it_was(grid):
    page = grid("rows=5000")
    page.evaluate("document.querySelector('.grid-scroll').scrollTop = 90000")
    page.get_by_text("Note 2500", exact=True).wait_for()
    page.evaluate("document.querySelector('city-grid').hidden = true")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.evaluate("document.querySelector('city-grid').hidden = false")

    page.get_by_text("Note 2500", exact=True).wait_for()
    assert page.locator(".grid-cards").count() == 0


def test_filters_that_no_row_holds_leave_the_header_and_say_so(grid):
    page = grid('rows=100&state={"filters":[{"column":"status","test":"is","values":["zzz"]}]}')
    words = page.get_by_text("No row holds these filters.")
    header = page.get_by_role("columnheader", name="Received")

    assert words.is_visible()
    assert header.bounding_box()["width"] > 100
    page.get_by_role("button", name="Remove the filter").click()
    page.get_by_text("Note 3", exact=True).wait_for()
    assert words.is_visible() is False


@pytest.mark.parametrize(("width", "has_focus"), [(1200, "12"), (320, "Row 12")], ids=["table", "cards"])
def test_a_row_that_the_address_opened_has_the_focus_once_it_is_closed(grid, width, has_focus):
    page = grid('rows=100&state={"row":11}', width=width)
    page.get_by_text("Row 12 of the file").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")

    assert at(page).startswith(has_focus)


def test_a_row_far_away_that_the_address_opened_leaves_the_focus_in_the_grid(grid):
    page = grid('rows=5000&state={"row":4000}')
    page.get_by_text("Row 4,001 of the file").wait_for()
    page.keyboard.press("Escape")
    page.locator("dialog").wait_for(state="detached")

    assert page.evaluate("document.querySelector('[role=grid]').contains(document.activeElement)")


def test_while_a_map_is_shown_the_filters_and_the_count_stay_and_nothing_is_asked_for(grid):
    page = grid("rows=5000")
    page.get_by_text("Note 3", exact=True).wait_for()
    page.evaluate("document.querySelector('.grid-scroll').scrollTop = 90000")
    page.get_by_text("Note 2500", exact=True).wait_for()
    page.evaluate("document.querySelector('city-grid').setAttribute('data-only-status', ''); session.asked.length = 0")
    page.evaluate("store.change({ filters: [{ column: 'status', test: 'is', values: ['waiting'] }] })")
    page.get_by_text("1,666 of 5,000 rows").wait_for()
    buttons = page.get_by_role("button").filter(visible=True)

    assert [button.get_attribute("aria-label") for button in buttons.all()] == ["Remove the filter: Status is waiting"]
    assert page.locator(".grid-scroll").is_visible() is False
    assert page.evaluate("session.asked") == ["view"]
    page.evaluate("document.querySelector('city-grid').removeAttribute('data-only-status')")
    page.locator(".grid-rows:not(:has([data-waiting])) [role=rowheader]").first.wait_for()
    assert page.get_by_role("rowheader").all_text_contents()[:3] == ["3", "6", "9"]


def test_a_change_of_filters_begins_at_the_first_row_and_drops_what_came_late(grid):
    page = grid("rows=5000&delay=50")
    page.get_by_text("Note 3", exact=True).wait_for()
    page.evaluate("document.querySelector('.grid-scroll').scrollTop = 90000")
    page.evaluate("store.change({ filters: [{ column: 'status', test: 'is', values: ['waiting'] }] })")
    page.get_by_text("1,666 of 5,000 rows").wait_for()
    page.locator(".grid-rows:not(:has([data-waiting]))").wait_for()

    assert page.get_by_role("rowheader").all_text_contents()[:3] == ["3", "6", "9"]


def test_no_target_is_too_small(grid):
    page = grid("rows=10")
    boxes = page.locator("city-grid :is(button, [role=rowheader]):visible").evaluate_all(
        "(all) => all.map((each) => each.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )

    assert min(boxes) >= 24
