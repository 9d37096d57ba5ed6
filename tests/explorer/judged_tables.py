"""What pandas says of a Parquet file, with Python for what pandas would round: the judge of the explorer's engine."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation
from io import BytesIO
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

EXACT = Context(prec=1_000)
Value = Any   # a cell: text, whole number, decimal, date, moment, time


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A column as pandas holds it."""

    kind: str
    values: pd.Series[Any]    # of objects, so that no digit is lost; None for no value
    offset: str = ""

    @property
    def places(self) -> dict[Value, int]:
        """The place of each value in the order of the column."""
        return {value: place for place, value in enumerate(sorted(set(self.values.dropna()), key=self.order))}

    @property
    def ranks(self) -> pd.Series[Any]:
        """The place of each row's value in the order of the column."""
        return self.values.map(self.places).astype("Int64")

    @property
    def order(self) -> Callable[[Value], Any]:
        """The key by which values are put in order."""
        return (lambda text: (folded(text), text)) if self.kind in ("text", "boolean") else lambda value: value

    @property
    def texts(self) -> pd.Series[Any]:
        """The cells as raw text."""
        return self.values.map(lambda value: None if value is None else self.raw(value)).astype(object).where(
            self.values.notna(), None)

    def raw(self, value: Value) -> str:
        """A value as raw text."""
        if isinstance(value, datetime):
            return value.isoformat() + self.offset
        if isinstance(value, date | time):
            return value.isoformat()
        return f"{value:04}" if self.kind == "year" else value if isinstance(value, str) else plain(Decimal(value))

    def parsed(self, text: str) -> Value:
        """A value as a reader writes it in a filter; None when it is none."""
        try:
            return PARSERS.get(self.kind, str)(text)
        except (ValueError, InvalidOperation):
            return None


PARSERS: dict[str, Callable[[str], Value]] = {
    "integer": Decimal, "number": Decimal, "year": Decimal, "date": date.fromisoformat,
    "datetime": lambda text: datetime.fromisoformat(text).replace(tzinfo=None), "time": time.fromisoformat,
}


def folded(text: str) -> str:
    """A text without accents and case."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each)[0] != "M").lower()


def plain(number: Decimal) -> str:
    """A decimal in its shortest form, without an exponent."""
    short = EXACT.normalize(number)
    return f"{short:f}" if short else "0"


def judged(parquet: bytes, types: Sequence[str]) -> dict[str, Judged]:
    """The columns of a file, read by pandas; `types` are those of the dictionary."""
    schema = pq.read_schema(BytesIO(parquet))
    frame = pd.read_parquet(BytesIO(parquet), dtype_backend="pyarrow")
    return {field.name: _column(frame[field.name], field, kind) for field, kind in zip(schema, types, strict=True)}


def _column(series: pd.Series[Any], field: pa.Field[Any], kind: str) -> Judged:
    values = [_value(value) for value in series.array.__arrow_array__().to_pylist()]
    is_text = pa.types.is_string(field.type)
    offset = _offset(field.type.tz) if pa.types.is_timestamp(field.type) and field.type.tz else ""
    return Judged(kind="text" if is_text else kind, values=pd.Series(values, dtype=object), offset=offset)


def _offset(zone: str) -> str:
    return "Z" if zone == "UTC" else zone


def _value(value: Value) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    return None if value == "" else value


def holds(columns: dict[str, Judged], filtered: dict[str, Any], place: Sequence[str]) -> pd.Series[bool]:
    """Which rows hold a filter."""
    if filtered["test"] == "within":
        return _within(columns, filtered["bounds"], place)
    column = columns[filtered["column"]]
    filled = column.values.notna()
    match filtered["test"]:
        case "is":
            wanted = {column.parsed(text) for text in filtered["values"] if text} - {None}
            return column.values.isin(wanted) & filled | (~filled if "" in filtered["values"] else False)
        case "contains":
            found = column.texts[filled].map(folded).str.contains(folded(filtered["text"]), regex=False)
            return found.astype(bool).reindex(column.values.index, fill_value=not folded(filtered["text"]))
        case "between":
            return _between(column, filtered.get("low", ""), filtered.get("high", ""))
        case test:
            return filled if test == "filled" else ~filled


def _between(column: Judged, low: str, high: str) -> pd.Series[bool]:
    ends = [column.parsed(end) if end else None for end in (low, high)]
    if column.kind == "datetime" and len(high) == len("2026-06-30") and ends[1] is not None:
        ends[1] += timedelta(days=1, microseconds=-1)
    kept = pd.Series(True, column.values.index)
    for end, after in zip(ends, (True, False), strict=True):
        if end is not None:
            order = column.order
            kept &= column.values.map(lambda value, end=end, after=after, order=order: value is not None and (
                order(value) >= order(end) if after else order(value) <= order(end))).astype(bool)
    return kept


def _within(columns: dict[str, Judged], bounds: Sequence[float], place: Sequence[str]) -> pd.Series[bool]:
    west, south, east, north = bounds
    x, y = (pd.to_numeric(columns[name].values, errors="coerce").astype(float) for name in place)
    across = x.between(west, east) if west <= east else (x >= west) | (x <= east)
    return across & y.between(south, north)
