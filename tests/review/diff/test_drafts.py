"""Drafts in a comparison: nothing is told that nobody did, and what residents lose or gain is."""

from __future__ import annotations

import pytest

from cities import CSV, ON_TIME, REPAIRS, TREES, a_city, a_measured_city
from review.diff.comparing import compared, told

BUSHES = {"datasets__bushes__trees.csv": CSV}
DRAFT = {**BUSHES, "datasets__bushes__dataset.yaml": TREES.replace("Street trees", "Bushes") + "status: draft\n"}
PUBLISHED = {**BUSHES, "datasets__bushes__dataset.yaml": TREES.replace("Street trees", "Bushes")}
RELATED = {"datasets__trees__dataset.yaml": f"{TREES}related: [bushes]\n"}


def city(**files):
    return a_city(**RELATED, **files)


def test_what_becomes_a_draft_is_gone_for_residents():
    (change,) = (each for each in compared(city(**PUBLISHED), city(**DRAFT)).changes if each.about == "datasets/bushes")

    assert (change.kind, change.weight, "is a draft now" in change.says) == ("dataset-removed", "breaking", True)
    assert "/data/bushes/" in change.breaks


def test_what_is_no_draft_any_more_is_new_to_residents():
    assert told(compared(city(**DRAFT), city(**PUBLISHED)).changes) == [("dataset-added", "datasets/bushes", "")]


@pytest.mark.parametrize(("before", "after"), [(PUBLISHED, DRAFT), (DRAFT, PUBLISHED)], ids=["to a draft", "from a draft"])
def test_files_that_nobody_touched_do_not_change_with_a_draft(before, after):
    changes = compared(city(**before), city(**after)).changes

    assert [each for each in told(changes) if each[1] == "datasets/trees"] == []


def test_a_draft_that_is_new_is_told_with_its_problems():
    rows = CSV.replace("height", "height,ssn").replace("12.5", "12.5,219-09-9999").replace("maple,", "maple,,219-09-9998")
    diff = compared(city(**PUBLISHED), city(**PUBLISHED, **{
        "datasets__herbs__dataset.yaml": TREES.replace("Street trees", "Herbs") + "  ssn: {title: Whose}\nstatus: draft\n",
        "datasets__herbs__trees.csv": rows.replace("elm,8", "elm,8,219-09-9997")}))

    assert {("record-added", "datasets/herbs", ""), ("error-added", "datasets/herbs", "personal-data")} <= {
        *told(diff.changes, problems=True)}


def test_a_measure_is_gone_with_the_draft_that_it_is_computed_from():
    diff = compared(a_measured_city(), a_measured_city(**{"datasets__repairs__dataset.yaml": f"{REPAIRS}status: draft\n"}))

    assert [(each.kind, each.about) for each in diff.refused] == [
        ("dataset-removed", "datasets/repairs"), ("measure-removed", "measures/on-time")]


def test_a_measure_of_a_draft_is_minor():
    draft = {"datasets__repairs__dataset.yaml": f"{REPAIRS}status: draft\n"}
    diff = compared(a_measured_city(**draft), a_measured_city(**draft, **{
        "measures__on-time__measure.yaml": ON_TIME.replace("days <= 3", "days <= 4")}))

    assert {(each.kind, each.weight) for each in diff.changes} == {("definition-changed", "minor")}
