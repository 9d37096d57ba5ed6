"""The page of a table, as a whole: what it fetches, what its address says, and what harm a cell can do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from bench.wire import Wire, wired
from browser.explored_city import ROWS, write_explored_city
from browser.rules import broken_in_both_schemes
from campaigns import in_part

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.npm]
ROWS_SHOWN = "city-grid [role=gridcell], city-grid .grid-cards li, city-map canvas"
TABLE, HARM = "/data/requests/requests/", "/data/hostile/cells/"
STATES = (TABLE, f"{TABLE}?ask=mean~cost&by=received~month&where=kind~is~Noise", f"{TABLE}?view=map")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, bundled: None) -> Path:
    """The site."""
    return write_explored_city(tmp_path_factory.mktemp("explored") / "site")


@pytest.fixture(scope="module")
def wire(folder: Path) -> Iterator[Wire]:
    """The site, served."""
    with wired(folder) as served:
        yield served


@pytest.fixture
def look(wire: Wire, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """A function that opens a table's page and waits for its rows."""

    def opened(url: str = TABLE, **context: object) -> Page:
        page = open_page(wire.address + url, **context)
        page.locator(ROWS_SHOWN).first.wait_for()
        return page

    return opened


def count(page: Page) -> str:
    """How many rows the page says there are, once it has counted."""
    page.wait_for_timeout(300)
    return page.locator("city-grid [role=status]").first.inner_text()


def test_all_rows_are_there_and_nothing_is_complained_of(look: Callable[..., Page]) -> None:
    page = look()

    assert f"{ROWS:,} rows" in count(page)
    assert page.locator("[role=grid]").get_attribute("aria-rowcount") == str(ROWS + 1)
    assert page.locator("[data-first-rows]").is_hidden()
    assert page.complaints == []  # type: ignore[attr-defined]


def test_the_first_rows_take_few_requests(look: Callable[..., Page], wire: Wire) -> None:
    wire.taken()
    page = look()
    first = [each for each in wire.taken() if each.path.endswith(".parquet")]

    assert 1 <= len(first) <= 4
    assert page.complaints == []  # type: ignore[attr-defined]


def test_the_address_says_what_is_seen(look: Callable[..., Page]) -> None:
    page = look(f"{TABLE}?where=kind~is~Pothole&where=days~between~3~10&sort=cost~down&columns=kind~cost~days")

    cells = page.locator("[role=row] [role=gridcell]")
    assert cells.nth(0).inner_text() == "Pothole"
    assert float(cells.nth(1).inner_text()) > 9
    assert 3 <= int(cells.nth(2).inner_text()) <= 10
    assert "of 12,000 rows" in count(page)


def test_back_and_forward_step_through_what_was_seen(look: Callable[..., Page]) -> None:
    page = look()
    page.evaluate("""document.querySelector("city-explorer").bench.store.change(
        { filters: [{ column: "kind", test: "is", values: ["Noise"] }] })""")
    narrowed = count(page)
    page.go_back()
    whole = count(page)
    page.go_forward()
    again = count(page)
    page.reload()
    page.locator("city-grid [role=gridcell]").first.wait_for()

    assert "of 12,000" in narrowed
    assert "of 12,000" not in whole
    assert count(page) == again == narrowed


def test_a_question_in_the_address_is_answered(look: Callable[..., Page]) -> None:
    page = look(f"{TABLE}?ask=count&by=kind")
    table = page.locator("city-ask table")
    table.wait_for()

    assert [row.split("\t")[0] for row in table.locator("tbody tr").all_inner_texts()][:1] != []
    assert page.locator("city-ask svg").count() >= 1
    assert page.complaints == []  # type: ignore[attr-defined]


def test_moments_of_summer_and_winter_are_told_by_the_clock(look: Callable[..., Page]) -> None:
    page = look(f"{TABLE}?ask=count&by=closed_at~month&where=closed_at~between~2025-03-01~2025-04-30")
    table = page.locator("city-ask table")
    table.wait_for()

    assert table.locator("tbody tr").count() == 2


def test_a_map_shows_where_rows_are(look: Callable[..., Page]) -> None:
    page = look(f"{TABLE}?view=map")
    page.locator("city-map canvas").first.wait_for()

    assert page.locator("[role=grid]").is_hidden()
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("script", "opener", "part"),
    [
        ("ask", "details > summary:text('Ask a question')", "city-ask form"),
        ("take", "details > summary:text('Take it along')", "city-take [role=group]"),
        ("map", "button:text-is('Map')", "city-map [role=application]"),
    ],
)
def test_a_part_whose_script_does_not_come_can_be_tried_again(
    look: Callable[..., Page], script: str, opener: str, part: str,
) -> None:
    page = look()
    page.route(f"**/{script}-*.js*", lambda route: route.abort())
    page.locator(opener).click()
    told = page.get_by_role("status").filter(has_text="could not be loaded")
    expect(told).to_have_text("This part of the page could not be loaded. It can be tried again. Try again")
    assert "cannot be shown here" not in page.locator("main").inner_text()
    page.unroute_all()
    told.get_by_role("button", name="Try again").click()
    page.locator(part).wait_for()

    expect(page.locator(opener)).to_be_focused()
    expect(told).to_have_count(0)
    expect(page.locator(part)).to_have_count(1)


