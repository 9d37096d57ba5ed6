"""Data files are published as the catalog tells of them, and what it does not tell is told beside it."""

from __future__ import annotations

from cities import a_bench, a_build, a_city, with_files
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.model.catalog import Catalog
from cityfolio.site_files import data_files, told_otherwise
from cityfolio.tables.offers import Offered
from cityfolio.tables.published import Tables, read_tables


def with_a_copy() -> tuple[Catalog, Tables]:
    """A city with a file that is published as it is, and one without its sensitive column."""
    record = "title: Owners\nfiles: [{path: owners.csv}]\ncolumns: {tree: {title: Tree}, owner: {sensitive: true}}\n"
    tree = MemoryTree(with_files(a_city(), {"datasets/owners/dataset.yaml": record,
                                            "datasets/owners/owners.csv": "tree,owner\n1,Ann\n2,Bob\n"}))
    loaded = load(tree)
    tables = read_tables(loaded, a_bench(tree))
    return link(loaded, tables, a_build()), tables


def test_only_what_the_catalog_does_not_tell_is_told_beside_it() -> None:
    catalog, tables = with_a_copy()

    assert told_otherwise(catalog, tables.published) == {("owners", 0): tables.published["owners", 0]}


def test_the_same_files_are_published_whatever_is_told_beside_the_catalog() -> None:
    catalog, tables = with_a_copy()
    offered = Offered(catalog=catalog, files={})

    every = list(data_files(offered, tables.published))
    assert list(data_files(offered, told_otherwise(catalog, tables.published))) == every
    assert [each.url for each in every] == ["/data/owners/owners.csv", "/data/trees/trees.csv"]
