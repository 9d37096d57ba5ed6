"""Fire stations by month: what they were called to, and how fast they left and came."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from charlotte.days import months
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table
from charlotte.weather import STORM

FIRST, LAST = date(2023, 7, 1), date(2026, 5, 1)
RENOVATED = (14, date(2024, 9, 1), date(2025, 2, 1))
OPENED = (43, date(2025, 1, 1))
RELIEVED = (28, 31)               # stations whose far ends the new one took over
FAR = (23, 28, 31, 37, 38, 41, 42)


def fire_response() -> Table:
    """The published table: a row for each station and month in which it was open."""
    return table("month station medical fires alarms hazards other incidents turnout_seconds_p90 travel_seconds_p90 "
                 "within_six_minutes_percent", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("fire response")
    usual = {station: draws.long_tail(225, 0.4) for station in range(1, 44)}
    for month in months(FIRST, LAST):
        for station, incidents in usual.items():
            closed = station == RENOVATED[0] and RENOVATED[1] <= month <= RENOVATED[2]
            if not closed and not (station == OPENED[0] and month < OPENED[1]):
                yield (month.isoformat(), station, *_month(draws, month, station, incidents))


def _month(draws: Draws, month: date, station: int, usual: float) -> tuple[Cell, ...]:
    years = (month - FIRST).days / 365.25
    level = usual * 1.03 ** years * (0.78 if station in RELIEVED and month >= OPENED[1] else 1.0)
    storm = 2.2 if month == STORM.replace(day=1) else 1.0
    cold = 1.35 if month.month in (12, 1, 2) else 1.0
    counts = (draws.events(level * 0.62), draws.events(level * 0.035 * cold), draws.events(level * 0.17),
              draws.events(level * 0.055 * storm), draws.events(level * 0.12 * storm))
    far = 62 if station in FAR and not (station in RELIEVED and month >= OPENED[1]) else 0
    neighbor = 34 if abs(station - RENOVATED[0]) == 1 and RENOVATED[1] <= month <= RENOVATED[2] else 0
    turnout, travel = round(draws.near(82, 5)), round(draws.near(258 + far + neighbor + 6 * (storm > 1), 11))
    within = max(0.0, min(100.0, draws.near(91 - (turnout + travel - 340) * 0.19, 1.6)))
    return *counts, sum(counts), turnout, travel, f"{within:.1f}"
