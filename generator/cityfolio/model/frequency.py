"""How often a dataset promises to be renewed, and whether it kept the promise."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache
from typing import Literal

from cityfolio.frozen import Frozen

# ISO 8601 repeats for the words that DCAT-US and the EU frequency list know. Other words are refused, with a suggestion.
WORDS = {
    "continual": "R/PT1S",
    "hourly": "R/PT1H",
    "daily": "R/P1D",
    "weekly": "R/P1W",
    "fortnightly": "R/P2W",
    "monthly": "R/P1M",
    "bimonthly": "R/P2M",
    "quarterly": "R/P3M",
    "semiannual": "R/P6M",
    "yearly": "R/P1Y",
    "biennial": "R/P2Y",
    "every four years": "R/P4Y",
    "decennial": "R/P10Y",
    "irregular": "",
    "never": "",
}

# Of numbers no longer than these Python makes an int; of 4,301 digits it makes an error.
MOST_WORDS = 1_000            # that are remembered: a catalog has few that differ
DAYS = 4_000          # of which it is known what comes a while after them
ISO_REPEAT = re.compile("R/P(?=.)(?:(N)Y)?(?:(N)M)?(?:(N)W)?(?:(N)D)?(?:T(?=.)(?:(N)H)?(?:(N)M)?(?:(N)S)?)?".replace(
    "N", r"\d{1,20}"))


class Frequency(Frozen, kw_only=True):
    """A promise to renew: the word as shown, its ISO 8601 repeat, and its length in months and days."""

    word: str
    iso: str            # "" for irregular and never, which promise no date
    months: int = 0
    days: int = 0       # anything shorter than a day counts as one day: pages carry dates, not times

    @property
    def promises(self) -> bool:
        """Whether a next date can be counted from the last one."""
        return bool(self.months or self.days)


@lru_cache(maxsize=MOST_WORDS)
def frequency(text: str) -> Frequency | None:
    """Read a word or an ISO 8601 repeat (ISO 8601-1:2019, 5.6); None when it is neither."""
    given = " ".join(text.lower().split())
    if given in WORDS and not WORDS[given]:
        return Frequency(word=given, iso="")
    iso = WORDS.get(given, text.strip().upper())
    match = ISO_REPEAT.fullmatch(iso)
    if not match:
        return None
    years, months, weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    whole_days = 7 * weeks + days + (1 if hours or minutes or seconds else 0)
    if not (years or months or whole_days) or years > 1_000 or months > 12_000 or whole_days > 400_000:
        return None
    word = given if given in WORDS else next((word for word, repeat in WORDS.items() if repeat == iso), iso)
    return Frequency(word=word, iso=iso, months=12 * years + months, days=whole_days)


class Freshness(Frozen, kw_only=True, gc=False):
    """How a dataset's age compares with the schedule it promised."""

    updated: date | None
    due: date | None            # None: no schedule is promised, or the last update is not known
    days_late: int = 0
    state: Literal["on-time", "late", "unknown"]


@lru_cache(maxsize=DAYS)     # of very many datasets most are alike
def freshness(updated: date | None, every: Frequency | None, today: date) -> Freshness:
    """Compare the last update with the promised frequency.

    One missed interval is late; there is no grace period, because residents read the page, not the policy.
    """
    if updated is None or every is None or not every.promises:
        return Freshness(updated=updated, due=None, state="unknown")
    due = _after(updated, every.months, every.days)
    late = (today - due).days
    return Freshness(updated=updated, due=due, days_late=max(0, late), state="late" if late > 0 else "on-time")


@lru_cache(maxsize=DAYS)     # several ask of one dataset, and many datasets are of one day
def _after(start: date, months: int, days: int) -> date:
    month_index = start.year * 12 + start.month - 1 + months
    year, month = divmod(month_index, 12)
    if year > date.max.year:
        return date.max
    day = min(start.day, monthrange(year, month + 1)[1])   # a month after 31 January is the end of February
    later = date(year, month + 1, day).toordinal() + days
    return date.fromordinal(min(later, date.max.toordinal()))
