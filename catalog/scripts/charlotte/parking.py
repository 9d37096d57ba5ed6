"""Paid parking at the curb: a quarter of sessions, with a new rate in the middle of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from charlotte.days import LAST_DAY, after_working_days, at, days, holidays, stamp
from charlotte.draws import Draws
from charlotte.table import Cell, Table, money, table
from charlotte.weather import weather

FIRST = date(2026, 4, 1)
RATE_RISES = date(2026, 5, 1)
OLD_RATE = 100                                              # cents an hour, everywhere
RATES: Mapping[str, int] = {"UPTOWN": 150, "SOUTH_END": 100}
OUTAGE = (at(date(2026, 5, 14), 11), at(date(2026, 5, 14), 15))      # the app's payment service was down
ZONES: Mapping[str, tuple[str, str, float]] = {             # number on the sign: area, block, how many park there
    "0102": ("UPTOWN", "200 block of North Tryon Street", 1.6), "0104": ("UPTOWN", "400 block of North Tryon Street", 1.3),
    "0111": ("UPTOWN", "100 block of West Trade Street", 1.4), "0113": ("UPTOWN", "300 block of West Trade Street", 1.0),
    "0120": ("UPTOWN", "200 block of South Church Street", 1.2), "0123": ("UPTOWN", "500 block of South Church Street", 0.9),
    "0131": ("UPTOWN", "100 block of East 5th Street", 1.3), "0135": ("UPTOWN", "300 block of East 7th Street", 1.1),
    "0142": ("UPTOWN", "700 block of North Davidson Street", 0.8), "0150": ("UPTOWN", "200 block of South Brevard Street", 0.9),
    "0157": ("UPTOWN", "300 block of West 4th Street", 0.8), "0161": ("UPTOWN", "600 block of East Trade Street", 1.1),
    "0301": ("SOUTH_END", "1500 block of Camden Road", 1.2), "0304": ("SOUTH_END", "1800 block of Camden Road", 1.0),
    "0310": ("SOUTH_END", "200 block of East Boulevard", 1.0), "0316": ("SOUTH_END", "100 block of West Boulevard", 0.6),
    "0322": ("SOUTH_END", "1400 block of South Tryon Street", 0.7),
    "0327": ("SOUTH_END", "200 block of West Bland Street", 0.8),
}
HOURS: Mapping[int, float] = {8: 5, 9: 8, 10: 9, 11: 12, 12: 15, 13: 12, 14: 9, 15: 9, 16: 9, 17: 12}
STAYS: Mapping[int, float] = {15: 7, 30: 22, 45: 15, 60: 27, 90: 14, 120: 15}     # minutes; two hours at most
SHORTER: Mapping[int, float] = {15: 11, 30: 28, 45: 17, 60: 26, 90: 10, 120: 8}


def on_street_parking() -> Table:
    """The published table, in the order of time."""
    rows = sorted(_sessions(), key=lambda row: (str(row[0]), str(row[1])))
    return table("session_no started_at zone area block minutes amount paid_by settled_on",
                 ((number, *row) for number, row in enumerate(rows, start=7_310_001)),
                 "whole moment text text text whole money text date")


def _sessions() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("on-street parking")
    for day in days(FIRST, LAST_DAY):
        if day.weekday() == 6 or day in holidays(day.year):
            continue                                  # parking is free
        for _ in range(draws.events(275 * (0.62 if day.weekday() == 5 else 1.0) * (0.9 if weather()[day].rain > 0.3 else 1.0))):
            moment = at(day, draws.weighted(HOURS), draws.integer(0, 59), draws.integer(0, 59))
            yield from _session(draws, moment)


def _session(draws: Draws, moment: datetime) -> Iterator[tuple[Cell, ...]]:
    """One session, or none where the new rate or a broken app kept it away."""
    number = draws.weighted({number: share for number, (_, _, share) in ZONES.items()})
    area, block, _ = ZONES[number]
    rate = RATES[area] if moment.date() >= RATE_RISES else OLD_RATE
    minutes = draws.weighted(SHORTER if rate > OLD_RATE else STAYS)
    by_app = 0.64 + 0.0006 * (moment.date() - FIRST).days
    paid_by = draws.weighted({"APP": by_app, "METER": 0.93 - by_app, "TEXT": 0.07})
    stayed_away = rate > OLD_RATE and draws.chance(0.09)
    if OUTAGE[0] <= moment < OUTAGE[1] and paid_by == "APP":
        paid_by = "METER"
        stayed_away = stayed_away or draws.chance(0.7)
    if not stayed_away:
        settled = after_working_days(moment.date(), 1)
        yield (stamp(moment), number, area, block, minutes, money((rate * minutes + 30) // 60), paid_by, settled.isoformat())
