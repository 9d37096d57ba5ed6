"""The catalog's metadata as tables."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest

from cityfolio.cache import Cache
from cityfolio.feeds.catalog_tables import catalog_tables
from cityfolio.files import sha256
from cityfolio.model.catalog import Build, Catalog, Dataset
from cityfolio.model.digests import Digests
from cityfolio.model.records import ColumnRecord
from cityfolio.model.site import Entry, Manifest
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.pages import site_of
from pages.drawing import the_theme
from pages.factories import a_build, a_catalog, a_column, a_dataset, a_file, a_profile, an_export, categories, numbers

Edit = Callable[[list[Dataset]], list[Dataset]]
tables = import_module("cityfolio.feeds.catalog_tables")     # `feeds` has a function of the same name


def made(catalog: Catalog) -> dict[str, bytes]:
    """The files by their addresses."""
    return {each.url: each.body for each in catalog_tables(catalog, a_build()) if isinstance(each.body, bytes)}


def asked(catalog: Catalog, query: str) -> list[tuple[Any, ...]]:
    """What the database answers."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(made(catalog)["/catalog.sqlite"])
        return connection.execute(query).fetchall()


def a_city() -> Catalog:
    profile = a_profile(numbers(), categories())
    file = a_file("requests.csv", profile=profile, bytes=37, exports=(an_export("requests.json"),),
                  columns=(a_column("days_open", title="Days", unit="days"), a_column("request_type", described=False)))
    return a_catalog(
        a_dataset("Requests", files=[file], updated=date(2025, 3, 4), keywords=["trash", "trees"]),
        a_dataset("Plan", status="planned", reason="Next year.", files=[], columns={"cost": ColumnRecord(type="number"),
                                                                                    "name": ColumnRecord(sensitive=True)}),
    )


