"""Values as whole numbers on a line, so that ordering, quartiles and edges are exact and the same code for every type.

A number with k decimals stands at itself times 10 to the k; a date at its day since 0001-01-01; a date with time and a
time of day at their microsecond. `Scale.text` leads back to the shortest written form.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from operator import attrgetter, methodcaller
from typing import cast

from cityfolio.model.records import ColumnType
from cityfolio.tables.types import BOOLEANS, INTEGER, NUMBER, PLAIN_INTEGER, Value, all_match, parse, values

SECOND = 1_000_000            # in microseconds
DAY = 86_400 * SECOND
LAST_DAY = date.max.toordinal()
EPOCH = datetime(1, 1, 1)  # noqa: DTZ001 - a place on a line, no moment
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
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
            return [decimal_text(place, self.decimals) for place in places] if self.decimals else list(map(str, places))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Positions:
    """The texts of a column that are of its type, each with its place on the scale."""

    scale: Scale
    of: Mapping[str, int]


def positions(texts: Collection[str], kind: ColumnType, written: str | None = None) -> Positions | None:
    """Place texts on the scale of a type; those that are not of it are left out. None for text, which has no scale."""
    if kind == "integer" and all(map(PLAIN_INTEGER.fullmatch, texts)):
        return Positions(scale=Scale(kind="integer"), of=dict(zip(texts, map(int, texts), strict=True)))
    if kind == "integer":
        return Positions(scale=Scale(kind="integer"), of={text: int(text) for text in texts if INTEGER.fullmatch(text)})
    if kind == "number":
        return _numbers(list(texts) if all_match(NUMBER, texts) else [text for text in texts if NUMBER.fullmatch(text)])
    if kind == "boolean":
        return Positions(scale=Scale(kind=kind), of={text: int(BOOLEANS[text]) for text in texts if text in BOOLEANS})
    if kind in ("string", "any"):
        return None
    return _moments(texts, kind, written)


def _numbers(texts: Sequence[str]) -> Positions:
    joined = "".join(texts)
    if "e" in joined or "E" in joined:
        return _scientific(texts)
    rests = [text.partition(".")[2] for text in texts] if "." in joined else []
    decimals = max(map(len, rests), default=0)
    if not decimals:
        places = [int(text.rstrip(".")) for text in texts]
    elif min(map(len, rests)) == decimals:
        # With as many decimals in every text, taking the points out leaves the places, at the speed of one replacement.
        places = list(map(int, "\n".join(texts).replace(".", "").split("\n")))
    else:
        # Padding the decimals is exact, and half the price of a Decimal.
        places = [int(text.replace(".", "") + "0" * (decimals - len(rest))) for text, rest in zip(texts, rests, strict=True)]
    return Positions(scale=Scale(kind="number", decimals=decimals), of=dict(zip(texts, places, strict=True)))


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
        return Positions(scale=Scale(kind=kind), of={text: _in_day(cast("time", value)) for text, value in found.items()})
    return Positions(scale=Scale(kind=kind), of=cast("dict[str, int]", found))


def _datetimes(found: Mapping[str, datetime]) -> Positions:
    if not any(map(attrgetter("tzinfo"), found.values())):
        local = {text: (value - EPOCH) // MICROSECOND for text, value in found.items()}
        return Positions(scale=Scale(kind="datetime"), of=local)
    offsets = {value.utcoffset() for value in found.values()}
    shared = offsets.pop() if len(offsets) == 1 else None
    if shared and shared % timedelta(minutes=1):
        shared = None   # an offset with seconds has no written form in ISO 8601
    # Offsets that differ are brought to UTC; a value without one, among others that have one, is taken to be UTC.
    scale = Scale(kind="datetime", suffix="Z" if not shared else _suffix(shared))
    places = {text: _instant(value) + (shared // MICROSECOND if shared else 0) for text, value in found.items()}
    # Beyond the first and last day that can be written there is no value to show.
    return Positions(scale=scale, of={text: place for text, place in places.items() if 0 <= place < LAST_DAY * DAY})


def _instant(value: datetime) -> int:
    """Microseconds in UTC, from 0001-01-01."""
    return (value.replace(tzinfo=None) - EPOCH - (value.utcoffset() or timedelta())) // MICROSECOND


def _in_day(value: time) -> int:
    return ((value.hour * 60 + value.minute) * 60 + value.second) * SECOND + value.microsecond


def _suffix(offset: timedelta) -> str:
    minutes = offset // timedelta(minutes=1)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


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


def bound(text: str, scale: Scale, written: str | None, *, upper: bool) -> int | None:
    """The outermost position that a minimum, or a maximum with `upper`, allows; None when it is no value of the type."""
    if scale.kind in ("integer", "number"):
        number = parse(text, "number")
        if number is None:
            return None
        exact = Fraction(cast("Decimal", number)) * int(10**scale.decimals)
        return floor(exact) if upper else ceil(exact)
    value = _moment(text, scale.kind, written)
    return None if value is None else _placed(value, scale, upper=upper)


def _moment(text: str, kind: ColumnType, written: str | None) -> Value | None:
    """A bound, written as ISO 8601 or as the column is. A plain date may bound dates with times."""
    value = parse(text, kind) or parse(text, kind, written)
    return parse(text, "date") if value is None and kind == "datetime" else value


def _placed(value: Value, scale: Scale, *, upper: bool) -> int:
    if isinstance(value, datetime):
        return _datetime_bound(value, scale)
    if isinstance(value, date):
        # A date that bounds dates with times means the whole of that day.
        return value.toordinal() if scale.kind == "date" else value.toordinal() * DAY - (1 if upper else DAY)
    return _in_day(value) if isinstance(value, time) else cast("int", value)   # a year


def _datetime_bound(value: datetime, scale: Scale) -> int:
    # Without an offset a bound is meant as the column is written.
    if value.utcoffset() is None or not scale.suffix:
        return (value.replace(tzinfo=None) - EPOCH) // MICROSECOND
    shared = timedelta() if scale.suffix == "Z" else datetime.fromisoformat(f"2000-01-01T00:00{scale.suffix}").utcoffset()
    return _instant(value) + (shared or timedelta()) // MICROSECOND
