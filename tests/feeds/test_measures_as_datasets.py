"""The values of measures among the datasets of DCAT feeds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import orjson

from cityfolio.feeds.dcat_ap import dcat_ap
from cityfolio.feeds.dcat_us import dcat_us
from cityfolio.feeds.dcat_us_3 import dcat_us_3
from cityfolio.feeds.measure_facts import measure_facts
from cityfolio.model.catalog import Catalog
from cityfolio.model.measured import Computation, Measure
from pages.factories import a_build, a_catalog, a_topic
from pages.measures import a_goal, a_measure, a_measure_record, a_measured_catalog

PAGE = "https://data.example.gov/measures/potholes-repaired-in-time/"


def a_catalog_of(*measures: Measure) -> Catalog:
    """A catalog with some measures and nothing else."""
    return replace(a_catalog(), measures=measures)


def listed(make: Any) -> dict[str, Any]:
    """The datasets of a feed in JSON, by what it knows them by."""
    found = orjson.loads(make(a_measured_catalog(), a_build()).body)
    return {each["identifier"]: each for each in found["dataset"]}


def test_a_measure_is_a_dataset_named_by_its_page_and_dated_by_its_newest_period() -> None:
    said = listed(dcat_us)[PAGE]

    assert (said["title"], said["modified"], said["accessLevel"]) == ("Potholes repaired in time", "2025-10-31", "public")
    assert (said["temporal"], said["accrualPeriodicity"]) == ("2025-01-01/2025-10-31", "R/P1M")
    assert said["publisher"]["name"] == "Customer Service Center"
    assert {"performance measure", "quality"} <= set(said["keyword"])


def test_its_files_are_its_values_in_each_format() -> None:
    assert [each["downloadURL"] for each in listed(dcat_us)[PAGE]["distribution"]] == [
        f"{PAGE}observations.csv", f"{PAGE}observations.json", f"{PAGE}observations.parquet"]


def test_both_forms_of_dcat_us_list_the_same() -> None:
    assert listed(dcat_us).keys() == listed(dcat_us_3).keys()


def test_linked_data_names_it_apart_from_its_page_and_says_what_it_is_made_of() -> None:
    turtle = next(iter(dcat_ap(a_measured_catalog(), a_build()))).body.decode()   # type: ignore[union-attr]
    (said,) = [each for each in turtle.split("\n\n") if each.startswith(f"<{PAGE}#dataset>")]

    assert f"<{PAGE}#file-observations.csv>" in said
    assert "dct:relation <https://data.example.gov/data/service-requests-311/#dataset>" in said


def test_measures_stand_on_the_last_page_of_linked_data_and_are_counted() -> None:
    pages = [each.body.decode() for each in dcat_ap(a_measured_catalog(), a_build(), a_page=1)   # type: ignore[union-attr]
             if each.media_type == "text/turtle"]

    assert [f"<{PAGE}#dataset> a" in each for each in pages] == [False] * (len(pages) - 1) + [True]
    assert f'hydra:totalItems {len(pages) + 3}' in pages[0] or f'hydra:totalItems "{len(pages) + 3}"' in pages[0]


def test_a_measure_without_values_or_without_a_title_is_left_out() -> None:
    untitled = a_measure("One", record=a_measure_record(title=None))

    assert list(measure_facts(a_catalog_of(a_measure("Two", computed=Computation()), untitled), a_build(), "/data.json")) == []


def test_it_belongs_to_the_topics_of_its_goal() -> None:
    measure = a_measure("One")
    goal = a_goal("Streets", measure, id=measure.goal.id if measure.goal else "")
    goal = replace(goal, record=replace(goal.record, topics=("streets",)))
    catalog = replace(a_catalog_of(measure), goals=(goal,), topics=(*a_catalog().topics, _streets()))
    (said,) = measure_facts(catalog, a_build(), "/data.json")

    assert [each.title for each in said.topics] == ["Streets"]


def _streets() -> Any:
    found = a_topic("Streets")
    return replace(found, id="streets")


def test_what_nobody_described_is_described_by_its_title() -> None:
    (said,) = measure_facts(a_catalog_of(a_measure("One", record=a_measure_record(title="One"))), a_build(), "/data.json")

    assert said.description == "One"
