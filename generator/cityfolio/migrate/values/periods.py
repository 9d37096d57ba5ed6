"""The time that data covers, read from words where there is one way to read them."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
          "december")
OPEN = frozenset({"present", "current", "now", "today", "ongoing", "to date"})
SEPARATOR = re.compile(r"\s+(?:-|to|through|until)\s+|\s*[–—]\s*|(?<=\d{4})-(?=[A-Za-z]|\d{4}\b)")
SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
MONTH_NAMED = re.compile(r"([a-z]{3,9})\.?\s+(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(\d{4})")
ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")

Order = Literal["month-first", "day-first"] | None


def period(words: str) -> dict[str, str] | None:
    """`start` and perhaps `end`, as a year, month or day each; None where the words can be read in two ways, or not at all."""
    text = " ".join(words.split()).lower()
    interval = re.fullmatch(rf"({ISO.pattern})/({ISO.pattern}|\.\.|)", text)
    first, last = (interval[1], interval[2]) if interval else _halves(text)
    order = _order(text)
    start = moment(first, order)
    if start is None:
        return None
    if last in OPEN or last in ("..", "") and interval:
        return {"start": start}
    end = start if last is None else moment(last, order)
    if end is None or end < start[: len(end)]:
        return None
    return {"start": start, "end": end}


def _halves(text: str) -> tuple[str, str | None]:
    parts = SEPARATOR.split(text)
    if len(parts) == 2:
        return parts[0].strip(), parts[1].strip()
    # More than one separator: which one divides the two moments would be a guess.
    return (text, None) if len(parts) == 1 else ("", None)


def _order(text: str) -> Order:
    """Which of two numbers is the month, when a date in the same words shows it."""
    pairs = [(int(first), int(second)) for first, second, _ in SLASHED.findall(text)]
    month_first = any(second > 12 for _, second in pairs)
    day_first = any(first > 12 for first, _ in pairs)
    return None if month_first == day_first else "month-first" if month_first else "day-first"


def moment(text: str, order: Order = None) -> str | None:
    """A year, a month or a day as ISO 8601 writes it."""
    if ISO.fullmatch(text):
        return text if _exists(text) else None
    named = MONTH_NAMED.fullmatch(text.lower())
    if named:
        return _named(named[1], named[2], named[3])
    slashed = SLASHED.fullmatch(text)
    if not slashed:
        return None
    first, second, year = (int(part) for part in slashed.groups())
    if order is None and first != second:
        return None   # 06/02/2005 is June in Philadelphia and February in London
    month, day = (second, first) if order == "day-first" else (first, second)
    made = f"{year:04}-{month:02}-{day:02}"
    return made if _exists(made) else None


def _named(name: str, day: str | None, year: str) -> str | None:
    found = [number for number, month in enumerate(MONTHS, 1) if month.startswith(name) or name == "sept" and number == 9]
    if len(found) != 1:
        return None
    made = f"{year}-{found[0]:02}" + (f"-{int(day):02}" if day else "")
    return made if _exists(made) else None


def _exists(text: str) -> bool:
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4:])
    except ValueError:
        return False
    return True
