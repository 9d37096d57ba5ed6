"""A text is looked for in what is published, and in no file that holds personal data."""

from __future__ import annotations

import pytest

from cities import a_bench, a_city
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.tables.occurrences import Occurrences
from cityfolio.tables.published import read_tables

ROWS = "species,owner\n" + "".join(f"oak,Owner {number}\n" for number in range(40))


def occurrences(columns: str) -> Occurrences:
    files = a_city()
    record = files["datasets/trees/dataset.yaml"]
    assert isinstance(record, str)
    files |= {"datasets/trees/trees.csv": ROWS, "datasets/trees/dataset.yaml": record.partition("columns:")[0] + columns}
    tree = MemoryTree(files)
    loaded = load(tree)
    return Occurrences.of(read_tables(loaded, a_bench(tree)), tree)


@pytest.mark.parametrize(("text", "is_there"), [(b"oak", True), (b"Owner 3", True), (b"Owner 39", True), (b"Owner 40", False)])
def test_a_text_is_found_in_the_rows_of_a_file(text: bytes, is_there: bool) -> None:
    assert occurrences("columns: {species: {title: Species}, owner: {title: Owner}}\n").holds(text) is is_there


def test_a_file_with_a_sensitive_column_is_not_looked_through() -> None:
    found = occurrences("columns: {species: {title: Species}, owner: {title: Owner, sensitive: true}}\n")

    assert (found.paths, found.holds(b"oak"), found.holds(b"Owner 39")) == ([], True, False)
