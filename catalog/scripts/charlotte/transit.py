"""Transit: riders by route and month, and an hour of bus positions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta

from charlotte.days import at, months, stamp
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table

FIRST, LAST = date(2019, 1, 1), date(2026, 4, 1)
LOST = date(2023, 3, 1)           # the passenger counters' server failed; no bus figures for the month
SAMPLED = date(2026, 6, 16)       # the afternoon that the bus positions show
MORE_OFTEN = date(2024, 10, 1)    # six routes began to run every 15 minutes
BUSES = (
    "3 The Plaza 38, 4 Belmont 16, 5 Airport 27, 6 Kings Drive 13, 7 Beatties Ford 52, 8 Tuckaseegee 26, 9 Central Avenue 66, "
    "10 West Boulevard 44, 11 North Tryon 49, 13 Nevin Road 14, 14 Providence Road 18, 15 Randolph Road 15, 16 South Tryon 41, "
    "17 Commonwealth 19, 19 Park Road 14, 20 Sharon Road 11, 21 Statesville Avenue 29, 22 Graham Street 24, "
    "23 Shamrock Drive 34, 24 Nations Ford 21, 26 Oaklawn Avenue 9, 27 Monroe Road 31, 29 UNC Charlotte 22, 30 Crosstown 17, "
    "34 Freedom Drive 25, 35 Wilkinson 15, 39 Eastway 18, 55 Westinghouse 10, 58 Pineville 8")
EXPRESS = ("40X Lawyers Road 3, 45X Carmel Road 2, 48X Huntersville 4, 53X Northlake 3, 61X Arboretum 3, 64X Independence 5, "
           "77X North Mecklenburg 6")
USUAL = {                         # boardings an hour, share of trips on time
    "BUS": (24, 82.0), "EXPRESS": (14, 86.0), "LIGHT_RAIL": (96, 97.5), "STREETCAR": (40, 88.0),
}
FREQUENT = ("3", "7", "9", "10", "16", "27")
SCHOOL_YEAR = (0.97, 0.99, 1.01, 1.0, 0.98, 0.95, 0.95, 1.02, 1.05, 1.06, 1.0, 0.96)


def transit_ridership() -> Table:
    """The published table: a row for each route and month that it ran."""
    return table("month route route_name mode boardings revenue_hours on_time_percent", _ridership())


def _ridership() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("transit ridership")
    routes = [*_named(BUSES, "BUS"), *_named(EXPRESS, "EXPRESS"), ("501", "LYNX Blue Line", "LIGHT_RAIL", 640),
              ("510", "CityLYNX Gold Line", "STREETCAR", 34)]
    for month in months(FIRST, LAST):
        for number, name, mode, hundreds in routes:
            if number == "510" and date(2019, 6, 1) <= month < date(2021, 9, 1):
                continue                                  # closed while the line was being lengthened
            if mode == "EXPRESS" and date(2020, 4, 1) <= month < date(2021, 7, 1):
                continue                                  # no commuters to carry
            yield (month.isoformat(), number, name, mode, *_month(draws, month, number, mode, hundreds * 1_000))


def _named(routes: str, mode: str) -> Iterator[tuple[str, str, str, int]]:
    for each in routes.split(", "):
        number, name = each.split(" ", 1)
        title, hundreds = name.rsplit(" ", 1)
        yield number, title, mode, int(hundreds)


def _month(draws: Draws, month: date, route: str, mode: str, usual: int) -> tuple[Cell, ...]:
    demand = SCHOOL_YEAR[month.month - 1] * _recovery(month, mode) * draws.between(0.95, 1.05)
    service = 0.72 if date(2022, 8, 1) <= month < date(2023, 9, 1) and mode == "BUS" else 1.0     # too few operators
    if route in FREQUENT and month >= MORE_OFTEN:
        service, demand = 1.38, demand * min(1.3, 1.06 + 0.02 * (month - MORE_OFTEN).days / 30)
    boardings = round(usual * demand * (0.9 if service < 1 else 1.0))
    hours = round(usual / USUAL[mode][0] * service * draws.between(0.98, 1.02))
    on_time = draws.near(USUAL[mode][1] - (6 if service < 1 else 0), 1.2)
    lost = month == LOST and mode in ("BUS", "EXPRESS")
    return ("" if lost else boardings), hours, f"{min(on_time, 100):.1f}"


def _recovery(month: date, mode: str) -> float:
    """Riders against 2019: two thirds gone in April 2020, then a slow return; commuters came back least."""
    if month < date(2020, 3, 1):
        return 1.0
    if month == date(2020, 3, 1):
        return 0.68
    years = (month - date(2020, 4, 1)).days / 365.25
    end = {"BUS": 0.74, "EXPRESS": 0.42, "LIGHT_RAIL": 0.86, "STREETCAR": 1.1}[mode]
    start = {"BUS": 0.34, "EXPRESS": 0.1, "LIGHT_RAIL": 0.24, "STREETCAR": 0.3}[mode]
    return end - (end - start) * math.exp(-0.75 * years)


def bus_positions() -> Table:
    """A sample: an hour of one Tuesday afternoon, a row for each bus and minute or two."""
    draws = Draws("bus positions")
    rows = [row for nth in range(16) for row in _trip(draws, 2101 + 7 * nth)]
    return table("recorded_at vehicle_id route direction latitude longitude delay_seconds load",
                 sorted(rows, key=lambda row: (row[0], row[1])))


def _trip(draws: Draws, vehicle: int) -> Iterator[tuple[Cell, ...]]:
    route, direction = draws.pick(FREQUENT), draws.pick(("INBOUND", "OUTBOUND"))
    heading = 2 * math.pi * FREQUENT.index(route) / len(FREQUENT)
    far, delay, people = draws.between(0, 0.07), draws.near(60, 70), draws.integer(4, 26)
    moment = at(SAMPLED, 16, 30) + timedelta(seconds=draws.integer(0, 59))
    while moment < at(SAMPLED, 17, 30):
        load = "EMPTY" if people < 3 else "SEATS" if people < 20 else "STANDING" if people < 38 else "FULL"
        yield (stamp(moment), vehicle, route, direction, f"{35.2271 + far * math.sin(heading):.5f}",
               f"{-80.8431 + far * math.cos(heading):.5f}", round(delay), load)
        seconds = draws.integer(45, 120)
        far = max(0.0, min(0.09, far + (seconds if direction == "OUTBOUND" else -seconds) * 0.00004))
        delay, people = delay + draws.near(4, 18), max(0, people + draws.integer(-5, 5))
        moment += timedelta(seconds=seconds)
