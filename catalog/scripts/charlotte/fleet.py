"""The city's vehicles, and the fuel that departments took at the city's pumps each month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from charlotte.days import months
from charlotte.draws import Draws
from charlotte.table import Cell, Table, Workbook, money, table
from charlotte.weather import STORM

AS_OF = date(2026, 5, 29)
FIRST, LAST = date(2021, 7, 1), date(2026, 5, 1)
NO_CHIPS = (date(2021, 9, 1), date(2022, 9, 1))           # car makers had none, and nothing could be bought
LOST = (date(2023, 10, 1), "GS")  # the yard's pump was replaced, and its readings were lost
CLASSES: Mapping[str, tuple[int, int, int, float]] = {     # dollars, years of use, miles a year, share in the shop
    "CAR": (31_000, 9, 8_200, 0.035), "PATROL_CAR": (46_500, 5, 19_500, 0.07), "PICKUP": (38_500, 10, 8_900, 0.045),
    "VAN": (41_000, 10, 7_400, 0.045), "DUMP_TRUCK": (148_000, 11, 8_600, 0.095), "GARBAGE_TRUCK": (342_000, 8, 10_800, 0.145),
    "FIRE_ENGINE": (745_000, 14, 9_100, 0.11), "SWEEPER": (298_000, 7, 7_600, 0.16), "BUCKET_TRUCK": (212_000, 11, 6_100, 0.09),
    "TRAILER": (14_500, 15, 0, 0.02),
}
OWNED: Mapping[str, Mapping[str, int]] = {
    "CMPD": {"PATROL_CAR": 190, "CAR": 62, "VAN": 14}, "CFD": {"FIRE_ENGINE": 52, "PICKUP": 21, "CAR": 16},
    "SWS": {"GARBAGE_TRUCK": 96, "PICKUP": 18, "SWEEPER": 9},
    "CDOT": {"DUMP_TRUCK": 34, "PICKUP": 48, "BUCKET_TRUCK": 15, "TRAILER": 22},
    "CLTW": {"PICKUP": 84, "VAN": 31, "DUMP_TRUCK": 22, "TRAILER": 26}, "SWTR": {"PICKUP": 17, "DUMP_TRUCK": 6},
    "LM": {"PICKUP": 16, "BUCKET_TRUCK": 12, "DUMP_TRUCK": 6, "TRAILER": 14}, "HNS": {"CAR": 38, "PICKUP": 9},
    "PDD": {"CAR": 24}, "GS": {"VAN": 19, "PICKUP": 14, "CAR": 21}, "C311": {"CAR": 2}, "IT": {"VAN": 7},
}
DIESEL = ("DUMP_TRUCK", "GARBAGE_TRUCK", "FIRE_ENGINE", "SWEEPER", "BUCKET_TRUCK")
MONTHLY: Mapping[str, tuple[int, int]] = {                 # gallons a month: gasoline, diesel
    "CMPD": (37_500, 0), "CFD": (3_900, 15_600), "SWS": (1_900, 39_800), "CDOT": (5_600, 9_700), "CLTW": (12_100, 6_800),
    "SWTR": (1_800, 1_500), "LM": (1_900, 2_700), "HNS": (2_300, 0), "PDD": (900, 0), "GS": (2_600, 300),
}
PRICES: Mapping[int, tuple[float, float]] = {              # dollars a gallon at the turn of each year
    2021: (1.62, 1.78), 2022: (2.38, 2.52), 2023: (2.51, 3.06), 2024: (2.29, 2.63), 2025: (2.18, 2.41), 2026: (2.13, 2.36),
    2027: (2.20, 2.44),
}


@dataclass(frozen=True, slots=True)
class Vehicle:
    """A vehicle before its miles are worked out."""

    department: str
    kind: str
    fuel: str
    started: date


def vehicle_fleet() -> Workbook:
    """The published workbook: one sheet of vehicles and one of fuel."""
    return Workbook({"Vehicles": _vehicles(), "Fuel by month": _fuel()})


def _vehicles() -> Table:
    draws = Draws("vehicle fleet")
    bought = sorted(_bought(draws), key=lambda each: (each.started, each.department, each.kind))
    return table("vehicle_no department vehicle_type fuel in_service_on odometer_miles available purchase_price replace_in",
                 (_row(draws, f"{number:05d}", each) for number, each in enumerate(bought, start=138)),
                 "text text text text date number percent money number")


def _bought(draws: Draws) -> Iterator[Vehicle]:
    for department, kinds in OWNED.items():
        for kind, count in kinds.items():
            life = CLASSES[kind][1]
            for _ in range(count):
                started = AS_OF - timedelta(days=int(365.25 * life * 1.16 * draws.unit()))
                if NO_CHIPS[0] <= started < NO_CHIPS[1]:
                    started = NO_CHIPS[0] - timedelta(days=draws.integer(1, 330))
                yield Vehicle(department, kind, _fuel_of(draws, kind, started), started.replace(day=1 + started.day % 28))


def _fuel_of(draws: Draws, kind: str, started: date) -> str:
    if kind in DIESEL:
        return "DIESEL"
    if kind == "TRAILER":
        return ""
    if kind == "CAR":
        return draws.weighted({"ELECTRIC": max(0.02, 0.14 * (started.year - 2019)), "HYBRID": 0.3, "GASOLINE": 0.45})
    hybrid = 0.75 if kind == "PATROL_CAR" and started >= date(2023, 1, 1) else 0.05
    return "HYBRID" if draws.chance(hybrid) else "GASOLINE"


def _row(draws: Draws, number: str, each: Vehicle) -> tuple[Cell, ...]:
    price, life, miles, shop = CLASSES[each.kind]
    years = (AS_OF - each.started).days / 365.25
    driven = round(miles * years * draws.between(0.72, 1.24))
    worn = shop * (0.55 + 0.95 * (years / life) ** 2) * (0.55 if each.fuel == "ELECTRIC" else 1.0)
    available = max(0.4, min(1.0, 1 - draws.long_tail(worn, 0.35)))
    dearer = {"ELECTRIC": 1.12, "HYBRID": 1.08}.get(each.fuel, 1.0) * 1.034 ** (each.started.year - 2019)
    cents = round(price * dearer * draws.between(0.94, 1.06)) * 100 + draws.integer(0, 99)
    return (number, each.department, each.kind, each.fuel, each.started.isoformat(), driven if miles else "",
            f"{available:.3f}", money(cents), each.started.year + life)


def _fuel() -> Table:
    draws = Draws("fuel by month")
    return table("month department fuel gallons price_per_gallon cost", _pumped(draws), "date text text number number money")


def _pumped(draws: Draws) -> Iterator[tuple[Cell, ...]]:
    for month in months(FIRST, LAST):
        prices = [round(_price(month, nth) * draws.between(0.97, 1.03), 3) for nth in (0, 1)]
        for department, usual in MONTHLY.items():
            for nth, fuel in enumerate(("GASOLINE", "DIESEL")):
                tenths = round(usual[nth] * _need(month, department, nth) * draws.between(0.95, 1.05) * 10)
                if usual[nth] and (month, department) != LOST:
                    cents = (tenths * round(prices[nth] * 1_000) + 50) // 100
                    yield month.isoformat(), department, fuel, f"{tenths / 10:.1f}", f"{prices[nth]:.3f}", money(cents)


def _price(month: date, nth: int) -> float:
    part = (month.month - 1) / 12
    spring_2022 = {3: 0.7, 4: 0.85, 5: 1.1, 6: 1.35, 7: 1.05, 8: 0.6, 9: 0.4, 10: 0.35, 11: 0.2}
    rise = spring_2022.get(month.month, 0.0) * (1.0 if nth == 0 else 1.2) if month.year == 2022 else 0.0
    return PRICES[month.year][nth] * (1 - part) + PRICES[month.year + 1][nth] * part + rise


def _need(month: date, department: str, nth: int) -> float:
    """Fuel against the first year: hybrids save gasoline, leaves and storms cost diesel."""
    years = (month - FIRST).days / 365.25
    need = 1 - 0.055 * max(0.0, years - 1.5) if department in ("CMPD", "HNS", "PDD") and nth == 0 else 1.0
    if department == "SWS" and month.month in (11, 12, 1):
        need *= 1.12
    if month == STORM.replace(day=1) or month == date(2024, 9, 1):
        need *= {"LM": 2.3, "SWS": 1.22, "CDOT": 1.35}.get(department, 1.0)
    return need
