"""The SQL console: queries over the tables of a dataset, answered in the browser and nowhere else."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from browser.rules import at_phone_width, broken_in_both_schemes
from browser.serving import served
from browser.test_keyboard import tab_to
from campaigns import in_part
from cities import TREES, a_build, a_city, loaded
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.publish.folder_sink import FolderSink

pytestmark = [pytest.mark.browser, pytest.mark.npm]

HOSTILE = "<img src=x onerror=alert(1)>"
LISTED = """\
  - path: trees.csv
  - {path: streets.csv, title: Streets}
  - {path: strange.csv, title: Strange names}
columns:
  species: {title: What kind of tree it is, values: {oak: Oak, elm: Elm}}
  height: {title: How tall it is, type: number, unit: feet}
  planted: {type: date}
  is_old: {title: Whether it is old, type: boolean}
"""
FILES = {
    "datasets__trees__dataset.yaml": TREES.partition("  - path")[0] + LISTED,
    "datasets__trees__trees.csv": "species,street,height,planted,is_old,number\n"
    "oak,A,12.5,2024-03-01,true,9007199254740993\nelm,B,,2024-04-01,false,2\noak,A,8,,true,3\n",
    "datasets__trees__streets.csv": "street,miles\nA,1.5\nB,2\n",
    "datasets__trees__strange.csv": f'id,ID,__proto__,"{HOSTILE}","a ""b"""\n1,2,3,{HOSTILE},=1+1\n',
}


@pytest.fixture(scope="module")
def site(tmp_path_factory, bundled):
    """The address of a city with three tables of trees, below a sub-path."""
    folder = tmp_path_factory.mktemp("sql")
    files = a_city(**FILES)
    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=FolderSink(folder / "portal")))
    assert result.is_built, result.problems
    with served(folder) as address:
        yield f"{address}/portal"


@pytest.fixture
def ask(site, open_page):
    """Open the console with a query: `ask("SELECT 1")`."""

    def opened(sql, file="trees", **given):
        return open_page(f"{site}/sql/?dataset=trees&file={file}&q={quote(sql)}", **given)

    return opened


def cells(page):
    page.locator(".sql-result td").first.wait_for()
    return [row.locator("td").all_text_contents() for row in page.locator(".sql-result tbody tr").all()]


def write(page, sql):
    page.get_by_role("textbox", name="Query").fill(sql)
    page.keyboard.press("Control+Enter")


def alert(page):
    return page.get_by_role("alert")


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT species, sum(height) FROM trees GROUP BY 1 ORDER BY 1", [["elm", ""], ["oak", "20.5"]]),
        ("SELECT number FROM trees WHERE planted = '2024-03-01'", [["9007199254740993"]]),
        *in_part([
            ("SELECT sum(is_old), count(planted) FROM trees", [["2", "2"]]),
            ("SELECT count(*) FROM trees", [["3"]]),
        ], 1),
        *in_part([
            ("SELECT sum(miles) FROM trees NATURAL JOIN streets", [["5"]]),
            ("SELECT max(miles) FROM trees JOIN streets USING (street) WHERE species = 'oak'", [["1.5"]]),
        ], 1),
        ('SELECT id, id_2, "__proto__", "a ""b""" FROM strange', [["1", "2", "3", "=1+1"]]),
        ("SELECT median(height) FROM trees", [["10.25"]]),
    ],
)
def test_a_query_is_answered(ask, sql, expected):
    assert cells(ask(sql)) == expected


def test_only_the_columns_that_a_query_names_are_fetched(site, ask, open_page):
    page = open_page(f"{site}/sql/?dataset=trees&file=trees")
    fetched = []
    page.on("request", lambda request: fetched.append(request.url.rpartition("/")[2]))
    write(page, "SELECT count(*) FROM trees")

    assert cells(page) == [["3"]]
    assert [name for name in fetched if "parquet" in name] == []


