"""A whole city that assesses itself by every standard that comes along: built, verified, read."""

from __future__ import annotations

from typing import Any

import orjson
import pytest

from cities import a_build, a_city, a_measured_city
from cityfolio.build import Result, Workshop, build_site
from cityfolio.files import MemoryTree
from cityfolio.load.catalog import load
from cityfolio.publish.sinks import MemorySink

STANDARDS = ("what-works-cities", "open-data-guidelines", "key-datasets", "open-data-maturity", "fair")
CITY = a_measured_city(**{
    "site.yaml": "name: Example City\nlicense: cc0-1.0\ncontact: {name: Data team, email: data@example.gov}\n"
                 f"standards: [{', '.join(STANDARDS)}]\ntwins: all\n",
    "attestations__board.yaml": "criteria: [what-works-cities/governance-purpose]\nclaim: It is written down.\n"
                                "evidence: [/about/, https://example.gov/board]\nby: Chief data officer\non: 2026-01-01\n"
                                "expires: 2027-01-01\n",
    "assessments__then.yaml": "standard: what-works-cities\non: 2026-01-31\nanswers: {inventory-published: met}\n",
})


def build_it() -> tuple[Result, dict[str, bytes]]:
    """The city, built anew."""
    tree, sink = MemoryTree(CITY), MemorySink()
    return build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink)), dict(sink.site)


@pytest.fixture(scope="module")
def built() -> tuple[Result, dict[str, bytes]]:
    return build_it()


def answers(site: dict[str, bytes], standard: str) -> Any:
    return orjson.loads(site[f"practice/{standard}/index.json"])


def test_nothing_that_the_pages_of_practice_lead_to_is_missing(built: tuple[Result, dict[str, bytes]]) -> None:
    result, _ = built

    assert result.is_built
    assert [each for each in result.problems if each.code.startswith(("link-", "anchor-", "page-", "id-"))] == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_criterion_of_a_standard_is_on_its_page(built: tuple[Result, dict[str, bytes]], standard: str) -> None:
    _, site = built
    page = site[f"practice/{standard}/index.html"].decode()

    assert [each["id"] for each in answers(site, standard)["criteria"] if f'id="criterion-{each["id"]}"' not in page] == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_page_and_answers_count_alike(built: tuple[Result, dict[str, bytes]], standard: str) -> None:
    _, site = built
    said = answers(site, standard)

    assert f"{said['met']} of {said['of']} criteria are met." in site[f"practice/{standard}/index.html"].decode()
    assert sum(each["met"] for each in said["areas"]) == said["met"]


def test_what_the_city_says_is_met_by_its_word(built: tuple[Result, dict[str, bytes]]) -> None:
    _, site = built
    purpose = next(each for each in answers(site, "what-works-cities")["criteria"] if each["id"] == "governance-purpose")

    assert purpose["evidence"][-1]["attestation"]["claim"] == "It is written down."
    assert b"Said by Chief data officer" in site["practice/what-works-cities/index.html"]


def test_what_changed_since_the_last_assessment_is_told(built: tuple[Result, dict[str, bytes]]) -> None:
    _, site = built

    assert "What changed since 31 January 2026" in site["practice/what-works-cities/index.html"].decode()


def test_two_builds_make_the_same_evidence_to_the_byte(built: tuple[Result, dict[str, bytes]]) -> None:
    _, site = built
    _, again = build_it()
    packs = [f"practice/{each}/evidence.zip" for each in STANDARDS]

    assert [again[each] for each in packs] == [site[each] for each in packs]


def test_what_shows_itself_only_while_pages_are_drawn_is_among_the_open_problems() -> None:
    guide = "---\ntitle: Count goals\n---\nThere are {{ count goals }}.\n"
    tree, sink = MemoryTree({**a_city(), "guides/count.md": guide}), MemorySink()

    result = build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))

    assert [each.code for each in result.problems].count("figure-empty") == 1
    assert b"figure-empty" in dict(sink.site)["health/problems/index.html"]


def test_a_city_whose_own_template_fails_while_it_is_drawn_keeps_the_site_it_had() -> None:
    tree, sink = MemoryTree({**a_city(), "theme/templates/dataset.html": "{{ nothing }}"}), MemorySink()

    result = build_site(load(tree), a_build(), Workshop(tree=tree, sink=sink))

    assert [each.code for each in result.problems if each.severity == "error"] == ["theme-template"]
    assert not result.is_built
    assert dict(sink.site) == {}
