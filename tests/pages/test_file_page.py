"""The page of a table shows its first rows and columns to everybody, and all of its rows to those with a script."""

import orjson
import pytest

from cities import SITE, TREES, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.model.site import Output
from cityfolio.publish.sinks import MemorySink
from pages.reader import read

TWO = TREES.replace("  - path: trees.csv\n", "  - path: trees.csv\n  - {path: stumps.csv, title: Stumps}\n")
KEYED = TREES.replace("  - path: trees.csv\n", "  - {path: trees.csv, primary_key: [species]}\n")


def site_of(build=None, **changed):
    """The files of a site, by path, of a city with trees."""
    files = with_files(a_city(), {name.replace("__", "/"): body for name, body in changed.items()})
    sink = MemorySink()
    result = build_site(loaded(files), build or a_build(), Workshop(tree=MemoryTree(files), sink=sink))
    assert result.is_built, result.problems
    return sink.site


def page_of(path="data/trees/trees/index.html", **given):
    """A page of that site."""
    return read(Output(url=f"/{path}", body=site_of(**given)[path], media_type="text/html", kind="file", source=""))


def outline_of(path="data/trees/trees/index.json", **given):
    """What the script of a page reads."""
    return orjson.loads(site_of(**given)[path])


def test_the_only_table_of_a_dataset_is_called_as_that():
    assert page_of().heading(1) == "Street trees"


def test_one_of_several_tables_is_called_by_both_names():
    pages = {"datasets__trees__dataset.yaml": TWO, "datasets__trees__stumps.csv": "a\n1\n"}

    assert page_of("data/trees/stumps/index.html", **pages).heading(1) == "Street trees: Stumps"
    assert page_of(**pages).link("Stumps").address == "../../../data/trees/stumps/"


def test_a_page_says_how_much_there_is():
    assert "3 rows, 2 columns." in page_of().text


def test_a_page_says_that_a_sample_is_one():
    entry = TREES.replace("  - path: trees.csv\n", "  - {url: https://example.gov/trees.csv, sample: trees.csv}\n")

    assert "A sample of 3 rows, 2 columns." in page_of(**{
        "datasets__trees__dataset.yaml": entry}).text


def test_first_rows_and_columns_are_there_without_a_script():
    page = page_of()

    assert [cell.text for cell in page.all("td")][:2] == ["oak", "12.5"]
    assert "How tall it is" in page.text


def test_downloads_lead_to_the_files_of_the_dataset():
    page = page_of(**{"site.yaml": f"{SITE}exports: [json]\n"})

    assert page.link("CSV").address == "../../../data/trees/trees.csv"
    assert page.link("JSON").address == "../../../data/trees/trees.json"


def test_the_dataset_leads_to_its_tables():
    assert page_of("data/trees/index.html").link("Look into Street trees: sort, filter, chart").address == "trees/"


def test_a_site_in_a_folder_has_the_page_and_no_script_of_its_own():
    page = page_of(build=a_build(for_folder=True))

    assert page.heading(1) == "Street trees"
    assert page.all("city-explorer") == []


def test_an_outline_says_where_the_rows_are():
    site = site_of()
    outline = orjson.loads(site["data/trees/trees/index.json"])
    rows = site["data/trees/trees/rows.parquet"]

    assert outline["file"] | {"sha256": ""} == {"url": "rows.parquet", "bytes": len(rows), "sha256": "",
                                                "footer": int.from_bytes(rows[-8:-4], "little") + 8}
    assert (outline["rows"], outline["title"], outline["dataset"]["url"]) == (3, "trees.csv", "../../../data/trees/")


def test_an_outline_says_what_columns_are():
    assert outline_of()["columns"] == [
        {"name": "species", "type": "string", "title": "What kind of tree it is"},
        {"name": "height", "type": "number", "title": "How tall it is", "unit": "feet"},
    ]


def test_an_outline_says_which_columns_tell_rows_apart():
    body = {"datasets__trees__trees.csv": "species,height\noak,1\nelm,2\n",
            "datasets__trees__dataset.yaml": KEYED}

    assert [(each["name"], each.get("isKey")) for each in outline_of(**body)["columns"]] == [
        ("species", True), ("height", None)]


def test_an_outline_says_where_rows_are_on_a_map():
    body = {"datasets__trees__trees.csv": "species,height,lat,lon\noak,1,35.2,-80.8\n"}

    assert [(each["name"], each.get("role")) for each in outline_of(**body)["columns"]] == [
        ("species", None), ("height", None), ("lat", "latitude"), ("lon", "longitude")]


@pytest.mark.parametrize("path", ["data/trees/trees/index.json", "data/trees/trees/rows.parquet",
                                  "data/trees/trees/index.html"])
def test_personal_columns_are_nowhere_on_the_page(path):
    entry = TREES + "  owner: {title: Who owns it, sensitive: true}\n"
    rows = "species,height,owner\noak,1,Ann Lee\n"
    site = site_of(**{"datasets__trees__dataset.yaml": entry, "datasets__trees__trees.csv": rows})

    assert b"Ann Lee" not in site[path]


def test_what_is_not_published_has_no_page_of_its_tables():
    entry = TREES.replace("frequency: yearly\n", "frequency: yearly\nstatus: restricted\nreason: Under review.\n")
    site = site_of(**{"datasets__trees__dataset.yaml": entry})

    assert [path for path in site if path.startswith("data/trees/trees")] == []
