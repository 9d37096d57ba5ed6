"""Goals and measures for tests of pages: say what matters, the rest is filled in.

    a_measure("Potholes repaired in time", values=[71, 74, None, 78], status="near")

Values are months from January 2025 on, of a share of good rows that should reach 85 percent by June 2026.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cityfolio.measures.status import standings
from cityfolio.model.catalog import Catalog
from cityfolio.model.measured import (
    Computation,
    Forecast,
    Former,
    Goal,
    Measure,
    Observation,
    Priority,
    Ref,
    Series,
    ServiceLevel,
    Standing,
    Status,
    Trend,
)
from cityfolio.model.performance import (
    ActionRecord,
    BaselineRecord,
    BenchmarkRecord,
    BreakRecord,
    ComputeRecord,
    FollowUpRecord,
    GoalRecord,
    MeasureRecord,
    PeriodRecord,
    PriorityRecord,
    RatioRecord,
    ReadingRecord,
    ReviewRecord,
    RevisionRecord,
    TargetRecord,
)
from cityfolio.model.periods import next_period
from pages.catalogs import a_full_catalog
from pages.factories import an_id

MONTHS = (71, 70, 73, 74, 72, 75, 77, 76, 79, 80)
Value = Fraction | int | float | str | None


def a_target(value: str | None = "85", until: str = "2026-06", **given: Any) -> TargetRecord:
    """A target that the council set."""
    return TargetRecord(**{"until": until, "value": Decimal(value) if value else None, "set_on": date(2024, 7, 1),
                           "set_by": "City council", "reason": "Adopted in the budget", **given})


def a_measure_record(**given: Any) -> MeasureRecord:
    """How a share of good rows is measured by month."""
    compute = given.pop("compute", ComputeRecord(
        dataset="service-requests-311", where="request_type == 'Pothole' and closed_at is not null",
        ratio=RatioRecord(good="business_days(received_at, closed_at) <= 3"), date="closed_at"))
    return MeasureRecord(**{
        "title": "Potholes repaired in time", "type": "quality", "unit": "percent", "direction": "up", "compute": compute,
        "baseline": BaselineRecord(period="2024-12", value=Decimal("70.5")), "targets": (a_target(),),
        "goal": "streets-are-smooth", "period": PeriodRecord(), **given})


def an_observation(period: str = "2025-10", value: Value = 80, **given: Any) -> Observation:
    """A value of a month with 200 rows behind it."""
    exact = None if value is None else Fraction(str(value))
    rows = 200 if value is not None else 0
    return Observation(**{"period": period, "value": exact, "rows": rows, "is_closed": True,
                          "good": int(exact * 2) if exact is not None else 0, **given})


def a_series(values: Sequence[Value | Observation] = MONTHS, start: str = "2025-01", **given: Any) -> Series:
    """Values of periods one after the other; None is a period without any."""
    observations, period = [], start
    for value in values:
        made = replace(value, period=period) if isinstance(value, Observation) else an_observation(period, value)
        observations.append(made)
        period = next_period(period)
    return Series(**{"observations": tuple(observations), **given})


def a_standing(status: Status = "near", **given: Any) -> Standing:
    """80 percent in October 2025, where 84 were expected."""
    return Standing(**{"status": status, "period": "2025-10", "value": Fraction(80), "target": a_target(),
                       "expected": Fraction("84"), "scale": Fraction("14.5"), "gap": Fraction("-8/29"), **given})


def a_trend(**given: Any) -> Trend:
    """A clear rise, with a forecast."""
    return Trend(**{"word": "improving", "points": 10, "since": "2025-01", "slope": 1.0, "p_value": 0.001, "center": 74.7,
                    "lower": 69.0, "upper": 80.4, "signals": ("2025-10",),
                    "forecast": Forecast(period="2026-06", value=88.0, low=84.0, high=92.0), **given})


def a_computation(values: Sequence[Value | Observation] = MONTHS, status: Status = "near", **given: Any) -> Computation:
    """What was computed of ten months, with where each of them stood."""
    overall = given.pop("overall", a_series(values))
    shown = overall.observations
    newest = shown[-1] if shown else None
    standing = given.pop("standing", None) or (
        a_standing(status, period=newest.period, value=newest.value) if newest else Standing(status=status))
    before: tuple[Standing, ...] = tuple(
        a_standing("off-track" if at < 3 else "near", period=each.period, value=each.value, expected=Fraction(71 + at))
        for at, each in enumerate(shown[:-1]))
    return Computation(**{"overall": overall, "standing": standing, "standings": (*before, standing) if newest else (),
                          "trend": a_trend(), "place": 0, "is_recountable": True, "data_sha256": "ab" * 32,
                          "data_until": date(2025, 11, 21), **given})


def a_measure(title: str = "Potholes repaired in time", **given: Any) -> Measure:
    """A measure. `values` and `status` go to its computation, `record` replaces its record, all else is its own."""
    record = given.pop("record", None) or a_measure_record(title=title)
    computed = given.pop("computed", None) or a_computation(given.pop("values", MONTHS), given.pop("status", "near"))
    identifier = given.pop("id", an_id(title))
    return Measure(**{"id": identifier, "title": title, "record": record, "computed": computed,
                      "goal": Ref(id="streets-are-smooth", title="Streets are smooth"),
                      "owner": Ref(id="customer-service-center", title="Customer Service Center"),
                      "dataset": Ref(id="service-requests-311", title="Service requests (311)"),
                      "source_path": f"measures/{identifier}/measure.yaml", **given})


def a_goal(title: str = "Streets are smooth", *measures: Measure, **given: Any) -> Goal:
    """A goal with its measures."""
    identifier = given.pop("id", an_id(title))
    return Goal(**{"id": identifier, "title": title, "record": GoalRecord(title=title), "priority": None, "measures": measures,
                   "owner": Ref(id="customer-service-center", title="Customer Service Center"),
                   "source_path": f"goals/{identifier}.yaml", **given})


def a_priority(title: str = "Well-run government", *goals: Goal, **given: Any) -> Priority:
    """A priority with its goals."""
    return Priority(**{"id": an_id(title), "title": title, "record": PriorityRecord(title=title), "goals": goals,
                       "source_path": f"priorities/{an_id(title)}.yaml", **given})


def a_revision(**given: Any) -> RevisionRecord:
    """Why a closed month was changed."""
    return RevisionRecord(**{"period": "2025-03", "on": date(2025, 5, 2), "by": "311 data team",
                             "reason": "Twelve requests were closed twice.", **given})


def a_full_measure(title: str = "Potholes repaired in time") -> Measure:
    """A measure that has all that a measure can have."""
    values = (71, 70, an_observation(value=73, former=(Former(value=Fraction(75), revision=a_revision()),)), None, 72, 75,
              77, an_observation(value=76, is_closed=False), 79, 80)
    record = a_measure_record(
        title=title, description="What it *tells*.", why="A second crew.", revisions=(a_revision(),),
        targets=(a_target("80", "2025-06", reason="First try"), a_target("85", set_on=date(2025, 2, 1))),
        breaks=(BreakRecord(period="2025-05", reason="Requests by app are counted since then."),),
        benchmarks=(BenchmarkRecord(title="Median of ten peer cities", value=Decimal(82), period="2025",
                                    source="https://example.org/benchmarks"),),
        actions=(ActionRecord(title="Second crew on weekends", due=date(2025, 9, 30), state="under-way"),
                 ActionRecord(title="New asphalt plant", due=date(2026, 9, 30), state="planned", note="By *bond*."),
                 ActionRecord(title="Hotline", state="done", done_on=date(2025, 5, 12))),
        reviews=(ReviewRecord(date=date(2025, 8, 14), by="City manager", notes="Looked at *crews*.",
                              follow_ups=(FollowUpRecord(what="Bring costs", due=date(2025, 9, 15)),
                                          FollowUpRecord(what="Count crews", done_on=date(2025, 9, 1)))),),
    )
    groups = {"council_district": tuple(
        a_series(tuple(value if isinstance(value, Observation) or value is None else value - 5 * at for value in values),
                 by="council_district", group=str(at or ""), title=f"District {at}" if at else "")
        for at in range(4))}
    level = ServiceLevel(period="2025-11", rows=120, late=20, expected_rows=200, allowed=30, elapsed=Fraction(7, 10))
    so_far = an_observation("2025-11", 83, rows=120, good=100, is_closed=False)
    overall = a_series(values)
    stood = standings(record, overall.observations)
    computed = a_computation(overall=overall, standing=stood[-1], standings=stood, groups=groups, service_level=level,
                             so_far=so_far)
    return a_measure(title, record=record, computed=computed)


def a_measured_catalog(**settings: Any) -> Catalog:
    """A catalog in which pages of measures have all that they can show."""
    measures = a_few_measures()
    goal = a_goal("Streets are smooth", *(each for each in measures if each.goal))
    return replace(a_full_catalog(**settings), measures=measures, goals=(goal,),
                   priorities=(a_priority("Well-run government", goal),))


def a_few_measures() -> tuple[Measure, ...]:
    """Measures of every kind: with rows that anybody has, with hidden ones, entered by hand, without any value."""
    by_hand = a_measure_record(title="Residents who are content", compute=None, type="outcome", readings=(
        ReadingRecord(period="2025-01", value=Decimal(61), entered_by="Budget office", entered_on=date(2025, 3, 1),
                      evidence="https://example.gov/survey", note="A *survey*."),))
    read = a_series((an_observation(value=61, rows=None, good=None, reading=by_hand.readings[0]),))
    hidden = a_series((12, an_observation(value=None, rows=None, good=None, is_suppressed=True), 14))
    calls = a_measure_record(title="Calls for help", direction="watch", targets=(), unit="calls")
    return (
        a_full_measure(),
        a_measure("Residents who are content", record=by_hand, dataset=None, goal=None, owner=None,
                  computed=a_computation(overall=read, status="stale", is_recountable=False, data_sha256="", trend=Trend(
                      word="too-short", points=1))),
        a_measure("Calls for help", record=calls,
                  dataset=Ref(id="a-secret", title="A secret"),
                  computed=a_computation(overall=hidden, status="watch", is_recountable=False)),
        a_measure("Not counted yet", computed=Computation()),
    )
