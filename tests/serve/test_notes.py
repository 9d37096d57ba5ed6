"""Which page a problem belongs to, and how it is told there."""

import pytest

from cityfolio.problems import Location, Problem
from cityfolio.serving.belonging import about, problems_of
from cityfolio.serving.notes import counted, page_notes, with_notes

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

    assert "<script" not in page_notes([problem], [problem], [], is_draft=False, is_stale=False)


def test_a_page_without_anything_to_say_is_sent_as_it_is():
    notes = page_notes([], [], [], is_draft=False, is_stale=False)

    assert with_notes(b"<body><main></main></body>", notes) == b"<body><main></main></body>"


def test_notes_stand_before_the_content():
    notes = page_notes([], [], [], is_draft=True, is_stale=False)

    assert b'</aside><main id="main">' in with_notes(b'<head></head><body><main id="main"></main></body>', notes)
    assert b"<body><aside" in with_notes(b"<head></head><body><p>embedded</p></body>", notes)


def test_advice_is_folded_and_warnings_are_open():
    advice, warning = a_problem(code="contact-missing"), a_problem()

    assert "<details><summary>Here: 1 advice" in page_notes([advice], [advice], [], is_draft=False, is_stale=False)
    assert "<details open><summary>Here: 1 warning" in page_notes([warning], [warning], [], is_draft=False, is_stale=False)


def test_problems_are_counted_from_the_gravest():
    problems = [a_problem(), a_problem(), a_problem(code="contact-missing"), a_problem(code="reason-missing")]

    assert counted(problems) == "1 error, 2 warnings, 1 advice"
