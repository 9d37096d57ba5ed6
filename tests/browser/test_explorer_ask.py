"""Summaries that filter, and questions without code: by keys, by pointer, in the address, on a phone, with hostile cells."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from browser.rules import broken_in_both_schemes
from browser.serving import served

# Part by part, which takes minutes; test_explorer.py looks at all of them together in every run.
pytestmark = [pytest.mark.browser, pytest.mark.torture]

ROOT = Path(__file__).resolve().parents[2]
PAGE = "/tests/browser/js/ask_page.html"
STATUSES = ("Open", "Closed", "Closed", "Waiting")
TYPES = ("Pothole", "Street light", "Graffiti", "Noise", "Tree", "Trash", "Water", "Sidewalk", "Signal", "Other")


def a_table(rows=200):
    """Requests from January 2024 on, of which none was received in March 2024."""
    columns = [
        {"name": "id", "title": "Number", "type": "integer"},
        {"name": "received", "title": "Received", "type": "date"},
        {"name": "status", "title": "Status", "type": "string", "values": {"Open": "Not yet closed"}},
        {"name": "kind", "title": "Kind", "type": "string"},
        {"name": "days", "title": "Days open", "type": "integer", "unit": "days"},
        {"name": "cost", "title": "Cost", "type": "number"},
        {"name": "__proto__", "title": "<img src=x onerror=alert(1)>", "type": "string"},
    ]
    return {"columns": columns, "rows": [a_row(at) for at in range(rows)]}


def a_row(at):
    month = (1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12)[at % 11]
    hostile = ("=HYPERLINK(1)", "<script>alert(1)</script>")[at % 2]
    days = str(at % 37) if at % 9 else None
    received = f"2024-{month:02}-{at % 27 + 1:02}"
    return [str(at + 1), received, STATUSES[at % 4], TYPES[at * at % 10], days, f"{at % 50 * 1.25:.2f}", hostile]


def many_pairs(rows=13_000):
    """Two columns in which no value is there twice."""
    columns = [{"name": name, "type": "number"} for name in ("one", "other")]
    return {"columns": columns, "rows": [[f"40.{at}", f"-73.{at}"] for at in range(10_000, 10_000 + rows)]}


@pytest.fixture(scope="module")
def table_page(tmp_path_factory):
    """The address of a page that holds a small table."""
    with served(a_folder(tmp_path_factory, a_table())) as address:
        yield address + PAGE


@pytest.fixture(scope="module")
def many_page(tmp_path_factory):
    """The address of a page that holds very many pairs of values."""
    with served(a_folder(tmp_path_factory, many_pairs())) as address:
        yield address + PAGE


def a_folder(tmp_path_factory, table):
    folder = tmp_path_factory.mktemp("ask")
    for name in ("themes", "tests"):
        (folder / name).symlink_to(ROOT / name)
    styles = sorted((ROOT / "themes/civic/assets/css").glob("*.css"), key=lambda path: path.name != "tokens.css")
    fonts = re.compile(r"@font-face \{.*?\}", re.DOTALL)
    (folder / "styles.css").write_text(fonts.sub("", "".join(path.read_text("utf-8") for path in styles)), "utf-8")
    (folder / "table.json").write_text(json.dumps(table), "utf-8")
    return folder


@pytest.fixture
def table(table_page, open_page):
    """Open the table with a question: `table("?ask=count")`."""

    def open_at(query="", width=1280, **context):
        return open_page(table_page + query, width=width, **context)

    return open_at


def summary(page, title):
    return page.get_by_role("group", name=title, exact=True)


def chart(page):
    return page.locator("city-ask").get_by_role("img")


def answer_rows(page):
    return page.locator("city-ask tbody tr")


def test_a_range_is_chosen_by_keys_and_is_in_the_address(table):
    page = table()
    page.get_by_label("To, Days open").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")

    expect(page).to_have_url(re.compile(r"where=days~between~~3$"))
    expect(page.get_by_label("To, Days open")).to_have_attribute("aria-valuetext", "3")
    expect(page.get_by_label("To, Days open")).to_be_focused()


def test_all_summaries_follow_a_filter_but_its_own(table):
    page = table("?where=status~is~Open")

    expect(summary(page, "Status").get_by_role("button", name="Closed 100")).to_be_visible()
    expect(summary(page, "Kind").get_by_role("button", name="Pothole")).to_contain_text("10")


def test_a_summary_without_rows_says_just_that(table):
    page = table("?where=kind~is~Nothing")

    expect(summary(page, "Received").locator(".summary-note")).to_have_text("No rows")
    expect(summary(page, "Number").locator(".summary-note")).to_have_text("No rows")


def test_dragging_over_bars_filters_and_the_way_back_leads_out(table):
    page = table()
    summary(page, "Cost").scroll_into_view_if_needed()
    bars = page.get_by_role("img", name=re.compile("^Cost: most often"))
    box = bars.bounding_box()
    page.mouse.move(box["x"] + 3, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 3, box["y"] + 25, steps=4)
    page.mouse.up()

    expect(page).to_have_url(re.compile(r"where=cost~between~~\d+"))
    expect(page.get_by_label("From, Cost")).to_have_value("0")
    page.go_back()
    expect(page).not_to_have_url(re.compile("where="))
    expect(page.get_by_label("To, Cost")).to_have_attribute("aria-valuetext", "64.99")


def test_values_are_pressed_and_cleared(table):
    page = table()
    closed = summary(page, "Status").get_by_role("button", name="Closed 100")
    closed.press("Enter")
    summary(page, "Status").get_by_role("button", name="Not yet closed").press("Space")

    expect(page).to_have_url(re.compile("where=status~is~Closed~Open$"))
    expect(closed).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Clear the filter on Status").click()
    expect(closed).to_have_attribute("aria-pressed", "false")
    expect(closed).to_be_focused()
    expect(page).not_to_have_url(re.compile("where="))


def test_a_large_file_is_counted_only_when_asked_to(table):
    page = table("?bytes=28000000")
    start = page.get_by_role("button", name="Count the values of all 200 rows (reads up to 28 MB)")

    expect(summary(page, "Status")).to_have_count(0)
    start.click()
    expect(summary(page, "Status").get_by_role("button", name="Closed 100")).to_be_visible()


def test_a_question_is_asked_by_keys_alone(table):
    page = table()
    form = page.get_by_role("form", name="Ask a question")
    form.get_by_label("Show what to count or measure").focus()
    page.keyboard.type("mean")
    page.keyboard.press("Tab")
    page.keyboard.type("Days")
    page.keyboard.press("Tab")
    page.keyboard.type("Received")
    page.keyboard.press("Enter")
    form.get_by_role("button", name="Show the answer").press("Enter")

    expect(page).to_have_url(re.compile(r"ask=mean~days&by=received~month"))
    expect(page.locator("city-ask").get_by_role("status")).to_have_text("Mean of Days open by month of Received: 12 groups")
    expect(answer_rows(page)).to_have_count(12)
    expect(answer_rows(page).nth(2)).to_contain_text("March 2024")
    expect(answer_rows(page).nth(2)).to_contain_text("no rows")
    expect(chart(page)).to_have_attribute("aria-label", re.compile(r"^Mean of Days open by month of Received\. From Jan"))


def test_a_column_that_is_an_address_s_own_choice_is_offered_beside_the_useful_ones(table):
    page = table("?ask=sum~id")
    offered = page.get_by_label("of column to measure").locator("option")

    expect(page.locator(".answer-value")).to_contain_text("20,100")
    expect(offered).to_have_text(["Days open", "Cost", "Number"])
    page.get_by_label("Show what to count or measure").select_option("mean")
    expect(offered).to_have_text(["Days open", "Cost"])


def test_an_address_brings_question_and_chart_back(table):
    page = table("?ask=count&by=received~month&by=status&chart=line")

    expect(page.get_by_role("heading", name="Number of rows by month of Received and Status")).to_be_visible()
    expect(chart(page)).to_have_attribute("data-kind", "line")
    expect(page.get_by_label("and by second column to group by")).to_have_value("status")
    page.get_by_label("drawn as").select_option("stacked")
    expect(chart(page)).to_have_attribute("data-kind", "stacked")
    page.reload()
    expect(chart(page)).to_have_attribute("data-kind", "stacked")


def test_groups_beyond_the_first_are_taken_together(table):
    page = table("?ask=count&by=kind&top=4")

    expect(answer_rows(page)).to_have_count(5)
    expect(answer_rows(page).last).to_contain_text("2 other groups")
    expect(page.locator("city-ask").get_by_role("status")).to_have_text("Number of rows by Kind: 4 groups, 2 other groups")


def test_a_question_that_does_not_fit_its_columns_counts_rows(table):
    page = table("?ask=sum~kind&by=status~month")

    expect(page.get_by_role("heading", name="Number of rows by Status", exact=True)).to_be_visible()
    expect(page.get_by_label("Show what to count or measure")).to_have_value("count")
    expect(answer_rows(page)).to_have_count(3)


def test_of_very_many_pairs_the_table_has_the_first_and_says_so(many_page, open_page):
    page = open_page(many_page + "?ask=count&by=one&by=other")
    first = page.get_by_role("button", name="the first 2,000", exact=True)

    expect(page.locator("city-ask caption")).to_have_text("Number of rows by one and other, 13,000 rows, the first 2,000")
    expect(answer_rows(page)).to_have_count(100)
    first.click()
    expect(answer_rows(page)).to_have_count(2000)
    expect(first).to_be_hidden()


def test_an_answer_without_groups_is_a_number(table):
    page = table("?ask=sum~cost&where=status~is~Open")

    expect(page.locator(".answer-value")).to_contain_text("50 rows")
    expect(page.locator("city-ask table")).to_have_count(0)


def test_answers_follow_the_filters(table):
    page = table("?ask=count&by=status")
    summary(page, "Status").get_by_role("button", name="Waiting").click()

    expect(answer_rows(page)).to_have_count(1)
    expect(answer_rows(page)).to_contain_text("50")


def test_the_chart_is_read_by_keys_and_leads_to_its_rows(table):
    page = table("?ask=count&by=received~month")
    slider = page.get_by_label("Read the chart value by value")
    slider.focus()
    page.keyboard.press("ArrowRight")

    expect(slider).to_have_attribute("aria-valuetext", "February 2024: 19 (19 rows)")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("where=received~between~2024-02-01~2024-02-29"))
    expect(slider).to_be_focused()
    expect(answer_rows(page)).to_have_count(1)


def test_a_bar_of_parts_leads_to_the_rows_of_all_of_them(table):
    page = table("?ask=count&by=kind&by=status")
    page.get_by_label("Read the chart value by value").press("ArrowRight")

    expect(page.locator(".readout-text")).to_have_text("Street light. Closed: 20; Not yet closed: no rows; Waiting: 20")
    page.get_by_role("button", name="See these rows", exact=True).click()
    expect(page).to_have_url(re.compile(r"where=kind~is~Street(%20|\+)light"))


def test_a_bar_is_read_under_the_pointer(table):
    page = table("?ask=count&by=kind")
    chart(page).locator("[data-place='1']").hover(position={"x": 300, "y": 15})

    expect(page.locator(".readout-text")).to_have_text("Street light: 40 (40 rows)")


def test_the_rows_of_a_line_of_the_table_are_seen(table):
    page = table("?ask=count&by=kind")
    page.get_by_role("button", name="See these rows: Tree").click()

    expect(page).to_have_url(re.compile("where=kind~is~Tree"))
    expect(page.get_by_role("heading", name="Number of rows by Kind")).to_be_focused()


def test_the_table_is_put_in_another_order(table):
    page = table("?ask=mean~days&by=kind")
    head = page.get_by_role("button", name="Rows with a value")
    head.click()

    expect(page.locator("th[aria-sort='descending']")).to_contain_text("Rows")
    expect(answer_rows(page).first).to_contain_text("of 40")
    head.click()
    expect(page.locator("th[aria-sort='ascending']")).to_contain_text("Rows")


def test_the_numbers_and_the_chart_are_taken_along(table):
    page = table("?ask=count&by=status")
    with page.expect_download() as numbers:
        page.get_by_role("button", name="Download the numbers").click()
    with page.expect_download() as drawing:
        page.get_by_role("button", name="Download the chart").click()

    assert numbers.value.suggested_filename == "number-of-rows-by-status.csv"
    assert Path(numbers.value.path()).read_bytes() == b"Status,Number of rows\r\nClosed,100\r\nOpen,50\r\nWaiting,50\r\n"
    assert re.match(r"<svg xmlns=.*color:rgb\(\d.*Not yet closed", Path(drawing.value.path()).read_text("utf-8"), re.DOTALL)


def test_dots_are_the_rows_themselves(table):
    page = table("?ask=mean~cost&by=days~bins&chart=scatter")

    expect(chart(page)).to_have_attribute("data-kind", "scatter")
    expect(chart(page).locator("circle")).to_have_count(177)


@pytest.mark.parametrize("query", ["", "?ask=mean~days&by=received~month", "?ask=count&by=status&by=kind&where=kind~is~Tree"])
def test_nothing_breaks_a_rule_of_access(table, axe, query):
    page = table(query, bypass_csp=True)
    expect(summary(page, "Status").get_by_role("button").first).to_be_visible()

    assert broken_in_both_schemes(page, axe) == {}


def test_all_of_it_fits_a_phone(table):
    page = table("?ask=mean~days&by=received~month&by=status", width=320)
    page.get_by_text("Summaries of the columns").click()

    expect(page.get_by_label("From, Number")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_hostile_cells_and_names_are_text_and_break_no_rule_of_the_page(table):
    page = table("?ask=count&by=__proto__&by=status")
    summary(page, "<img src=x onerror=alert(1)>").scroll_into_view_if_needed()

    expect(page.get_by_role("heading", name="Number of rows by <img src=x onerror=alert(1)> and Status")).to_be_visible()
    expect(answer_rows(page).filter(has_text="<script>alert(1)</script>").first).to_be_visible()
    expect(summary(page, "<img src=x onerror=alert(1)>").get_by_role("button", name="=HYPERLINK(1)")).to_be_visible()
    assert page.complaints == []


def test_a_question_that_nobody_changed_is_asked_again_as_it_was(table):
    page = table("?ask=count~cost&by=days~bins~10")
    expect(chart(page)).to_be_visible()
    page.get_by_role("button", name="Show the answer").click()

    expect(page.locator(".answer-title")).to_have_text("Number of rows with a value in Cost by range of Days open")
    expect(page).to_have_url(re.compile(r"[?]ask=count~cost&by=days~bins~10$"))
