"""The examples of docs/reference/search-module.md run as they are shown, on the demonstration city's index."""

import re
import subprocess

import pytest

from asking import write_index
from browser.serving import served
from house.documents import ROOT
from search.searched_cities import the_demonstration

PAGE = (ROOT / "docs" / "reference" / "search-module.md").read_text("utf-8")
ASKED, FROM_FOLDER = re.findall(r"```js\n(.*?)```", PAGE, re.DOTALL)
(SAID,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
(IN_BROWSER,) = re.findall(r"```html\n(.*?)```", PAGE, re.DOTALL)
ENGINE = ROOT / "themes" / "civic" / "assets" / "js" / "modules" / "search.js"
HOST = "https://data.example.gov"

pytestmark = pytest.mark.npm


@pytest.fixture(scope="module")
def folder(tmp_path_factory, demonstration):
    """A folder in which somebody works, with a site of which only the index is there."""
    made = tmp_path_factory.mktemp("work")
    write_index(the_demonstration(demonstration).index(), made / "output" / "search" / "index")
    (made / "search.mjs").write_text(f'export {{ openIndex }} from "{ENGINE.as_uri()}";', "utf-8")
    (made / "package.json").write_text("{}", "utf-8")
    return made


def run(node, folder, program):
    (folder / "program.mjs").write_text(program, "utf-8")
    done = subprocess.run([node, "program.mjs"], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_example_for_node_says_what_the_page_says(node, folder):
    with served(folder / "output") as address:
        said = run(node, folder, ASKED.replace(HOST, address))

    assert said == SAID


def test_the_example_that_reads_a_folder_finds_datasets_of_the_topic(node, folder):
    said = run(node, folder, FROM_FOLDER)

    assert "'street-trees'" in said


def test_every_key_of_an_answer_is_on_the_page(node, folder):
    keys = run(node, folder, FROM_FOLDER.partition("const { results }")[0] + """
        const answer = await index.search("species of trees");
        const [first] = answer.results;
        const parts = [answer, first, ...first.matched, ...Object.values(answer.facets).flat()];
        console.log([...new Set(parts.flatMap(Object.keys))].join(" "));
    """).split()

    assert [key for key in keys if not re.search(rf"`[^`]*\b{key}\b[^`]*`", PAGE)] == []


@pytest.mark.browser
def test_the_example_for_browsers_lists_titles(folder, browser):
    site = folder / "output"
    (site / "search" / "search.js").write_text('export { openIndex } from "/js/search/index.js";', "utf-8")
    (site / "js").symlink_to(ENGINE.parents[1], target_is_directory=True)
    with served(site) as address:
        (site / "page.html").write_text(f"<!doctype html><title>x</title><body>{IN_BROWSER.replace(HOST, address)}", "utf-8")
        page = browser.new_page()
        page.goto(f"{address}/page.html")
        page.get_by_text("trees").first.wait_for()
        shown = page.inner_text("body")
        page.close()

    assert "trees" in shown
