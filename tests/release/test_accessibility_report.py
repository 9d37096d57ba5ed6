"""The report on access says what tests found out, and nothing else."""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import accessibility_report as tool
from accessibility_criteria import CHECKS, CRITERIA
from cityfolio import __version__
from cityfolio.pages.conformance import FOUND, check_words
from cityfolio.pages.criterion_words import criterion_words
from cityfolio.pages.words import ENGLISH

ROOT = Path(__file__).resolve().parents[2]
KEPT: Mapping[str, Any] = json.loads(tool.EVIDENCE.read_text("utf-8"))     # Any: JSON
STILL = "tests/browser/test_stillness.py::test_nothing_on_a_page_plays_moves_or_ends_by_itself"
PAGE = {"page": "/data/", "width": 320, "scheme": "dark", "day": "2026-11-02", "failed": [],
        "passed": [["bypass", ["wcag241"]], ["region", []]], "undecided": [["color-contrast", ["wcag143"]]]}
SKIP = "tests/browser/test_keyboard.py::test_the_skip_link_is_first_and_leads_to_the_content"

MOVED = [{"test": "tests/browser/test_explorer_map.py::test_without_motion_the_map_jumps", "outcome": "passed",
          "day": "2026-11-01"}]


def a_test(name: str, outcome: str = "passed", day: str = "2026-11-01") -> dict[str, str]:
    return {"test": name, "outcome": outcome, "day": day}


def answer(number: str, *lines: Mapping[str, object]) -> tool.Answer:
    """What is said of a criterion by some evidence."""
    evidence = tool.summed(map(json.dumps, lines), "0.2.0", "4.14.1")
    return next(each for each in tool.answers(evidence) if each.criterion.number == number)


def test_every_criterion_of_levels_a_and_aa_is_listed_once() -> None:
    assert Counter(each.level for each in CRITERIA) == {"A": 31, "AA": 24}
    assert len({each.number for each in CRITERIA}) == 55


def test_what_no_test_looks_at_is_not_evaluated() -> None:
    assert {each.state for each in tool.answers(tool.summed([], "0.2.0", "4.14.1"))} == {"not evaluated"}


def test_a_criterion_whose_tests_decide_it_is_supported_from_the_day_on_which_they_passed() -> None:
    found = answer("2.4.1", PAGE, a_test(SKIP), a_test(SKIP, day="2026-11-03"))

    assert (found.state, found.by, found.days) == (
        "supports", ("test_keyboard: the skip link is first and leads to the content", "axe-core: bypass"),
        ("2026-11-02", "2026-11-03"))


def test_a_criterion_of_which_tests_see_a_part_is_supported_in_part() -> None:
    found = answer("2.2.1", a_test(STILL))

    assert (found.state, found.criterion.rest) == ("supports in part", "Time limits that a script would set.")


@pytest.mark.parametrize(
    ("lines", "state"),
    [([a_test(SKIP), PAGE], "supports"), ([PAGE], "supports in part"), ([a_test(SKIP, "skipped"), PAGE], "supports in part"),
     ([a_test(SKIP, "failed"), PAGE], "does not support"), ([a_test(SKIP, "skipped")], "not evaluated"),
     ([a_test(SKIP), PAGE, {**PAGE, "passed": [], "failed": [["bypass", ["wcag241"]]]}], "does not support"),
     ([a_test(SKIP), PAGE, {**PAGE, "undecided": [["bypass", ["wcag241"]]]}], "supports in part")],
    ids=["both", "rule alone", "test skipped", "test failed", "nothing ran", "rule failed", "rule undecided"],
)
def test_a_test_that_failed_or_did_not_run_is_no_support(lines: list[dict[str, Any]], state: str) -> None:
    assert answer("2.4.1", *lines).state == state


def test_a_rule_that_could_not_decide_anywhere_is_no_evidence() -> None:
    assert answer("1.4.3", PAGE).state == "not evaluated"


def test_what_failed_is_marked() -> None:
    assert answer("2.4.1", a_test(SKIP, "failed")).by == (
        "test_keyboard: the skip link is first and leads to the content (failed)",)


def test_a_criterion_is_told_from_the_tag_of_a_rule() -> None:
    rules = tool.summed([json.dumps({**PAGE, "passed": [["avoid-inline-spacing", ["wcag1412"]]]})], "0.2.0", "4")["rules"]

    assert rules["avoid-inline-spacing"]["criteria"] == ["1.4.12"]


def test_the_report_is_what_the_evidence_that_is_kept_comes_to() -> None:
    assert tool.REPORT.read_text("utf-8") == tool.report(KEPT), "run `python tools/accessibility_report.py`"


def test_what_sites_say_of_themselves_is_what_the_same_evidence_comes_to() -> None:
    assert json.loads(FOUND.read_text("utf-8")) == tool.statement(KEPT), "run `python tools/accessibility_report.py`"


def test_the_evidence_is_about_this_version_of_the_program() -> None:
    assert KEPT["version"] == __version__, "run `make accessibility`"


@pytest.mark.parametrize(
    ("lines", "result"),
    [([], "not evaluated"), (MOVED, "passed"), ([*MOVED, {**MOVED[0], "outcome": "failed"}], "failed"),
     ([{**MOVED[0], "outcome": "skipped"}], "not evaluated")],
    ids=["nothing ran", "passed", "one failed", "skipped"])
def test_a_site_says_of_a_group_of_tests_what_became_of_it(lines: list[dict[str, Any]], result: str) -> None:
    assert tool.statement(tool.summed(map(json.dumps, lines), "0.2.0", "4.14.1"))["checks"]["motion"]["result"] == result


def test_a_site_says_on_which_days_it_was_tested() -> None:
    said = tool.statement(tool.summed(map(json.dumps, [PAGE, a_test(SKIP), a_test(SKIP, day="2026-11-03")]), "0.2.0", "4.14.1"))

    assert (said["from"], said["to"]) == ("2026-11-02", "2026-11-03")


def test_a_group_of_which_a_test_did_not_run_did_not_pass() -> None:
    ran = [a_test(tool.path_of(test)) for test in CHECKS["script"]]

    assert [tool.statement(tool.summed(map(json.dumps, lines), "0.2.0", "4"))["checks"]["script"]["result"]
            for lines in (ran, ran[1:])] == ["passed", "not evaluated"]


def test_every_test_that_the_report_speaks_of_is_there() -> None:
    names = {f"tests/browser/{path.name}::{each.name}" for path in (ROOT / "tests" / "browser").glob("test_*.py")
             for each in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(each, ast.FunctionDef)}

    assert [each for each in tool.named_tests() if each not in names] == []
    assert [each for each in KEPT["tests"] if each not in names] == [], "run `make accessibility`"


def test_tests_that_let_axe_look_are_found_by_their_names() -> None:
    assert {"tests/browser/test_axe.py::test_no_page_breaks_an_automated_rule",
            "tests/browser/test_explorer.py::test_no_state_of_the_page_breaks_an_automated_rule"} <= set(tool.axe_tests())


def test_each_criterion_and_each_group_of_tests_has_words() -> None:
    assert list(criterion_words(ENGLISH)) == [each.number for each in CRITERIA]
    assert set(check_words(ENGLISH, KEPT)) == {"rules", *CHECKS}


def test_the_page_about_access_speaks_of_both_colors_because_both_were_looked_at() -> None:
    assert KEPT["schemes"] == ["dark", "light"]
