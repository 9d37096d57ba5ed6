"""Which changes are refused, and which notes explain them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cities import CSV, NOW, REPAIRS, SITE, TREES, a_city, a_measured_city, problems
from cityfolio.model.change_kinds import CHANGE_KINDS
from cityfolio.review.as_text import as_text
from cityfolio.review.diff_json import as_annotations
from cityfolio.review.policy import REASON, TITLE, notes_for
from review.diff.comparing import compared

RENAMED = {"datasets__trees__dataset.yaml": TREES.replace("height:", "tallness:"),
           "datasets__trees__trees.csv": CSV.replace("height", "tallness")}
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "diff.md"
NOTE = "---\ntitle: It is called otherwise\nkind: structure\ndatasets: [trees]\n{}---\nRead tallness.\n"
OLD = {"publishers__old.yaml": "title: Old\n"}
GONE = {"datasets__trees__dataset.yaml": None, "datasets__trees__trees.csv": None}
PATH = "changes__2026-06-30-renamed.md"


def refused(before, after):
    return [each.kind for each in compared(before, after).refused]


def filled_in(note):
    return note.replace(TITLE, "They are kept elsewhere").replace(REASON, "The county has them.")


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

    assert refused(a_city(), after) == ["column-renamed", "policy-changed"]


@pytest.mark.parametrize(("before", "after", "weight"), [
    ("{}", "{note_for: []}", "breaking"), ("{note_for: [breaking, minor]}", "{}", "breaking"),
    ("{}", "{weights: {column-renamed: minor}}", "breaking"), ("{weights: {column-added: breaking}}", "{}", "breaking"),
    ("{}", "{note_for: [breaking, notable]}", "notable"), ("{}", "{weights: {column-added: breaking}}", "notable"),
    ("{}", "{weights: {no-such: minor}}", "notable"),
], ids=["no note", "fewer notes", "lighter", "lighter again", "more notes", "heavier", "of no kind"])
def test_a_policy_that_asks_for_less_breaks_what_was_promised(before, after, weight):
    diff = compared(*(a_city(**{"site.yaml": f"{SITE}review: {policy}\n"}) for policy in (before, after)))

    assert [each.weight for each in diff.changes if each.kind == "policy-changed"] == [weight]


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
    a_city(**OLD, **GONE),
], ids=["a column", "an identifier", "a page", "a dataset"])
def test_the_note_that_is_proposed_explains_the_change_and_has_no_fault(after):
    before = a_city(**OLD)
    notes = dict(notes_for(compared(before, after).refused, NOW.date()))

    explained = {**after, **{path: filled_in(text) for path, text in notes.items()}}

    assert notes
    assert (refused(before, explained), _faults(explained, notes)) == ([], [])


def _faults(files, notes):
    """What is wrong with some notes, in a repository that may have known what they are about."""
    return [each.code for each in problems(files, revision="0" * 40) if each.where.path in notes]


@pytest.mark.parametrize("change", [(TITLE, "It is called otherwise"), (REASON, "It is so.")], ids=["a reason", "a title"])
def test_a_note_that_still_has_a_word_that_was_proposed_explains_nothing(change):
    ((path, text),) = notes_for(compared(a_city(), a_city(**RENAMED)).refused, NOW.date())
    diff = compared(a_city(), a_city(**RENAMED, **{path: text.replace(*change)}))

    assert [each.kind for each in diff.refused] == ["column-renamed"]
    assert "still has the title or the reason that was proposed" in as_text(diff, "", NOW.date())
    assert "still has the title or the reason that was proposed" in as_annotations(diff, "", NOW.date(), ())


@pytest.mark.parametrize("after", [a_city(**GONE), a_city(**{"datasets__trees__dataset.yaml": TREES.replace(
    "path: trees.csv", "missing: It was lost.")})], ids=["a dataset", "a file"])
def test_the_note_that_is_proposed_withdraws_nothing(after):
    notes = notes_for(compared(a_city(), after).refused, NOW.date())

    assert [text for _, text in notes if "kind: withdrawal" in text] == []


@pytest.mark.parametrize(("keys", "left"), [
    ("kind: structure", ["dataset-removed"]), ("kind: withdrawal", []), ("accepts: [dataset-removed]", []),
    ("kind: withdrawal\naccepts: [column-removed]", ["dataset-removed"]),
], ids=["any note", "a withdrawal", "its kind", "a withdrawal of something else"])
def test_that_an_address_goes_is_explained_by_a_note_that_says_so(keys, left):
    note = f"---\ntitle: The county has them\n{keys}\ndatasets: [trees]\n---\n"

    assert refused(a_city(), a_city(**GONE, **{PATH: note})) == left


@pytest.mark.parametrize(("named", "left"), [("trees", ["dataset-removed"]), ("trees, old-trees", [])])
def test_a_note_names_each_address_that_goes(named, left):
    before = a_city(**{"datasets__trees__dataset.yaml": f"{TREES}formerly: [old-trees]\n"})
    note = f"---\ntitle: The county has them\naccepts: [dataset-removed]\ndatasets: [{named}]\n---\n"

    assert refused(before, a_city(**GONE, **{PATH: note})) == left


def test_what_is_lost_is_told_with_former_addresses_and_measures():
    before = a_measured_city(**{"datasets__repairs__dataset.yaml": f"{REPAIRS}formerly: [holes, /old/holes]\n"})
    after = a_measured_city(**{"datasets__repairs__dataset.yaml": None, "datasets__repairs__repairs.csv": None,
                               "measures__on-time__measure.yaml": None})

    (change,) = (each for each in compared(before, after).changes if each.kind == "dataset-removed")
    assert {"/data/repairs/", "/data/holes/", "/old/holes/", "/measures/on-time/"} <= {*change.breaks}


def test_a_former_address_that_another_record_has_taken_over_is_not_lost():
    before = a_city(**{"datasets__trees__dataset.yaml": f"{TREES}formerly: [old-trees]\n"})
    after = a_city(**GONE, **{"datasets__bikes__dataset.yaml": "title: Bikes\nformerly: [old-trees]\n"})

    (change,) = (each for each in compared(before, after).changes if each.kind == "dataset-removed")
    assert "/data/old-trees/" not in change.breaks


def test_the_first_address_of_a_site_breaks_nothing():
    diff = compared(a_city(), a_city(**{"site.yaml": f"{SITE}base_url: https://data.example.gov\n"}))

    assert [(each.kind, each.weight) for each in diff.changes if each.part == "base_url"] == [("key-added", "minor")]


def test_the_documents_list_every_kind_of_change_as_it_is_declared():
    listed = re.findall(r"^\| `([a-z-]+)` \| (breaking|notable|minor) \| (.+) \|$", REFERENCE.read_text("utf-8"), re.MULTILINE)

    assert listed == [(kind, each.weight, each.means) for kind, each in CHANGE_KINDS.items()]
