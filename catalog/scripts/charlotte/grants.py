"""Neighborhood matching grants: what groups asked for, what they got, and what they put in themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from charlotte.days import after_working_days, days, fiscal_year, is_working_day
from charlotte.draws import Draws
from charlotte.place import DISTRICTS
from charlotte.table import Cell, Table, table

RAISED = date(2024, 7, 1)         # the most that one grant may be rose from $10,000 to $25,000
LIMITS = (10_000, 25_000)
DEADLINES = ((3, 1), (9, 1))
LAST_DECISION = date(2026, 6, 12)
YEARS = range(2021, 2027)
ASKED_IN: Mapping[int, float] = {1: 1.3, 2: 1.5, 3: 1.1, 4: 0.9, 5: 1.3, 6: 0.6, 7: 0.35}
KINDS: Mapping[str, tuple[float, float]] = {           # kind: share, usual cost in dollars
    "BEAUTIFICATION": (27, 5_600), "EVENT": (16, 2_300), "SAFETY": (13, 7_200), "YOUTH": (14, 5_900), "ART": (9, 9_400),
    "SIGNS": (12, 6_800), "TRAINING": (9, 3_100),
}
GROUPS = ("Neighbors", "Community Association", "Residents", "Block Club", "Homeowners", "Merchants")
HOUR = 30                         # dollars that an hour of volunteer work counts for


def neighborhood_grants() -> Table:
    """The published table, in the order of application."""
    return table("grant_id fiscal_year applied_on applicant council_district project_type status decided_on asked awarded "
                 "volunteer_hours cash_match finished_on", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws, number = Draws("neighborhood grants"), 0
    for year in YEARS:
        for deadline in (date(year, *each) for each in DEADLINES):
            if deadline > LAST_DECISION:
                continue
            count = draws.events(36 if deadline < RAISED else 50)
            for applied in sorted(_applied(draws, deadline) for _ in range(count)):
                number += 1
                yield (f"NMG-{number:04d}", fiscal_year(applied), applied.isoformat(), *_grant(draws, applied, deadline))


def _applied(draws: Draws, deadline: date) -> date:
    """A working day in the eight weeks before a deadline, most often in the last one; a few come late and are let in."""
    if draws.chance(0.02):
        return after_working_days(deadline, draws.integer(0, 1))
    earlier = [day for day in days(deadline - timedelta(days=60), deadline - timedelta(days=1)) if is_working_day(day)]
    return earlier[-1 - int(40 * draws.unit() ** 4)]


def _grant(draws: Draws, applied: date, deadline: date) -> tuple[Cell, ...]:
    district = draws.weighted(ASKED_IN)
    applicant = f"{draws.pick(DISTRICTS[district].streets)} {draws.pick(GROUPS)}"
    kind = draws.weighted({name: share for name, (share, _) in KINDS.items()})
    limit = LIMITS[deadline >= RAISED]
    larger = 1.55 if deadline >= RAISED else 1.0
    asked = max(400, min(limit, round(draws.long_tail(KINDS[kind][1] * larger, 0.55) / 50) * 50))
    decided = after_working_days(deadline, draws.integer(38, 52))
    if draws.chance(0.27):
        return applicant, district, kind, "DECLINED", decided.isoformat(), asked, "", "", "", ""
    awarded = asked if draws.chance(0.7) else max(400, round(asked * draws.between(0.5, 0.9) / 50) * 50)
    hours, cash = _match(draws, awarded)
    finished = after_working_days(decided, round(draws.long_tail(170, 0.35)))
    is_open = finished > LAST_DECISION
    return (applicant, district, kind, "AWARDED" if is_open else "FINISHED", decided.isoformat(), asked, awarded, hours, cash,
            "" if is_open else finished.isoformat())


def _match(draws: Draws, awarded: int) -> tuple[int, int]:
    """Hours and money that together are worth at least the grant; young and poor groups give hours, others money."""
    in_hours = draws.between(0.35, 1.0)
    hours = -(-round(awarded * in_hours * draws.between(1.0, 1.3)) // HOUR)
    return hours, max(0, awarded - hours * HOUR)
