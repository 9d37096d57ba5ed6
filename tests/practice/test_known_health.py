"""Health that is known from a build before is what would be found anew, whatever was edited since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from cities import CSV, SITE, TREES, a_city, with_files
from cityfolio.cache import Cache
from cityfolio.model.digests import Digests
from cityfolio.practice import health
from cityfolio.practice.known_health import KnownHealth
from practice.health_city import Files, found_links, kept

PLAN = "datasets/trees/plan.html"
PARKS = "title: Parks and Recreation\nurl: https://example.gov/parks\n"
RECORD = TREES.replace("publisher: parks", "publisher: parks\nlanding_page: https://example.gov/a").replace(
    "  - path: trees.csv", "  - path: trees.csv\n  - path: plan.html")
CITY: Mapping[str, str | bytes] = with_files(a_city(**{"publishers/parks.yaml": PARKS}), {
    "datasets/trees/dataset.yaml": RECORD, PLAN: "<!doctype html>", "columns/height.yaml": "title: Height\n",
    "licenses/city.yaml": "title: Terms of use\n",
    **{f"datasets/other-{number}/dataset.yaml": TREES.replace("Street", f"Other {number}") for number in range(9)},
    **{f"datasets/other-{number}/trees.csv": CSV for number in range(9)}})
EDITS: Mapping[str, Mapping[str, str | None]] = {
    "nothing": {},
    "a title": {"datasets/trees/dataset.yaml": RECORD.replace("Street", "City")},
    "a title that goes": {"datasets/trees/dataset.yaml": RECORD.replace("title: Street trees\n", "")},
    "a line above": {"datasets/trees/dataset.yaml": f"# The trees\n{RECORD}"},
    "the order of lines": {"datasets/trees/dataset.yaml": RECORD.replace("topics: [nature]\n", "") + "topics: [nature]\n"},
    "a license of its own": {"datasets/trees/dataset.yaml": RECORD + "license: city\n"},
    "no list of files": {"datasets/trees/dataset.yaml": TREES[:TREES.index("files:")] + "status: planned\nreason: Soon.\n"},
    "a draft": {"datasets/trees/dataset.yaml": RECORD + "status: draft\n"},
    "a publisher's contact": {"publishers/parks.yaml": PARKS + "contact: {phone: 1}\n"},
    "a publisher that goes": {"publishers/parks.yaml": None},
    "the site's contact": {"site.yaml": "name: Example City\nlicense: cc0-1.0\n"},
    "the site's license": {"site.yaml": SITE.replace("cc0-1.0", "city")},
    "the site's place": {"site.yaml": SITE + "spatial: Example City\n"},
    "what a license is called": {"site.yaml": SITE.replace("cc0-1.0", "city"), "licenses/city.yaml": "title: No license\n"},
    "a shared column": {"columns/species.yaml": "title: Species\n"},
    "rows": {"datasets/trees/trees.csv": "species,height\noak,\nmaple,\n"},
    "a row that is wrong": {"datasets/trees/trees.csv": "species,height\noak,low\n"},
    "rows there twice": {"datasets/trees/trees.csv": "species,height\noak,1\noak,1\n"},
    "a file that nobody lists": {"datasets/trees/more.csv": CSV},
    "a dataset that comes": {"datasets/new/dataset.yaml": TREES, "datasets/new/trees.csv": CSV},
    "a dataset that goes": {"datasets/other-1/dataset.yaml": None, "datasets/other-1/trees.csv": None},
}
TOLD: Mapping[str, Mapping[str, Any]] = {
    "nothing": {},
    "a later day": {"now": datetime(2028, 1, 1, tzinfo=UTC)},
    "a day after that": {"now": datetime(2028, 1, 2, tzinfo=UTC)},
    "a commit": {"committed": {"datasets/trees/trees.csv": date(2026, 6, 1)}},
    "links": {"links": found_links(a="")},
    "a broken link": {"links": found_links(a="404 Not Found")},
    "a broken link that is gone": {"links": found_links(a="410 Gone")},
    "a document that was looked into": {"faults": {PLAN: ()}},
    "a document with faults": {"faults": {PLAN: ("it has no title",)}},
}


def found(files: Files, cache: Cache | None = None, **told: Any) -> Mapping[str, object]:
    """The health of each dataset, with what is known or without."""
    return kept(files, known=KnownHealth(cache, "1") if cache else KnownHealth(), **told).practice.health


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """What is kept of the city as it was."""
    cache = Cache(tmp_path)
    found(CITY, cache)
    return cache


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_after_an_edit_the_health_is_that_of_a_clean_build(cache: Cache, edit: Mapping[str, str | None]) -> None:
    files = with_files(CITY, edit)

    assert found(files, cache) == found(files)
    assert found(CITY, cache) == found(CITY)


@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
def test_whatever_else_is_known_the_health_is_that_of_a_clean_build(cache: Cache, told: Mapping[str, Any]) -> None:
    assert found(CITY, cache, **told) == found(CITY, **told)
    assert found(CITY, cache, **TOLD["links"]) == found(CITY, **TOLD["links"])


def test_one_edit_has_one_dataset_looked_at(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    looked, checks = list[str](), health._checks
    monkeypatch.setattr(health, "_checks", lambda dataset, *more: looked.append(dataset.id) or checks(dataset, *more))

    found(with_files(CITY, EDITS["a title"]), cache)

    assert looked == ["trees"]


def test_a_path_that_cannot_be_written_has_its_dataset_looked_at_in_every_build(cache: Cache) -> None:
    files = with_files(CITY, {"datasets/trees/\udcff.csv": CSV})

    assert found(files, cache) == found(files, cache) == found(files)


def test_few_datasets_are_known_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    first = found(a_city(), cache)
    monkeypatch.setattr(health, "_checks", lambda *given: pytest.fail("it was looked at"))

    assert found(a_city(), cache) == first


def test_another_program_knows_nothing(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "_checks", lambda *given: ())

    assert set(kept(CITY, known=KnownHealth(cache, "2")).practice.health.values()) == {()}


def digests_of_health(cache: Cache) -> list[str]:
    """The digest of the checks of each dataset, as a build with a cache knows them."""
    digests = Digests()
    checks = kept(CITY, known=KnownHealth(cache, "1", digests)).practice.health.values()
    return [digests.of(each) for each in checks]


def test_checks_have_the_same_digest_whether_they_were_made_or_known(cache: Cache) -> None:
    made = digests_of_health(cache)

    assert digests_of_health(cache) == made
    assert len(set(made)) > 1


def test_checks_that_are_equal_and_tell_of_no_place_are_held_once():
    found = kept(CITY).practice.health
    one, other = ([check for check in found[name] if not check.where] for name in ("other-1", "other-2"))

    assert len(one) > 5
    assert all(here is there for here, there in zip(one, other, strict=True))
