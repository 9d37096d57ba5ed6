"""The one table of what standards call our facts."""

from __future__ import annotations

import pytest

from cityfolio.feeds.mapping import MAPPING, TITLES, named, names, standards_reference
from cityfolio.model.keys import keys_of
from cityfolio.model.records import (
    ColumnRecord,
    Contact,
    DatasetRecord,
    FileRecord,
    PublisherRecord,
    SiteRecord,
)
from cityfolio.model.standards import About, requirement

RECORDS: dict[About, tuple[type, ...]] = {
    "catalog": (SiteRecord,), "dataset": (DatasetRecord,), "publisher": (PublisherRecord,), "contact": (Contact,),
    "file": (FileRecord, DatasetRecord), "column": (ColumnRecord,),
}
OWN_KEYS = [(about, key) for about, rows in MAPPING.items() for row in rows for key in row.ours.split(", ")
            if not row.ours.startswith("(") and not key.endswith("/")]


@pytest.mark.parametrize(("about", "key"), OWN_KEYS, ids=[f"{about}-{key}" for about, key in OWN_KEYS])
def test_every_key_of_the_table_is_one_that_a_city_writes(about: About, key: str) -> None:
    known = {name for record in RECORDS[about] for name in keys_of(record)}

    assert key.partition(":")[0] in known


@pytest.mark.parametrize("about", MAPPING)
def test_no_fact_stands_twice(about: About) -> None:
    facts = [row.fact for row in MAPPING[about]]

    assert len(facts) == len(set(facts))


def test_a_feed_asks_by_our_facts() -> None:
    assert (names("dcat_us", "dataset")["keywords"], names("ckan", "dataset")["keywords"]) == ("keyword", "tags")


def test_a_fact_without_a_place_in_a_standard_has_no_name_there() -> None:
    assert "limits" not in names("dcat_us", "dataset")


def test_what_is_not_known_is_left_out_and_what_is_false_or_nought_stays() -> None:
    said = named("schema_org", "dataset", {"title": "", "keywords": [], "license": None, "spatial": {}, "access": False})

    assert said == {"isAccessibleForFree": False}


def test_a_requirement_names_the_standard_and_its_property() -> None:
    assert requirement("dataset", "keywords") == "DCAT-US 1.1 requires `keyword`"
    assert requirement("contact", "email") == "DCAT-US 1.1 and DCAT-US 3.0 require `contactPoint.hasEmail`"


def test_the_reference_page_shows_every_fact_and_marks_what_is_required() -> None:
    page = standards_reference()

    assert all(title in page for title in TITLES.values())
    assert "| `keywords` | **`keyword`** | `keyword` | `dcat:keyword` | `keywords` | `tags` | `keywords` |" in page
