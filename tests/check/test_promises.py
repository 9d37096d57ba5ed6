"""Rules for releases, commitments, requests and evidence: each just under and just over its line. Today is 30 June 2026."""

from __future__ import annotations

import json

import pytest

from cities import TREES, a_city, problems
from cityfolio.check.promises import is_evidence

KEPT = ("title: A\nowner: parks\npromised: 2026-01-01\ndue: 2026-12-31\nstate: kept\nsettled: 2026-05-01\n"
        "evidence: /data/trees/\n")
OPEN = "title: A\nowner: parks\npromised: 2026-01-01\ndue: {due}\nstate: {state}\n"
ANSWERED = "title: A\nasked: 2026-01-01\nstate: answered\nanswered: 2026-01-09\ndatasets: [trees]\n"
REFUSED = "title: A\nasked: 2026-01-01\nstate: refused\nanswered: 2026-01-09\nreason: By law.\n"
ISSUE = {"number": 1, "title": "A", "state": "closed", "state_reason": "not_planned", "labels": ["data-request"],
         "created_at": "2026-01-01T00:00:00Z", "closed_at": "2026-01-02T00:00:00Z", "html_url": "https://github.com/a/b/issues/1"}


def found(files: dict[str, str]) -> list[str]:
    """The codes that a city gives with these files beside."""
    return [problem.code for problem in problems(a_city(**files))]


def test_what_is_told_in_full_is_no_problem() -> None:
    assert found({"commitments/b.yaml": KEPT, "requests/a.yaml": ANSWERED, "requests/b.yaml": REFUSED}) == []


@pytest.mark.parametrize(("due", "state", "expected"), [
    ("2026-06-30", "promised", []), ("2026-06-29", "promised", ["commitment-overdue"]),
    ("2026-06-29", "under-way", ["commitment-overdue"]), ("2026-06-29", "kept", ["commitment-evidence", "commitment-settled"]),
], ids=["due today", "due yesterday", "under way", "kept"])
def test_a_commitment_is_overdue_from_the_day_after_it_was_due(due: str, state: str, expected: list[str]) -> None:
    assert found({"commitments/a.yaml": OPEN.format(due=due, state=state)}) == expected


def test_an_overdue_commitment_says_by_how_much() -> None:
    problem = problems(a_city(**{"commitments/a.yaml": OPEN.format(due="2026-06-29", state="promised")}))[0]

    assert (problem.says, problem.where.line) == ("this was due on 2026-06-29, 1 day ago", 4)


@pytest.mark.parametrize(("on", "status", "expected"), [
    ("2026-06-30", "planned", []), ("2026-06-29", "planned", ["release-overdue"]), ("2026-06-29", "restricted", []),
], ids=["today", "yesterday", "restricted"])
def test_a_release_is_overdue_from_the_day_after(on: str, status: str, expected: list[str]) -> None:
    record = f"{TREES}status: {status}\nreason: Being counted.\nrelease: {{on: {on}}}\n"

    assert found({"datasets/trees/dataset.yaml": record}) == expected


@pytest.mark.parametrize(("record", "says"), [
    (ANSWERED.replace("state: answered", "state: open"), "this was answered on 2026-01-09, and is open all the same"),
    (REFUSED.replace("answered: 2026-01-09\n", ""), "this was refused, and not told when"),
], ids=["open", "refused"])
def test_the_day_of_an_answer_fits_how_a_request_stands(record: str, says: str) -> None:
    assert [(each.code, each.says) for each in problems(a_city(**{"requests/a.yaml": record}))] == [("request-answer", says)]


def test_what_is_settled_is_not_under_way() -> None:
    record = KEPT.replace("state: kept", "state: under-way")

    assert [(each.code, each.says) for each in problems(a_city(**{"commitments/a.yaml": record}))] == [
        ("commitment-settled", "this was settled on 2026-05-01, and is under-way all the same")]


