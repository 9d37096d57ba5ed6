"""How far the clocks of a zone are from UTC at some moments.

Arrow could tell, but for the years up to 2037 alone: it does not read the rule that holds from then on.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow.compute as pc

from cityfolio.arrow_alone import pa

FIXED = re.compile(r"([+-])([01][0-9]|2[0-3]):?([0-5][0-9])")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
STRETCH_BITS = 10             # moments are looked up by stretches of 1,024 seconds, in which clocks are hardly ever set
STRETCH = 1 << STRETCH_BITS


@lru_cache(maxsize=64)
def zone_of(name: str) -> tzinfo | None:
    """A zone by its name, such as `America/New_York`, or by its offset, such as `-05:00`; None when there is no such zone."""
    fixed = FIXED.fullmatch(name)
    if fixed is not None:
        offset = timedelta(hours=int(fixed[2]), minutes=int(fixed[3]))
        return timezone(-offset if fixed[1] == "-" else offset)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):   # a part of a name, such as `America`, is a folder
        return None


# Any: arrays of pyarrow, whose own types do not say what they hold.
def offset_seconds(moments: Any, name: str) -> Any:
    """Seconds east of UTC, for moments given as seconds since 1970; 0 where the offset then was no whole minute."""
    # Before clocks were set by zones an offset had seconds, which no text of it can have. Those moments are told in UTC.
    stretches = pc.shift_right(moments, STRETCH_BITS).dictionary_encode()
    found = [_of_stretch(name, stretch) for stretch in stretches.dictionary.to_pylist()]
    offsets = pc.take(pa.array(found, pa.int64()), stretches.indices)
    set_within = pc.and_(pc.is_valid(moments), pc.is_null(offsets))
    if not pc.any(set_within).as_py():
        return offsets
    exact = [None if moment is None else _at(name, moment) for moment in moments.to_pylist()]
    return pc.coalesce(offsets, pa.array(exact, pa.int64()))


@lru_cache(maxsize=100_000)
def _of_stretch(name: str, stretch: int) -> int | None:
    """The offset in a stretch of time; None when clocks were set in it."""
    first, last = _at(name, stretch * STRETCH), _at(name, (stretch + 1) * STRETCH - 1)
    return first if first == last else None


def _at(name: str, seconds: int) -> int:
    zone = zone_of(name)
    try:
        offset = (EPOCH + timedelta(seconds=seconds)).astimezone(zone).utcoffset()
    except OverflowError:     # a year beyond those that dates are read of
        return 0
    whole = 0 if offset is None else round(offset.total_seconds())
    return whole if whole % 60 == 0 else 0
