"""Finished street repairs: those that residents asked for, and those that crews found themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from charlotte.days import LAST_DAY, after_working_days, days, fiscal_year, is_working_day, working_days
from charlotte.draws import Draws
from charlotte.place import Spot, somewhere
from charlotte.service_requests import requests
from charlotte.table import Cell, Table, money, table
from charlotte.weather import weather

WEIGHED_SINCE = date(2022, 7, 1)   # trucks got scales; before that, crews wrote down half tons
PRICE = {"FY2021": 7400, "FY2022": 8100, "FY2023": 9650, "FY2024": 9900, "FY2025": 10250, "FY2026": 10700}   # cents a ton
CREW_HOUR = 9400                                                                                    # cents
CREWS = {1: "CENTRAL", 2: "NORTH", 3: "WEST", 4: "NORTH", 5: "EAST", 6: "SOUTH", 7: "SOUTH"}


@dataclass(frozen=True, slots=True)
class Job:
    """A repair before its cost is worked out."""

    found: date
    done: date
    kind: str
    found_by: str
    spot: Spot
    request: str = ""


def street_repairs() -> Table:
    """The published table: one row for each repair that is finished."""
    draws = Draws("street repairs")
    jobs = sorted([*_asked_for(), *_found(draws)], key=lambda job: (job.done, job.found, job.spot.block, job.request))
    return table("repair_id request_id repair_type found_by found_on repaired_on working_days crew block council_district "
                 "asphalt_tons labor_hours cost",
                 (_row(draws, number, job) for number, job in enumerate(jobs, start=100_001)))


def _asked_for() -> Iterator[Job]:
    for each in requests():
        if each.kind in ("POTHOLE", "SIDEWALK") and each.outcome == "DONE" and each.closed:
            yield Job(each.received.date(), each.closed.date(), each.kind, "RESIDENT", each.spot, each.id)


def _found(draws: Draws) -> Iterator[Job]:
    """What crews and utilities report: after freezing nights many more potholes."""
    frost = 0.0
    for day in days(date(2021, 1, 4), LAST_DAY):
        frost = 0.93 * frost + (1.0 if weather()[day].freezes else 0.0)
        if not is_working_day(day):
            continue
        counts = {"POTHOLE": 0.55 + 0.28 * frost, "UTILITY_CUT": 0.5, "SETTLEMENT": 0.16, "SIDEWALK": 0.22}
        for kind, mean in counts.items():
            for _ in range(draws.events(mean)):
                wait = int(draws.long_tail({"POTHOLE": 0.8, "UTILITY_CUT": 9, "SETTLEMENT": 5, "SIDEWALK": 24}[kind], 0.6))
                done = after_working_days(day, wait)
                if done <= LAST_DAY:
                    yield Job(day, done, kind, "UTILITY" if kind == "UTILITY_CUT" else "CREW", somewhere(draws))


def _row(draws: Draws, number: int, job: Job) -> tuple[Cell, ...]:
    tons = _tons(draws, job)
    hours = draws.long_tail({"POTHOLE": 1.1, "UTILITY_CUT": 4.5, "SETTLEMENT": 9, "SIDEWALK": 14}[job.kind], 0.4)
    quarter_hours = max(1, round(hours * 4))
    cents = quarter_hours * CREW_HOUR // 4 + tons * PRICE[fiscal_year(job.done)] // 100
    return (number, job.request, job.kind, job.found_by, job.found.isoformat(), job.done.isoformat(),
            working_days(job.found, job.done), CREWS[job.spot.district], job.spot.block, job.spot.district,
            money(tons) if tons else "", money(quarter_hours * 25), money(cents))


def _tons(draws: Draws, job: Job) -> int:
    """Asphalt in hundredths of a ton; none for sidewalks, which are concrete."""
    if job.kind == "SIDEWALK":
        return 0
    tons = draws.long_tail({"POTHOLE": 0.35, "UTILITY_CUT": 2.2, "SETTLEMENT": 3.8}[job.kind], 0.55)
    if job.done < WEIGHED_SINCE:
        return max(1, round(tons * 2)) * 50
    return max(5, round(tons * 100))
