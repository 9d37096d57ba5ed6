"""The tables of facts as files, with which anybody can repeat what a standard asked."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

import pytest

from cities import SITE, TREES, a_build, a_measured_city
from cityfolio.feeds.facts_csv import facts_csv, facts_files
from cityfolio.pages.routes import INVENTORY_CSV, facts_url
from cityfolio.practice.fact_columns import FACT_COLUMNS
from cityfolio.practice.facts import facts_table
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
