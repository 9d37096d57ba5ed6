"""What files that are made say of the dataset they are made of."""

from __future__ import annotations

from datetime import date

from cities import TREES, a_bench, a_build, a_city, loaded
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.model.catalog import Dataset
from cityfolio.tables.exports.about import about_dataset, about_file
from cityfolio.tables.exports.schema import About
from cityfolio.tables.published import read_tables


def trees(record: str = TREES, **changed: str | None) -> Dataset:
    """The trees of a city."""
    files = a_city(**{"datasets/trees/dataset.yaml": record, **changed})
    city = loaded(files)
    return link(city, read_tables(city, a_bench(MemoryTree(files))), a_build()).datasets[0]


def test_all_that_is_known_of_a_dataset_is_said() -> None:
    about = about_dataset(trees(TREES.replace("[shade, canopy]", "[oaks, shade]")), "https://data.example.gov")

    assert (about.name, about.title, about.description) == ("trees", "Street trees", "Every tree the city planted.")
    assert (about.publisher, about.license_id) == ("Parks and Recreation", "CC0-1.0")
    assert about.source_url == "https://data.example.gov/data/trees/"
    assert (about.modified, about.keywords) == (date(2026, 1, 1), ("oaks", "shade"))
    assert about.license_url.startswith("https://")


def test_what_is_not_known_is_left_out() -> None:
    about = about_dataset(trees("title: Trees\nfiles: [{path: trees.csv}]\n", **{"site.yaml": "name: Example City\n"}), "")

    assert about == About(name="trees", title="Trees")


def test_a_description_stands_in_for_a_summary() -> None:
    record = TREES.replace("summary: Every tree the city planted.\n", "description: |\n  *Every* tree.\n")

    assert about_dataset(trees(record), "").description.strip() == "*Every* tree."


def test_the_only_file_of_a_dataset_is_the_dataset() -> None:
    dataset = trees()

    assert about_file(dataset, dataset.files[0], "") == about_dataset(dataset, "")


def test_one_file_of_several_says_which() -> None:
    dataset = trees(TREES.replace("  - path: trees.csv", "  - {path: trees.csv, title: Since 2020}\n  - {url: https://a.gov}"))

    assert about_file(dataset, dataset.files[0], "").title == "Street trees: Since 2020"
