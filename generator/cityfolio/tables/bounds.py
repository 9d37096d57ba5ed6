"""Least and greatest values of a dictionary, as places on the scale of a column."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import cast

from cityfolio.model.records import ColumnType
from cityfolio.tables.scales import DAY, MICROSECOND, Positions, Scale, clock, in_day, instant
from cityfolio.tables.types import Value, parse

IN_UTC = Scale(kind="datetime", suffix="Z")


def beyond(found: Positions, limit: str | None, written: str | None, *, upper: bool) -> frozenset[str] | None:
    """The texts under a minimum, or over a maximum with `upper`; None for a limit that is no value of the type.

    Dates with times are compared by the clock as written, unless the limit names an offset: then as moments.
    """
    if limit is None:
        return None
    is_moment = found.moments is not None and _has_offset(limit, written)
    edge = bound(limit, IN_UTC if is_moment else found.scale, written, upper=upper)
    if edge is None:
        return None
    places = found.of if is_moment else found.clock
    # Nearly always no text is out of range, and the outermost place tells.
    if not places or (max(places.values()) <= edge if upper else edge <= min(places.values())):
        return frozenset()
    return frozenset(text for text, place in places.items() if (place > edge if upper else place < edge))


def _has_offset(limit: str, written: str | None) -> bool:
    value = _moment(limit, "datetime", written)
    return isinstance(value, datetime) and value.utcoffset() is not None


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
    return in_day(value) if isinstance(value, time) else cast("int", value)   # a year


def _datetime_bound(value: datetime, scale: Scale) -> int:
    # Without an offset a bound is meant as the column is written.
    if value.utcoffset() is None or not scale.suffix:
        return clock(value)
    shared = timedelta() if scale.suffix == "Z" else datetime.fromisoformat(f"2000-01-01T00:00{scale.suffix}").utcoffset()
    return instant(value) + (shared or timedelta()) // MICROSECOND
