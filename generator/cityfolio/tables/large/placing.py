"""Texts to places on the scale of a type, a portion at once: the same places that `scales` gives them one by one.

Arrow reads what is written in the plain form of a type, which is checked first, letter by letter, because Arrow would take
more than that: `0x1F`, ` 5`. All else is read by `scales`, text by text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import numpy as np
import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.tables.large.letters import Ints, Letters, Truths, letters
from cityfolio.tables.scales import DAY, LAST_DAY, positions
from cityfolio.tables.types import FORMATTED

DAYS_BEFORE_1970 = 719_163        # 1970-01-01 as a day since 0001-01-01, which is day 1
EXACT = 2.0**50                   # under it a double times a power of ten is within half a unit of the decimal that is meant
MOST_DIGITS = 18                  # of a whole number that surely fits into 64 bits
DIGITS = b"0123456789"
CLOCK_LENGTHS = (16, 19, 21, 22, 23, 24, 25, 26)   # to the minute, to the second, with one to six decimals


class Placed(Frozen, kw_only=True):
    """Where texts stand. `right` says which of them are of the type; None: all are."""

    at: Ints                      # of the right ones, in the order of the texts
    decimals: int = 0
    suffix: str = ""              # the offset that all dates with times share
    right: Truths | None = None
    is_plain: bool = False        # every text is written in the plain form, from which a type may be found


class Unplaceable(Exception):
    """The values of a type are not all on one line of 64 bits: very large numbers, or moments at several offsets."""


def placed(texts: pa.StringArray, kind: ColumnType, written: str | None) -> Placed:
    """Place texts, of which none is empty or null. Raises Unplaceable."""
    quick = QUICK.get(kind)
    if quick is not None and not (written and kind in FORMATTED):
        found = quick(texts)
        if found is not None:
            return found
    return _one_by_one(texts, kind, written)


def _one_by_one(texts: pa.StringArray, kind: ColumnType, written: str | None) -> Placed:
    encoded = texts.dictionary_encode()
    different = cast("list[str]", encoded.dictionary.to_pylist())
    found = positions(different, kind, written)
    assert found is not None   # only types with a scale are placed
    if found.moments is not None:
        raise Unplaceable
    try:
        at = np.fromiter((found.of.get(text, 0) for text in different), np.int64, len(different))
    except OverflowError:
        raise Unplaceable from None
    right = np.fromiter((text in found.of for text in different), np.bool_, len(different))
    indices = encoded.indices.to_numpy()
    scale = found.scale
    if right.all():
        return Placed(at=at[indices], decimals=scale.decimals, suffix=scale.suffix)
    chosen = right[indices]
    return Placed(at=at[indices][chosen], decimals=scale.decimals, suffix=scale.suffix, right=chosen)


def _integers(texts: pa.StringArray) -> Placed | None:
    found = letters(texts)
    if not found.are_only(DIGITS + b"-") or not len(texts) or found.lengths.max() > MOST_DIGITS:
        return None
    if not _are_plain(found, np.zeros(0, np.int64), np.zeros(0, np.int64)):
        return None
    return Placed(at=pc.cast(texts, pa.int64()).to_numpy(), is_plain=True)


def _numbers(texts: pa.StringArray) -> Placed | None:
    found = letters(texts)
    if not len(texts) or not found.are_only(DIGITS + b"-."):
        return None
    body = found.body[: found.ends[-1]]
    dots = np.flatnonzero(body == ord("."))
    dots = dots[dots >= found.starts[0]]
    owners = np.searchsorted(found.starts, dots, side="right") - 1
    if len(dots) and not (np.diff(owners) > 0).all():
        return None   # two points in one text
    after = found.ends[owners] - dots - 1
    if not _are_plain(found, dots, after):
        return None
    decimals = int(after.max(initial=0))
    if decimals > MOST_DIGITS:
        return None
    scaled = pc.cast(texts, pa.float64()).to_numpy() * 10.0**decimals
    if np.abs(scaled).max() >= EXACT:
        return None
    return Placed(at=np.rint(scaled).astype(np.int64), decimals=decimals, is_plain=True)


def _are_plain(found: Letters, dots: Ints, after: Ints) -> bool:
    """Whether numbers are written as a person would: no sign but a minus, no zero before a digit, no bare point."""
    padded = np.append(found.body, np.uint8(0))
    is_negative = padded[found.starts] == ord("-")
    if np.count_nonzero(padded[found.starts[0] : found.ends[-1]] == ord("-")) != np.count_nonzero(is_negative):
        return False
    first = found.starts + is_negative
    if (first >= found.ends).any() or (padded[first] == ord(".")).any() or (after == 0).any():
        return False
    second = np.where(first + 1 < found.ends, padded[first + 1], 0)
    is_zero = (padded[first] == ord("0")) & (second != 0) & (second != ord("."))
    is_minus_nothing = is_negative & (padded[first] == ord("0")) & (second == 0)
    return not (is_zero.any() or is_minus_nothing.any())


def _dates(texts: pa.StringArray) -> Placed | None:
    found = letters(texts)
    if not len(texts) or not (found.lengths == 10).all() or not found.are_only(DIGITS + b"-") or not _have_days(found):
        return None
    try:
        at = pc.cast(texts, pa.date32()).view(pa.int32()).to_numpy().astype(np.int64) + DAYS_BEFORE_1970
    except pa.ArrowInvalid:   # a day that does not exist
        return None
    return Placed(at=at, is_plain=True) if at.min() >= 1 and at.max() <= LAST_DAY else None


def _datetimes(texts: pa.StringArray) -> Placed | None:
    found = letters(texts)
    if not len(texts) or not found.are_only(DIGITS + b"-: T.Z") or found.lengths.min() < CLOCK_LENGTHS[0]:
        return None
    suffix = "Z" if (found.body[found.ends - 1] == ord("Z")).all() else ""
    if suffix:
        texts = pc.utf8_slice_codeunits(texts, 0, -1)
        found = letters(texts)
    if not np.isin(found.lengths, CLOCK_LENGTHS).all():
        return None
    is_between = np.isin(found.body[found.starts + 10], [ord("T"), ord(" ")]).all()
    dashes = np.count_nonzero(found.body[found.starts[0] : found.ends[-1]] == ord("-"))
    if not is_between or not _have_days(found) or dashes != 2 * len(texts):
        return None
    try:
        at = pc.cast(texts, pa.timestamp("us")).view(pa.int64()).to_numpy() + (DAYS_BEFORE_1970 - 1) * DAY
    except pa.ArrowInvalid:
        return None
    return Placed(at=at, suffix=suffix, is_plain=True) if at.min() >= 0 and at.max() < LAST_DAY * DAY else None


def _have_days(found: Letters) -> bool:
    """Whether a minus stands at the places where a date has it."""
    minus = ord("-")
    return bool((found.body[found.starts + 4] == minus).all() and (found.body[found.starts + 7] == minus).all())


QUICK: dict[ColumnType, Callable[[pa.StringArray], Placed | None]] = {
    "integer": _integers, "number": _numbers, "date": _dates, "datetime": _datetimes,
}
