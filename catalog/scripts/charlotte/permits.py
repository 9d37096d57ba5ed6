"""Land development permits: what was applied for, how many rounds of review it took, and the zoning it fell under."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from charlotte.days import LAST_DAY, after_working_days, days, is_working_day, working_days
from charlotte.draws import Draws
from charlotte.place import Spot, somewhere
from charlotte.table import Cell, Table, table

ORDINANCE = date(2023, 6, 1)      # the Unified Development Ordinance gave every zoning district a new name
BUILT_IN: Mapping[int, float] = {1: 1.3, 2: 1.1, 3: 1.4, 4: 1.2, 5: 0.8, 6: 0.8, 7: 0.7}
OLD_ZONING = {"R-3": 30, "R-5": 18, "R-12MF": 14, "R-17MF": 8, "B-2": 10, "I-1": 9, "MUDD": 7, "UMUD": 4}
NEW_ZONING = {"N1-A": 28, "N1-C": 19, "N2-A": 15, "N2-B": 9, "CG": 10, "ML-1": 9, "NC": 6, "UC": 4}
HOMES_IN = {"R-3": 1.0, "R-5": 1.0, "N1-A": 1.4, "N1-C": 2.2, "R-12MF": 26, "R-17MF": 42, "N2-A": 30, "N2-B": 48, "MUDD": 70,
            "UMUD": 150, "NC": 55, "UC": 160}


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of permit: its share, working days to the first review, chance that a round is not the last, usual acres."""

    share: float
    first_review: float
    again: float
    acres: float


KINDS: Mapping[str, Kind] = {
    "GRADING": Kind(21, 18, 0.56, 3.2), "SUBDIVISION": Kind(12, 22, 0.62, 6.5), "DRIVEWAY": Kind(24, 7, 0.22, 0.3),
    "TREE": Kind(14, 9, 0.30, 0.8), "ZONING_USE": Kind(17, 8, 0.24, 0.5), "URBAN_PLAN": Kind(5, 25, 0.66, 1.6),
    "SIDEWALK_CLOSURE": Kind(7, 4, 0.12, 0.1),
}


def land_development_permits() -> Table:
    """The published table, in the order of application."""
    return table("permit_no applied_on permit_type status first_review_on decided_on review_rounds working_days zoning acres "
                 "homes block zip_code council_district latitude longitude", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws, number = Draws("land development permits"), 0
    for day in days(date(2021, 1, 4), LAST_DAY):
        if not is_working_day(day):
            continue
        for _ in range(draws.events(_volume(day))):
            number += 1
            yield (f"LD{day:%y}-{number:05d}", *_permit(draws, day))


def _volume(day: date) -> float:
    rush = 1.75 if day.year == 2023 and day.month in (4, 5) else 0.7 if day.year == 2023 and day.month in (6, 7) else 1.0
    return 2.75 * rush * (0.85, 0.95, 1.1, 1.1, 1.1, 1.05, 1.0, 1.05, 1.0, 1.0, 0.9, 0.8)[day.month - 1]


def _permit(draws: Draws, applied: date) -> tuple[Cell, ...]:
    code = draws.weighted({name: kind.share for name, kind in KINDS.items()})
    kind, spot, rounds = KINDS[code], somewhere(draws, BUILT_IN), 1
    learning = 1.5 if ORDINANCE <= applied < date(2023, 12, 1) else 1.0     # reviewers and applicants learn the new rules
    while rounds < 7 and draws.chance(min(0.85, kind.again * (1.2 if learning > 1 else 1.0))):
        rounds += 1
    first = after_working_days(applied, max(1, int(draws.long_tail(kind.first_review * learning, 0.35))))
    decided = first
    for _ in range(rounds - 1):
        back = int(draws.long_tail(11, 0.6)) + int(draws.long_tail(kind.first_review * 0.7 * learning, 0.35))
        decided = after_working_days(decided, max(2, back))
    zoning = draws.weighted(OLD_ZONING if applied < ORDINANCE else NEW_ZONING)
    status = "IN_REVIEW" if decided > LAST_DAY else draws.weighted({"APPROVED": 91, "WITHDRAWN": 6, "DENIED": 3})
    return (applied.isoformat(), code, status, first.isoformat() if first <= LAST_DAY else "",
            "" if status == "IN_REVIEW" else decided.isoformat(), "" if status == "IN_REVIEW" else rounds,
            "" if status == "IN_REVIEW" else working_days(applied, decided), zoning,
            f"{max(0.01, draws.long_tail(kind.acres, 0.8)):.2f}", _homes(draws, code, zoning), *_where(spot))


def _homes(draws: Draws, code: str, zoning: str) -> int:
    if code not in ("SUBDIVISION", "URBAN_PLAN") or zoning not in HOMES_IN:
        return 0
    single = HOMES_IN[zoning] < 5
    return max(1, round(draws.long_tail(HOMES_IN[zoning] * (9 if single else 1.6), 0.6)))


def _where(spot: Spot) -> tuple[Cell, ...]:
    return spot.block, spot.zip, spot.district, spot.latitude, spot.longitude
