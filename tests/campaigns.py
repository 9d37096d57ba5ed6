"""Campaigns, long as a whole: `make test` tries a part of their cases, the same each time, and `make torture` all of them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

if TYPE_CHECKING:
    from _pytest.mark.structures import ParameterSet

SEED = 2026
T = TypeVar("T")


def in_part(cases: Iterable[Any], count: int) -> list[ParameterSet | Any]:
    """The cases of a `parametrize`, all of them: but for `count` by chance they bear the mark `campaign`."""
    every = list(cases)
    kept = set(Random(SEED).sample(range(len(every)), min(count, len(every))))
    return [case if at in kept else _left_to_torture(case) for at, case in enumerate(every)]


def some_or_all(count: int) -> list[ParameterSet]:
    """For the argument of a test that goes through items which it only finds when it runs: `count`, and under torture None."""
    return [pytest.param(count, id="some"), pytest.param(None, id="all", marks=pytest.mark.campaign)]


def chosen(items: Sequence[T], count: int | None, *, always: Container[T] = (), seed: int = SEED) -> list[T]:
    """So many of the items by chance, beside those that are always kept, in their order; all where none is said."""
    others = [at for at, item in enumerate(items) if item not in always]
    if count is None or count >= len(others):
        return list(items)
    left_out = {*others} - {*Random(seed).sample(others, count)}
    return [item for at, item in enumerate(items) if at not in left_out]


def _left_to_torture(case: Any) -> ParameterSet:
    """The case with the mark. One for several arguments is a tuple, as `parametrize` takes it."""
    if hasattr(case, "marks"):
        return pytest.param(*case.values, id=case.id, marks=[*case.marks, pytest.mark.campaign])
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.campaign)