def test_nothing_is_complained_of_and_no_other_host_is_asked(site, ask):
    page = ask(f"SELECT * FROM strange WHERE 'x' <> '{HOSTILE}'", file="strange")
    hosts = page.evaluate("performance.getEntriesByType('resource').map((each) => new URL(each.name).origin)")

    assert cells(page)[0][3] == HOSTILE
    assert page.locator("th", has_text=HOSTILE).count() == 1
    assert set(hosts) == {site.removesuffix("/portal")}
    assert page.complaints == []


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        *in_part([
            ("DROP TABLE trees", "would change something"),
            ("DELETE FROM trees", "would change something"),
            ("VACUUM INTO 'x'", "would change something"),
        ], 1),
        ("ATTACH 'x' AS y", "other databases cannot be opened"),
        ("PRAGMA query_only = 0", "the setting query_only"),
        ("BEGIN", "need no transaction"),
        ("SELECT 1; DROP TABLE trees", "more than one query"),
        ("-- nothing", "no query to run"),
        ("SELECT species\nFROM trees\nWHERE héight > 1", "No such column: héight, in line 3 at character 7."),
        ("SELECT * FROM tree", "No such table: tree. Tables that can be asked: trees,"),
        ("SELECT hight FROM trees", "A name with spaces or signs stands between double quotes"),
        ("SELEC 1", "syntax error, in line 1 at character 1."),
        ("SELECT zeroblob(100000000)", "more memory"),
    ],
)
def test_what_cannot_be_answered_is_said_in_words(ask, sql, says):
    page = ask(sql)

    expect(alert(page)).to_contain_text(says)
    assert page.locator(".sql-result").is_hidden()


def test_after_a_refusal_the_next_query_is_answered(ask):
    page = ask("DROP TABLE trees")
    expect(alert(page)).to_contain_text("only read")
    write(page, "SELECT count(*) FROM trees")

    assert cells(page) == [["3"]]


def test_the_place_of_a_fault_can_be_gone_to(ask):
    page = ask("SELECT species\nFROM trees\nWHERE wrong > 1")
    page.get_by_role("button", name="Show the place").click()

    assert page.evaluate("document.activeElement.selectionStart") == len("SELECT species\nFROM trees\nWHERE ")


def test_a_query_that_runs_on_can_be_stopped_and_another_be_asked(ask):
    page = ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
    expect(page.locator(".sql [data-piece=status]")).to_have_text("Running the query…")
    page.get_by_role("button", name="Stop").click()
    expect(alert(page)).to_have_text("The query was stopped.")
    write(page, "SELECT count(*) FROM trees")

    assert cells(page) == [["3"]]


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


@pytest.fixture
def running(site, open_page):
    """The console, after a query that has no end was begun in it."""
    page = open_page(f"{site}/sql/?dataset=trees&file=trees")
    page.get_by_role("textbox", name="Query").wait_for()
    write(page, ENDLESS)
    expect(page.locator(".sql [data-piece=status]")).to_have_text("Running the query…")
    return page


def test_the_way_back_stops_a_query_so_that_its_answer_is_not_below_another(running):
    running.get_by_role("button", name="Stop").focus()
    running.go_back()

    expect(running.get_by_role("textbox", name="Query")).not_to_have_value(ENDLESS)
    expect(running.get_by_role("button", name="Stop")).to_be_hidden()
    expect(running.get_by_role("button", name="Run query")).to_be_focused()
    expect(running.locator(".sql [data-piece=status]")).to_have_text("")
    expect(alert(running)).to_be_hidden()


def test_another_table_stops_a_query_which_stays_to_be_run_again(running):
    running.get_by_role("combobox", name="Table").select_option("trees/streets")

    expect(running.get_by_role("button", name="Stop")).to_be_hidden()
    expect(running.get_by_role("textbox", name="Query")).to_have_value(ENDLESS)
    write(running, "SELECT count(*) FROM streets")
    assert cells(running) == [["2"]]


def test_an_answer_is_taken_away_with_its_query(ask):
    page = ask("SELECT species FROM trees")
    cells(page)
    page.get_by_role("combobox", name="Table").select_option("trees/streets")

    expect(page.locator("[data-piece=result]")).to_be_hidden()


def test_a_fraction_is_read_with_six_digits_and_a_button_shows_all_of_them(ask):
    page = ask("SELECT 37.0 / 3 AS third")
    shown = page.locator(".sql-result td").inner_text()
    page.get_by_role("button", name="Show all digits").press("Enter")

    assert shown == "12.333333"
    expect(page.locator(".sql-result td")).to_have_text("12.333333333333334")


def test_where_no_digit_is_left_out_there_is_no_button_for_them(ask):
    expect(ask("SELECT 1.5 AS half").get_by_role("button", name="Show all digits")).to_have_count(0)


def test_a_chart_of_a_result_has_gaps_and_says_what_it_leaves_out(ask):
    page = ask("SELECT '2024-01' AS month, 3 AS trees UNION ALL SELECT '2024-03', 4 UNION ALL SELECT NULL, 5")

    expect(page.locator(".sql-chart .ground")).to_have_count(3)
    expect(page.locator(".sql-chart p")).to_have_text("1 row without month is in the table alone.")


