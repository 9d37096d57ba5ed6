"""Capital projects: what the city builds, what it was meant to cost and when it was meant to be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from charlotte.draws import Draws
from charlotte.place import DISTRICTS, EVEN
from charlotte.table import Cell, Table, money, table

AS_OF = date(2026, 3, 10)
# Type: department, share, words of the title, usual cost in thousands, usual months, how its money is raised.
KINDS: Mapping[str, tuple[str, float, str, float, float, Mapping[str, float]]] = {
    "SIDEWALK": ("CDOT", 26, "sidewalk", 1_900, 30, {"BOND": 9, "POWELL": 1}),
    "BICYCLE": ("CDOT", 10, "bike lanes", 1_400, 22, {"BOND": 8, "GRANT": 2}),
    "INTERSECTION": ("CDOT", 13, "intersection safety", 2_300, 28, {"BOND": 7, "GRANT": 3}),
    "BRIDGE": ("CDOT", 4, "bridge replacement", 6_800, 40, {"BOND": 6, "GRANT": 4}),
    "STORM_DRAINAGE": ("SWTR", 17, "drainage improvement", 3_700, 38, {"FEES": 10}),
    "WATER_MAIN": ("CLTW", 13, "water main renewal", 3_100, 20, {"RATES": 10}),
    "SEWER": ("CLTW", 7, "sewer trunk line", 9_400, 34, {"RATES": 10}),
    "FIRE_STATION": ("CFD", 3, "fire station", 14_500, 42, {"CERTIFICATES": 10}),
    "BUILDING": ("GS", 7, "building renewal", 4_200, 24, {"CERTIFICATES": 8, "GENERAL": 2}),
}


def capital_projects() -> Table:
    """The published table: projects under way, and those finished since July 2021."""
    draws = Draws("capital projects")
    return table("project_id project project_type department phase council_districts funding bond_year started_on "
                 "planned_finish expected_finish months_late budget_adopted budget_current spent", _rows(draws))


def _rows(draws: Draws) -> Iterator[tuple[Cell, ...]]:
    number, titles = 0, set[str]()
    while number < 248:
        code = draws.weighted({name: each[1] for name, each in KINDS.items()})
        district = draws.weighted(EVEN)
        title = f"{draws.pick(DISTRICTS[district].streets)} {KINDS[code][2]}"
        title = title if title not in titles else f"{title}, phase {draws.integer(2, 3)}"
        row = _project(draws, code, district, title)
        if title not in titles and row:
            titles.add(title)
            number += 1
            yield (f"CIP{number:03d}", title, code, KINDS[code][0], *row)


def _project(draws: Draws, code: str, district: int, title: str) -> tuple[Cell, ...] | None:
    """Dates and money of one project; None when it ended before the table begins."""
    _, _, _, thousands, usual_months, sources = KINDS[code]
    started = date(2018, 7, 1) + timedelta(days=draws.integer(0, 2_720))
    planned = draws.long_tail(usual_months, 0.22)
    slip = max(-2.0, draws.near(5, 7)) + (9 if date(2019, 6, 1) < started < date(2021, 6, 1) else 0)
    finish, expected = _month_after(started, planned), _month_after(started, planned + slip)
    if expected < date(2021, 7, 1):
        return None
    source = draws.weighted(sources)
    adopted = round(draws.long_tail(thousands, 0.5)) * 100_000
    inflation = 1.0 + (0.11 if date(2020, 1, 1) < started < date(2022, 7, 1) else 0.03)
    current = round(adopted * inflation * draws.between(0.94, 1.16) / 100_000) * 100_000
    phase, share = _progress(draws, started, expected)
    spent = int(current * share)
    bond = (started.year - 1) // 2 * 2 if source == "BOND" else ""    # voters decide on bonds in November of even years
    return (phase, _districts(draws, district), source, bond, started.isoformat(), finish.isoformat(), expected.isoformat(),
            (expected.year - finish.year) * 12 + expected.month - finish.month, money(adopted), money(current), money(spent))


def _progress(draws: Draws, started: date, expected: date) -> tuple[str, float]:
    """The phase a project is in, and the share of its money that is spent by then."""
    if expected <= AS_OF.replace(day=1):
        return "COMPLETE", draws.between(0.93, 1.0)
    done = (AS_OF - started).days / (expected - started).days
    if done < 0.22:
        return "PLANNING", done * 0.2
    if done < 0.5:
        return "DESIGN", 0.04 + (done - 0.22) * 0.4
    if done < 0.6:
        return "LAND", 0.16 + (done - 0.5) * 0.5
    return "CONSTRUCTION", min(0.95, 0.22 + (done - 0.6) * 1.8)


def _districts(draws: Draws, district: int) -> str:
    if not draws.chance(0.14):
        return str(district)
    neighbor = {1: 5, 2: 3, 3: 2, 4: 5, 5: 4, 6: 7, 7: 6}[district]
    return ";".join(str(each) for each in sorted((district, neighbor)))


def _month_after(day: date, count: float) -> date:
    """The first day of the month that lies so many months after a day."""
    whole = day.year * 12 + day.month - 1 + round(count)
    return date(whole // 12, whole % 12 + 1, 1)
