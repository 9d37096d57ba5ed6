"""Tons of garbage, recycling, yard waste and bulky items by month and collection day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from charlotte.days import months
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table
from charlotte.weather import STORM

FIRST, LAST = date(2021, 1, 1), date(2026, 5, 1)
LOST = date(2024, 11, 1)          # the yard waste site's scale was being replaced
HOMES: Mapping[str, int] = {"MONDAY": 46_300, "TUESDAY": 44_100, "WEDNESDAY": 45_200, "THURSDAY": 43_700, "FRIDAY": 45_900}
POUNDS = {"GARBAGE": 148.0, "RECYCLING": 33.0, "YARD_WASTE": 30.0, "BULKY": 9.5}     # a home and month
SEASON: Mapping[str, tuple[float, ...]] = {
    "GARBAGE": (1.03, 0.93, 1.0, 1.01, 1.03, 1.02, 1.02, 1.01, 0.98, 0.98, 0.98, 1.03),
    "RECYCLING": (1.12, 0.95, 0.98, 0.98, 1.0, 0.99, 0.99, 0.97, 0.97, 0.98, 1.0, 1.1),
    "YARD_WASTE": (1.25, 0.6, 0.9, 1.15, 1.0, 0.8, 0.7, 0.65, 0.65, 0.95, 1.75, 1.95),
    "BULKY": (0.85, 0.8, 0.95, 1.0, 1.12, 1.2, 1.25, 1.22, 1.0, 0.9, 0.85, 0.88),
}
TREND = {"GARBAGE": 0.004, "RECYCLING": -0.026, "YARD_WASTE": 0.0, "BULKY": 0.03}
LOAD = {"GARBAGE": 9.6, "RECYCLING": 6.2, "YARD_WASTE": 5.1, "BULKY": 3.3}           # tons a truck


def solid_waste_tonnage() -> Table:
    """The published table: a row for each month, collection day and material."""
    return table("month collection_day material homes tons truckloads pounds_per_home contamination_percent", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("solid waste tonnage")
    for month in months(FIRST, LAST):
        for weekday, homes in HOMES.items():
            served = round(homes * 1.009 ** ((month - FIRST).days / 365.25))
            for material in POUNDS:
                if (month, material) != (LOST, "YARD_WASTE"):
                    yield (month.isoformat(), weekday, material, served, *_weighed(draws, month, weekday, material, served))


def _weighed(draws: Draws, month: date, weekday: str, material: str, homes: int) -> tuple[Cell, ...]:
    years = (month - FIRST).days / 365.25
    pounds = POUNDS[material] * SEASON[material][month.month - 1] * (1 + TREND[material]) ** years * draws.between(0.965, 1.035)
    if material == "YARD_WASTE" and month in (STORM.replace(day=1), date(2024, 9, 1)):
        pounds *= 2.3                                     # branches after the windstorm
    hundredths = round(pounds * homes / 20)
    return (f"{hundredths / 100:.2f}", max(1, round(hundredths / 100 / LOAD[material])), f"{hundredths * 20 / homes:.1f}",
            _contamination(draws, month, weekday) if material == "RECYCLING" else "")


def _contamination(draws: Draws, month: date, weekday: str) -> str:
    """Percent of recycling that is not recyclable; Tuesday and Wednesday routes have left tags on carts since March 2024."""
    rising = 15.0 + 1.15 * (month - FIRST).days / 365.25
    tagged = weekday in ("TUESDAY", "WEDNESDAY") and month >= date(2024, 3, 1)
    return f"{draws.near(rising - (5.5 if tagged else 0), 0.8):.1f}"
