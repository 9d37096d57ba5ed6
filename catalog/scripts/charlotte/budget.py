"""The adopted budget: what each department may spend, and where the money comes from. Each fund balances to the dollar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from charlotte.draws import Draws
from charlotte.table import Cell, Table, table

YEARS = tuple(f"FY{year}" for year in range(2022, 2028))
CATEGORIES = ("PERSONNEL", "OPERATING", "EQUIPMENT", "TRANSFER")


@dataclass(frozen=True, slots=True)
class Line:
    """A department in a fund: thousands of dollars in FY2022, yearly growth, positions, and the split by category."""

    fund: str
    department: str
    thousands: int
    growth: float
    positions: int
    split: tuple[float, float, float, float]


LABOR, MIXED, WORKS = (0.80, 0.16, 0.02, 0.02), (0.62, 0.32, 0.03, 0.03), (0.34, 0.30, 0.04, 0.32)
LINES = (
    Line("GENERAL", "CMPD", 301_200, 0.041, 2_440, LABOR), Line("GENERAL", "CFD", 146_800, 0.047, 1_270, LABOR),
    Line("GENERAL", "SWS", 74_900, 0.052, 318, (0.35, 0.55, 0.06, 0.04)), Line("GENERAL", "CDOT", 31_400, 0.046, 432, MIXED),
    Line("GENERAL", "HNS", 24_300, 0.058, 196, MIXED), Line("GENERAL", "PDD", 17_800, 0.049, 231, MIXED),
    Line("GENERAL", "GS", 29_600, 0.050, 305, MIXED), Line("GENERAL", "LM", 17_200, 0.057, 148, MIXED),
    Line("GENERAL", "IT", 38_700, 0.061, 176, (0.45, 0.45, 0.07, 0.03)), Line("GENERAL", "HR", 7_600, 0.048, 58, MIXED),
    Line("GENERAL", "FIN", 9_900, 0.043, 101, MIXED), Line("GENERAL", "SB", 4_100, 0.044, 29, LABOR),
    Line("GENERAL", "C311", 11_300, 0.039, 142, LABOR), Line("GENERAL", "CMO", 18_500, 0.045, 117, MIXED),
    Line("POWELL", "CDOT", 29_800, 0.022, 0, (0.0, 0.93, 0.07, 0.0)),
    Line("WATER", "CLTW", 311_000, 0.056, 1_020, WORKS), Line("STORM", "SWTR", 78_600, 0.043, 164, WORKS),
    Line("TRANSIT", "CATS", 221_500, 0.050, 573, (0.29, 0.52, 0.03, 0.16)),
    Line("AVIATION", "AVI", 268_000, 0.083, 694, (0.26, 0.38, 0.04, 0.32)),
    Line("DEBT", "FIN", 162_400, 0.028, 0, (0.0, 0.01, 0.0, 0.99)),
)
SOURCES: Mapping[str, Mapping[str, float]] = {
    "GENERAL": {"PROPERTY_TAX": 55, "SALES_TAX": 20, "UTILITY_TAX": 8, "FEES": 9, "POLICE_SERVICES": 4, "OTHER": 4},
    "POWELL": {"STATE_FUEL_TAX": 88, "FUND_BALANCE": 12},
    "WATER": {"RATES": 84, "CONNECTION_FEES": 11, "OTHER": 5}, "STORM": {"FEES": 93, "OTHER": 7},
    "TRANSIT": {"SALES_TAX": 62, "FARES": 9, "GRANTS": 18, "OTHER": 11},
    "AVIATION": {"AIRLINES": 44, "CONCESSIONS": 27, "PARKING": 24, "OTHER": 5},
    "DEBT": {"PROPERTY_TAX": 66, "SALES_TAX": 21, "OTHER": 13},
}


@dataclass(frozen=True, slots=True)
class Amount:
    """What one department may spend from one fund on one category in one year, in whole dollars."""

    year: str
    fund: str
    department: str
    category: str
    dollars: int
    positions: int | None


@cache
def amounts() -> tuple[Amount, ...]:
    """Every line of six adopted budgets."""
    draws = Draws("adopted budget")
    return tuple(each for nth, year in enumerate(YEARS) for line in LINES for each in _split(draws, year, nth, line))


def adopted_budget() -> Table:
    """What may be spent, with the year before beside it."""
    before = {(each.year, each.fund, each.department, each.category): each.dollars for each in amounts()}
    return table("fiscal_year fund department category adopted adopted_year_before positions",
                 ((each.year, each.fund, each.department, each.category, each.dollars,
                   before.get((f"FY{int(each.year[2:]) - 1}", each.fund, each.department, each.category), ""),
                   "" if each.positions is None else each.positions) for each in amounts()))


def revenues() -> Table:
    """Where the money comes from: for each fund and year exactly what may be spent."""
    return table("fiscal_year fund source expected", _revenues())


def _split(draws: Draws, year: str, nth: int, line: Line) -> Iterator[Amount]:
    total = line.thousands * 1_000 * (1 + line.growth) ** nth * draws.between(0.985, 1.015)
    if line.department == "C311" and nth >= 3:
        total *= 1.18                                     # evening hours at the contact center
    for category, share in zip(CATEGORIES, line.split, strict=True):
        if share:
            positions = round(line.positions * 1.012 ** nth) if category == "PERSONNEL" else None
            yield Amount(year, line.fund, line.department, category, round(total * share / 100) * 100, positions)


def _revenues() -> Iterator[tuple[Cell, ...]]:
    draws = Draws("budget revenues")
    for year in YEARS:
        for fund, sources in SOURCES.items():
            left = sum(each.dollars for each in amounts() if (each.year, each.fund) == (year, fund))
            shares = {source: share * draws.between(0.96, 1.04) for source, share in sources.items()}
            parts = {source: round(left * share / sum(shares.values()) / 100) * 100 for source, share in shares.items()}
            largest = next(iter(parts))
            parts[largest] += left - sum(parts.values())
            yield from ((year, fund, source, dollars) for source, dollars in parts.items())
