"""Columns that were sensitive and are published now, however that came about."""

from __future__ import annotations

import pytest

from cities import CSV, TREES, a_city
from review.diff.comparing import compared

PHONES = "species,height,keeper\noak,12.5,a\nmaple,,b\nelm,8,c\n"
SHIELDED = TREES + "  keeper: {title: Who looks after it, sensitive: true}\n"
SHARED = {"columns__keeper.yaml": "title: Who looks after it\nsensitive: true\n"}
BY_STANDARD = TREES + "  keeper: {standard: keeper}\n"


def city(dataset, rows=PHONES, **more):
    return a_city(**{"datasets__trees__dataset.yaml": dataset, "datasets__trees__trees.csv": rows, **more})


def shown(before, after):
    return [(each.weight, each.before, each in diff.refused) for diff in [compared(before, after)] for each in diff.changes
            if each.kind == "column-shown"]


@pytest.mark.parametrize("after", [
    city(TREES), city(SHIELDED.replace(", sensitive: true", "")),
    city(SHIELDED.replace("keeper:", "warden:").replace(", sensitive: true", ""), PHONES.replace("keeper", "warden")),
    city(TREES + "  Keeper: {title: Who looks after it}\n"),
    city(TREES.replace("path: trees.csv", "path: oaks.csv\n    formerly: [trees.csv]"),
         **{"datasets__trees__oaks.csv": PHONES.replace("oak", "yew"), "datasets__trees__trees.csv": None}),
], ids=["its entry is gone", "its key is gone", "it has another name", "its entry has another name", "in another file"])
def test_a_sensitive_column_that_is_published_is_told_and_needs_a_note(after):
    ((weight, _, is_refused),) = shown(city(SHIELDED), after)

    assert (weight, is_refused) == ("breaking", True)


def test_a_column_that_a_shared_one_shielded_is_told():
    assert [each[0] for each in shown(city(BY_STANDARD, **SHARED), city(TREES, **SHARED))] == ["breaking"]


@pytest.mark.parametrize(("before", "after"), [
    (city(SHIELDED), city(TREES, CSV)), (city(SHIELDED), city(SHIELDED, PHONES + "ash,3,d\n")),
    (city(SHIELDED), city(f"{TREES}status: draft\n")), (city(f"{SHIELDED}status: draft\n"), city(f"{TREES}status: draft\n")),
    (city(TREES), city(TREES, PHONES + "ash,3,d\n")),
], ids=["it is gone", "as before", "a draft now", "a draft", "shown before"])
def test_what_is_not_published_for_the_first_time_is_not_told(before, after):
    assert shown(before, after) == []


def test_a_dataset_that_is_published_with_what_was_sensitive_needs_a_note_too():
    restricted = f"{SHIELDED}status: restricted\nreason: The law.\n"

    assert shown(city(restricted), city(TREES)) == [("breaking", "keeper", True)]


def test_the_note_that_is_proposed_names_the_column():
    ((weight, name, _),) = shown(city(SHIELDED), city(TREES))
    note = "---\ntitle: The keepers agreed\nreason: In writing.\ndatasets: [trees]\ncolumns: [keeper]\n---\n"

    assert [each[2] for each in shown(city(SHIELDED), city(TREES, **{"changes__2026-06-30-keepers.md": note}))] == [False]
    assert (weight, name) == ("breaking", "keeper")
