"""Issues of a code host as requests for data: three hosts, odd files, and what YAML overrides."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cities import SITE, a_city, codes, loaded
from cityfolio.load.issues import LONGEST_TEXT, read_issues, same_address
from cityfolio.model.practice import RequestRecord

GITHUB: dict[str, Any] = {
    "number": 12, "title": "Locations of public restrooms", "body": "We map them.", "state": "open",
    "labels": [{"name": "data-request"}], "created_at": "2026-02-03T23:59:00Z", "closed_at": None,
    "html_url": "https://github.com/example/data/issues/12", "user": {"login": "ann"}}
GITLAB: dict[str, Any] = {
    "id": 90_210, "iid": 7, "title": "Bike counts", "description": "By street.", "state": "opened", "labels": ["data-request"],
    "created_at": "2026-02-03T23:59:00.000Z", "closed_at": None,
    "web_url": "https://gitlab.example.gov/city/data/-/issues/7", "author": {"name": "Ann"}}
GITEA: dict[str, Any] = {
    "id": 3, "number": 5, "title": "Benches", "body": "", "state": "open", "labels": [{"name": "data-request"}],
    "created_at": "2026-02-03T23:59:00-05:00", "closed_at": None, "pull_request": None,
    "html_url": "https://gitea.example.gov/city/data/issues/5"}
CLI: dict[str, Any] = {
    "number": 12, "title": "Restrooms", "body": "", "state": "CLOSED", "stateReason": "NOT_PLANNED",
    "labels": [{"name": "data-request"}], "createdAt": "2026-02-03T12:00:00Z", "closedAt": "2026-02-05T12:00:00Z",
    "url": "https://github.com/example/data/issues/12"}


def read(*issues: Any, label: str = "data-request") -> list[RequestRecord]:
    """The requests of an export."""
    return [each.record for each in read_issues("requests/host.json", json.dumps(issues).encode(), label).found]


def says(body: bytes) -> list[str]:
    """What is wrong with a file."""
    return [problem.says for problem in read_issues("requests/host.json", body, "data-request").problems]


@pytest.mark.parametrize(("issue", "title", "link"), [
    (GITHUB, "Locations of public restrooms", "https://github.com/example/data/issues/12"),
    (GITLAB, "Bike counts", "https://gitlab.example.gov/city/data/-/issues/7"),
    (GITEA, "Benches", "https://gitea.example.gov/city/data/issues/5"),
], ids=["GitHub", "GitLab", "Gitea"])
def test_an_issue_of_each_host_is_a_request(issue: Any, title: str, link: str) -> None:
    record = read(issue)[0]

    assert (record.title, record.asked, record.state, record.link) == (title, date(2026, 2, 3), "open", link)


@pytest.mark.parametrize(("change", "state"), [
    ({"state": "open"}, "open"),
    ({"state": "open", "labels": ["data-request", "Planned"]}, "planned"),
    ({"state": "closed", "state_reason": "completed"}, "answered"),
    ({"state": "closed", "state_reason": None}, "answered"),
    ({"state": "closed", "state_reason": "not_planned"}, "refused"),
    ({"state": "closed", "labels": ["data-request", "wontfix"]}, "refused"),
    ({"state": "closed", "labels": ["data-request", "refused"]}, "refused"),
    ({"state": "closed", "state_reason": "duplicate"}, "withdrawn"),
], ids=["open", "planned", "completed", "closed", "not planned", "will not be done", "refused", "duplicate"])
def test_how_an_issue_was_closed_says_how_the_request_stands(change: dict[str, Any], state: str) -> None:
    assert read({**GITHUB, "closed_at": "2026-02-05T12:00:00Z", **change})[0].state == state


def test_the_day_an_issue_was_closed_is_that_of_the_answer() -> None:
    assert read({**GITHUB, "state": "closed", "closed_at": "2026-02-05T12:00:00Z"})[0].answered == date(2026, 2, 5)


def test_what_the_command_line_of_github_lists_is_read_too() -> None:
    record = read(CLI)[0]

    assert (record.state, record.asked, record.answered) == ("refused", date(2026, 2, 3), date(2026, 2, 5))


def test_issues_without_the_label_and_pull_requests_are_no_requests() -> None:
    assert read({**GITHUB, "labels": [{"name": "bug"}]}, {**GITHUB, "pull_request": {"url": "x"}}) == []


def test_the_label_is_the_citys_and_its_case_does_not_matter() -> None:
    assert len(read({**GITHUB, "labels": [{"name": "Wanted Data"}]}, label="wanted data")) == 1


def test_who_asked_is_not_kept() -> None:
    record = read({**GITHUB, "body": "Thanks, ann@example.org <!-- Please be kind. -->"})[0]

    assert (record.asker, record.description) == ("not-told", "Thanks, (address left out)")


def test_a_long_text_is_cut() -> None:
    text = read({**GITHUB, "body": "word " * 5_000})[0].description or ""

    assert (len(text) <= LONGEST_TEXT, text[-5:]) == (True, "word…")


@pytest.mark.parametrize("body", [
    f"[{json.dumps(GITHUB)}]\n[{json.dumps({**GITHUB, 'number': 13, 'html_url': 'https://github.com/example/data/issues/13'})}]",
    f"[[{json.dumps(GITHUB)}], [{json.dumps({**GITHUB, 'number': 13, 'html_url': 'https://github.com/example/data/issues/13'})}]]",
], ids=["one array after the other", "arrays in an array"])
def test_the_pages_of_a_long_answer_are_read_together(body: str) -> None:
    found = read_issues("requests/host.json", body.encode(), "data-request").found

    assert [each.number for each in found] == [12, 13]


def test_an_issue_that_stands_on_two_pages_is_one_request() -> None:
    assert [each.title for each in read(GITHUB, {**GITHUB, "title": "Restrooms"})] == ["Restrooms"]


def test_a_file_that_windows_redirected_is_read() -> None:
    body = json.dumps([GITHUB]).encode("utf-16")

    assert len(read_issues("requests/host.json", body, "data-request").found) == 1


@pytest.mark.parametrize(("body", "expected"), [
    (b"", "this is not JSON: it is empty in line 1, column 1"),
    (b"[{", "this is not JSON: Expecting property name enclosed in double quotes in line 1, column 3"),
    (b"\xff\x00\xd8", "this is not JSON: its text is in no encoding that JSON may have"),
    (b"[" * 100_000, "this is not JSON: it is nested too deeply"),
    (b"[" + b"9" * 5_000 + b"]", "this is not JSON: a number in it is too long"),
    (b"[12]", "entry 1 is no issue: it is not an object"),
    (b'[{"message": "Not Found"}]', 'entry 1 is no issue: the host says "Not Found"'),
    (b'[{"title": "x"}]', "entry 1 is no issue: it has no number"),
    (b'[{"number": 3, "labels": ["data-request"]}]', "entry 1 is no issue: issue 3 has no day on which it was written"),
], ids=["empty", "cut off", "bytes", "deep", "digits", "a number", "an error", "no number", "no day"])
def test_a_file_that_is_no_export_is_a_problem(body: bytes, expected: str) -> None:
    assert says(body) == [expected]


def test_a_huge_file_is_a_problem() -> None:
    assert says(b" " * 20_000_001) == ["the file has 20,000,001 bytes, and 20,000,000 are read"]


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), lambda inside: st.lists(inside) |
                    st.dictionaries(st.sampled_from([*GITHUB, *GITLAB, "message"]) | st.text(), inside), max_leaves=20)


@given(JSON)
def test_no_json_raises(value: Any) -> None:
    issues = read_issues("requests/host.json", json.dumps([value, {**GITHUB, "labels": value}]).encode(), "data-request")

    assert {problem.code for problem in issues.problems} <= {"issues-unreadable"}


def test_issues_are_requests_of_the_catalog_by_their_numbers() -> None:
    city = loaded(a_city(**{"requests/github.json": json.dumps([GITHUB])}))

    assert [(each.id, each.document.path) for each in city.requests.values()] == [("issue-12", "requests/github.json")]


def test_the_label_of_site_yaml_says_which_issues_are_requests() -> None:
    city = loaded(a_city(**{"site.yaml": f"{SITE}requests: {{label: wanted}}\n", "requests/github.json": json.dumps([GITHUB])}))

    assert city.requests == {}


@pytest.mark.parametrize(("name", "link"), [
    ("requests/restrooms.yaml", "link: https://www.github.com/Example/data/issues/12/\n"), ("requests/issue-12.yaml", ""),
], ids=["by its link", "by its name"])
def test_a_file_about_the_same_issue_takes_its_place(name: str, link: str) -> None:
    files = {name: f"title: Restrooms\nasked: 2026-02-03\n{link}", "requests/github.json": json.dumps([GITHUB])}
    city = loaded(a_city(**files))

    assert [each.record.title for each in city.requests.values()] == ["Restrooms"]


def test_two_repositories_may_have_issues_of_one_number() -> None:
    other = {**GITHUB, "html_url": "https://github.com/example/maps/issues/12"}
    city = loaded(a_city(**{"requests/data.json": json.dumps([GITHUB]), "requests/maps.json": json.dumps([other])}))

    assert list(city.requests) == ["issue-12", "issue-12-maps"]


def test_an_unreadable_export_stops_nothing_else() -> None:
    city = loaded(a_city(**{"requests/a.json": "[", "requests/b.json": json.dumps([GITHUB])}))

    assert (codes(city.problems), list(city.requests)) == (["issues-unreadable"], ["issue-12"])


def test_addresses_of_one_issue_are_alike_however_they_are_written() -> None:
    assert same_address("http://www.github.com/A/b/issues/1/?x=1#note") == same_address("https://github.com/a/B/issues/1")
