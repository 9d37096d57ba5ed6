"""Problems as people, programs and pull requests read them."""

from __future__ import annotations

import pytest

from cityfolio.problems import Location, Problem, as_github, as_json, as_text, count, did_you_mean, in_order, stops

WEEKLEY = Problem(
    code="frequency-unknown",
    where=Location(path="datasets/trees/dataset.yaml", line=14, column=12, width=7, excerpt="frequency: weekley"),
    says='frequency "weekley" is not a known frequency',
    fix='Did you mean "weekly"?',
)


def a_problem(code: str = "date-invalid", path: str = "a.yaml", line: int | None = 1, column: int | None = 1) -> Problem:
    return Problem(code=code, where=Location(path=path, line=line, column=column), says="it is so")


def test_a_problem_is_shown_with_its_line_and_a_mark_under_what_is_meant() -> None:
    assert as_text([WEEKLEY], "catalog") == (
        'catalog/datasets/trees/dataset.yaml:14:12: error: frequency "weekley" is not a known frequency [frequency-unknown]\n'
        "  14 | frequency: weekley\n"
        "     |            ^^^^^^^\n"
        '  Did you mean "weekly"?\n'
    )


def test_a_problem_of_a_whole_file_is_one_line() -> None:
    assert as_text([a_problem(line=None, column=None)], "") == "a.yaml: error: it is so [date-invalid]\n"


def test_a_mark_after_tabs_stands_under_its_letter() -> None:
    where = Location(path="a", line=1, column=3, excerpt="\t\tx")

    text = as_text([Problem(code="date-invalid", where=where, says="it is so")])

    assert text.splitlines()[2] == "     | \t\t^"


def test_what_a_file_holds_cannot_drive_a_terminal() -> None:
    where = Location(path="a", line=1, column=1, excerpt="\x1b[31mred\u202e")

    text = as_text([Problem(code="date-invalid", where=where, says="\x07bell")])

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_programs_get_every_part_by_name() -> None:
    assert as_json([WEEKLEY], "catalog") == {
        "problems": [
            {
                "code": "frequency-unknown",
                "severity": "error",
                "path": "catalog/datasets/trees/dataset.yaml",
                "line": 14,
                "column": 12,
                "says": 'frequency "weekley" is not a known frequency',
                "fix": 'Did you mean "weekly"?',
            }
        ]
    }


def test_a_pull_request_gets_each_problem_at_its_line() -> None:
    assert as_github([WEEKLEY], "catalog") == (
        "::error file=catalog/datasets/trees/dataset.yaml,line=14,col=12,title=frequency-unknown::"
        'frequency "weekley" is not a known frequency. Did you mean "weekly"?\n'
    )


def test_a_workflow_command_cannot_be_smuggled_into_another() -> None:
    where = Location(path="a,line=9:b", line=1)

    text = as_github([Problem(code="date-invalid", where=where, says="x\n::error::y%")])

    assert text == "::error file=a%2Cline=9%3Ab,line=1,title=date-invalid::x%0A::error::y%25.\n"


def test_a_place_in_the_output_is_shown_without_the_catalogs_folder() -> None:
    where = Location(path="/srv/site", in_catalog=False)

    assert as_text([Problem(code="output-foreign", where=where, says="no")], "catalog").startswith("/srv/site: error")


def test_problems_are_sorted_by_file_line_and_column_and_said_once() -> None:
    given = [a_problem(path="b"), a_problem(line=2), a_problem(column=9), a_problem(), a_problem(), a_problem(line=None)]

    found = [(each.where.path, each.where.line, each.where.column) for each in in_order(given)]

    assert found == [("a.yaml", None, 1), ("a.yaml", 1, 1), ("a.yaml", 1, 9), ("a.yaml", 2, 1), ("b", 1, 1)]


@pytest.mark.parametrize(
    ("code", "strict", "expected"),
    [
        ("date-invalid", False, True),
        ("title-missing", False, False),
        ("title-missing", True, True),
        ("dataset-late", True, False),
    ],
    ids=["an error", "a warning", "a warning when strict", "advice"],
)
def test_what_stops_a_build(code: str, strict: bool, expected: bool) -> None:
    assert stops([a_problem(code)], strict=strict) is expected


def test_problems_are_counted_by_severity() -> None:
    assert count([a_problem(), a_problem("title-missing"), a_problem()], "error") == 2


@pytest.mark.parametrize(
    ("given", "known", "expected"),
    [
        ("weekley", ["weekly", "daily"], 'Did you mean "weekly"? Known: daily, weekly.'),
        ("Weekly", ["weekly"], 'Did you mean "weekly"? Known: weekly.'),
        ("x", [], "None is defined yet."),
        ("xyz", ["aa", "bb"], "Known: aa, bb."),
        ("n1", [f"n{at:02}" for at in range(20)], 'Did you mean "n19"?'),
        (
            "zzz",
            [f"n{at:02}" for at in range(20)],
            "Known: n00, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11 and 8 more.",
        ),
    ],
    ids=["a slip", "a capital", "nothing known", "nothing close", "a long list with a guess", "a long list"],
)
def test_a_suggestion_is_as_short_as_it_can_be(given: str, known: list[str], expected: str) -> None:
    assert did_you_mean(given, known) == expected
