"""The frame of the SQL console, its policy, and the list of tables that it can ask."""

from dataclasses import replace

import orjson
import pytest

from cities import TREES, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.pages.shell import POLICY
from cityfolio.pages.sql import NEEDED, SQL_POLICY
from cityfolio.publish import headers
from cityfolio.publish.sinks import MemorySink
from pages.drawing import draw_site, the_theme
from pages.factories import a_build as a_drawing, a_dataset
from pages.reader import read

WASM = "'wasm-unsafe-eval'"


def drawn(**build):
    """A site whose scripts are bundled."""
    theme = replace(the_theme(), bundle=dict.fromkeys((*the_theme().bundle, *NEEDED), b"//"))
    return draw_site(a_dataset(), theme=theme, build=a_drawing(**build))


def tables_of(**changed):
    """What the console reads of the tables of a city."""
    files = with_files(a_city(), {name.replace("__", "/"): body for name, body in changed.items()})
    sink = MemorySink()
    result = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=sink))
    assert result.is_built, result.problems
    return orjson.loads(sink.site["sql/tables.json"])["datasets"]


def test_of_all_pages_the_console_alone_may_run_webassembly():
    policies = {output.url: read(output).one("meta", http_equiv="Content-Security-Policy").get("content")
                for output in drawn().html()}

    assert {url for url, policy in policies.items() if WASM in policy} == {"/sql/"}
    assert policies["/sql/"] == SQL_POLICY
    assert SQL_POLICY.replace(f" {WASM}", "") == POLICY


def test_a_build_with_the_console_is_verified_and_written():
    assert tables_of() != []


def test_the_page_tells_its_script_where_everything_is():
    console = drawn().page("/sql/").one("sql-console")

    assert console.get("data-tables") == "tables.json"
    assert console.get("data-worker").startswith("../assets/sql-worker-")
    assert console.get("data-wasm").startswith("../assets/sqlite3-")


def test_the_script_is_a_module_of_the_theme():
    scripts = drawn().page("/sql/").all("script", type="module")

    assert [part.get("src").startswith("../assets/sql-") for part in scripts] == [True]


def test_without_a_script_the_page_leads_to_the_data():
    page = drawn().page("/sql/")

    assert "Queries need a script, which is off." in page.one("noscript").text
    assert page.one("noscript").link("All data").address == "../data/"
    assert page.one("div", data_piece="ask").get("hidden") == ""


@pytest.mark.parametrize("given", [{"for_folder": True}, {}], ids=["in a folder", "without scripts"])
def test_where_nothing_can_be_fetched_the_page_says_that_it_needs_a_server(given):
    site = drawn(**given) if given else draw_site(a_dataset(), theme=replace(the_theme(), bundle={}))
    page = site.page("/sql/")

    assert "Queries need a web server" in page.main.text
    assert page.all("sql-console") == []


def test_search_engines_are_asked_to_leave_the_console_out():
    assert drawn().page("/sql/").one("meta", name="robots").get("content") == "noindex"


def test_every_table_is_listed_with_its_outline():
    assert tables_of() == [{"id": "trees", "title": "Street trees", "tables": [
        {"name": "trees", "title": "trees.csv", "rows": 3, "outline": "../data/trees/trees/index.json"}]}]


def test_a_dataset_without_tables_is_not_listed():
    entry = TREES.partition("columns:")[0].replace("trees.csv", "notes.pdf")

    files = {"datasets__trees__dataset.yaml": entry, "datasets__trees__trees.csv": None, "datasets__trees__notes.pdf": b"%PDF"}

    assert tables_of(**files) == []


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("assets/sql-worker-0123456789.js", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"),
        ("assets/explorer-worker-0123456789.js", "default-src 'none'; script-src 'self'; connect-src 'self'"),
        ("assets/sql-0123456789.js", headers.CLOSED_POLICY),
        ("data/trees/sql-worker-0123456789.js", headers.CLOSED_POLICY),
    ],
)
def test_workers_have_a_policy_of_their_own_since_they_do_not_have_the_pages(path, policy):
    assert headers.policy_beside(path) == policy
