"""A dataset stands in many lists, and is written out once."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from cityfolio.cache import Cache
from cityfolio.feeds.rows_in_lists import RowsInLists
from cityfolio.model.catalog import Dataset
from cityfolio.pages.known_parts import KnownParts
from pages.factories import a_build, a_catalog, a_dataset

TREES, ELMS = a_dataset("Trees"), a_dataset("Elms")


def rows(folder: Path, base_url: str) -> tuple[RowsInLists, list[str]]:
    """The rows of a catalog, and the addresses at which one was written out by now."""
    asked = list[str]()

    def tell(dataset: Dataset, url: str) -> bytes:
        asked.append(url)
        return f'"{dataset.title} at {url}"'.encode()

    catalog, build = a_catalog(TREES, ELMS), a_build(base_url=base_url)
    return RowsInLists("rows", KnownParts(catalog, build, Cache(folder), "the program"), tell), asked


def told(listed: RowsInLists, *datasets: Dataset, feed: str = "/data/index.json") -> list[str]:
    return list(orjson.loads(orjson.dumps(listed.of(datasets, feed))))


@pytest.mark.parametrize("feed", ["/data/index.json", "/index.json"])
def test_full_addresses_are_written_once_for_all_lists_and_builds(tmp_path: Path, feed: str) -> None:
    expected = ["Elms at https://data.example.gov/data/elms/", "Trees at https://data.example.gov/data/trees/"]
    (first, asked), (second, asked_again) = (rows(tmp_path, "https://data.example.gov") for _ in range(2))

    assert told(first, ELMS, TREES) == told(first, ELMS, TREES, feed=feed) == told(second, ELMS, TREES) == expected
    assert (len(asked), asked_again) == (2, [])


def test_without_an_address_of_the_site_a_row_is_another_in_each_list(tmp_path: Path) -> None:
    listed, asked = rows(tmp_path, "")

    assert told(listed, TREES) == told(listed, TREES) == ["Trees at trees/"]
    assert told(listed, TREES, feed="/index.json") == ["Trees at data/trees/"]
    assert asked == ["trees/", "data/trees/"]
