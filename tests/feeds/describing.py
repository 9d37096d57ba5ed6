"""The descriptions of a small city's tables, as programs read them."""

from __future__ import annotations

from typing import Any

import orjson

from cities import TREES, a_bench, a_build, a_city, with_files
from cityfolio.feeds.croissant import croissants
from cityfolio.feeds.csvw import csvw
from cityfolio.feeds.data_package import data_packages
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.model.catalog import Catalog
from cityfolio.model.site import Output
from cityfolio.tables.offers import offer
from cityfolio.tables.published import read_tables


def listing(*entries: str, dictionary: str = "") -> str:
    """The dataset of trees with these files and columns."""
    listed = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return TREES.partition("files:")[0] + f"files:\n{listed}" + (f"columns:\n{dictionary}" if dictionary else "")


def catalog(changed: dict[str, str | bytes | None], site: str = "") -> Catalog:
    """A city, linked, with its exports. Files are named by their path in the dataset of trees."""
    trees = {f"datasets/trees/{path}": body for path, body in changed.items()}
    files = with_files(a_city(), trees)
    files["site.yaml"] = f"{files['site.yaml']!s}{site}"
    tree = MemoryTree(files)
    loaded, desk = load(tree), a_bench(tree)
    tables = read_tables(loaded, desk)
    return offer(link(loaded, tables, a_build()), tables, "https://data.example.gov", desk).catalog


def described(changed: dict[str, str | bytes | None], site: str = "", **build: object) -> dict[str, Any]:  # Any: JSON
    """Every description of the trees by its name."""
    city, told = catalog(changed, site), a_build(**build)
    outputs = [*data_packages(city, told), *csvw(city, told), *croissants(city, told)]
    return {each.url.removeprefix("/data/trees/"): orjson.loads(_body(each)) for each in outputs}


def _body(output: Output) -> bytes:
    assert isinstance(output.body, bytes)
    return output.body