def test_a_long_result_is_cut_and_says_so(ask):
    page = ask("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 20000) SELECT i FROM n")

    assert len(cells(page)) == 200
    expect(page.locator("[data-piece=status]")).to_have_text(
        "10,000 rows in the result There are more: the first 10,000 are shown.")
    page.get_by_role("button", name="Show 200 more rows").click()
    expect(page.locator(".sql-result tbody tr")).to_have_count(400)


def test_the_address_leads_back_to_each_query(site, open_page):
    page = open_page(f"{site}/sql/?dataset=trees&file=trees")
    write(page, "SELECT 1")
    cells(page)
    write(page, "SELECT 2")
    expect(page.locator(".sql-result td")).to_have_text("2")
    page.go_back()

    expect(page.locator(".sql-result td")).to_have_text("1")
    expect(page).to_have_url(re.compile(r"dataset=trees&file=trees&q=SELECT\+1$"))
    page.reload()
    expect(page.locator(".sql-result td")).to_have_text("1")


def test_a_result_is_charted_and_can_be_taken_along(ask):
    page = ask("SELECT species, number FROM trees WHERE planted IS NOT NULL ORDER BY 1 DESC")
    cells(page)

    expect(page.locator(".sql-chart svg[role=img]")).to_have_attribute("aria-label", "number by species")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == "trees-query.csv"
    assert download.value.path().read_bytes() == b"species,number\r\noak,9007199254740993\r\nelm,2\r\n"
    with page.expect_download() as download:
        page.get_by_role("button", name="Download JSON").click()
    assert json.loads(download.value.path().read_text()) == [
        {"species": "oak", "number": 9007199254740993}, {"species": "elm", "number": 2}]


def test_names_are_completed_by_keyboard_alone(site, open_page):
    page = open_page(f"{site}/sql/?dataset=trees&file=trees")
    page.locator("#sql-text").wait_for()
    tab_to(page, "sql")
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT max(hei")
    expect(page.locator("#sql-list li")).to_have_text(["height How tall it is"])
    page.keyboard.press("ArrowDown")
    expect(page.locator("#sql-text")).to_have_attribute("aria-activedescendant", "sql-list-0")
    page.keyboard.press("Enter")
    page.keyboard.type(") FROM ")
    page.keyboard.press("Control+Space")
    expect(page.locator("#sql-list li")).to_have_text(["trees trees.csv", "streets Streets", "strange Strange names"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Query")).to_have_value("SELECT max(height) FROM trees")
    page.keyboard.press("Control+Enter")

    assert cells(page) == [["12.5"]]


def test_escape_closes_the_suggestions_and_what_is_typed_stays(site, open_page):
    page = open_page(f"{site}/sql/?dataset=trees&file=trees")
    page.locator("#sql-text").fill("")
    page.locator("#sql-text").press_sequentially("spec")
    expect(page.locator("#sql-list li")).to_have_count(1)
    page.keyboard.press("Escape")

    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("textbox", name="Query")).to_have_value("spec")


def test_columns_say_what_they_are_and_put_their_name_into_the_query(site, open_page):
    page = open_page(f"{site}/sql/?dataset=trees&file=trees")
    page.locator("#sql-text").fill("SELECT")
    page.get_by_role("button", name="Put height into the query").click()

    expect(page.get_by_role("textbox", name="Query")).to_have_value("SELECT height")
    expect(page.locator(".sql-columns li", has_text="height")).to_contain_text("How tall it is · Number, feet")


def test_the_first_query_is_of_the_chosen_table(site, open_page):
    page = open_page(f"{site}/sql/?dataset=trees&file=streets")
    expect(page.get_by_role("textbox", name="Query")).to_have_value(re.compile("FROM streets"))
    page.get_by_label("Table", exact=True).select_option("trees/trees")

    expect(page.get_by_role("textbox", name="Query")).to_have_value(re.compile("FROM trees"))
    expect(page).to_have_url(re.compile(r"dataset=trees&file=trees$"))


@at_phone_width()
def test_the_console_breaks_no_automated_rule(ask, axe, width):
    page = ask("SELECT species, max(height) FROM trees GROUP BY 1", width=width, bypass_csp=True)
    cells(page)
    page.locator("#sql-text").fill("SEL")
    page.locator("#sql-text").press("Control+Space")

    assert broken_in_both_schemes(page, axe) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_the_page_says_what_it_would_do(site, open_page):
    page = open_page(f"{site}/sql/", java_script_enabled=False)

    expect(page.locator("noscript p").last).to_contain_text("Queries need a script, which is off.")
    expect(page.locator("noscript a").last).to_have_attribute("href", "../data/")
    assert page.locator("textarea").is_hidden()
