"""Texts as Arrow's typed values: by Arrow, which is fast, where it reads a text as the dictionary does, else by Python.

Arrow refuses some texts that are right (`+5`, `10:00:00.1234560`) and would accept some that are wrong (`0x10` is 16 to it).
The first are read by Python; for the second each way of reading looks for what gives them away. A cell that is not of the
column's type is an error of the program, since rows were checked before, and raises ValueError.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias, cast

import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.forms import distinct_texts, has_sign
from cityfolio.tables.exports.json_values import iso
from cityfolio.tables.exports.schema import ExportColumn, Unfit
from cityfolio.tables.types import BOOLEANS, parse

# Arrow's types name what they hold, and here they hold anything. At run time they cannot be given a name.
Values: TypeAlias = "pa.Array[Any]"

TRUE = pa.array([text for text, means in BOOLEANS.items() if means])
FALSE = pa.array([text for text, means in BOOLEANS.items() if not means])
DAY = pa.scalar("2000-01-01T")
NOTHING = pa.scalar("")
NO_ANSWER = pa.scalar(None, pa.bool_())
YEAR_LENGTH = pa.scalar(4, pa.int32())
FIRST_DAY = pa.scalar(-719_162, pa.int32())   # 1 January of the year 1, counted from 1970


def typed_array(texts: pa.StringArray, column: ExportColumn, kind: pa.DataType) -> Values:
    """Cells of a column as values of a stored type; null stays null. Raises ValueError for a cell that is not of it."""
    if pa.types.is_string(kind):
        return _as_text(texts, column)
    cast_to = CASTS[column.type]
    if not (column.format and column.type in FORMATTED_TYPES):
        try:
            values = cast_to(texts, kind)
        except pa.ArrowInvalid:
            values = None   # Python reads more spellings, and tells which cell is wrong
        if values is not None:
            return values
    return _by_python(texts, column, kind)


def _as_text(texts: pa.StringArray, column: ExportColumn) -> Values:
    if column.type not in FORMATTED_TYPES:
        return texts
    return _each(texts, lambda text: iso(text, column.type, column.format), pa.string())


def _by_python(texts: pa.StringArray, column: ExportColumn, kind: pa.DataType) -> Values:
    def read(text: str) -> object:
        value = parse(text, column.type, column.format)
        if value is None:
            raise ValueError(f"column {column.name!r}: {text!r} is not of the type {column.type}")
        # Arrow would take a moment without an offset for one of Greenwich, and forget an offset, both in silence.
        if isinstance(kind, pa.TimestampType) and isinstance(value, datetime) and (value.tzinfo is None) != (kind.tz is None):
            raise ValueError(f"column {column.name!r}: {text!r} does not fit {kind}")
        return Decimal(cast("int | Decimal", value)) if pa.types.is_decimal(kind) else value

    return _each(texts, read, kind)


def _each(texts: pa.StringArray, read: Callable[[str], object], kind: pa.DataType) -> Values:
    """Every distinct text read once."""
    distinct = distinct_texts(texts)
    numbers = pc.index_in(texts, pa.array(distinct, pa.string()), skip_nulls=True)
    return pa.array([read(text) for text in distinct], kind).take(numbers)


def _integers(texts: pa.StringArray, kind: pa.DataType) -> Values | None:
    if has_sign(texts, "xXeE."):
        return None
    return pc.cast(texts, kind)


def _years(texts: pa.StringArray, kind: pa.DataType) -> Values | None:
    four = pc.all(pc.equal(pc.binary_length(texts), YEAR_LENGTH)).as_py()
    return _integers(texts, kind) if four is not False and not has_sign(texts, "+-") else None


def _numbers(texts: pa.StringArray, kind: pa.DataType) -> Values | None:
    return pc.cast(texts, kind)


def _booleans(texts: pa.StringArray, _: pa.DataType) -> Values | None:
    means, filled = pc.is_in(texts, TRUE), texts.is_valid()
    known = pc.or_(means, pc.is_in(texts, FALSE))
    return cast("Values", pc.if_else(filled, means, NO_ANSWER)) if known.equals(filled) else None


def _dates(texts: pa.StringArray, kind: pa.DataType) -> Values | None:
    days = pc.cast(texts, kind)
    least = pc.min(pc.cast(days, pa.int32()))
    return days if not least.is_valid or least.as_py() >= FIRST_DAY.as_py() else None


def _moments(texts: pa.StringArray, kind: pa.DataType) -> Values | None:
    return pc.cast(texts, kind) if _say_minutes(texts) else None


def _times(texts: pa.StringArray, kind: pa.DataType) -> Values | None:
    # Arrow has no way from text to a time of the day, but one from text to a moment of some day.
    if not _say_minutes(texts):
        return None
    moments = cast("pa.StringArray", pc.binary_join_element_wise(DAY, texts, NOTHING))  # type: ignore[call-overload]
    return pc.cast(pc.cast(moments, pa.timestamp("us")), kind)


def _say_minutes(texts: pa.StringArray) -> bool:
    """Whether each text has more than hours: to Arrow "10" is ten o'clock, and a day its midnight."""
    return pc.all(pc.match_substring(texts, ":")).as_py() is not False


def _shapes(texts: pa.StringArray, kind: pa.DataType) -> Values | None:
    import shapely  # type: ignore[import-untyped]

    try:
        shapes = shapely.from_geojson(texts.to_numpy(zero_copy_only=False))
    except shapely.errors.GEOSException as error:
        # A line of one point or a ring that is not closed is reported where it stands, and is no reason to stop.
        raise Unfit(f"a shape is broken and cannot be stored ({str(error).rpartition(': ')[2].strip()})") from None
    return pa.array(shapely.to_wkb(shapes), kind)


FORMATTED_TYPES: tuple[ColumnType, ...] = ("date", "datetime", "time")
CASTS: dict[ColumnType, Callable[[pa.StringArray, pa.DataType], Values | None]] = {
    "integer": _integers, "number": _numbers, "year": _years, "boolean": _booleans, "date": _dates, "datetime": _moments,
    "time": _times, "geometry": _shapes,
}
