"""Patterns of a dictionary: matched as a whole, and never for ever."""

from __future__ import annotations

import re
import subprocess
from itertools import product

import pytest
from hypothesis import given, strategies as st

from cityfolio.model.records import ColumnRecord
from cityfolio.tables import patterns
from cityfolio.tables.patterns import ENDLESS, steps, unmatched
from tables.making import problems


def test_what_does_not_match_as_a_whole_is_given_back_in_order() -> None:
    assert unmatched("[A-Z]{2}", ["NC", "nc", "NCX", "SC"]) == ["nc", "NCX"]


@pytest.mark.parametrize("pattern", ["(", "[", "*", "(?P<a>x)(?P<a>y)", "a{2,1}", "(" * 5_000 + ")" * 5_000],
                         ids=["group", "set", "repeat", "name", "range", "depth"])
def test_a_pattern_that_is_none_finds_nothing(pattern: str) -> None:
    assert unmatched(pattern, ["x"]) == []


def test_a_pattern_that_python_warns_of_is_matched() -> None:
    assert unmatched("[[a]+", ["a[", "b"]) == ["b"]


@pytest.mark.parametrize("pattern", ["(a+)+b", "(a|aa)+b", "(?:a*)*b", "(.*.*)*b", "a?" * 40 + "b"],
                         ids=["nested", "overlapping", "empty", "anything", "optional"])
def test_a_pattern_that_takes_for_ever_is_given_up(pattern: str) -> None:
    assert unmatched(pattern, ["a" * 40 + ","], seconds=0.3) is None


def test_a_repeated_group_that_is_quick_is_matched() -> None:
    assert unmatched("([A-Z][0-9],)+", ["A1,B2,", "A1,B", "é"]) == ["A1,B", "é"]


def test_a_matcher_that_dies_counts_as_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "ASIDE", "raise SystemExit(9)")

    assert unmatched("(a)+", ["a"]) is None


def test_what_could_not_be_matched_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def out_of_time(*_: object, **named: float) -> None:
        raise subprocess.TimeoutExpired("python", named["timeout"])

    monkeypatch.setattr(subprocess, "run", out_of_time)

    assert problems("x\naaa\n", {"x": ColumnRecord(pattern="(a+)+b")}) == [("cell-pattern", 2, 1, 3)]


WAYS = {
    "[A-Z]{2}": 1, "SR-[0-9]{6}": 1, "a*": 11, "a+b": 11, "a?": 2, "a|b": 2, "a{2,4}": 3, "a{2,}": 9, "a{,3}": 4,
    r"\+\*\?\|": 1,
    "[+*?|(){}]": 1, "[]+*]": 1, "[^]+*]": 1, r"[\]+*]": 1, "(a)?": 2, "(?:a|b)": 2, "(?P<x>a)": 1, "(a)+": ENDLESS,
    "(a){2}": ENDLESS,
    "(a){2,}": ENDLESS, "a*b*": 121, "(?=a*)b": 11, "a{": 1, "a{b}": 1, "^a$": 1,
}


@pytest.mark.parametrize(("pattern", "ways"), WAYS.items(), ids=WAYS)
def test_the_ways_to_divide_ten_letters_are_estimated(pattern: str, ways: int) -> None:
    assert steps(pattern, 10) == ways


def test_many_small_choices_are_endless_together() -> None:
    assert steps("a?" * 30, 1) == ENDLESS


@pytest.mark.parametrize("pattern", ["".join(parts) for parts in product(["a*", "a?", "(?:a|aa)", "a{1,4}"], repeat=3)])
def test_what_is_estimated_small_is_quick(pattern: str) -> None:
    texts = ["a" * length + "b" for length in range(20)]

    assert unmatched(pattern, texts, seconds=0) == [text for text in texts if not re.fullmatch(pattern, text)]


@given(st.text(st.sampled_from("ab(|)[]{}*+?\\^$.,1-"), max_size=10), st.lists(st.text(st.sampled_from("ab1"), max_size=5)))
def test_an_estimate_can_be_made_of_anything(pattern: str, texts: list[str]) -> None:
    assert steps(pattern, max(map(len, texts), default=0)) >= 1
