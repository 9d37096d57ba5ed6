"""Drinking water samples at the three treatment plants and at taps across the city."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from charlotte.days import after_working_days, days, months
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table

LAST = date(2026, 5, 29)
NEW_METER = date(2023, 1, 3)      # a finer turbidity meter: the least it can tell fell from 0.05 to 0.02
PLANTS = {"P1": "Franklin plant", "P2": "Vest plant", "P3": "Dukes plant"}
FLUSHED = ("T07", "T19")          # dead ends of the network, flushed automatically since May 2024


@dataclass(frozen=True, slots=True)
class Parameter:
    """What is measured: unit, usual value, spread, how summer warmth moves it, decimals."""

    unit: str
    usual: float
    spread: float
    summer: float
    decimals: int


AT_PLANT: Mapping[str, Parameter] = {
    "CHLORINE": Parameter("mg/L", 1.62, 0.10, 0.05, 2), "TURBIDITY": Parameter("NTU", 0.055, 0.016, 0.008, 2),
    "PH": Parameter("pH", 8.7, 0.12, 0.0, 1), "FLUORIDE": Parameter("mg/L", 0.70, 0.04, 0.0, 2),
}
AT_TAP: Mapping[str, Parameter] = {
    "CHLORINE": Parameter("mg/L", 1.12, 0.15, -0.24, 2), "TURBIDITY": Parameter("NTU", 0.12, 0.05, 0.02, 2),
    "PH": Parameter("pH", 8.5, 0.15, 0.0, 1),
}
TTHM = Parameter("ug/L", 38, 7, 15, 1)


def drinking_water_samples() -> Table:
    """The published table, in the order of sampling."""
    rows = sorted(_sampled(), key=lambda row: (row[0], str(row[1]), str(row[4])))
    return table("sample_id sampled_on site_id site site_type parameter qualifier result unit",
                 ((f"W{number:06d}", *row) for number, row in enumerate(rows, start=1)))


def _sampled() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("drinking water")
    for monday in days(date(2021, 1, 4), LAST):
        if monday.weekday() == 0:
            for number, name in PLANTS.items():
                day = after_working_days(monday, draws.integer(0, 2))
                yield from (_row(draws, day, (number, name, "PLANT"), code, each) for code, each in AT_PLANT.items())
    for month in months(date(2021, 1, 1), LAST):
        for tap in range(1, 25):
            if (month, tap) == (date(2025, 2, 1), 11):
                continue                                  # the tap's building was closed
            day = min(LAST, after_working_days(month + timedelta(days=1), draws.integer(0, 16)))
            site = (f"T{tap:02d}", f"Tap {tap}", "TAP")
            yield from (_row(draws, day, site, code, each) for code, each in AT_TAP.items())
            if month.month % 3 == 2 and tap <= 12:
                yield _row(draws, day, site, "TTHM", TTHM)


def _row(draws: Draws, day: date, site: tuple[str, str, str], code: str, measured: Parameter) -> tuple[Cell, ...]:
    warmth = -math.cos(2 * math.pi * (day.timetuple().tm_yday - 28) / 365.25)
    value = draws.near(measured.usual + measured.summer * warmth, measured.spread)
    if site[0] in FLUSHED and code == "CHLORINE" and day < date(2024, 5, 1):
        value -= 0.42                                     # old water at a dead end loses its chlorine
    least = 0.0 if code != "TURBIDITY" else 0.05 if day < NEW_METER else 0.02
    shown = max(value, least, 0.1 if code == "CHLORINE" else 0)
    return day.isoformat(), *site, code, "<" if value < least else "", f"{shown:.{measured.decimals}f}", measured.unit
