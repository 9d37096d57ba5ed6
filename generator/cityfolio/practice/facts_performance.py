"""Facts about goals and measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from cityfolio.model.catalog import Catalog
from cityfolio.model.measured import Goal, Measure
from cityfolio.practice.past_days import days_since, newest_until

Row = Mapping[str, object]
WITHOUT_VALUE = ("no-data", "stale")


def goal_facts(catalog: Catalog, today: date) -> Iterator[Row]:
    """A row for each goal, in the order of pages."""
    for goal in catalog.goals:
        record, reviewed = goal.record, _reviewed(goal, *goal.measures, today=today)
        yield {
            "id": goal.id, "title": goal.title, "priority": goal.priority.id if goal.priority else None,
            "owner": goal.owner.id if goal.owner else None, "has_owner": goal.owner is not None,
            "has_plan": record.plan is not None, "measures": len(goal.measures),
            "outcome_measures": sum(each.record.type == "outcome" for each in goal.measures),
            "has_target": any(each.record.targets for each in goal.measures),
            "has_current_measure": any(map(is_current, goal.measures)),
            "has_disaggregation": any(map(groups_of, goal.measures)),
            "has_review": reviewed is not None, "days_since_review": days_since(reviewed, today),
            "next_report": record.next_report, "heard": len(record.heard), "has_description": bool(record.description),
        }


def measure_facts(catalog: Catalog, today: date) -> Iterator[Row]:
    """A row for each measure, in the order of pages."""
    goals = {goal.id: goal for goal in catalog.goals}
    for measure in catalog.measures:
        goal = goals.get(measure.goal.id) if measure.goal else None
        record, reviewed = measure.record, _reviewed(measure, *([goal] if goal else []), today=today)
        yield {
            "id": measure.id, "title": measure.title, "goal": measure.goal.id if measure.goal else None,
            "owner": measure.owner.id if measure.owner else None, "type": record.type, "status": measure.status,
            "direction": record.direction, "has_target": bool(record.targets), "has_baseline": record.baseline is not None,
            "is_computed": record.compute is not None, "is_current": is_current(measure),
            "is_disaggregated": groups_of(measure) > 0, "groups": groups_of(measure),
            "has_review": reviewed is not None, "days_since_review": days_since(reviewed, today),
            "actions": len(record.actions),
        }


def is_current(measure: Measure) -> bool:
    """Whether a measure has a value, shown or held back, that is not stale."""
    return measure.status not in WITHOUT_VALUE


def groups_of(measure: Measure) -> int:
    """By how many columns a measure is shown."""
    return sum(bool(series) for series in measure.computed.groups.values())


def _reviewed(*several: Goal | Measure, today: date) -> date | None:
    return newest_until((review.date for each in several for review in each.record.reviews), today)
