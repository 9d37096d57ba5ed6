"""Some criteria of the shipped standards in whole cities: under the line with one file, over it with another."""

from __future__ import annotations

import pytest

from cities import MEASURED, SITE, TREES, with_files
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