@pytest.mark.parametrize("key", ["owner: parks\n", "due: 2026-12-31\n"], ids=["owner", "due"])
def test_a_promise_without_an_owner_or_a_day_is_published_with_a_warning(key: str) -> None:
    found = problems(a_city(**{"commitments/a.yaml": KEPT.replace(key, "")}))

    assert [(each.code, each.severity) for each in found] == [("key-expected", "warning")]


def test_a_problem_of_an_issue_names_the_issue() -> None:
    untold = {**ISSUE, "state_reason": "completed", "html_url": None}

    assert [each.says for each in problems(a_city(**{"requests/github.json": json.dumps([untold])}))] == [
        "this was answered, and not told what (issue-1)"]


def test_a_refused_issue_has_its_reason_where_it_was_asked() -> None:
    assert found({"requests/github.json": json.dumps([ISSUE])}) == []


@pytest.mark.parametrize(("record", "code", "line"), [
    (KEPT.replace("owner: parks", "owner: park"), "publisher-unknown", 2),
    (KEPT.replace("settled: 2026-05-01", "settled: 2025-05-01"), "date-order", 6),
    (KEPT.replace("due: 2026-12-31", "due: 2025-12-31"), "date-order", 4),
    (KEPT.replace("settled: 2026-05-01", "settled: 2026-07-01"), "date-future", 6),
    (f"{KEPT}datasets: [treez]\n", "dataset-unknown", 8),
], ids=["owner", "settled", "due", "to come", "dataset"])
def test_what_a_commitment_names_is_held_to_the_catalog(record: str, code: str, line: int) -> None:
    assert [(each.code, each.where.line) for each in problems(a_city(**{"commitments/a.yaml": record}))] == [(code, line)]


@pytest.mark.parametrize(("path", "key"), [
    ("policy/a.md", "reviewed"), ("policy/a.md", "adopted"), ("guides/a.md", "reviewed")])
def test_no_text_was_looked_at_on_a_day_that_is_to_come(path: str, key: str) -> None:
    text = f"---\ntitle: A\n{key}: 2026-07-01\n---\nText.\n"

    assert [(each.code, each.where.line) for each in problems(a_city(**{path: text}))] == [("date-future", 3)]


@pytest.mark.parametrize(("record", "code", "line"), [
    (f"{ANSWERED}owner: park\n", "publisher-unknown", 6),
    (ANSWERED.replace("2026-01-09", "2025-01-09"), "date-order", 4),
    (ANSWERED.replace("[trees]", "[treez]"), "dataset-unknown", 5),
    (ANSWERED.replace("datasets: [trees]", "owner: parks"), "request-answer", 3),
], ids=["owner", "order", "dataset", "nothing told"])
def test_what_a_request_names_is_held_to_the_catalog(record: str, code: str, line: int) -> None:
    assert [(each.code, each.where.line) for each in problems(a_city(**{"requests/a.yaml": record}))] == [(code, line)]


def test_who_releases_what_is_planned_has_a_file() -> None:
    record = f"{TREES}status: planned\nreason: Being counted.\nrelease: {{on: 2026-10-01, owner: park}}\n"

    assert found({"datasets/trees/dataset.yaml": record}) == ["publisher-unknown"]


def test_a_review_ends_after_it_was_made() -> None:
    review = "release_review: {benefit: B, risk: R, level: low, reviewer: Office, on: 2026-03-02, expires: 2026-03-01}\n"

    assert "date-order" in found({"datasets/trees/dataset.yaml": f"{TREES}{review}"})


@pytest.mark.parametrize("text", ["/data/trees/", "/", "/data/#a", "https://example.gov/a?b=c", "http://example.gov"], ids=str)
def test_evidence_is_a_path_of_the_site_or_a_full_address(text: str) -> None:
    assert is_evidence(text)


@pytest.mark.parametrize("text", ["data/trees/", "//example.gov", "/\\example.gov", "javascript:alert(1)", "ftp://example.gov",
                                  "example.gov", "/data trees", "https://"], ids=str)
def test_anything_else_is_no_evidence(text: str) -> None:
    assert not is_evidence(text)
