"""The list of rules, by the codes that they report."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cityfolio.load.loaded import Loaded
from cityfolio.model.catalog import Build
from cityfolio.problems import Problem, in_order

Rule = Callable[[Loaded, Build], Iterator[Problem]]

RULES: dict[str, Rule] = {}


def rule(code: str) -> Callable[[Rule], Rule]:
    """Register a function as the rule that reports one code."""

    def register(function: Rule) -> Rule:
        if code in RULES:
            raise ValueError(f"two rules report {code}")
        RULES[code] = function
        return function

    return register


def check(loaded: Loaded, build: Build) -> tuple[Problem, ...]:
    """Everything that is wrong with a catalog's metadata, what loading found included."""
    found = [problem for each in RULES.values() for problem in each(loaded, build)]
    return in_order([*loaded.problems, *found])
