"""Some criteria of the shipped standards in whole cities: under the line with one file, over it with another."""

from __future__ import annotations

import pytest

from cities import CSV, MEASURED, SITE, TREES, with_files
from practice.practised_cities import a_city_with, assessed_city, practised_city

WWC = "what-works-cities"
OTHERS = {f"publishers/other-{number}.yaml": f"title: Other {number}\n" for number in range(4)}
PLANNED = "title: Held\nstatus: planned\nreason: Soon.\npublisher: other-{number}\n"
HELD = {f"datasets/held-{number}/dataset.yaml": PLANNED.format(number=number) for number in range(4)}
POLICY = "---\ntitle: Policy\nkind: policy\n{code}---\nText.\n"
BUDGET = {"datasets/budget/dataset.yaml": TREES.replace("Street trees", "Adopted budget").replace("trees.csv", "budget.csv"),
          "datasets/budget/budget.csv": "species,height\noak,1\n"}


def answer(files: dict[str, str], standard: str, criterion: str) -> str:
    """How a city answers one criterion."""
    return assessed_city(a_city_with(files), standard).answers[criterion].answer


@pytest.mark.parametrize(("held", "expected"), [(3, "not-met"), (4, "met")], ids=["four of five", "all five"])
def test_over_eighty_percent_of_departments_must_be_in_the_inventory(held: int, expected: str) -> None:
    files = {**OTHERS, **dict(list(HELD.items())[:held])}

    assert answer(files, WWC, "inventory-departments") == expected


@pytest.mark.parametrize(("code", "expected"), [("", "not-met"), ("code: City Code 2-341\n", "met")], ids=["without", "with"])
def test_a_policy_must_stand_in_the_citys_code(code: str, expected: str) -> None:
    assert answer({"policy/policy.md": POLICY.format(code=code)}, WWC, "open-policy") == expected


PROMISE = """\
title: Publish {number}
owner: parks
promised: 2026-01-01
due: 2026-06-01
state: {state}
settled: 2026-05-01
reason: So.
evidence: /about/
"""
SAID = "criteria: [{of}]\nclaim: It is so.\nevidence: [/about/]\nby: Data office\non: 2026-01-01\nexpires: 2026-12-31\n"
WITHOUT_ROWS = ("fair/a12", "fair/a2", "fair/i3", "fair/r13", "key-datasets/deeds", "open-data-guidelines/guideline-23",
                "open-data-guidelines/guideline-26", "open-data-maturity/coordination", "open-data-maturity/usage",
                f"{WWC}/inventory-method", f"{WWC}/disaggregated-groups")


@pytest.mark.parametrize(("state", "expected"), [("kept", "met"), ("broken", "not-met")])
def test_a_promise_that_was_broken_is_not_kept(state: str, expected: str) -> None:
    files = {f"commitments/c{number}.yaml": PROMISE.format(number=number, state=state) for number in range(3)}

    assert answer(files, "open-data-guidelines", "guideline-27") == expected


def test_a_policy_without_a_day_of_its_next_review_is_not_looked_at_on_time() -> None:
    policy = {"policy/policy.md": POLICY.format(code="adopted: 2026-01-01\n")}
    dated = {"policy/policy.md": POLICY.format(code="adopted: 2026-01-01\nreview_by: 2027-01-01\n")}

    assert answer(policy, "open-data-maturity", "policy-current") == "not-met"
    assert answer(dated, "open-data-maturity", "policy-current") == "met"


def test_a_code_without_the_text_of_the_policy_is_not_enough() -> None:
    policy = POLICY.format(code="code: 2-341\n").replace("Text.\n", "")

    assert answer({"policy/policy.md": policy}, WWC, "open-policy") == "not-met"


@pytest.mark.parametrize("of", WITHOUT_ROWS)
def test_a_city_that_does_it_another_way_can_say_so(of: str) -> None:
    standard, _, criterion = of.partition("/")

    assert answer({"attestations/word.yaml": SAID.format(of=of)}, standard, criterion) == "attested"


def test_a_reason_for_one_withheld_dataset_is_none_for_the_other() -> None:
    held = "title: Held\nstatus: restricted\npublisher: parks\n"
    files = {"datasets/one/dataset.yaml": f"{held}reason: Law.\n", "datasets/two/dataset.yaml": held}

    assert answer({"datasets/one/dataset.yaml": files["datasets/one/dataset.yaml"]}, WWC, "privacy-reasons") == "met"
    assert answer(files, WWC, "privacy-reasons") == "not-met"


def test_permits_to_park_are_no_construction_permits() -> None:
    parking = {"datasets/p/dataset.yaml": TREES.replace("Street trees", "Parking permits"), "datasets/p/trees.csv": CSV}
    building = {**parking, "datasets/p/dataset.yaml": TREES.replace("Street trees", "Building permits")}

    assert answer(parking, "key-datasets", "permits") == "not-met"
    assert answer(building, "key-datasets", "permits") == "met"


@pytest.mark.parametrize(("files", "expected"), [({}, "not-met"), (BUDGET, "met")], ids=["without", "with"])
def test_a_key_dataset_is_found_by_the_words_of_its_title(files: dict[str, str], expected: str) -> None:
    assert answer(files, "key-datasets", "budget") == expected


def test_only_the_standards_that_site_yaml_names_are_answered_in_a_build_by_their_titles() -> None:
    files = with_files(a_city_with({**MEASURED, "site.yaml": f"{SITE}standards: [{WWC}, fair]\n"}), {})

    found = practised_city(files).practice.assessments

    assert [each.id for each in found] == ["fair", WWC]
    assert [each.source_path for each in found] == ["", ""]


def test_a_city_that_names_no_standard_has_no_assessment() -> None:
    assert practised_city(a_city_with({})).practice.assessments == ()
