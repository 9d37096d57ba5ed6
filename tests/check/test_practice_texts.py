"""Rules about rules, meetings and guides: a sound city with one fault has just that problem, at that place."""

from __future__ import annotations

import pytest

from cities import a_city, a_measured_city, codes, places, problems
from pages.practice_texts import QUESTIONS, REPAIRS

RULE = "---\ntitle: Open data policy\n{keys}---\n{text}\n"
MEETING = "---\ntitle: Data board\nkind: meeting\n{keys}---\n{text}\n"
TEXT = "Everything is published."
OF_RULES = {
    "past its review": (RULE, "review_by: 2026-06-29\n", TEXT, [("rule-review", 3, 12)]),
    "due on this very day": (RULE, "review_by: 2026-06-30\n", TEXT, []),
    "without a text": (RULE, "kind: policy\n", "", [("text-empty", 2, 8)]),
    "with its text elsewhere": (RULE, "link: https://example.gov/code\n", "", []),
    "reviewed before it was adopted": (RULE, "adopted: 2025-01-02\nreviewed: 2025-01-01\n", TEXT, [("date-order", 4, 11)]),
    "due before it was reviewed": (RULE, "reviewed: 2027-01-02\nreview_by: 2027-01-01\n", TEXT, [
        ("date-future", 3, 11), ("date-order", 4, 12)]),
    "a meeting without a day": (MEETING, "", TEXT, [("meeting-day", 3, 7)]),
    "a meeting whose day is no day": (MEETING, "held: May\n", TEXT, [("date-invalid", 4, 7)]),
    "31 days without minutes": (MEETING, "held: 2026-05-30\n", "", [("minutes-missing", 4, 7)]),
    "30 days without minutes": (MEETING, "held: 2026-05-31\n", "", []),
    "with minutes": (MEETING, "held: 2026-05-01\n", TEXT, []),
    "with minutes elsewhere": (MEETING, "held: 2026-05-01\nlink: https://example.gov/minutes\n", "", []),
    "a meeting to come": (MEETING, "held: 2026-12-01\n", "", []),
    "a link to a path beside it": (RULE, "", "See [the other](roles).", [("link-unusable", 4, 17)]),
    "a link to a page of the site": (RULE, "", "See [trees](/data/trees/) and [more](https://example.gov).", []),
    "a link to a dataset that is not there": (RULE, "", "See [trees](/data/tree/#columns).", [("link-broken", 4, 13)]),
    "a link to a view of the data": (RULE, "", "See [those](/data/topic/nature/) and [all](/data/?q=x).", []),
    "a link to a page that moved": (RULE, "formerly: rules\n", "See [these](/policy/rules/).", []),
    "a link in code": (RULE, "", "Write `[trees](tree)` and `[trees](/data/tree/)`.", []),
    "a link to another host without a scheme": (RULE, "", "See [x](//example.org/).", [("link-unusable", 4, 9)]),
    "a former id in use": (RULE, "formerly: open-data\n", TEXT, [("address-taken", 3, 11)]),
}
UNKNOWN = {
    "kind": ("{{ row repairs }}", '"row" is no figure', 'Did you mean "rows"?'),
    "nothing": ("{{ }}", '"" is no figure', "Known: answer, count, measure, rows, status, updated."),
    "dataset": ("{{ rows repair }}", '"repair" is not in datasets/', 'Did you mean "repairs"?'),
    "dataset of an answer": ("{{ answer repair 1 }}", '"repair" is not in datasets/', 'Did you mean "repairs"?'),
    "file": ("{{ rows repairs repair.csv }}", 'the dataset "repairs" has no file "repair.csv"', 'Did you mean "repairs.csv"?'),
    "number of a question": ("{{ answer repairs 2 }}", '"2" is no number of a question: the dataset "repairs" has 1 question',
                             "Write a number from 1 to 1."),
    "no number": ("{{ answer repairs one }}", '"one" is no number of a question: the dataset "repairs" has 1 question',
                  "Write a number from 1 to 1."),
    "no question at all": ("{{ answer trees 1 }}", '"1" is no number of a question: the dataset "trees" has no question',
                           "Write one under `questions:` of datasets/trees/dataset.yaml."),
    "measure": ("{{ status on-tme }}", '"on-tme" is not in measures/', 'Did you mean "on-time"?'),
    "counted": ("{{ count dataset }}", '"dataset" is nothing that is counted', 'Did you mean "datasets"?'),
    "too many names": ("{{ updated repairs trees }}", '"updated" is followed by 2 names',
                       "Write it so: {{ updated DATASET }}."),
    "too few names": ("{{ measure }}", '"measure" is followed by nothing', "Write it so: {{ measure MEASURE }}."),
}


@pytest.mark.parametrize(("form", "keys", "text", "expected"), OF_RULES.values(), ids=OF_RULES)
def test_a_rule_has_just_the_problems_it_should(
        form: str, keys: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    found = problems(a_city(**{"policy/open-data.md": form.format(keys=keys, text=text)}))

    assert places(found) == expected


def a_guide(text: str) -> dict[str, str | bytes]:
    """A city with a guide of this text, which begins in the fourth line."""
    return a_measured_city(**{"guides/count.md": f"---\ntitle: Count\n---\n{text}\n",
                              "datasets/repairs/dataset.yaml": REPAIRS + QUESTIONS})


@pytest.mark.parametrize(("figure", "says", "fix"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_figure_that_is_not_known_is_named_at_its_place(figure: str, says: str, fix: str) -> None:
    (found,) = problems(a_guide(f"There are {figure} of them."))

    assert (found.code, found.where.line, found.where.column, found.where.width) == ("figure-unknown", 4, 11, len(figure))
    assert found.says == says
    assert fix in found.fix


@pytest.mark.parametrize("figure", [
    "{{ rows repairs }}", "{{ rows repairs repairs.csv }}", "{{ updated trees }}", "{{ answer repairs 1 }}",
    "{{ measure on-time }}", "{{ status on-time }}", "{{ count published }}", "`{{ nothing }}`", "\\{{ nothing }}"])
def test_a_figure_that_is_known_is_no_problem(figure: str) -> None:
    assert problems(a_guide(f"There are {figure} of them.")) == ()


@pytest.mark.parametrize("key", ["title", "summary"])
def test_a_figure_in_a_key_is_named_since_none_is_put_in_there(key: str) -> None:
    keys = {"title": "Count", key: "'{{ rows repairs }} of them'"}
    written = "".join(f"{name}: {value}\n" for name, value in keys.items())
    (found,) = problems(a_guide("Text.") | {"guides/count.md": f"---\n{written}---\nText.\n"})

    assert (found.code, found.says) == ("figure-unknown", f"no figure is put into {key}")


def test_a_dataset_that_was_refused_is_not_reported_twice() -> None:
    files = a_guide("There are {{ rows repairs }} and {{ answer repairs 1 }}.") | {"datasets/repairs/dataset.yaml": "title: ["}

    assert "figure-unknown" not in codes(problems(files))


def test_a_guide_without_a_text_is_named() -> None:
    assert places(problems(a_guide(""))) == [("text-empty", 2, 8)]
