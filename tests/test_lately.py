"""What was found of the very same values is found once."""

from __future__ import annotations

from collections.abc import Callable
from weakref import ref

from cityfolio.lately import MOST, forget_found, found_lately


class Counted:
    """A function that says how often it was at work."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, *given: object) -> int:
        self.times += 1
        return self.times


def lately(counted: Counted) -> Callable[[object, object], int]:
    @found_lately
    def found(one: object, other: object) -> int:
        return counted(one, other)

    return found


def test_of_the_very_same_values_it_is_found_once() -> None:
    counted, catalog, words = Counted(), ["a"], ["b"]
    found = lately(counted)

    assert [found(catalog, words), found(catalog, words)] == [1, 1]


def test_values_that_are_equal_and_not_the_same_are_looked_at_anew() -> None:
    counted, words = Counted(), ["b"]
    found = lately(counted)

    assert [found(["a"], words), found(["a"], words)] == [1, 2]


def test_two_languages_may_ask_in_turn() -> None:
    counted, catalog, languages = Counted(), ["a"], (["en"], ["es"])
    found = lately(counted)

    asked = [found(catalog, each) for _ in range(3) for each in languages]

    assert asked == [1, 2] * 3


def test_no_more_is_held_than_the_last_answers() -> None:
    counted, catalog, others = Counted(), ["a"], [[number] for number in range(MOST)]
    found = lately(counted)
    found(catalog, catalog)
    for each in others:
        found(each, each)

    assert found(catalog, catalog) == MOST + 2


def test_a_value_that_lies_where_one_lay_before_is_another() -> None:
    found = lately(Counted())

    assert [found([number], [number]) for number in range(9)] == list(range(1, 10))


def test_what_is_forgotten_is_found_anew_and_nothing_of_it_held() -> None:
    counted, given = Counted(), Counted()
    found, held = lately(counted), ref(given)
    found(given, given)
    forget_found()
    del given

    assert held() is None
    assert found([], []) == 2
