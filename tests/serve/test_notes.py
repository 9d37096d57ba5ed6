"""Which page a problem belongs to, and how it is told there."""

import pytest

from cityfolio.model.review import Change, Diff
from cityfolio.problems import Location, Problem
from cityfolio.serving.belonging import about, problems_of
from cityfolio.serving.notes import Told, counted, page_notes, said, with_notes
from cityfolio.serving.own_pages import diff_page
from cityfolio.serving.work import BROKEN_OFF, NO_BRANCH, Comparison

EVIL = "<script>alert(1)</script>"


def a_problem(path="datasets/trees/dataset.yaml", code="license-missing", **changed):
    """A problem in a file."""
    at = {key: changed.pop(key) for key in ("excerpt", "in_catalog") if key in changed}
    where = Location(path=path, line=1, column=1, **at)
    return Problem(code=code, where=where, **{"says": "there is no license", **changed})


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("datasets/trees/dataset.yaml", "/data/trees/"),
        ("datasets/trees/trees.csv", "/data/trees/trees-csv/"),
        ("datasets/trees/trees.csv", "/embed/data/trees/trees-csv/"),
        ("measures/on-time/observations.csv", "/measures/on-time/"),
        ("publishers/parks.yaml", "/publishers/parks/"),
        ("topics/nature.yaml", "/data/topic/nature/"),
        ("guides/start.md", "/guides/start/"),
        ("requests/bikes.yaml", "/request/"),
        ("site.yaml", "/"),
        ("site.yaml", "/about/"),
    ],
)
def test_a_problem_belongs_to_the_page_of_its_file(path, url):
    assert problems_of([a_problem(path)], url) != ()


@pytest.mark.parametrize(
    ("path", "url"),
    [("datasets/trees/dataset.yaml", "/data/tree/"), ("datasets/trees-old/dataset.yaml", "/data/trees/"),
     ("datasets/trees/dataset.yaml", "/"), ("datasets/topic/dataset.yaml", "/data/topic/nature/"),
     ("theme/base.html", "/about/"), ("publishers/parks.yaml", "/data/")],
)
def test_a_problem_does_not_belong_to_other_pages(path, url):
    assert problems_of([a_problem(path)], url) == ()


def test_a_problem_of_a_written_page_belongs_to_it():
    assert problems_of([a_problem("data/trees/index.html", in_catalog=False)], "/data/trees/") != ()


def test_a_page_of_no_record_is_about_nothing():
    assert about("/search/") == about("/data/") == ""


def test_what_a_file_says_is_shown_and_never_run():
    problem = a_problem(path=f"datasets/{EVIL}", says=EVIL, fix=EVIL, excerpt=EVIL)

    assert "<script" not in page_notes(Told(here=[problem], everywhere=[problem]))


def test_a_page_without_anything_to_say_is_sent_as_it_is():
    notes = page_notes(Told())

    assert with_notes(b"<body><main></main></body>", notes) == b"<body><main></main></body>"


def test_notes_stand_before_the_content():
    notes = page_notes(Told(is_draft=True))

    assert b'</aside><main id="main">' in with_notes(b'<head></head><body><main id="main"></main></body>', notes)
    assert b"<body><aside" in with_notes(b"<head></head><body><p>embedded</p></body>", notes)


def test_advice_is_folded_and_warnings_are_open():
    advice, warning = a_problem(code="contact-missing"), a_problem()

    assert "<details><summary>Here: 1 advice" in page_notes(Told(here=[advice], everywhere=[advice]))
    assert "<details open><summary>Here: 1 warning" in page_notes(Told(here=[warning], everywhere=[warning]))


def test_problems_are_counted_from_the_gravest():
    problems = [a_problem(), a_problem(), a_problem(code="contact-missing"), a_problem(code="reason-missing")]

    assert counted(problems) == "1 error, 2 warnings, 1 advice"


def test_errors_of_other_pages_are_not_said_to_be_of_this_one():
    error, warning = a_problem("topics/nature.yaml", code="reason-missing"), a_problem()
    notes = page_notes(Told(here=[warning], everywhere=[warning, error], is_stale=True))

    assert "<summary>Here: 1 warning</summary>" in notes
    assert "<summary>Errors elsewhere that stop the build: 1</summary>" in notes
    assert "Elsewhere: <a" not in notes


def test_what_stands_between_backticks_is_shown_as_code():
    assert said("Write `a: <b>`, or `c`.") == "Write <code>a: &lt;b&gt;</code>, or <code>c</code>."


CHANGE = Change(kind="title-changed", weight="notable", about="datasets/trees", says="it is called `Trees`",
                where=Location(path="datasets/trees/dataset.yaml"))
FOUND = Diff(base="main", head="catalog", changes=(CHANGE,))


@pytest.mark.parametrize(("comparison", "is_stale", "words"), [
    (Comparison(), False, "are being compared with the main branch now"), (NO_BRANCH, False, "There is no main branch"),
    (BROKEN_OFF, True, "until the errors are mended"), (BROKEN_OFF, False, "broke off"),
    (Comparison(state="done", diff=Diff(base="main", head="catalog")), False, "Nothing differs from main."),
], ids=["under way", "no branch", "broken off with errors", "broken off", "the same"])
def test_the_page_of_what_differs_says_how_far_it_is(comparison, is_stale, words):
    assert words in diff_page(comparison, is_stale=is_stale)[1]


def test_what_differed_before_the_last_change_stays_and_is_marked():
    content = diff_page(Comparison(diff=FOUND), is_stale=False)[1]

    assert all(words in content for words in ("being compared", "before the last change", "it is called <code>Trees</code>"))
    assert "before the last change" not in diff_page(Comparison(state="done", diff=FOUND), is_stale=False)[1]


def test_changes_above_a_page_are_marked_while_they_are_compared_anew():
    assert "1 change, before the last edit</summary>" in page_notes(Told(changes=[CHANGE], is_compared_anew=True))
