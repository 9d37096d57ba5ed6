"""Payments to vendors, drawn so that no department pays more than the operating budget that it was given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from charlotte.budget import Amount, amounts
from charlotte.days import days, is_working_day
from charlotte.draws import Draws
from charlotte.table import Cell, Table, money, table

LAST_RUN = date(2026, 6, 26)
NEW_LEDGER = date(2024, 1, 1)     # contract numbers are kept with payments from here on
BIRDS = ("Anhinga Bobolink Bufflehead Chuck-will's-widow Coot Dickcissel Dowitcher Dunlin Gadwall Gallinule Godwit Grackle "
         "Grebe Killdeer Kinglet Merganser Nuthatch Ovenbird Parula Phalarope Phoebe Pipit Redstart Sanderling Sapsucker Scaup "
         "Siskin Sora Towhee Turnstone Veery Vireo Whimbrel Wigeon Willet Yellowlegs")
TRADES: Mapping[str, str] = {
    "ASPHALT": "Paving and Grading", "FUEL": "Fuels", "FLEET": "Truck and Fleet Service", "CHEMICALS": "Water Treatment Supply",
    "BUILDINGS": "Building Services", "SOFTWARE": "Software", "CONSULTING": "Engineers", "UNIFORMS": "Uniform and Safety",
    "DISPOSAL": "Disposal", "TREES": "Tree Care", "ELECTRIC": "Electric", "OFFICE": "Office Supply", "STAFFING": "Staffing",
    "TRANSIT_OPERATIONS": "Transit Management", "COMMUNITY": "Community Partners",
}
ENDINGS = ("LLC", "Inc.", "", "and Daughters", "Co.", ", Inc.", "Group")
BUYS: Mapping[str, Mapping[str, float]] = {
    "CMPD": {"FLEET": 4, "UNIFORMS": 4, "FUEL": 3, "SOFTWARE": 3, "OFFICE": 2},
    "CFD": {"FLEET": 4, "UNIFORMS": 5, "FUEL": 2, "BUILDINGS": 2},
    "SWS": {"DISPOSAL": 7, "FUEL": 4, "FLEET": 5, "STAFFING": 3},
    "CDOT": {"ASPHALT": 8, "ELECTRIC": 4, "CONSULTING": 3, "FUEL": 1},
    "HNS": {"COMMUNITY": 7, "BUILDINGS": 2, "TREES": 2},
    "PDD": {"CONSULTING": 5, "SOFTWARE": 3, "OFFICE": 2},
    "GS": {"BUILDINGS": 7, "ELECTRIC": 3, "FLEET": 4},
    "LM": {"TREES": 8, "FUEL": 1, "STAFFING": 2},
    "IT": {"SOFTWARE": 9, "CONSULTING": 2},
    "CLTW": {"CHEMICALS": 6, "ELECTRIC": 4, "CONSULTING": 4, "ASPHALT": 2},
    "SWTR": {"CONSULTING": 5, "ASPHALT": 4, "TREES": 1},
    "CATS": {"TRANSIT_OPERATIONS": 7, "FUEL": 4, "FLEET": 3},
    "AVI": {"BUILDINGS": 6, "ELECTRIC": 3, "STAFFING": 4, "CONSULTING": 2},
}
OFFICES = {"OFFICE": 4.0, "SOFTWARE": 3.0, "STAFFING": 3.0, "CONSULTING": 2.0}


@dataclass(frozen=True, slots=True)
class Vendor:
    """A business that does not exist. `certified` follows the words of the city's inclusion program."""

    number: str
    name: str
    trade: str
    certified: str


def vendor_payments() -> Table:
    """The published table, in the order of payment."""
    paid = sorted(_paid(), key=lambda row: (row[0], row[3], str(row[6]), row[9]))
    return table("payment_no paid_on fiscal_year fund department purchase_type vendor_no vendor certified contract_no amount",
                 ((f"P{number:07d}", *row[:9], money(int(str(row[9])))) for number, row in enumerate(paid, start=4_200_001)))


@cache
def _vendors() -> tuple[Vendor, ...]:
    draws, found = Draws("vendors"), list[Vendor]()
    for trade, words in TRADES.items():
        for bird in sorted(BIRDS.split(), key=lambda _: draws.unit())[:16]:
            ending = draws.pick(ENDINGS)
            name = f"{bird} {words}{ending}" if ending.startswith(",") else f"{bird} {words} {ending}".strip()
            certified = draws.weighted({"NONE": 62, "SBE": 17, "MBE": 12, "WBE": 9})
            found.append(Vendor(f"V{len(found) + 1:04d}", name, trade, certified))
    return tuple(found)


def _paid() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("vendor payments")
    for line in amounts():
        if line.category == "OPERATING" and line.fund != "DEBT" and line.year in ("FY2024", "FY2025", "FY2026"):
            yield from _line(draws, line)


def _line(draws: Draws, line: Amount) -> Iterator[tuple[Cell, ...]]:
    """One department's year: payments of many sizes that together come to somewhat less than the budget."""
    runs = _payment_runs(int(line.year[2:]))
    spent = round(line.dollars * 100 * draws.between(0.78, 0.955))
    sizes = [draws.long_tail(1.0, 1.15) for _ in range(round((line.dollars / 1_000_000) ** 0.62 * 26))]
    for size in sizes:
        day = draws.weighted(runs)
        vendor = _vendor(draws, line.department)
        cents = max(2_500, int(spent * size / sum(sizes)))
        contract = f"C{vendor.number[1:]}-{line.department}" if cents > 1_000_000 and day >= NEW_LEDGER else ""
        yield _row(line, day, vendor, contract, cents)
        if draws.chance(0.012):
            back = min((run for run in runs if run > day), default=day)
            yield _row(line, back, vendor, contract, -int(cents * draws.between(0.05, 0.6)))


def _row(line: Amount, day: date, vendor: Vendor, contract: str, cents: int) -> tuple[Cell, ...]:
    return (day.isoformat(), line.year, line.fund, line.department, vendor.trade, vendor.number, vendor.name, vendor.certified,
            contract, cents)


def _vendor(draws: Draws, department: str) -> Vendor:
    trade = draws.weighted(BUYS.get(department, OFFICES))
    known = [vendor for vendor in _vendors() if vendor.trade == trade]
    return known[int(len(known) * draws.unit() ** 1.8)]   # the first few of a trade get most of the work


@cache
def _payment_runs(year: int) -> dict[date, float]:
    """Tuesdays and Fridays of a fiscal year, with the rush of its last month and the lull of its first."""
    first, last = date(year - 1, 7, 1), min(date(year, 6, 30), LAST_RUN)
    weight = {7: 0.55, 6: 1.6, 5: 1.15, 12: 0.9}
    return {day: weight.get(day.month, 1.0) for day in days(first, last) if day.weekday() in (1, 4) and is_working_day(day)}
