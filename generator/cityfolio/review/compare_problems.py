"""Problems that appear or go. A problem that stands at another line, or counts other rows, is still the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from cityfolio.model.review import Change
from cityfolio.problems import Problem, in_order
from cityfolio.review.compare_words import change_of

NUMBERS = re.compile(r"\b(rows?|lines?|values?|cells?|times|of|first|and|at) \d[\d,.]*|\b\d[\d,.]* (?=[a-z])")
Known = Callable[[Problem], tuple[str, ...]]


def problem_changes(before: Iterable[Problem], after: Iterable[Problem], renamed: Mapping[str, str]) -> Iterator[Change]:
    """Those that one of two lists has alone; `renamed` has the folders and files that are called otherwise now."""
    gone, come = list(in_order(before)), list(in_order(after))
    # First those that are word for word the same, then those that differ in numbers of rows alone.
    for known in (_known(renamed, _exact), _known(renamed, _loose)):
        gone, come = _without(gone, come, known), _without(come, gone, known)
    for problem in come:
        kind = "error-added" if problem.severity == "error" else "problem-added"
        about = about_of(problem.where.path)
        yield change_of(kind, about, f"{problem.severity}: {problem.says}", problem.where, part=problem.code)
    for problem in gone:
        about = about_of(_moved(problem.where.path, renamed))
        yield change_of("problem-gone", about, f"{problem.severity} no more: {problem.says}", problem.where, part=problem.code)


def _known(renamed: Mapping[str, str], words: Callable[[str], str]) -> Known:
    return lambda problem: (problem.code, _moved(problem.where.path, renamed), words(problem.says))


def _exact(says: str) -> str:
    return says


def _loose(says: str) -> str:
    return NUMBERS.sub(lambda found: found[1] or "", says)


def _without(problems: list[Problem], others: list[Problem], known: Known) -> list[Problem]:
    """What is left of a list when each of the other list has taken one that is the same."""
    left = Counter(map(known, others))
    kept = []
    for problem in problems:
        if left[known(problem)]:
            left[known(problem)] -= 1
        else:
            kept.append(problem)
    return kept


def _moved(path: str, renamed: Mapping[str, str]) -> str:
    folder = "/".join(path.split("/")[:2])
    return renamed[folder] + path[len(folder):] if folder in renamed else path


def about_of(path: str) -> str:
    """What a file of the catalog belongs to: "datasets/trees", "site"."""
    parts = path.split("/")
    if len(parts) == 1:
        return parts[0].removesuffix(".yaml") or "site"
    return "/".join((parts[0], parts[1].removesuffix(".yaml").removesuffix(".md")))
