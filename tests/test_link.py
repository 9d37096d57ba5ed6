"""References resolved: what the pages are drawn from."""

from __future__ import annotations

from cities import SITE, TREES, a_bench, a_build, a_city, with_files
from cityfolio.files import MemoryTree
from cityfolio.link import link
from cityfolio.load.catalog import load
from cityfolio.model.catalog import Catalog, Dataset
from cityfolio.tables.published import read_tables


def linked(files: dict[str, str | bytes]) -> Catalog:
    tree = MemoryTree(files)
    loaded = load(tree)
    return link(loaded, read_tables(loaded, a_bench(tree)), a_build())


def trees(**changed: str | bytes | None) -> Dataset:
    return next(each for each in linked(a_city(**changed)).datasets if each.id == "trees")


def test_a_dataset_has_its_publisher_topics_and_license() -> None:
    dataset = trees()

    assert dataset.publisher is not None
    assert dataset.license is not None
    assert (dataset.publisher.title, [each.title for each in dataset.topics], dataset.license.spdx) == (
        "Parks and Recreation",
        ["Nature"],
        "CC0-1.0",
    )


def test_publishers_and_topics_know_their_datasets() -> None:
    catalog = linked(a_city())

    assert [each.id for each in catalog.publishers[0].datasets] == ["trees"]
    assert [each.id for each in catalog.topics[0].datasets] == ["trees"]


def test_a_file_has_size_digest_and_profile() -> None:
    file = trees().files[0]

    assert (file.id, file.format, file.bytes, file.source_path) == ("trees.csv", "CSV", 37, "datasets/trees/trees.csv")
    assert file.profile is not None
    assert (file.profile.rows, [each.name for each in file.columns]) == (3, ["species", "height"])


def test_a_file_has_its_path_in_common_with_the_table_that_was_read() -> None:
    tree = MemoryTree(a_city())
    loaded = load(tree)
    tables = read_tables(loaded, a_bench(tree))
    (dataset,) = link(loaded, tables, a_build()).datasets

    assert dataset.files[0].source_path is tables.jobs["trees", 0].path


def test_a_sensitive_column_is_in_neither_file_nor_columns() -> None:
    dataset = trees(**{"datasets/trees/dataset.yaml": TREES.replace("unit: feet,", "unit: feet, sensitive: true,")})

    file = dataset.files[0]

    assert (file.left_out, [each.name for each in file.columns], file.bytes) == (("height",), ["species"], 26)


def test_without_a_title_the_id_stands_in() -> None:
    dataset = trees(**{"datasets/trees/dataset.yaml": TREES.replace("title: Street trees\n", "")})

    assert (dataset.title, dataset.has_title) == ("trees", False)


def test_the_nearest_contact_answers() -> None:
    site = trees().contact
    own = trees(**{"datasets/trees/dataset.yaml": TREES + "contact: {phone: 555-0100}\n"}).contact
    publisher = trees(**{"publishers/parks.yaml": "title: Parks\ncontact: {email: parks@example.gov}\n"}).contact

    assert site is not None
    assert own is not None
    assert publisher is not None
    assert (site.email, own.phone, publisher.email) == ("data@example.gov", "555-0100", "parks@example.gov")


def test_a_license_of_the_city_is_used_by_its_own_words() -> None:
    dataset = trees(
        **{
            "site.yaml": SITE.replace("cc0-1.0", "terms"),
            "licenses/terms.yaml": "title: City terms\nurl: https://example.gov/t\n",
        }
    )

    assert dataset.license is not None
    assert (dataset.license.title, dataset.license.url) == ("City terms", "https://example.gov/t")


def test_what_is_not_published_has_no_files() -> None:
    dataset = trees(**{"datasets/trees/dataset.yaml": TREES + "status: retired\nreason: Nobody counts any more.\n"})

    assert dataset.files == ()


def test_two_files_of_one_name_in_two_folders_have_two_addresses() -> None:
    text = TREES.replace("  - path: trees.csv\n", "  - path: a/trees.csv\n  - path: b/trees.csv\n")
    files = with_files(
        a_city(),
        {
            "datasets/trees/dataset.yaml": text,
            "datasets/trees/a/trees.csv": "species,height\n",
            "datasets/trees/b/trees.csv": "species,height\n",
        },
    )

    assert [each.id for each in linked(files).datasets[0].files] == ["a-trees.csv", "b-trees.csv"]


def test_titles_are_sorted_as_readers_expect() -> None:
    names = {"ash": "Ash", "elm": "élan", "oak": "Zebra", "fir": "apple"}
    files = with_files(
        a_city(**{"datasets/trees/dataset.yaml": None, "datasets/trees/trees.csv": None}),
        {f"datasets/{each}/dataset.yaml": f"title: {title}\n" for each, title in names.items()},
    )

    assert [each.title for each in linked(files).datasets] == ["apple", "Ash", "élan", "Zebra"]


def test_former_names_lead_here_from_page_and_filter() -> None:
    catalog = linked(a_city(**{"topics/nature.yaml": "title: Nature\nformerly: [green, /subjects/green]\n"}))

    assert [(each.old, each.new) for each in catalog.forwards] == [
        ("/topics/green/", "/topics/nature/"),
        ("/data/topic/green/", "/data/topic/nature/"),
        ("/subjects/green/", "/topics/nature/"),
    ]


def test_other_forwards_of_the_site_lead_where_they_say() -> None:
    catalog = linked(a_city(**{"site.yaml": SITE + "forwards: {/datasets: /data/, /old.html: /about/}\n"}))

    assert [(each.old, each.new) for each in catalog.forwards] == [("/datasets/", "/data/"), ("/old.html", "/about/")]
