"""Bicycles that passed four counters: by the hour for a year, by the day since 2021."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from charlotte.days import LAST_DAY, days, is_working_day, local_hours
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table
from charlotte.weather import weather

FIRST, FIRST_HOUR = date(2021, 1, 1), date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Counter:
    """A pair of loops in the pavement: bikes on a usual day, how much of it is commuting, growth a year, days out of order."""

    name: str
    usual: float
    commuting: float
    growth: float
    broken: tuple[date, date]


COUNTERS: Mapping[str, Counter] = {
    "B01": Counter("Uptown CycleLink at 6th Street", 310, 0.75, 0.11, (date(2022, 5, 9), date(2022, 5, 20))),
    "B02": Counter("Rail Trail at East Boulevard", 520, 0.45, 0.07, (date(2025, 10, 6), date(2025, 10, 26))),
    "B03": Counter("The Plaza at Parkwood Avenue", 150, 0.6, 0.05, (date(2023, 2, 1), date(2023, 2, 6))),
    "B04": Counter("Cross Charlotte Trail at 36th Street", 240, 0.25, 0.09, (date(2024, 8, 13), date(2024, 9, 1))),
}
COMMUTE = (.3, .2, .1, .1, .3, 1.2, 4, 9, 12, 6, 4, 4.5, 5.5, 5, 4.5, 6, 9, 12, 8, 4.5, 2.6, 1.6, .9, .5)
LEISURE = (.3, .2, .1, .1, .2, .6, 1.8, 3.5, 6, 8.5, 10, 10, 9, 8.5, 8.5, 8, 7.5, 6.5, 5, 3, 1.5, .9, .6, .4)


def bike_counts_hourly() -> Table:
    """Each counter and hour of the last year; in autumn one hour comes twice, with different offsets."""
    return table("counted_at counter_id counter inbound outbound", _hourly())


def bike_counts_daily() -> Table:
    """Each counter and day, with the day's weather."""
    return table("date counter_id counter bikes high_temperature rain", _daily())


def _hourly() -> Iterator[tuple[Cell, ...]]:
    for hour, stamped, counter, inbound, outbound in _counted():
        if hour.date() >= FIRST_HOUR:
            yield stamped, counter, COUNTERS[counter].name, inbound, outbound


def _daily() -> Iterator[tuple[Cell, ...]]:
    totals: dict[tuple[date, str], int] = {}
    for hour, _, counter, inbound, outbound in _counted():
        totals[hour.date(), counter] = totals.get((hour.date(), counter), 0) + inbound + outbound
    for (day, counter), bikes in totals.items():
        today = weather()[day]
        yield day.isoformat(), counter, COUNTERS[counter].name, bikes, f"{today.high:.0f}", f"{today.rain:.2f}"


@cache
def _counted() -> tuple[tuple[datetime, str, str, int, int], ...]:
    draws, found = Draws("bike counts"), list[tuple[datetime, str, str, int, int]]()
    level = {(day, counter): _level(day, counter) for day in days(FIRST, LAST_DAY) for counter in COUNTERS}
    for hour, stamped in local_hours(FIRST, LAST_DAY):
        for number, counter in COUNTERS.items():
            if not counter.broken[0] <= hour.date() <= counter.broken[1]:
                bikes = draws.events(level[hour.date(), number] * _share(hour, counter))
                inbound = round(bikes * (0.62 if hour.hour < 11 else 0.4 if hour.hour > 15 else 0.5))
                found.append((hour, stamped, number, inbound, bikes - inbound))
    return tuple(found)


def _level(day: date, counter: str) -> float:
    """Bikes expected on a day: fewer in cold, heat and rain; commuters stay home on weekends."""
    today, place = weather()[day], COUNTERS[counter]
    comfort = max(0.16, 1 - abs(today.high - 76) / 62)
    wet = 0.42 if today.rain > 0.25 else 0.74 if today.rain > 0.02 else 1.0
    weekend = not is_working_day(day)
    week = place.commuting * (0.45 if weekend else 1.1) + (1 - place.commuting) * (1.75 if weekend else 0.75)
    grown = math.pow(1 + place.growth, (day - FIRST).days / 365.25)
    return place.usual * comfort * wet * week * grown


def _share(hour: datetime, counter: Counter) -> float:
    if not is_working_day(hour.date()):
        return LEISURE[hour.hour] / sum(LEISURE)
    mixed = counter.commuting * COMMUTE[hour.hour] / sum(COMMUTE)
    return mixed + (1 - counter.commuting) * LEISURE[hour.hour] / sum(LEISURE)
