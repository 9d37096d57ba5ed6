"""Columns of Arrow as columns of text: each value as it would be written out, exactly, or a refusal that names the row.

Arrow itself writes most of them. Where it would cut a value short, as nanoseconds or the seconds of an old offset, or write it
in a way that no type reads, the value is written here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

import pyarrow.compute as pc

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnType
from cityfolio.tables.readers.offsets import offset_seconds, zone_of
from cityfolio.tables.readers.wkb import ShapeUnfit, geojson_text, number_text

UTC_NAMES = ("UTC", "Etc/UTC", "Z", "+00:00")
TICKS = {"s": 1, "ms": 1_000, "us": 1_000_000}     # of a second
# What says nothing at the end of a fraction of a second.
IDLE = r"\.0+$|(\.[0-9]*[1-9])0+$"
FINER = "it has nanoseconds, finer than times are kept"
TO_MICROSECONDS = "Write the column with microseconds."
# Any, here and below: one array may hold values of any type, and pyarrow's own types say no more.
Texts = Callable[[Any], pa.StringArray]


class CellUnfit(Exception):
    """A value that no text can hold; with its row in the portion, counted from 0."""

    def __init__(self, row: int, says: str, fix: str) -> None:
        super().__init__(says)
        self.row, self.says, self.fix = row, says, fix


class TypeUnfit(Exception):
    """A column of which the values are no cells; says what they are."""


class ArrowColumn(Frozen, kw_only=True):
    """How a column of some Arrow type becomes text."""

    kind: ColumnType | None
    texts: Texts
    may_fail: bool = False        # whether a value may be unfit, so that it is tried as soon as it is read


def arrow_column(kind: pa.DataType) -> ArrowColumn:
    """How values of a type become text. Raises TypeUnfit."""
    types = pa.types
    if isinstance(kind, pa.BaseExtensionType):
        return _of_extension(kind)
    if types.is_dictionary(kind):
        values = arrow_column(kind.value_type)
        return ArrowColumn(kind=values.kind, texts=lambda array: values.texts(array.dictionary_decode()), may_fail=True)
    for is_one, column in PLAIN:
        if is_one(kind):
            return column
    if types.is_timestamp(kind):
        _refuse_zone(kind)
        return ArrowColumn(kind="datetime", texts=_moments, may_fail=kind.unit == "ns")
    if types.is_nested(kind):
        _refuse_leaves(kind)
        return ArrowColumn(kind="string", texts=_nested, may_fail=True)
    raise TypeUnfit(f"values of the type {kind}")


def _cast(array: Any) -> pa.StringArray:
    texts: pa.StringArray = array.cast(pa.string())
    return texts


def _strings(array: Any) -> pa.StringArray:
    """Text, which a file may say of bytes that are none."""
    texts = _cast(array)
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid:
        raise CellUnfit(_first_broken(texts), "it is said to be text, and is not UTF-8", "Write it as UTF-8.") from None
    return texts


def _first_broken(texts: pa.StringArray) -> int:
    for row in range(len(texts)):
        try:
            texts[row].as_py()
        except UnicodeDecodeError:
            return row
    return 0


def _floats(array: Any) -> pa.StringArray:
    """The shortest text of each; what is not a number keeps that name, and is no number for a check either."""
    return pc.replace_substring_regex(_cast(array), "^nan$", "NaN")


def _decimals(array: Any) -> pa.StringArray:
    texts = _cast(array)
    if not pc.any(pc.match_substring(texts, "E")).as_py():
        return texts
    # A very small one, or a zero with many decimals, would come as 0E-10.
    return pa.array([None if text is None else format(Decimal(text), "f") for text in texts.to_pylist()], pa.string())


def _times(array: Any) -> pa.StringArray:
    return _without_idle(_cast(_in_microseconds(array, pa.time64("us"))))


def _moments(array: Any) -> pa.StringArray:
    """Dates with times by the clock of the column's zone, with the offset of each."""
    array = _in_microseconds(array, pa.timestamp("us", array.type.tz))
    zone, unit = array.type.tz, array.type.unit
    moments = array.cast(pa.timestamp(unit))
    if zone is None:
        return _clock(moments)
    if zone in UTC_NAMES:
        return _joined(_clock(moments), "Z")
    ticks: Any = moments.cast(pa.int64())
    # Division goes toward zero, and before 1970 the second that has begun lies away from it.
    begun = pc.subtract(ticks, pc.if_else(pc.less(ticks, pa.scalar(0)), TICKS[unit] - 1, 0))
    seconds = offset_seconds(pc.divide(begun, TICKS[unit]), zone)
    clock = pc.add(moments, pc.multiply(seconds, TICKS[unit]).cast(pa.duration(unit)))
    return _joined(_clock(clock), _offsets(seconds))


def _joined(texts: Any, ends: Any) -> pa.StringArray:
    joined: pa.StringArray = pc.binary_join_element_wise(texts, ends, "")
    return joined


def _clock(moments: Any) -> pa.StringArray:
    return _without_idle(pc.strftime(moments, "%Y-%m-%dT%H:%M:%S"))


