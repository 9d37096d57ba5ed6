"""Priorities, goals and measures with what they point to: references resolved, in the order in which pages show them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from unicodedata import normalize

from cityfolio.frozen import Frozen
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.measured import Computation, Goal, Measure, Priority, Ref
from cityfolio.model.performance import GoalRecord


class Performance(Frozen, kw_only=True):
    """Everything of a catalog that is measured, each in the order of pages."""

    priorities: tuple[Priority, ...] = ()
    goals: tuple[Goal, ...] = ()          # those without a priority last
    measures: tuple[Measure, ...] = ()


def linked(loaded: Loaded, computed: Mapping[str, Computation]) -> Performance:
    """Resolve every reference. Problems have stopped the build before, so what leads nowhere is left out."""
    measures = sorted(_measures(loaded, computed), key=lambda each: _place(each.record.order, each.title, each.id))
    by_goal: dict[str, list[Measure]] = defaultdict(list)
    for measure in measures:
        by_goal[measure.goal.id if measure.goal else ""].append(measure)
    goals = sorted((_goal(each, by_goal[each.id], loaded) for each in loaded.goals.values()),
                   key=lambda each: _place(each.record.order, each.title, each.id))
    by_priority: dict[str, list[Goal]] = defaultdict(list)
    for goal in goals:
        by_priority[goal.priority.id if goal.priority else ""].append(goal)
    priorities = sorted((Priority(id=each.id, title=each.record.title or each.id, record=each.record,
                                  goals=tuple(by_priority[each.id]), source_path=each.document.path)
                         for each in loaded.priorities.values()),
                        key=lambda each: _place(each.record.order, each.title, each.id))
    in_order = [goal for priority in priorities for goal in priority.goals] + by_priority[""]
    shown = [measure for goal in in_order for measure in goal.measures] + by_goal[""]
    return Performance(priorities=tuple(priorities), goals=tuple(in_order), measures=tuple(shown))


def _measures(loaded: Loaded, computed: Mapping[str, Computation]) -> Iterable[Measure]:
    for each in loaded.measures.values():
        record = each.record
        goal = loaded.goals.get(record.goal or "")
        owner = record.owner or (goal.record.owner if goal else None)
        dataset = loaded.datasets.get((record.compute.dataset if record.compute else None) or "")
        yield Measure(id=each.id, title=record.title or each.id, record=record, goal=_ref(goal),
                      owner=_ref(loaded.publishers.get(owner or "")), dataset=_ref(dataset),
                      computed=computed.get(each.id, Computation()), source_path=each.document.path)


def _goal(sourced: Sourced[GoalRecord], measures: list[Measure], loaded: Loaded) -> Goal:
    record = sourced.record
    first = [each for each in measures if each.id == record.headline]
    return Goal(id=sourced.id, title=record.title or sourced.id, record=record,
                priority=_ref(loaded.priorities.get(record.priority or "")),
                owner=_ref(loaded.publishers.get(record.owner or "")), source_path=sourced.document.path,
                measures=(*first, *(each for each in measures if each.id != record.headline)))


def _ref(sourced: Sourced[Any] | None) -> Ref | None:   # Any: of any room; each record has a title
    return Ref(id=sourced.id, title=sourced.record.title or sourced.id) if sourced else None


def _place(order: int | None, title: str, identifier: str) -> tuple[bool, int, str, str]:
    """Those with a number first, then by title without accents and case."""
    return order is None, order or 0, normalize("NFKD", title).casefold(), identifier
