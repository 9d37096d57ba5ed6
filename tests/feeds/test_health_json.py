"""What programs learn of how well the catalog is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from cityfolio.cache import Cache, Keep
from cityfolio.feeds.health_json import health_files
from cityfolio.files import sha256
from cityfolio.model.catalog import Catalog
from cityfolio.model.health import HealthCheck, PastHealth
from cityfolio.model.practised import Practice
from cityfolio.model.site import Drawn, Entry, Manifest
from cityfolio.pages.known_parts import KnownParts
from cityfolio.problems import Location, Problem
from cityfolio.publish.addresses import path_of
from pages.factories import a_build, a_catalog, a_dataset

UNITS = HealthCheck(id="units", area="documentation", state="failed", count=1, of=2,
                    where=(Location(path="datasets/trees/dataset.yaml", line=14),), facts={"names": "height"})
TITLE = HealthCheck(id="title", area="documentation", state="passed")
LINKS = HealthCheck(id="links", area="links", state="unknown", of=3)


def a_kept_catalog(**practice: Any) -> Catalog:
    return replace(a_catalog(a_dataset("Trees")), practice=Practice(**{"health": {"trees": (TITLE, UNITS, LINKS)}, **practice}))


def told(url: str, **practice: Any) -> Any:
    """What stands at an address."""
    made = {each.url: each.body for each in health_files(a_kept_catalog(**practice), a_build())}
    body = made[url]
    assert isinstance(body, bytes)
    return orjson.loads(body)


def known_of(cache: Keep, *health: HealthCheck) -> dict[str, bool]:
    """Of which files of a dataset with these checks it was known what they are, after a build has kept them."""
    catalog = replace(a_catalog(a_dataset("Trees")), practice=Practice(health={"trees": health}))
    known = KnownParts(catalog, a_build(), cache, "the program")
    outputs = list(health_files(catalog, a_build(), known=known))
    bodies = {path_of(each.url): each.body for each in outputs}
    digests = {path: body.sha256 if isinstance(body, Drawn) else sha256(body) for path, body in bodies.items()
               if isinstance(body, bytes | Drawn)}
    known.keep(Manifest(entries={path: Entry(path=path, bytes=1, sha256=each) for path, each in digests.items()}), frozenset())
    return {each.url: isinstance(each.body, Drawn) for each in outputs}


def test_of_checks_only_those_files_are_made_again_in_which_something_is_said_otherwise(tmp_path: Path) -> None:
    known_of(Cache(tmp_path), TITLE, UNITS, LINKS)
    found = known_of(Cache(tmp_path), TITLE, replace(UNITS, count=2), LINKS)
    again = known_of(Cache(tmp_path), TITLE, replace(UNITS, count=2), LINKS)

    assert (found["/health/links/index.json"], found["/health/title/index.json"]) == (True, True)
    assert (found["/health/units/index.json"], found["/health/health.json"]) == (False, False)
    assert (again["/health/units/index.json"], again["/health/health.json"]) == (True, True)


def test_every_check_of_every_dataset_is_told_with_the_place_that_would_mend_it() -> None:
    said = told("/health/health.json")

    assert said["datasets"] == [{"id": "trees", "passed": 1, "of": 2, "checks": [
        {"id": "title", "area": "documentation", "state": "passed"},
        {"id": "units", "area": "documentation", "state": "failed", "count": 1, "of": 2, "path": "datasets/trees/dataset.yaml",
         "line": 14},
        {"id": "links", "area": "links", "state": "unknown", "count": 0, "of": 3}]}]
    assert (said["day"], said["totals"]["units"], said["totals"]["links"]) == (
        "2025-11-22", {"passed": 0, "of": 1, "unknown": 0}, {"passed": 0, "of": 0, "unknown": 1})


def test_the_overview_counts_checks_publishers_problems_and_former_days() -> None:
    said = told("/health/index.json", problems=(Problem(code="license-missing", where=Location(path="a"), says="b"),),
                past_health=(PastHealth(day=date(2025, 10, 1), commit="abc", passed={"a": 1, "": 2}, of={"a": 2, "": 2}),))

    assert [each["id"] for each in said["checks"] if each["of"]] == ["title", "units"]
    assert said["publishers"] == [{"id": "customer-service-center", "datasets": 1, "areas": {
        "documentation": {"passed": 1, "of": 2, "unknown": 0}, "links": {"passed": 0, "of": 0, "unknown": 1}}}]
    assert (said["problems"], said["past"]) == ({"license-missing": 1},
                                                [{"day": "2025-10-01", "commit": "abc", "passed": 3, "of": 4}])


def test_a_check_tells_of_every_dataset_that_does_not_pass_it_and_why() -> None:
    assert told("/health/units/index.json")["datasets"] == [{
        "dataset": "trees", "title": "Trees", "url": "https://data.example.gov/data/trees/", "state": "failed", "count": 1,
        "of": 2, "path": "datasets/trees/dataset.yaml", "line": 14, "why": "1 of 2 amounts has no unit: height"}]
    assert told("/health/title/index.json")["datasets"] == []


def test_a_publisher_is_told_what_is_at_fault() -> None:
    said = told("/health/publishers/customer-service-center/index.json")

    assert [(each["id"], each["passed"], [check["id"] for check in each["at_fault"]]) for each in said["datasets"]] == [
        ("trees", 1, ["units"])]