def _offsets(seconds: Any) -> pa.StringArray:
    """Seconds as offsets. There are few different ones, so each is written once."""
    encoded = seconds.dictionary_encode()
    return pc.take(pa.array(map(_offset, encoded.dictionary.to_pylist()), pa.string()), encoded.indices)


def _offset(seconds: int) -> str:
    return f"{'-' if seconds < 0 else '+'}{abs(seconds) // 3600:02}:{abs(seconds) // 60 % 60:02}"


def _without_idle(texts: pa.StringArray) -> pa.StringArray:
    return pc.replace_substring_regex(texts, IDLE, r"\1")


def _in_microseconds(array: Any, kind: pa.DataType) -> Any:
    if array.type.unit != "ns":
        return array
    ticks = array.cast(pa.int64())
    finer = pc.not_equal(pc.multiply(pc.divide(ticks, 1_000), 1_000), ticks)
    if pc.any(finer).as_py():
        raise CellUnfit(pc.index(finer, True).as_py(), FINER, TO_MICROSECONDS)
    return array.cast(kind)


def _nested(array: Any) -> pa.StringArray:
    texts = []
    for row, value in enumerate(array.to_pylist()):
        try:
            texts.append(None if value is None else _json_text(value))
        except (ShapeUnfit, UnicodeDecodeError) as unfit:
            raise CellUnfit(row, str(unfit), "Write null.") from None
    return pa.array(texts, pa.string())


def _json_text(value: Any) -> str:
    """A list or record as JSON without spaces. Dates are texts in it, since JSON has none."""
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, dict):
        return f"{{{','.join(f'{encode_basestring(name)}:{_json_text(each)}' for name, each in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{','.join(map(_json_text, value))}]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, float):
        if not isfinite(value):
            raise ShapeUnfit(f"{value} is not a number that JSON has")
        return number_text(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return f'"{value.isoformat()}"' if isinstance(value, (date, datetime, time)) else str(value)


def _refuse_leaves(kind: Any) -> None:
    """Refuse lists and records of what JSON cannot hold exactly."""
    if pa.types.is_dictionary(kind):
        _refuse_leaves(kind.value_type)
    elif pa.types.is_nested(kind) and not pa.types.is_union(kind):
        for number in range(kind.num_fields):
            _refuse_leaves(kind.field(number).type)
    elif isinstance(kind, pa.BaseExtensionType) or pa.types.is_union(kind) or getattr(kind, "unit", "") == "ns":
        raise TypeUnfit(f"lists or records with values of the type {kind}")
    else:
        arrow_column(kind)


def _refuse_zone(kind: Any) -> None:
    if kind.tz is not None and kind.tz not in UTC_NAMES and zone_of(kind.tz) is None:
        raise TypeUnfit(f"times of a zone that is not known, `{kind.tz[:60]}`")


def _shapes(array: Any) -> pa.StringArray:
    texts: list[str | None] = []
    for row, body in enumerate(array.to_pylist()):
        try:
            texts.append(None if body is None else geojson_text(body))
        except ShapeUnfit as unfit:
            raise CellUnfit(row, str(unfit), "Write it as a shape of GeoJSON's kinds, without measures.") from None
    return pa.array(texts, pa.string())


def _of_extension(kind: Any) -> ArrowColumn:
    if kind.extension_name == "arrow.uuid":
        return ArrowColumn(kind="string", texts=_identifiers)
    if kind.extension_name == "arrow.json":
        return ArrowColumn(kind="string", texts=lambda array: _strings(array.storage), may_fail=True)
    raise TypeUnfit(f"values of the type {kind}")


def _identifiers(array: Any) -> pa.StringArray:
    bodies = [None if body is None else body.hex() for body in array.storage.to_pylist()]
    parts = (slice(0, 8), slice(8, 12), slice(12, 16), slice(16, 20), slice(20, 32))
    return pa.array([body and "-".join(body[part] for part in parts) for body in bodies], pa.string())


GEOMETRY = ArrowColumn(kind="geometry", texts=_shapes, may_fail=True)
PLAIN: tuple[tuple[Callable[[Any], bool], ArrowColumn], ...] = (
    (pa.types.is_integer, ArrowColumn(kind="integer", texts=_cast)),
    (pa.types.is_floating, ArrowColumn(kind="number", texts=_floats)),
    (pa.types.is_boolean, ArrowColumn(kind="boolean", texts=_cast)),
    (pa.types.is_date, ArrowColumn(kind="date", texts=_cast)),
    (pa.types.is_time, ArrowColumn(kind="time", texts=_times, may_fail=True)),
    (pa.types.is_null, ArrowColumn(kind=None, texts=_cast)),
    (lambda kind: pa.types.is_decimal(kind) and kind.scale > 0, ArrowColumn(kind="number", texts=_decimals)),
    (pa.types.is_decimal, ArrowColumn(kind="integer", texts=_decimals)),
    (lambda kind: pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind),
     ArrowColumn(kind="string", texts=_strings, may_fail=True)),
)
