"""The tables of facts as files, with which anybody can repeat what a standard asked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest

from cities import SITE, TREES, a_build, a_measured_city
from cityfolio.cache import Cache
from cityfolio.feeds.facts_csv import facts_csv, facts_files
from cityfolio.pages.known_parts import KnownParts
from cityfolio.pages.routes import INVENTORY_CSV, facts_url
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.facts import FactsTables, facts_table
from practice.practised_cities import practised_city

ASSESSED = {"site.yaml": f"{SITE}standards: [fair]\n"}


def files_of(city: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """The files of a city's facts by their addresses."""
    found = facts_files(practised_city(city), a_build())
    return {each.url: each.body for each in found if isinstance(each.body, bytes)}


def rows(body: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(StringIO(body.decode("utf-8"), newline="")))


def test_every_site_has_the_inventory_and_no_more_where_it_is_not_assessed() -> None:
    assert list(files_of(a_measured_city())) == [INVENTORY_CSV]


def test_a_site_that_is_assessed_has_every_table() -> None:
    assert list(files_of(a_measured_city(**ASSESSED))) == [facts_url(name) for name in FACT_COLUMNS]


def test_the_inventory_lists_what_is_not_published_too_with_every_column() -> None:
    planned = f"{TREES}status: planned\nreason: Soon.\n"
    found = rows(files_of(a_measured_city(**{"datasets/trees/dataset.yaml": planned}))[INVENTORY_CSV])

    assert [(row["id"], row["status"], row["reason"]) for row in found] == [("repairs", "published", ""),
                                                                            ("trees", "planned", "Soon.")]
    assert tuple(found[0]) == tuple(FACT_COLUMNS["datasets"])


USED = {"uses/map.yaml": "title: A map\nkind: app\nby: A class\ndate: 2026-03-01\ndatasets: [trees]\nchange: More shade.\n",
        "usage.csv": "dataset,month,views,downloads\nrepairs,2026-05,30,7\n"}


@pytest.mark.parametrize("more", [{}, USED], ids=["named by measures", "used too"])
def test_the_inventory_is_the_same_where_its_rows_are_known_each(more: Mapping[str, str], tmp_path: Path) -> None:
    catalog = practised_city(a_measured_city(**more))
    whole = facts_csv(catalog.practice.facts["datasets"])
    cities = [practised_city(a_measured_city(**more)) for _ in range(2)]
    files = [list(facts_files(each, a_build(), KnownParts(each, a_build(), Cache(tmp_path), "1"))) for each in cities]

    assert [[each.body for each in found] for found in files] == [[whole], [whole]]
    assert not any(isinstance(each.practice.facts, FactsTables) and each.practice.facts.is_made("datasets") for each in cities)


def test_a_row_of_the_inventory_is_made_anew_where_something_else_names_the_dataset(tmp_path: Path) -> None:
    cities = [practised_city(a_measured_city(**more)) for more in ({}, USED)]
    made = [facts_files(each, a_build(), KnownParts(each, a_build(), Cache(tmp_path), "1")) for each in cities]

    uses = [{row["id"]: row["uses"] for row in rows(each.body)} for files in made for each in files
            if isinstance(each.body, bytes)]
    assert uses == [{"repairs": "0", "trees": "0"}, {"repairs": "0", "trees": "1"}]


def test_another_day_has_an_inventory_of_its_own(tmp_path: Path) -> None:
    planned = f"{TREES}status: planned\nreason: Soon.\nrelease:\n  on: 2026-09-01\n"
    city = a_measured_city(**{"datasets/trees/dataset.yaml": planned})
    days = [{}, {"now": datetime(2026, 10, 1, tzinfo=UTC)}]
    told = [(practised_city(city, **day), a_build(**day)) for day in days]
    made = [facts_files(catalog, build, KnownParts(catalog, build, Cache(tmp_path), "1")) for catalog, build in told]

    late = [{row["id"]: row["is_release_overdue"] for row in rows(each.body)}["trees"] for files in made for each in files
            if isinstance(each.body, bytes)]
    assert late == ["false", "true"]


@pytest.mark.parametrize(("column", "shown"), [
    ("has_title", "true"), ("updated", "2026-06-15"), ("rows", "6"), ("is_release_overdue", "false"), ("value", ""),
])
def test_values_are_written_as_expressions_take_them(column: str, shown: str) -> None:
    found = rows(files_of(a_measured_city())[INVENTORY_CSV])

    assert next(row for row in found if row["id"] == "repairs")[column] == shown


def test_shares_are_written_as_decimals_and_texts_are_no_formulas() -> None:
    table = facts_table("columns", [{"id": "a", "title": "=1+1", "filled_share": 0.3333}])

    found = rows(facts_csv(table))

    assert (found[0]["title"], found[0]["filled_share"]) == ("'=1+1", "0.3333")