def rebuilt(catalog: Catalog, folder: Path) -> dict[str, bytes]:
    """The files as they are made from those that lie in a folder, and lie there then."""
    site = replace(site_of(catalog, a_build(), the_theme()), digests=Digests())
    known = KnownParts.of(site, Cache(folder / "cache"), "1", lambda path: folder / "site" / path)
    made = {each.url: each.body for each in catalog_tables(catalog, a_build(), known) if isinstance(each.body, bytes)}
    for url, body in made.items():
        path = folder / "site" / url.removeprefix("/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
    entries = {url.removeprefix("/"): Entry(path=url, bytes=len(body), sha256=sha256(body)) for url, body in made.items()}
    known.keep(Manifest(entries=entries), frozenset())
    return made


def some_datasets() -> list[Dataset]:
    """Datasets, each with a table of two columns."""
    file = a_file("requests.csv", profile=a_profile(numbers(), categories()), columns=(a_column("days_open"), a_column("kind")))
    return [a_dataset(f"Requests of district {at}", files=[file], description="One,\n\"two\"") for at in range(6)]


@pytest.mark.parametrize("edit", [
    lambda found: found,
    lambda found: [*found[:2], replace(found[2], title="A last one"), *found[3:]],
    lambda found: [*found[:2], replace(found[2], title="=1+1"), *found[3:]],
    lambda found: [*found[:4], replace(found[4], files=()), *found[5:]],
    lambda found: found[1:], lambda found: [*found, a_dataset("All requests")], lambda found: found[:1],
    lambda found: [replace(each, title=f"Z {each.title}") for each in found], lambda found: [],
], ids=["nothing", "a title", "a formula", "no file", "one gone", "one more", "most gone", "every title", "none left"])
def test_tables_after_an_edit_are_those_of_a_clean_build(edit: Edit, tmp_path: Path) -> None:
    rebuilt(a_catalog(*some_datasets()), tmp_path)
    after = a_catalog(*edit(some_datasets()))

    assert rebuilt(after, tmp_path) == made(after)
    assert rebuilt(a_catalog(*some_datasets()), tmp_path) == made(a_catalog(*some_datasets()))


def test_rows_that_are_as_they_were_are_not_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rebuilt(a_catalog(*some_datasets()), tmp_path)
    asked, part = list[str](), tables._part

    def noting(dataset: Dataset, catalog: Catalog, build: Build) -> bytes:
        asked.append(dataset.title)
        return part(dataset, catalog, build)

    monkeypatch.setattr(tables, "_part", noting)
    first, *others = some_datasets()
    rebuilt(a_catalog(replace(first, title="Shrubs"), *others), tmp_path)

    assert asked == ["Shrubs"]


@pytest.mark.parametrize("name", ["catalog.csv", "catalog.sqlite", "catalog/columns.parquet"])
@pytest.mark.parametrize("harm", [lambda path: path.unlink(), lambda path: path.write_bytes(b"other")], ids=["gone", "other"])
def test_files_that_do_not_lie_as_they_were_are_made_whole(name: str, harm: Callable[[Path], object], tmp_path: Path) -> None:
    clean = rebuilt(a_catalog(*some_datasets()), tmp_path)
    harm(tmp_path / "site" / name)

    assert rebuilt(a_catalog(*some_datasets()), tmp_path) == clean


def test_the_spreadsheet_has_a_row_for_each_dataset() -> None:
    rows = list(csv.DictReader(io.StringIO(made(a_city())["/catalog.csv"].decode(), newline="")))

    assert [(each["id"], each["status"], each["modified"]) for each in rows] == [
        ("plan", "planned", rows[0]["modified"]), ("requests", "published", "2025-03-04")]
    assert (rows[1]["url"], rows[1]["keywords"]) == ("https://data.example.gov/data/requests/", "trash; trees")


@pytest.mark.parametrize("title", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0"])
def test_no_cell_of_the_spreadsheet_is_run_as_a_formula(title: str) -> None:
    (row,) = csv.DictReader(io.StringIO(made(a_catalog(a_dataset(title)))["/catalog.csv"].decode(), newline=""))

    assert row["title"] == f"'{title}"


def test_the_database_keeps_every_text_as_it_is() -> None:
    assert asked(a_catalog(a_dataset("=1+1")), "SELECT title FROM datasets") == [("=1+1",)]


def test_the_database_answers_which_columns_there_are_and_what_their_rows_show() -> None:
    found = asked(a_city(), "SELECT dataset, file, name, title, unit, type, rows, filled, maximum, median FROM columns "
                            "WHERE is_described ORDER BY dataset")

    assert found == [("plan", "", "cost", None, None, "number", None, None, None, None),
                     ("requests", "requests.csv", "days_open", "Days", "days", "integer", 300, 280, "410", "4")]


def test_the_leading_values_of_a_column_can_be_read() -> None:
    ((top,),) = asked(a_city(), "SELECT top FROM columns WHERE name = 'request_type'")

    assert orjson.loads(top)[0] == ["Bulky item", 120]


def test_what_is_personal_is_no_column() -> None:
    assert asked(a_city(), "SELECT count(*) FROM columns WHERE name = 'name'") == [(0,)]


def test_files_are_joined_with_what_is_made_of_them() -> None:
    found = asked(a_city(), "SELECT id, file, format, is_made, bytes, rows FROM files ORDER BY position")

    assert found == [("requests.csv", "requests.csv", "CSV", 0, 37, 300),
                     ("requests.json", "requests.csv", "JSON", 1, 91_000, 300)]


def test_what_is_not_known_is_null_and_not_an_empty_text() -> None:
    assert asked(a_catalog(a_dataset(license=None)), "SELECT license, rights FROM datasets") == [(None, None)]


@pytest.mark.parametrize(("name", "rows"), [("datasets", 2), ("files", 2), ("columns", 3)])
def test_each_table_is_there_as_parquet_with_what_its_columns_hold(name: str, rows: int) -> None:
    table = pq.read_table(io.BytesIO(made(a_city())[f"/catalog/{name}.parquet"]))

    assert table.num_rows == rows
    assert all((field.metadata or {}).get(b"description") for field in table.schema)


def test_a_day_is_a_date_in_parquet() -> None:
    table = pq.read_table(io.BytesIO(made(a_city())["/catalog/datasets.parquet"]))

    assert table.column("modified").to_pylist()[1] == date(2025, 3, 4)


def test_the_parquet_and_the_database_say_the_same() -> None:
    table = pq.read_table(io.BytesIO(made(a_city())["/catalog/columns.parquet"]))
    from_parquet = list(zip(*(column.to_pylist() for column in table.columns), strict=True))

    assert from_parquet == asked(a_city(), "SELECT * FROM columns ORDER BY dataset, file, position")


def test_the_same_catalog_gives_the_same_bytes() -> None:
    assert made(a_city()) == made(a_city())


def test_the_database_does_not_tell_which_release_of_sqlite_wrote_it() -> None:
    assert made(a_city())["/catalog.sqlite"][96:100] == (3_040_000).to_bytes(4)


def test_a_city_without_datasets_has_tables_without_rows() -> None:
    assert asked(a_catalog(), "SELECT count(*) FROM datasets") == [(0,)]
    assert pq.read_table(io.BytesIO(made(a_catalog())["/catalog/datasets.parquet"])).num_rows == 0
