"""Days and times as spreadsheets store them, and as ISO 8601 writes them.

Excel stores a moment as a count of days, with the time of day as the fraction. It keeps milliseconds, so the count is rounded
to those: 45000.604166666664 is half past two. The other digits come from binary fractions, and nobody entered them.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import Literal

from cityfolio.tables.readers.sheets import CellKind

Clock = Literal["date", "time", "datetime", ""]   # what a number format shows; "": neither
DAY_MS = 86_400_000
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
FALSE_DAY = 60            # Excel's 29 February 1900, which never was; kept from Lotus 1-2-3
END_1900, END_1904 = 2_958_466, 2_957_004   # the days after 31 December 9999
# A context of its own: the digits of a number must not depend on what other code set.
EXACT = Context(prec=40, rounding=ROUND_HALF_EVEN)
SPAN = re.compile(r"PT(?:([0-9]{1,2})H)?(?:([0-9]{1,2})M)?(?:([0-9]{1,2})(\.[0-9]{1,6}0*)?S)?")


@lru_cache(maxsize=1 << 16)
def moment(number: str, shown: Clock, is_1904: bool) -> tuple[str, CellKind]:
    """A stored number as the day, time or both that it stands for; the number itself where it stands for none.

    A time of day is written where the format has one or the number has a fraction, so that nothing of either is lost.
    Excel shows negative numbers as a row of # and 0 as a day that never was; these stay numbers.
    """
    days = Decimal(number)
    end = END_1904 if is_1904 else END_1900
    if days < 0 or days >= end or (days == 0 and shown == "date" and not is_1904):
        return number, "number"
    whole, ms = divmod(int(EXACT.to_integral_value(EXACT.multiply(days, DAY_MS))), DAY_MS)
    if whole >= end:
        return number, "number"
    if days < 1 and (shown == "time" or not is_1904):
        # A time just before midnight rounds to it, and there is no 24:00.
        return _clock(ms if whole == 0 else DAY_MS - 1), "time"
    if whole == FALSE_DAY and not is_1904:
        return "1900-02-29" + ("" if shown == "date" and not ms else f"T{_clock(ms)}"), "string"
    day = _day(whole, is_1904)
    return (day, "date") if shown == "date" and not ms else (f"{day}T{_clock(ms)}", "datetime")


def _day(whole: int, is_1904: bool) -> str:
    if is_1904:
        return (EPOCH_1904 + timedelta(days=whole)).isoformat()
    return (EPOCH_1900 + timedelta(days=whole + (whole < FALSE_DAY))).isoformat()


def _clock(ms: int) -> str:
    seconds, rest = divmod(ms, 1_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}" + (f".{rest:03}".rstrip("0") if rest else "")


def as_moment(text: str) -> str:
    """A day among days with a time: the same day at midnight."""
    return text if "T" in text or " " in text else f"{text}T00:00:00"


def span_kind(text: str) -> CellKind:
    """Whether an ISO 8601 duration could be a time of day: OpenDocument stores both in the one form."""
    found = SPAN.fullmatch(text)
    parts = [int(part or 0) for part in found.groups()[:3]] if found else [24]
    return "time" if len(text) > len("PT") and parts[0] < 24 and all(part < 60 for part in parts[1:]) else "span"


def as_time(text: str) -> str:
    """The time of day that an ISO 8601 duration of less than a day stands for; other text as it is."""
    found = SPAN.fullmatch(text)
    if found is None:
        return text
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    return f"{hour:02}:{minute:02}:{second:02}{(found[4] or '').rstrip('0').rstrip('.')}"
