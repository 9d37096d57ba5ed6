"""Which file a measure is computed from, and what is known of it before its rows are read."""

from __future__ import annotations

from cities import a_bench
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.measures.sources import Source, sources_of
from cityfolio.tables.published import read_tables
from measures.making import COLUMNS, DATASET, FILES, HEADER, a_measured_city, measured_city, values

BODY = HEADER + "POTHOLE,2026-05-01T00:00:00,2026-05-02,1,2.5,1\n"
OTHER = "  - {path: other.csv, title: Other requests}\n"
COUNT = "count: rows\ndate: opened"


def sources(dataset: str, name: str | None = None, **more: str) -> tuple[Source, ...]:
    """The files of the dataset of requests that may be meant."""
    tree = MemoryTree(a_measured_city(BODY, COUNT, dataset=dataset, **more))
    loaded = load(tree)
    return sources_of(loaded, read_tables(loaded, a_bench(tree)), "requests", name, tree)


def test_of_several_files_one_is_meant_by_its_path_or_its_title() -> None:
    two = DATASET + FILES + OTHER + COLUMNS
    found = {name: [each.place for each in sources(two, name, **{"datasets__requests__other.csv": BODY})]
             for name in (None, "other.csv", "Other requests", "no.csv")}

    assert found == {None: [0, 1], "other.csv": [1], "Other requests": [1], "no.csv": []}


def test_a_measure_that_may_mean_two_files_has_no_data() -> None:
    files = a_measured_city(BODY, COUNT, dataset=DATASET + FILES + OTHER + COLUMNS, **{"datasets__requests__other.csv": BODY})

    assert measured_city(files).by_id["m"].overall.observations == ()


def test_a_dataset_that_is_not_there_has_no_files() -> None:
    tree = MemoryTree(a_measured_city(BODY, COUNT))
    loaded = load(tree)

    assert sources_of(loaded, read_tables(loaded, a_bench(tree)), "nothing", None, tree) == ()


def test_the_columns_of_a_published_file_are_known_with_those_that_are_left_out() -> None:
    hidden = COLUMNS.replace("days: {type: integer}", "days: {type: integer, sensitive: true}")
    (found,) = sources(DATASET + FILES + hidden)
    assert found.columns is not None

    assert found.columns["days"].type == "integer"
    assert found.columns["opened"].type == "datetime"
    assert (found.publishes(("opened",)), found.publishes(("opened", "days"))) == (True, False)


def test_the_type_of_a_column_that_is_left_out_may_be_known_from_its_rows_alone() -> None:
    hidden = COLUMNS.replace("days: {type: integer}", "days: {sensitive: true}")
    (found,) = sources(DATASET + FILES + hidden)
    files = a_measured_city(BODY, "mean: days\ndate: opened", dataset=DATASET + FILES + hidden)

    assert found.columns is None
    assert values(measured_city(files).by_id["m"].overall.observations) == {"2026-05": 1}


def test_a_file_that_is_not_published_is_read_with_every_column_hidden() -> None:
    private = DATASET.replace("frequency", "status: planned\nreason: Soon.\nfrequency") + FILES + COLUMNS
    (found,) = sources(private)

    assert (found.is_public, found.sha256, found.columns) == (False, "", None)
    assert found.job.hides_values