def test_a_part_that_failed_is_tried_again_when_it_is_opened_again(look: Callable[..., Page]) -> None:
    page = look()
    page.route("**/ask-*.js*", lambda route: route.abort())
    page.locator("summary", has_text="Ask a question").click()
    page.get_by_text("could not be loaded").wait_for()
    page.unroute_all()
    page.locator("summary", has_text="Ask a question").click()
    page.locator("summary", has_text="Ask a question").click()

    expect(page.get_by_role("form", name="Ask a question")).to_be_visible()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({}, "the server does not answer"),
        ({"status": 503, "body": ""}, "the server refused to send them"),
        ({"status": 200, "body": "<html>"}, "what the server sent is damaged"),
    ],
    ids=["no answer", "a refusal", "another page"],
)
def test_where_a_table_cannot_be_opened_the_page_says_why_in_its_own_words(
    wire: Wire, open_page: Callable[..., Page], answer: dict[str, Any], reason: str,
) -> None:
    page = open_page("about:blank")
    page.route("**/requests/requests/index.json", lambda route: route.fulfill(**answer) if answer else route.abort())
    page.goto(wire.address + TABLE)

    expect(page.locator("city-explorer [data-status]")).to_have_text(
        f"The rows cannot be shown here: {reason}. The first rows are below, and the downloads hold them all.")


@pytest.mark.parametrize("answer", [{}, {"status": 404, "body": ""}, {"status": 200, "body": "<html>"}],
                         ids=["no answer", "a refusal", "another page"])
@pytest.mark.parametrize("path", [TABLE, f"/embed{TABLE}?ask=count"], ids=["its page", "a page of others"])
def test_where_the_words_of_a_table_do_not_come_the_page_says_so_and_keeps_its_first_rows(
    wire: Wire, open_page: Callable[..., Page], path: str, answer: dict[str, Any],
) -> None:
    page = open_page("about:blank")
    page.route("**/explorer-words-*.json", lambda route: route.fulfill(**answer) if answer else route.abort())
    page.goto(wire.address + path)

    expect(page.get_by_role("status")).to_have_text(
        "The rows cannot be shown here, because a part of this page did not come. "
        "The first rows are below, and the downloads hold them all.")
    assert page.locator("[data-first-rows] tbody tr").count() == 20


def test_what_the_address_says_of_columns_that_there_are_not_is_left_out(look: Callable[..., Page]) -> None:
    page = look(f"{TABLE}?where=nope~is~1&sort=nope~down&ask=sum~nope")

    assert "of 12,000" not in count(page)
    assert page.locator("city-ask table").count() == 0
    assert page.complaints == []  # type: ignore[attr-defined]


def test_without_a_script_rows_columns_and_downloads_are_there(wire: Wire, open_page: Callable[..., Page]) -> None:
    page = open_page(wire.address + TABLE, java_script_enabled=False)

    assert page.locator("[data-first-rows] tbody tr").count() == 20
    assert page.locator("#columns").is_visible()
    assert page.get_by_role("link", name="CSV").is_visible()
    assert "need a script" in page.locator("main").inner_text()


@pytest.mark.parametrize("address", [HARM, f"{HARM}?row=1", f"{HARM}?ask=count&by=__proto__",
                                     f"{HARM}?sort=constructor&where=__proto__~contains~script"],
                         ids=["grid", "row", "question", "filter"])
def test_cells_that_mean_harm_are_text(look: Callable[..., Page], address: str) -> None:
    page = look(address)
    page.wait_for_timeout(500)

    assert page.locator("main img, city-explorer script").count() == 0
    assert page.complaints == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(("address", "width"), [
    *[(state, 320) for state in STATES], (TABLE, 1280), *in_part([(state, 1280) for state in STATES[1:]], 0)])
def test_no_state_of_the_page_breaks_an_automated_rule(
        look: Callable[..., Page], axe: str, address: str, width: int) -> None:
    page = look(address, width=width, bypass_csp=True)
    page.wait_for_timeout(800)

    assert broken_in_both_schemes(page, axe) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_unit_beside_a_single_one_of_a_row_is_a_name(look: Callable[..., Page]) -> None:
    row = look(f"{TABLE}?row=1").get_by_role("dialog")

    expect(row.locator("dl > div", has_text="Days open").locator("dd")).to_have_text("1 (days)")
