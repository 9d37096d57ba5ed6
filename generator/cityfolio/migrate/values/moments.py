"""Dates, repeats and spans of time as data catalogs write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from cityfolio.migrate.values.given import Given, as_words
from cityfolio.migrate.values.periods import moment, period
from cityfolio.model.frequency import frequency

DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{1,2}:\d{2}.*|Z|[+-]\d{2}:\d{2})?", re.ASCII)
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
EPOCH = re.compile(r"-?\d{9,14}", re.ASCII)
FIRST_YEAR_NOT_MEANT = 2200
# What goes on at intervals, ISO 8601-1:2019, 5.6: R/2021-01-01/P1D.
REPEATED = re.compile(r"R\d*/([\d-]{4,10})/P[A-Z0-9.]+", re.ASCII)
TIME_OF_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:?\d{2}[^/]*", re.ASCII)
NAMES_OF_START = ("start", "startDate", "start_date", "startTime", "from", "schema:startDate", "dcat:startDate")
NAMES_OF_END = ("end", "endDate", "end_date", "endTime", "to", "schema:endDate", "dcat:endDate")
# http://publications.europa.eu/resource/authority/frequency and http://purl.org/cld/freq/, and words that mean one thing.
REPEATS: Mapping[str, str] = {
    "cont": "continual", "update_cont": "continual", "continuous": "continual", "continuously": "continual",
    "continuously updated": "continual", "real-time": "continual", "realtime": "continual", "real time": "continual",
    "annual": "yearly", "annually": "yearly", "every year": "yearly", "annual_2": "semiannual", "semi-annually": "semiannual",
    "semi-annual": "semiannual", "semiannually": "semiannual", "twice a year": "semiannual", "every six months": "semiannual",
    "annual_3": "R/P4M", "threetimesayear": "R/P4M", "triennial": "R/P3Y", "quadrennial": "R/P4Y", "quinquennial": "R/P5Y",
    "every five years": "R/P5Y", "every two years": "biennial", "every ten years": "decennial", "decadal": "decennial",
    "bidecennial": "R/P20Y", "tridecennial": "R/P30Y", "irreg": "irregular", "as needed": "irregular", "as_needed": "irregular",
    "asneeded": "irregular", "ad hoc": "irregular", "never": "never", "not_planned": "never", "notplanned": "never",
    "not planned": "never", "not updated": "never", "not updated (historical only)": "never", "no longer updated": "never",
    "historical": "never", "every day": "daily", "each day": "daily", "every week": "weekly", "every month": "monthly",
    "every quarter": "quarterly", "every two weeks": "fortnightly", "every other week": "fortnightly",
    "every two months": "bimonthly", "bihourly": "R/PT2H", "trihourly": "R/PT3H", "every minute": "R/PT1M", "1min": "R/PT1M",
    "5min": "R/PT5M", "10min": "R/PT10M", "15min": "R/PT15M", "30min": "R/PT30M", "12hrs": "R/PT12H",
}
UNSAID = frozenset({"unknown", "other", "op_datpro", "not specified", "unspecified"})


def day_of(text: str) -> str | None:
    """A day as ISO 8601 writes it, from a date, a moment, a number of seconds or milliseconds since 1970, or clear words."""
    match = DATED.fullmatch(text)
    if match:
        return match[1] if _exists(match[1]) else None
    if EPOCH.fullmatch(text):
        return _since_1970(int(text))
    compact = COMPACT.fullmatch(text)
    if compact:
        found = f"{compact[1]}-{compact[2]}-{compact[3]}"
        return found if _exists(found) else None
    covered = period(text) or {}
    found = covered.get("start", "")
    return found if found == covered.get("end") and len(found) == len("2026-06-30") else None


def _since_1970(number: int) -> str | None:
    seconds = number / 1000 if abs(number) >= 100_000_000_000 else number
    try:
        day = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date()
    except OverflowError:
        return None
    return day.isoformat() if day.year < FIRST_YEAR_NOT_MEANT else None


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def repeat_of(text: str) -> str | None:
    """A frequency as it is written here; "" for words that say that nobody knows, None for those that are not known."""
    plain = " ".join(text.split())
    if re.match(r"https?://(?:publications\.europa\.eu|purl\.org)/", plain):
        plain = re.split(r"[/#]", plain.rstrip("/"))[-1].lower()
        plain = {"biweekly": "fortnightly"}.get(plain, plain)
    if plain.lower() in UNSAID:
        return ""
    plain = re.sub(r"^R\d+/", "R/", plain)
    found = frequency(REPEATS.get(plain.lower(), plain))
    return found.word if found else None


def span_of(given: Given) -> dict[str, str] | None:
    """Start and perhaps end of a time covered: an interval, a group with a start and an end, or words of one reading."""
    if isinstance(given, dict):
        start = next((as_words(given[name]) for name in NAMES_OF_START if as_words(given.get(name))), "")
        end = next((as_words(given[name]) for name in NAMES_OF_END if as_words(given.get(name))), "")
        first, last = _moment(start), _moment(end)
        if not (start or end) or start and not first or end and not last:
            return None
        if first and last and last < first[: len(last)]:
            return None
        return {key: value for key, value in (("start", first), ("end", last)) if value}
    text = TIME_OF_DAY.sub(r"\1", as_words(given))
    return period(REPEATED.sub(r"\1/..", text))


def _moment(text: str) -> str | None:
    if text and (match := DATED.fullmatch(text)):
        return match[1] if _exists(match[1]) else None
    return moment(text) or day_of(text) if text else None
