"""Electricity meters of city buildings: a week of four of them, as a sample of a file of millions of rows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from charlotte.days import at, days, is_working_day, stamp
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table, truth
from charlotte.weather import weather

FIRST, LAST = date(2026, 6, 15), date(2026, 6, 21)
SILENT = (at(date(2026, 6, 17), 13), at(date(2026, 6, 17), 16))        # one radio was out; the meter company filled the gap


@dataclass(frozen=True, slots=True)
class Building:
    """A building: its name, kilowatts at night and when it is busy, and those for each degree above 68, and its busy hours."""

    name: str
    night: float
    busy: float
    cooling: float
    hours: tuple[int, int]
    weekends: bool


BUILDINGS: Mapping[str, Building] = {                     # by the meter's number
    "00417": Building("Government Center", 610, 720, 14.0, (6, 19), False),
    "00932": Building("Fire station 14", 9, 11, 0.55, (6, 23), True),
    "01086": Building("Sanitation yard, west", 24, 70, 0.4, (5, 15), False),
    "02251": Building("Vest water treatment plant", 880, 130, 2.0, (5, 22), True),
}


def building_electricity() -> Table:
    """The sample: a row for each meter and quarter of an hour."""
    return table("read_at meter_no building kwh estimated", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("building electricity")
    for day in days(FIRST, LAST):
        for quarter in range(96):
            moment = at(day, 0) + timedelta(minutes=15 * quarter)
            for meter, building in BUILDINGS.items():
                silent = meter == "01086" and SILENT[0] <= moment < SILENT[1]
                kwh = _kwh(draws, building, moment if not silent else SILENT[0])
                yield stamp(moment), meter, building.name, f"{kwh:.3f}", truth(silent)


def _kwh(draws: Draws, building: Building, moment: datetime) -> float:
    day = moment.date()
    hour = moment.hour + moment.minute / 60
    today = weather()[day]
    warm = today.low + (today.high - today.low) * (0.5 - 0.5 * math.cos(math.pi * 2 * (hour - 4) / 24))
    staffed = building.weekends or is_working_day(day)
    first, last = building.hours
    use = 1.0 if staffed and first + 1 <= hour < last - 1 else 0.5 if staffed and first <= hour < last else 0.0
    cooled = building.cooling * max(0.0, warm - 68) * (0.35 + 0.65 * use)
    return (building.night + building.busy * use + cooled) / 4 * draws.between(0.97, 1.03)
