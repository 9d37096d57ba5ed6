"""Waits at the airport's three security checkpoints, hour by hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from charlotte.days import LAST_DAY, days, local_hours
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table

FIRST = date(2025, 7, 1)
REBUILT = (date(2026, 1, 12), date(2026, 3, 8))          # checkpoint 2 was closed for new scanners
SENSOR = (date(2025, 10, 20), date(2025, 10, 24))        # checkpoint 3 counted people and could not time them
SHARES: Mapping[str, float] = {"1": 0.36, "2": 0.41, "3": 0.23}
LANES: Mapping[str, int] = {"1": 6, "2": 7, "3": 4}
BY_HOUR: Mapping[int, float] = {
    4: 3.0, 5: 7.6, 6: 8.2, 7: 7.4, 8: 6.6, 9: 6.3, 10: 5.9, 11: 5.5, 12: 5.8, 13: 6.0, 14: 6.3, 15: 6.9, 16: 7.2, 17: 6.4,
    18: 5.0, 19: 3.4, 20: 2.5,
}
BY_WEEKDAY = (1.07, 0.92, 0.95, 1.08, 1.12, 0.86, 1.0)
BY_MONTH = (0.87, 0.9, 1.03, 1.02, 1.04, 1.08, 1.09, 1.0, 0.95, 1.03, 1.0, 1.02)
RUSH: Mapping[str, float] = {                             # days of travel, and days on which nobody flies
    "2025-11-25": 1.22, "2025-11-26": 1.36, "2025-11-27": 0.55, "2025-11-28": 0.8, "2025-11-29": 1.12, "2025-11-30": 1.42,
    "2025-12-19": 1.2, "2025-12-20": 1.22, "2025-12-22": 1.2, "2025-12-23": 1.22, "2025-12-24": 0.8, "2025-12-25": 0.5,
    "2025-12-27": 1.18, "2025-12-28": 1.2, "2026-01-02": 1.16, "2026-01-03": 1.2, "2026-05-22": 1.22, "2026-05-25": 1.14,
    "2025-07-03": 1.2, "2025-08-29": 1.15,
}
SCANNERS = 1.25                                           # people a lane clears with the new scanners, against before


def checkpoint_waits() -> Table:
    """The published table: a row for each checkpoint and hour in which it was open."""
    return table("hour checkpoint lanes_open travelers wait_minutes longest_wait_minutes", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("checkpoint waits")
    crowd = {day: draws.between(0.94, 1.06) * RUSH.get(day.isoformat(), 1.0) for day in days(FIRST, LAST_DAY)}
    for moment, stamped in local_hours(FIRST, LAST_DAY):
        if moment.hour in BY_HOUR:
            closed = REBUILT[0] <= moment.date() <= REBUILT[1]
            for checkpoint in (each for each in SHARES if not (closed and each == "2")):
                yield (stamped, checkpoint, *_hour(draws, moment, checkpoint, crowd[moment.date()]))


def _hour(draws: Draws, moment: datetime, checkpoint: str, crowd: float) -> tuple[Cell, ...]:
    day = moment.date()
    rebuilding = REBUILT[0] <= day <= REBUILT[1]
    share = SHARES[checkpoint] / (1 - SHARES["2"]) if rebuilding else SHARES[checkpoint]
    demand = 34_000 * BY_HOUR[moment.hour] / 100 * BY_WEEKDAY[day.weekday()] * BY_MONTH[day.month - 1] * crowd * share
    travelers = max(20, round(draws.near(demand, demand * 0.07)))
    lanes = max(-(-travelers // 185), round(travelers / 165 + draws.near(0.45, 0.4)))
    lanes = min(lanes, LANES[checkpoint] + 2 * rebuilding)
    clears = 172 * (SCANNERS if checkpoint == "2" and day > REBUILT[1] else 1.0)
    load = travelers / (lanes * clears)
    wait = max(1.0, 4 + 42 * max(0.0, load - 0.55) ** 1.4 + 65 * max(0.0, load - 1.0) + draws.near(0, 1.3))
    longest = wait * draws.between(1.25, 1.75)
    if checkpoint == "3" and SENSOR[0] <= day <= SENSOR[1]:
        return lanes, travelers, "", ""
    return lanes, travelers, f"{wait:.1f}", f"{max(longest, wait):.1f}"
