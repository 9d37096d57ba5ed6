"""Values as whole numbers on a line, so that ordering, quartiles and edges are exact and the same code for every type.

A number with k decimals stands at itself times 10 to the k; a date at its day since 0001-01-01; a date with time and a
time of day at their microsecond, by the clock as written. `Scale.text` leads back to the shortest written form.

Dates with times whose offsets differ stand on two lines: on that of UTC to be ordered and told apart, and on that of the
clock for all that is read by the day.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from operator import methodcaller
from typing import cast

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.tables.types import BOOLEANS, INTEGER, MOST_DIGITS, NUMBER, PLAIN_INTEGER, all_match, values

SECOND = 1_000_000            # in microseconds
DAY = 86_400 * SECOND
LAST_DAY = date.max.toordinal()
EPOCH = datetime(1, 1, 1)  # noqa: DTZ001 - a place on a line, no moment
MICROSECOND = timedelta(microseconds=1)


class Scale(Frozen, kw_only=True):
    """How whole numbers stand for values of a type. `suffix` is the offset that every value with a time shares."""

    kind: ColumnType
    decimals: int = 0
    suffix: str = ""

    def text(self, position: int) -> str:
        """The shortest written form of the value at a position."""
        return self.texts((position,))[0]

    def texts(self, places: Sequence[int]) -> list[str]:
        """The shortest written form of the value at each of some positions."""
        kind = self.kind
        if kind in ("integer", "number"):
            return decimal_texts(places, self.decimals)
        if kind == "date":
            return [date.fromordinal(place).isoformat() for place in places]
        if kind == "datetime":
            return [(EPOCH + timedelta(microseconds=place)).isoformat() + self.suffix for place in places]
        if kind == "time":
            # ISO 8601 has a name for the end of a day; Python's times have none.
            return [str((EPOCH + timedelta(microseconds=place)).time()) if place < DAY else "24:00:00" for place in places]
        return [f"{place:04}" for place in places] if kind == "year" else [("false", "true")[place] for place in places]

    def between(self, low: int, high: int, quarters: int) -> str:
        """The value a number of quarters of the way from one position to another.

        Exact for numbers; dates and years are rounded down to the day and year, times to the second.
        """
        if self.kind in ("integer", "number"):
            return decimal_text(100 * low + 25 * quarters * (high - low), self.decimals + 2)
        place = low + (high - low) * quarters // 4
        # At a value that was seen nothing is rounded away.
        return self.text(place if low == high or not quarters or self.kind in ("date", "year") else place - place % SECOND)


class Positions(Frozen, kw_only=True):
    """The texts of a column that are of its type, each with its place on the scale."""

    scale: Scale
    of: Mapping[str, int]                                 # in UTC where there are `moments`
    moments: Mapping[str, datetime] | None = None         # the values, where their offsets differ

    @property
    def clock(self) -> Mapping[str, int]:
        """The place of each text by the clock as written; where no offsets differ, its place."""
        return self.of if self.moments is None else {text: clock(value) for text, value in self.moments.items()}

    def texts(self, places: Sequence[int]) -> list[str]:
        """The values at some of the places, in their shortest written form and at their own offset."""
        if self.moments is None:
            return self.scale.texts(places)
        wanted = frozenset(places)
        shown: dict[int, str] = {}
        for text, place in self.of.items():
            if place in wanted:
                # Of a moment written at two offsets one form is shown, the same in any order of the rows.
                form = _moment_text(self.moments[text])
                shown[place] = min(form, shown.get(place, form))
        return [shown[place] for place in places]


def positions(texts: Collection[str], kind: ColumnType, written: str | None = None) -> Positions | None:
    """Place texts on the scale of a type; those that are not of it are left out. None for text, which has no scale."""
    if kind == "integer" and (_are_digits(texts) or all(map(PLAIN_INTEGER.fullmatch, texts))):
        return Positions(scale=Scale(kind="integer"), of=dict(zip(texts, map(int, texts), strict=True)))
    if kind == "integer":
        return Positions(scale=Scale(kind="integer"), of={text: int(text) for text in texts if INTEGER.fullmatch(text)})
    if kind == "number":
        return _numbers(list(texts) if all_match(NUMBER, texts) else [text for text in texts if NUMBER.fullmatch(text)])
    if kind == "boolean":
        return Positions(scale=Scale(kind=kind), of={text: int(BOOLEANS[text]) for text in texts if text in BOOLEANS})
    if kind in ("string", "any", "geometry"):
        return None
    return _moments(texts, kind, written)


def _are_digits(texts: Collection[str]) -> bool:
    """Whether every text is nothing but digits, and no longer than a whole number may be."""
    joined = "".join(texts)
    return joined.isascii() and joined.isdigit() and min(map(len, texts)) > 0 and max(map(len, texts)) <= MOST_DIGITS


def _numbers(texts: Sequence[str]) -> Positions:
    joined = "".join(texts)
    if "e" in joined or "E" in joined:
        return _scientific(texts)
    if decimals := _same_decimals(texts, joined):
        # With as many decimals in every text, taking the points out leaves the places, at the speed of one replacement.
        places = list(map(int, "\n".join(texts).replace(".", "").split("\n")))
    elif decimals := max(map(len, rests := [text.partition(".")[2] for text in texts]), default=0):
        # Padding the decimals is exact, and half the price of a Decimal.
        places = [int(text.replace(".", "") + "0" * (decimals - len(rest))) for text, rest in zip(texts, rests, strict=True)]
    else:
        places = [int(text.rstrip(".")) for text in texts]
    return Positions(scale=Scale(kind="number", decimals=decimals), of=dict(zip(texts, places, strict=True)))


def _same_decimals(texts: Sequence[str], joined: str) -> int:
    """How many decimals each of some numbers has; 0 where they differ, or there are none."""
    first = len(texts[0].partition(".")[2]) if texts else 0
    at = -1 - first
    is_same = joined.count(".") == len(texts) and all(map(".".__eq__, [text[at:at + 1] for text in texts]))
    return first if is_same else 0


def _scientific(texts: Sequence[str]) -> Positions:
    exact = [Fraction(Decimal(text)) for text in texts]
    decimals = max((-cast("int", Decimal(text).as_tuple().exponent) for text in texts), default=0)
    unit = 10 ** max(decimals, 0)
    return Positions(scale=Scale(kind="number", decimals=max(decimals, 0)),
                     of={text: int(value * unit) for text, value in zip(texts, exact, strict=True)})


def _moments(texts: Collection[str], kind: ColumnType, written: str | None) -> Positions:
    found = values(texts, kind, written)
    if kind == "datetime":
        return _datetimes(cast("dict[str, datetime]", found))
    if kind == "date":
        days = map(methodcaller("toordinal"), found.values())
        return Positions(scale=Scale(kind=kind), of=dict(zip(found, days, strict=True)))
    if kind == "time":
        return Positions(scale=Scale(kind=kind), of={text: in_day(cast("time", value)) for text, value in found.items()})
    return Positions(scale=Scale(kind=kind), of=cast("dict[str, int]", found))   # years


def _datetimes(found: Mapping[str, datetime]) -> Positions:
    offsets = set(map(methodcaller("utcoffset"), found.values())) or {None}
    shared = offsets.pop()
    if offsets:
        places = {text: instant(value) for text, value in found.items()}
        return Positions(scale=Scale(kind="datetime"), of=places, moments=found)
    if shared is None:
        # Most city data has no offsets, and then there is nothing to be taken off a value before it is placed.
        bare = {text: (value - EPOCH) // MICROSECOND for text, value in found.items()}
        return Positions(scale=Scale(kind="datetime"), of=bare)
    places = {text: clock(value) for text, value in found.items()}
    return Positions(scale=Scale(kind="datetime", suffix=_suffix(shared)), of=places)


def clock(value: datetime) -> int:
    """Microseconds from 0001-01-01 by the clock as written, whatever its offset."""
    return (value.replace(tzinfo=None) - EPOCH) // MICROSECOND


def instant(value: datetime) -> int:
    """Microseconds in UTC, from 0001-01-01. A value without an offset, among others that have one, is taken to be UTC."""
    return clock(value) - (value.utcoffset() or timedelta()) // MICROSECOND


def _moment_text(value: datetime) -> str:
    offset = value.utcoffset()
    return value.replace(tzinfo=None).isoformat() + ("" if offset is None else _suffix(offset))


def in_day(value: time) -> int:
    """Microseconds since midnight."""
    return ((value.hour * 60 + value.minute) * 60 + value.second) * SECOND + value.microsecond


def _suffix(offset: timedelta) -> str:
    # Only a strptime format can have led to an offset with seconds; Python writes it and reads it again.
    return datetime(1, 1, 2, tzinfo=timezone(offset)).isoformat()[19:] if offset else "Z"


def decimal_texts(places: Sequence[int], decimals: int) -> list[str]:
    """Whole numbers of units of 10 to the minus `decimals`, as decimal numbers without trailing zeros."""
    written = list(map(str, places))
    if not decimals:
        return written
    # From so many digits on, which most have, no zero has to be put before them, and what is cut off is no digit of the whole.
    return [f"{text[:-decimals]}.{text[-decimals:]}".rstrip("0").rstrip(".") if len(text) > decimals + 1 else
            decimal_text(int(text), decimals) for text in written]


def decimal_text(position: int, decimals: int) -> str:
    """A whole number of units of 10 to the minus `decimals`, as a decimal number without trailing zeros."""
    if not decimals:
        return str(position)
    digits = str(abs(position)).rjust(decimals + 1, "0")
    kept = digits[-decimals:].rstrip("0")
    sign = "-" if position < 0 else ""
    return f"{sign}{digits[:-decimals]}.{kept}" if kept else f"{sign}{digits[:-decimals]}"


def mean_text(total: int, rows: int, decimals: int) -> str:
    """A mean, rounded half to even: to the decimals of the values, or to the four digits that make it worth reading."""
    places, size = decimals, abs(total)
    while size and size * 10**places < 1_000 * rows * 10**decimals and places < decimals + 30:
        places += 1
    whole, rest = divmod(total * 10 ** (places - decimals), rows)
    up = 2 * rest > rows or (2 * rest == rows and whole % 2)
    return decimal_text(whole + 1 if up else whole, places)
