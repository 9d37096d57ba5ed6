"""Water shut-offs for unpaid bills, and notices to homes on the medical list: rows that are measured and never published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from charlotte.days import after_working_days, days, is_working_day
from charlotte.draws import Draws
from charlotte.table import Cell, Table, table

FIRST, LAST = date(2024, 1, 2), date(2026, 5, 29)
PLANS_BEGAN = date(2025, 4, 14)   # a payment plan has been offered with the first reminder since
WHERE: Mapping[int, float] = {1: 1.3, 2: 1.6, 3: 1.5, 4: 1.1, 5: 1.4, 6: 0.35, 7: 0.25}
FRIDAY = 4


def water_shut_offs() -> Table:
    """A row for each valve that was closed, in the order of their days."""
    return table("shut_off_no shut_off_on restored_on months_unpaid council_district", _shut_offs())


def medical_notices() -> Table:
    """A row for each notice that went to a home where somebody needs water for a medical device."""
    return table("notice_no sent_on settled_on council_district", _notices())


def _shut_offs() -> Iterator[tuple[Cell, ...]]:
    draws, number = Draws("water shut-offs"), 0
    for day in days(FIRST, LAST):
        if not is_working_day(day) or day.weekday() == FRIDAY:      # no valve is closed before a weekend
            continue
        for _ in range(draws.events(5.6 if day < PLANS_BEGAN else 3.9)):
            number += 1
            restored = _shown(after_working_days(day + timedelta(days=1), draws.events(2.4)))
            yield f"S{number:05d}", day.isoformat(), restored, 2 + draws.events(0.8), draws.weighted(WHERE)


def _notices() -> Iterator[tuple[Cell, ...]]:
    draws, number = Draws("medical notices"), 0
    for day in days(FIRST, LAST):
        for _ in range(draws.events(0.36 if day < PLANS_BEGAN else 0.15) if is_working_day(day) else 0):
            number += 1
            settled = _shown(after_working_days(day, 2 + draws.events(6)))
            yield f"M{number:04d}", day.isoformat(), settled, draws.weighted(WHERE)


def _shown(day: date) -> str:
    return day.isoformat() if day <= LAST else ""
