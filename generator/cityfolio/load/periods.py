"""Periods, lengths of time, days of the year, time zones, exact numbers and expressions, as goals and measures hold them.

Every fault becomes a problem at its value, and the value is left out.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Literal
from zoneinfo import available_timezones

from cityfolio.load.values import VALUES, Reader, Reading
from cityfolio.load.yaml import Value
from cityfolio.model import keys as k
from cityfolio.model.periods import grain_of
from cityfolio.problems import closest

EXACT = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
UNITS: dict[str, Literal["day", "week", "month", "year"]] = {"day": "day", "week": "week", "month": "month", "year": "year"}
SPAN = re.compile(r"(\d{1,4}) ?(day|week|month|year)s?", re.ASCII)


def _plain(name: str, value: Value, reading: Reading) -> str | None:
    text: str | None = VALUES[k.Text](k.Text(), name, value, reading)
    return text


def _decimal(kind: k.DecimalNumber, name: str, value: Value, reading: Reading) -> Decimal | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    if not EXACT.fullmatch(text):
        fix = ("Write it without commas." if GROUPED.fullmatch(text)
               else "Write digits with a point and no unit, such as 71.2; the unit has its own key.")
        reading.note("number-invalid", value, f'{name}: "{text}" is not a number', fix)
        return None
    number = Decimal(text)
    if (kind.least is not None and number < kind.least) or (kind.most is not None and number > kind.most):
        limits = f"from {kind.least} to {kind.most}" if kind.most is not None else f"from {kind.least} up"
        reading.note("number-invalid", value, f"{name}: {text} is not a number {limits}", "Look at the unit.")
        return None
    return number


def _period(kind: k.PeriodName, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None or grain_of(text):
        return text
    reading.note("period-invalid", value, f'{name}: "{text}" is not a period that exists',
                 "Write 2026, 2026-Q2, 2026-06, 2026-W07, 2026-06-30 or FY2026.")
    return None


def _duration(kind: k.Duration, name: str, value: Value, reading: Reading) -> k.Span | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    match = SPAN.fullmatch(text)
    if match and int(match[1]) > 0:
        return k.Span(int(match[1]), UNITS[match[2]])
    reading.note("duration-invalid", value, f'{name}: "{text}" is not a length of time',
                 "Write 45 days, 6 weeks, 3 months or 1 year.")
    return None


def _month_day(kind: k.MonthDay, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None:
        return None
    try:
        date.fromisoformat(f"2025-{text}")   # not a leap year: 02-29 is no day of every year
    except ValueError:
        reading.note("date-invalid", value, f'{name}: "{text}" is not a day of every year',
                     'Write month and day in quotation marks, such as "07-01".')
        return None
    return text


def _time_zone(kind: k.TimeZone, name: str, value: Value, reading: Reading) -> str | None:
    text = _plain(name, value, reading)
    if text is None or text in _time_zones():
        return text
    near = closest(text, _time_zones())
    reading.note("time-zone-unknown", value, f'{name}: "{text}" is not a time zone',
                 f'Did you mean "{near}"?' if near else "Write a region and a city, such as America/New_York.")
    return None


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _expression(kind: k.Expression, name: str, value: Value, reading: Reading) -> str | None:
    # What it says is read where the columns are known: `check.measures` reports what is wrong with it.
    text: str | None = VALUES[k.Text](k.Text(kind.max_length), name, value, reading)
    return text


PERFORMANCE_VALUES: dict[type, Reader] = {
    k.DecimalNumber: _decimal,
    k.PeriodName: _period,
    k.Duration: _duration,
    k.MonthDay: _month_day,
    k.TimeZone: _time_zone,
    k.Expression: _expression,
}
