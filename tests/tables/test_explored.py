"""Every table of a published dataset has a page, and its rows as Parquet that a browser reads in parts."""

from __future__ import annotations

import pyarrow.parquet as pq
import pytest

from cities import SITE, TREES, a_bench, a_build, a_city, loaded, with_files
from cityfolio.build import Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.model.catalog import RowsFile
from cityfolio.publish.sinks import MemorySink
from cityfolio.tables.explored import explored
from cityfolio.tables.offers import Offered, offer
from cityfolio.tables.published import read_tables
from tables.readers.making_sheets import by_openpyxl


def looked_into(changed: dict[str, str | bytes | None], site: str = "") -> Offered:
    """What a city's tables become. Files are named by their path in the dataset of trees."""
    trees = {f"datasets/trees/{path}": body for path, body in changed.items()}
    files = with_files(a_city(), {"site.yaml": SITE + site, **trees})
    tree, city = MemoryTree(files), loaded(files)
    desk = a_bench(tree)
    tables = read_tables(city, desk)
    return explored(offer(link(city, tables, a_build()), tables, "", desk), tables, "", desk)


def listing(*entries: str) -> str:
    """The dataset of trees with these files."""
    return TREES.partition("files:")[0] + "files:\n" + "".join(f"  - {{{entry}}}\n" for entry in entries)


def pages(found: Offered) -> list[str]:
    """The page of each file of the trees."""
    return [file.page for file in found.catalog.datasets[0].files]


def the_rows(found: Offered) -> RowsFile:
    """The rows of the first file."""
    rows = found.catalog.datasets[0].files[0].rows
    assert rows is not None
    return rows


def test_a_page_is_called_as_its_file_without_the_ending() -> None:
    assert pages(looked_into({"dataset.yaml": listing("path: trees.csv"), "trees.csv": "a\n1\n"})) == ["trees"]


def test_files_that_differ_by_their_endings_have_pages_of_their_own() -> None:
    files = {"dataset.yaml": listing("path: trees.csv", "path: trees.xlsx"), "trees.csv": "a\n1\n",
             "trees.xlsx": by_openpyxl([["a"], ["1"]])}

    assert pages(looked_into(files)) == ["trees", "trees-xlsx"]


def test_the_page_of_changes_is_no_tables() -> None:
    assert pages(looked_into({"dataset.yaml": listing("path: changes.csv"), "changes.csv": "a\n1\n"})) == ["changes-csv"]


def test_a_file_that_is_no_table_has_no_page() -> None:
    assert pages(looked_into({"dataset.yaml": listing("path: trees.pdf"), "trees.pdf": b"%PDF-1.7"})) == [""]


def test_rows_lie_beside_the_page_as_parquet() -> None:
    found = looked_into({"dataset.yaml": listing("path: trees.csv"), "trees.csv": "name,height\noak,12.5\nelm,\n"})
    made = found.files["trees", "trees/rows.parquet"]

    assert the_rows(found).url == "/data/trees/trees/rows.parquet"
    assert pq.read_table(made.path).column("name").to_pylist() == ["oak", "elm"]
    assert (the_rows(found).bytes, the_rows(found).sha256) == (made.bytes, made.sha256)


def test_where_parquet_is_offered_it_serves_the_page_too() -> None:
    found = looked_into({"dataset.yaml": listing("path: trees.csv"), "trees.csv": "a\n1\n"}, site="exports: [parquet]\n")

    assert the_rows(found).url == "/data/trees/trees.parquet"
    assert list(found.files) == [("trees", "trees.parquet")]


@pytest.mark.parametrize(("body", "sorted_by"), [("day,n\n2024-01-01,3\n2024-01-01,1\n2024-02-01,2\n", "day"),
                                                 ("n,day\n3,2024-02-01\n1,2024-01-01\n", ""), ("n\n1\n\"\"\n3\n", ""),
                                                 ("name\na\nb\n", "")], ids=["a day", "nothing", "a gap", "words"])
def test_it_is_known_what_rows_are_sorted_by(body: str, sorted_by: str) -> None:
    found = looked_into({"dataset.yaml": listing("path: trees.csv"), "trees.csv": body})

    assert the_rows(found).sorted_by == sorted_by


def test_the_footer_is_what_stands_at_the_end() -> None:
    found = looked_into({"dataset.yaml": listing("path: trees.csv"), "trees.csv": "a\n1\n"})
    with open(found.files["trees", "trees/rows.parquet"].path, "rb") as stream:
        body = stream.read()

    assert int.from_bytes(body[-8:-4], "little") + 8 == the_rows(found).footer


def test_the_columns_that_say_where_rows_are_are_named() -> None:
    found = looked_into({"dataset.yaml": listing("path: trees.csv"), "trees.csv": "lon,lat,n\n-80.8,35.2,1\n"})

    assert found.catalog.datasets[0].files[0].places == ("lat", "lon")


def test_pages_forward_from_the_addresses_that_their_dataset_and_file_had() -> None:
    entry = listing("path: trees.csv, formerly: [oaks.csv]").replace("title:", "formerly: [woods]\ntitle:", 1)
    found = looked_into({"dataset.yaml": entry, "trees.csv": "a\n1\n"})

    assert [each.old for each in found.catalog.forwards if each.new == "/data/trees/trees/"] == [
        "/data/trees/oaks/", "/data/woods/oaks/", "/data/woods/trees/"]


def test_a_site_may_lose_the_rows_of_a_page_but_not_the_page() -> None:
    files = with_files(a_city(), {"datasets/trees/dataset.yaml": listing("path: trees.csv"),
                                  "datasets/trees/trees.csv": "a\n1\n"})
    sink = MemorySink()
    first = build_site(loaded(files), a_build(), Workshop(tree=MemoryTree(files), sink=sink)).written.manifest
    offers = with_files(files, {"site.yaml": SITE + "exports: [parquet]\n"})
    again = build_site(loaded(offers), a_build(), Workshop(tree=MemoryTree(offers), sink=MemorySink(), previous=first))

    assert [problem.code for problem in again.problems if problem.code == "address-dropped"] == []
    assert {"data/trees/trees/index.html", "data/trees/trees/index.json"} <= again.written.manifest.entries.keys()
    assert "data/trees/trees/rows.parquet" not in again.written.manifest.entries
