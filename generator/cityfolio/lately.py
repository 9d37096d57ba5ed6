"""What was found of the very same values a moment ago: several pages and feeds of a build need not find it again each."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import ParamSpec, TypeVar

__all__ = ["forget_found", "found_lately"]

Given = ParamSpec("Given")
Found = TypeVar("Found")

MOST = 2      # a site in two languages asks in turn
_FORGET: list[Callable[[], None]] = []     # of each function


def found_lately(function: Callable[Given, Found]) -> Callable[Given, Found]:
    """A function of values that never change, which answers once more what it answered last of the very same.

    Values are the same when they are one object: to compare catalogs would take as long as what this is for. The last answers
    are held with what they were made of, so that no other object can come to lie where one of these did.
    """
    answers: list[tuple[tuple[object, ...], Found]] = []
    _FORGET.append(answers.clear)

    def answer(*given: Given.args, **named: Given.kwargs) -> Found:
        asked = (*given, *named.values())
        for made_of, found in answers:
            if len(made_of) == len(asked) and all(map(_is_same, made_of, asked)):
                return found
        found = function(*given, **named)
        answers.insert(0, (asked, found))
        del answers[MOST:]
        return found

    return update_wrapper(answer, function)


def forget_found() -> None:
    """Let go of all answers and of what they were found of: they may be large, and what asked for them is done."""
    for forget in _FORGET:
        forget()


def _is_same(one: object, other: object) -> bool:
    return one is other
