"""Single records compared: which entries of lists are one, how values are written, and files that go by another name."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, strategies as st

from cities import CSV, NOW, ON_TIME, TREES, a_city, a_measured_city, loaded
from cityfolio.review.as_text import as_text
from cityfolio.review.compare_records import compared as compared_records
from review.diff.comparing import compared, told
from review.diff.edits import DATASET_KEYS

GOAL = "title: Streets are repaired in time\npriority: well-run\nowner: parks\n"
ACTIONS = "actions:\n  - {title: Pave, due: 2026-09-30}\n  - {title: Patch, due: 2026-10-31}\n"
A_RECORD = st.fixed_dictionaries({}, optional={
    key: st.sampled_from(values) for key, (_, *values) in DATASET_KEYS.items() if key not in ("publisher", "topics",
                                                                                              "related")})


def goal(before, after):
    return told(compared(a_measured_city(**{"goals__smooth-streets.yaml": GOAL + before}),
                         a_measured_city(**{"goals__smooth-streets.yaml": GOAL + after})).changes)


def measure(before, after):
    diff = compared(a_measured_city(**{"measures__on-time__measure.yaml": before}),
                    a_measured_city(**{"measures__on-time__measure.yaml": after}))
    return [each for each in told(diff.changes) if not each[0].startswith("measure-")]


def dataset(before, after, **files):
    trees = {"datasets__trees__dataset.yaml": before}
    return told(compared(a_city(**trees), a_city(**{"datasets__trees__dataset.yaml": after}, **files)).changes)


def record(values):
    files = {"site.yaml": "name: Example\n", "datasets/one/dataset.yaml": yaml.safe_dump(values)}
    return loaded(files).datasets["one"].record


@given(A_RECORD, A_RECORD)
def test_two_records_differ_where_something_is_told_of_them(one, two):
    before, after = record(one), record(two)

    keys = {each.key for each in compared_records(before, after)}

    assert keys == {name for name in {*one, *two} if getattr(before, name) != getattr(after, name)}


@pytest.mark.parametrize(("after", "due"), [
    (ACTIONS.replace("Patch", "Patch at night"), [("title-changed", "goals/smooth-streets", "actions/Patch at night/title")]),
    (ACTIONS.replace("2026-10-31", "2026-11-30"), [("key-changed", "goals/smooth-streets", "actions/Patch/due")]),
    (ACTIONS.replace("  - {title: Pave, due: 2026-09-30}\n", ""), [("key-removed", "goals/smooth-streets", "actions/Pave")]),
    ("actions:\n  - {title: Patch, due: 2026-10-31}\n  - {title: Pave, due: 2026-09-30}\n", []),
    ("", [("key-removed", "goals/smooth-streets", "actions/Patch"), ("key-removed", "goals/smooth-streets", "actions/Pave")]),
], ids=["another title", "another day", "one less", "another order", "none"])
def test_entries_of_a_list_are_told_one_by_one(after, due):
    assert goal(ACTIONS, after) == due


def test_a_length_of_time_is_shown_as_it_is_written():
    diff = compared(a_measured_city(**{"measures__on-time__measure.yaml": f"{ON_TIME}fresh_within: 45 days\n"}),
                    a_measured_city(**{"measures__on-time__measure.yaml": f"{ON_TIME}fresh_within: 1 month\n"}))

    (change,) = (each for each in diff.changes if each.kind == "target-changed")
    assert (change.before, change.after) == ("45 days", "1 month")


def test_a_measure_that_is_computed_otherwise_is_told():
    assert measure(ON_TIME, ON_TIME.replace("days <= 3", "days <= 4")) == [
        ("definition-changed", "measures/on-time", "compute/ratio/good")]


def test_a_measure_that_is_entered_by_hand_now_is_told():
    reading = "{period: 2026-05, value: 71, entered_by: A, entered_on: 2026-06-01}"
    by_hand = f"{ON_TIME[:ON_TIME.index('compute:')]}readings: [{reading}]\n"

    assert {("definition-changed", "measures/on-time", "compute"),
            ("definition-changed", "measures/on-time", "readings/2026-05")} <= set(measure(ON_TIME, by_hand))


@pytest.mark.parametrize(("before", "after", "due"), [
    ("questions: [{question: How tall?, measure: mean, of: height}, {question: How many?, measure: count}]\n",
     "questions: [{question: How many?, measure: count}, {question: How tall?, measure: mean, of: height}]\n",
     [("order-changed", "datasets/trees", "questions")]),
    ("questions: [{question: How tall?, measure: mean, of: height, where: {species: oak}}]\n",
     "questions: [{question: How tall?, measure: mean, of: height, where: {species: elm}}]\n",
     [("key-changed", "datasets/trees", "questions/How tall?/where")]),
], ids=["in another order", "of other rows"])
def test_questions_are_told(before, after, due):
    assert dataset(TREES + before, TREES + after) == due


def test_a_file_with_another_name_is_known_by_what_is_in_it():
    assert dataset(TREES, TREES.replace("path: trees.csv", "path: oaks.csv"),
                   **{"datasets__trees__trees.csv": None, "datasets__trees__oaks.csv": CSV}) == [
        ("address-broken", "datasets/trees", "files/oaks.csv")]


def test_a_file_in_another_format_is_known_by_the_rest_of_its_name():
    rows = '[{"species": "oak", "height": 12.5}]'

    due = dataset(TREES, TREES.replace("path: trees.csv", "path: trees.json"),
                  **{"datasets__trees__trees.csv": None, "datasets__trees__trees.json": rows})

    assert ("format-changed", "datasets/trees", "files/trees.json") in due


def test_a_reason_why_a_file_cannot_be_had_is_a_text():
    lost, deleted = (TREES.replace("path: trees.csv", f"missing: {why}") for why in ("It was lost.", "It was deleted."))

    assert dataset(lost, deleted) == [
        ("key-changed", "datasets/trees", "files/It was deleted./missing")]


@pytest.mark.parametrize(("before", "after", "kind"), [
    ("", "    sample: trees.csv\n", "key-added"), ("    sample: trees.csv\n", "", "address-broken"),
], ids=["shown", "shown no more"])
def test_a_sample_is_told(before, after, kind):
    one, two = (TREES.replace("  - path: trees.csv\n", f"  - url: https://example.gov/trees.csv\n{sample}")
                for sample in (before, after))

    assert kind in [each[0] for each in dataset(one, two)]


def test_a_dictionary_of_a_file_of_its_own_is_compared():
    one, two = (TREES.replace("path: trees.csv", f"path: trees.csv\n    columns: {{species: {{title: {title}}}, height: {{}}}}")
                for title in ("Kind", "What kind"))

    assert dataset(one, two) == [
        ("meaning-changed", "datasets/trees", "files/trees.csv/columns/species/title")]


def test_rows_are_told_to_a_person_with_some_of_their_cells():
    keyed = TREES.replace("path: trees.csv", "path: trees.csv\n    primary_key: [species]")
    diff = compared(a_city(**{"datasets__trees__dataset.yaml": keyed}), a_city(**{
        "datasets__trees__dataset.yaml": keyed, "datasets__trees__trees.csv": "species,height\noak,13\nmaple,\nash,3\n"}))

    text = as_text(diff, "", NOW.date())

    assert all(line in text for line in (
        "changed: height in 1", "changed: line 2 oak: height 12.5 -> 13", "added: line 4 ash: species ash, height 3",
        "removed: line 4 elm: species elm, height 8"))


def test_a_long_text_is_told_from_where_it_differs():
    text = "It is long and says much of what nobody asked. " * 4
    diff = compared(a_city(**{"datasets__trees__dataset.yaml": f"{TREES}description: {text}Oaks.\n"}),
                    a_city(**{"datasets__trees__dataset.yaml": f"{TREES}description: {text}Elms.\n"}))

    assert diff.changes[0].says == '"description" was … of what nobody asked. Oaks. and is … of what nobody asked. Elms.'


def test_a_file_with_words_for_search_may_come():
    diff = compared(a_city(), a_city(**{"synonyms.yaml": "same: [[trash, garbage]]\n"}))

    assert told(diff.changes) == [("record-added", "synonyms", "")]
