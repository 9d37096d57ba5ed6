"""Code enforcement cases: weeds, junk, unsafe housing, and how long each took to come right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from charlotte.days import LAST_DAY, after_working_days, days, is_working_day
from charlotte.draws import Draws
from charlotte.place import somewhere
from charlotte.service_requests import ALWAYS, GROWING, HEAT
from charlotte.table import Cell, Table, table

FIRST = date(2021, 7, 1)
TEXTS_BEGAN = date(2024, 1, 8)    # owners of overgrown lots got a text message and a week before the first notice
WHERE: Mapping[int, float] = {1: 1.0, 2: 1.35, 3: 1.35, 4: 0.9, 5: 1.25, 6: 0.45, 7: 0.3}
FIRST_NAMES = ("Avery Blair Casey Devon Ellis Frankie Harper Jules Kendall Lane Marlowe Noel Oakley Peyton Quinn Reese Sage "
               "Tatum")
LAST_NAMES = ("Ambersley Brackwater Cinderford Dovecourt Eastmarsh Fennimoor Greywether Hollowell-Pike Inglethorne Juniperson "
              "Kestlemere Larkspurr Mossgrave Nettlefold Orrisdale Pennywhistle Quillfeather Ravensmoor Silverbeck Thornwick")


@dataclass(frozen=True, slots=True)
class Kind:
    """A type of case: share, days the owner is given, chance that it is put right at the first visit after that, season."""

    share: float
    days_given: int
    complies: float
    season: tuple[float, ...] = ALWAYS


KINDS: Mapping[str, Kind] = {
    "HIGH_WEEDS": Kind(36, 10, 0.72, GROWING), "JUNK_TRASH": Kind(22, 10, 0.66), "JUNK_VEHICLE": Kind(11, 20, 0.7),
    "MINIMUM_HOUSING": Kind(16, 45, 0.46, HEAT), "ZONING": Kind(11, 30, 0.6), "GRAFFITI": Kind(4, 7, 0.8),
}


def code_cases() -> Table:
    """The published table, in the order of opening."""
    return table("case_no opened_on case_type source complainant_name first_inspection_on notice_on closed_on result "
                 "inspections days_to_close rental block zip_code council_district", _rows())


def _rows() -> Iterator[tuple[Cell, ...]]:
    draws, number = Draws("code cases"), 0
    for day in days(FIRST, LAST_DAY):
        if not is_working_day(day):
            continue
        shares = {code: kind.share * kind.season[day.month - 1] for code, kind in KINDS.items()}
        for _ in range(draws.events(4.1 * (0.45 + 0.55 * sum(shares.values()) / 100))):
            number += 1
            yield (f"CE-{number:06d}", *_case(draws, day, draws.weighted(shares)))


def _case(draws: Draws, opened: date, code: str) -> tuple[Cell, ...]:
    spot = somewhere(draws, WHERE)
    source = draws.weighted({"RESIDENT": 58, "INSPECTOR": 34, "TENANT": 8 if code != "ZONING" else 0})
    if code == "MINIMUM_HOUSING":
        source = draws.weighted({"TENANT": 62, "RESIDENT": 18, "INSPECTOR": 20})
    rental = code == "MINIMUM_HOUSING" and draws.chance(0.83) or draws.chance(0.31)
    name = "" if source == "INSPECTOR" else f"{draws.pick(FIRST_NAMES.split())} {draws.pick(LAST_NAMES.split())}"
    seen = opened if source == "INSPECTOR" else after_working_days(opened, 1 + draws.events(1.6))
    notice, closed, result, visits = _course(draws, seen, code, rental)
    ended: tuple[Cell, ...] = ("", "", "", "")
    if closed <= LAST_DAY:
        ended = closed.isoformat(), result, visits, (closed - opened).days
    return (opened.isoformat(), code, source, name, _shown(seen), _shown(notice),
            *ended, "YES" if rental else "NO", spot.block, spot.zip, spot.district)


def _course(draws: Draws, seen: date, code: str, rental: bool) -> tuple[date | None, date, str, int]:
    """Notice if one was sent, closing, result and number of visits of one case."""
    if draws.chance(0.14):
        return None, seen, "UNFOUNDED", 1
    kind, notice = KINDS[code], seen
    if code == "HIGH_WEEDS" and seen >= TEXTS_BEGAN:
        week_later = after_working_days(seen + timedelta(days=7), 0)
        if draws.chance(0.44):
            return None, week_later, "OWNER", 2
        notice = week_later
    visit, visits = notice, 1
    while visits < 9:
        visit = after_working_days(visit + timedelta(days=kind.days_given), draws.events(2.2))
        visits += 1
        if draws.chance(kind.complies * (0.86 if rental else 1.0)):
            return notice, visit, "OWNER", visits
        if code in ("HIGH_WEEDS", "JUNK_TRASH", "GRAFFITI") and visits >= 3:
            return notice, after_working_days(visit, 6 + draws.events(5)), "CITY", visits + 1
    return notice, visit, "COURT", visits


def _shown(day: date | None) -> str:
    return day.isoformat() if day and day <= LAST_DAY else ""
