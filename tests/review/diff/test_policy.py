"""Which changes are refused, and which notes explain them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cities import CSV, NOW, SITE, TREES, a_city, problems
from cityfolio.model.change_kinds import CHANGE_KINDS
from cityfolio.review.policy import notes_for
from review.diff.comparing import compared

RENAMED = {"datasets__trees__dataset.yaml": TREES.replace("height:", "tallness:"),
           "datasets__trees__trees.csv": CSV.replace("height", "tallness")}
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "diff.md"
NOTE = "---\ntitle: It is called otherwise\nkind: structure\ndatasets: [trees]\n{}---\nRead tallness.\n"
OLD = {"publishers__old.yaml": "title: Old\n"}
PATH = "changes__2026-06-30-renamed.md"


def refused(before, after):
    return [each.kind for each in compared(before, after).refused]


def test_a_breaking_change_without_a_note_is_refused():
    assert refused(a_city(), a_city(**RENAMED)) == ["column-renamed"]


def test_a_note_that_is_new_explains_what_it_names():
    diff = compared(a_city(), a_city(**RENAMED, **{PATH: NOTE.format("")}))

    assert (diff.refused, {each.note for each in diff.changes if each.weight == "breaking"}) == ((), {"2026-06-30-renamed"})


@pytest.mark.parametrize("keys", [
    "accepts: [column-renamed]\n", "accepts: [column-removed, column-renamed]\n", "columns: [height]\n",
    "columns: [tallness]\n",
], ids=["the kind", "the kind among others", "the column as it was called", "the column as it is called"])
def test_a_note_may_say_what_it_is_about(keys):
    assert refused(a_city(), a_city(**RENAMED, **{PATH: NOTE.format(keys)})) == []


@pytest.mark.parametrize("note", [
    NOTE.format("accepts: [column-removed]\n"), NOTE.format("columns: [species]\n"),
    NOTE.format("").replace("[trees]", "[bikes]"),
], ids=["another kind", "another column", "another dataset"])
def test_a_note_about_something_else_explains_nothing(note):
    assert refused(a_city(), a_city(**RENAMED, **{PATH: note})) == ["column-renamed"]


def test_a_note_that_was_there_before_explains_nothing_by_the_dataset_alone():
    note = {PATH: NOTE.format("")}

    assert refused(a_city(**note), a_city(**RENAMED, **note)) == ["column-renamed"]


def test_a_note_that_was_there_before_explains_what_it_names_outright():
    note = {PATH: NOTE.format("columns: [height]\naccepts: [column-renamed]\n")}

    assert refused(a_city(**note), a_city(**RENAMED, **note)) == []


def test_a_city_may_ask_for_no_note():
    site = {"site.yaml": f"{SITE}review: {{note_for: []}}\n"}

    assert refused(a_city(**site), a_city(**RENAMED, **site)) == []


def test_a_change_cannot_excuse_itself():
    after = a_city(**RENAMED, **{"site.yaml": f"{SITE}review: {{note_for: []}}\n"})

    assert refused(a_city(), after) == ["column-renamed"]


def test_a_change_of_the_policy_is_told():
    diff = compared(a_city(), a_city(**{"site.yaml": f"{SITE}review: {{note_for: []}}\n"}))

    assert [(each.kind, each.part) for each in diff.changes] == [("policy-changed", "review/note_for")]


def test_a_city_may_ask_for_a_note_of_lighter_changes():
    site = {"site.yaml": f"{SITE}review: {{note_for: [minor]}}\n"}

    assert refused(a_city(**site), a_city(**site, **{"datasets__trees__trees.csv": CSV + "ash,3\n"})) == ["rows-added"]


def test_a_city_may_weigh_a_kind_of_change_otherwise():
    site = {"site.yaml": f"{SITE}review: {{weights: {{column-renamed: minor}}}}\n"}

    assert refused(a_city(**site), a_city(**RENAMED, **site)) == []


@pytest.mark.parametrize(("status", "weight"), [("draft", "minor"), ("planned", "notable"), ("published", "breaking")])
def test_what_could_not_be_had_breaks_for_nobody(status, weight):
    said = f"status: {status}\nreason: Soon.\n"
    renamed = {**RENAMED, "datasets__trees__dataset.yaml": RENAMED["datasets__trees__dataset.yaml"] + said}

    diff = compared(a_city(**{"datasets__trees__dataset.yaml": TREES + said}), a_city(**renamed))

    assert [each.weight for each in diff.changes if each.kind == "column-renamed"] == [weight]


def test_a_column_that_was_never_published_may_go():
    hidden = f"{TREES}  contact_phone: {{title: Whom to call, sensitive: true}}\n"
    before = {"datasets__trees__dataset.yaml": hidden,
              "datasets__trees__trees.csv": "species,height,contact_phone\noak,12.5,1\nmaple,,2\nelm,8,3\n"}

    assert refused(a_city(**before), a_city()) == []


def test_a_draft_may_go():
    draft = {"datasets__bikes__dataset.yaml": "title: Bikes\nstatus: draft\n"}

    assert refused(a_city(**draft), a_city()) == []


@pytest.mark.parametrize("key", ["license: cc0-1.0", "identifier: https://data.example.gov/data/trees/"])
def test_to_write_down_what_held_anyway_breaks_nothing(key):
    assert refused(a_city(), a_city(**{"datasets__trees__dataset.yaml": f"{TREES}{key}\n"})) == []


def test_a_dataset_with_another_id_that_keeps_its_old_identifier_breaks_nothing():
    new = {"datasets__trees__dataset.yaml": None, "datasets__trees__trees.csv": None, "datasets__oaks__trees.csv": CSV,
           "datasets__oaks__dataset.yaml": f"{TREES}formerly: [trees]\nidentifier: https://data.example.gov/data/trees/\n"}

    assert refused(a_city(), a_city(**new)) == []


def test_a_page_that_goes_is_explained_by_a_note_that_accepts_its_kind():
    note = {PATH: "---\ntitle: The office is closed\naccepts: [page-removed]\n---\n"}

    assert (refused(a_city(**OLD), a_city()), refused(a_city(**OLD), a_city(**note))) == (["page-removed"], [])


@pytest.mark.parametrize("after", [
    a_city(**RENAMED, **OLD),
    a_city(**{"datasets__trees__dataset.yaml": f"{TREES}identifier: https://example.gov/1\n", **OLD}),
    a_city(),
], ids=["a column", "an identifier", "a page"])
def test_the_note_that_is_proposed_explains_the_change_and_has_no_fault(after):
    before = a_city(**OLD)
    notes = dict(notes_for(compared(before, after).refused, NOW.date()))

    explained = {**after, **notes}

    assert (refused(before, explained), [each.code for each in problems(explained) if each.where.path in notes]) == ([], [])


def test_the_documents_list_every_kind_of_change_as_it_is_declared():
    listed = re.findall(r"^\| `([a-z-]+)` \| (breaking|notable|minor) \| (.+) \|$", REFERENCE.read_text("utf-8"), re.MULTILINE)

    assert listed == [(kind, each.weight, each.means) for kind, each in CHANGE_KINDS.items()]
