"""Tables as SQL sees them, and what pandas says of them; Python says it where pandas would round."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from statistics import median
from typing import Any
from unittest.mock import patch

import pandas as pd
import pytest

from cityfolio.model.records import ColumnType
from cityfolio.tables.exports.parquet import write_parquet
from explorer.judged_tables import Judged, judged
from tables.exports.making_exports import a_column, a_table, written

Value = str | int | float | None
Cells = Sequence[str | None]
LEAST, MOST = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table, and its columns as SQL sees them, by the names that SQL knows them by. Rows are numbered from 1."""

    name: str
    parquet: bytes = field(repr=False)
    told: tuple[dict[str, str], ...] = field(repr=False)
    frame: pd.DataFrame                     # of objects, so that no digit is lost
    judged: dict[str, Judged] = field(repr=False)

    def of(self, *kinds: str) -> list[str]:
        """The columns of some kinds."""
        return [name for name, column in self.judged.items() if column.kind in kinds]


def table_of(name: str, columns: Sequence[tuple[str, ColumnType, Cells]], group_rows: int = 6) -> Table:
    """Write a table as Parquet, and read it with pandas."""
    table = a_table(*((a_column(header, kind), cells) for header, kind, cells in columns))
    with patch.multiple("cityfolio.tables.exports.parquet", GROUP_ROWS=group_rows, LEAST_ROWS=group_rows // 2):
        parquet = written(write_parquet, table)
    found = dict(zip(called([header for header, _, _ in columns]),
                     judged(parquet, [kind for _, kind, _ in columns]).values(), strict=True))
    told = tuple({"name": header, "type": kind, "offset": column.offset}
                 for (header, kind, _), column in zip(columns, found.values(), strict=True))
    frame = pd.DataFrame({header: sql_values(column) for header, column in found.items()}, dtype=object)
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return Table(name=name, parquet=parquet, told=told, frame=frame, judged=found)


def called(names: Sequence[str]) -> list[str]:
    """The names of columns in SQL, which does not tell "ID" from "id"."""
    taken: list[str] = []
    for name in names:
        lower = [each.lower() if each.isascii() else each for each in taken]
        taken.append(f"{name}_2" if (name.lower() if name.isascii() else name) in lower else name)
    return taken


def sql_values(column: Judged) -> pd.Series[Any]:
    """The cells as SQL has them."""
    return pd.Series([None if value is None else sql_value(column, value) for value in column.values], dtype=object)


def sql_value(column: Judged, value: Any) -> Value:
    """A cell with a value as SQL has it."""
    match column.kind:
        case "boolean":
            return int(value == "true")
        case "integer" | "year":
            return int(value) if LEAST <= int(value) <= MOST else float(value)
        case "number":
            return float(value)
        case _:
            return str(column.raw(value))


def quoted(name: str) -> str:
    """A name as SQL writes any."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Value) -> str:
    """A value as SQL writes it."""
    if value is None:
        return "NULL"
    return "('" + value.replace("'", "''").replace("\0", "'||char(0)||'") + "')" if isinstance(value, str) else repr(value)


def ranks(values: pd.Series[Any], nothing: int = -1) -> pd.Series[Any]:
    """The place of each value in the order of SQL, which is that of code points and of numbers."""
    places = {value: place for place, value in enumerate(sorted(set(values.dropna())))}
    return pd.Series([nothing if value is None else places[value] for value in values], values.index, dtype="int64")


def measured(measure: str, values: pd.Series[Any]) -> Any:
    """A measure of the cells of some rows; a number that doubles round is compared with the room that they need."""
    filled = list(values.dropna())
    if measure.startswith("count"):
        return len(set(filled)) if "DISTINCT" in measure else len(filled)
    if measure == "total" or not filled:
        return _near(sum(map(Fraction, filled)), filled) if measure == "total" else None
    match measure:
        case "min" | "max":
            return min(filled) if measure == "min" else max(filled)
        case "sum" if all(isinstance(value, int) for value in filled):
            return sum(filled)
        case "sum":
            return _near(sum(map(Fraction, filled)), filled)
        case "avg":
            return _near(sum(map(Fraction, filled)) / len(filled), filled)
    return pytest.approx(float(median(map(Fraction, filled))), rel=1e-15, abs=_middle(filled) * 1e-15)


def _near(exact: Fraction | float, values: Sequence[Any]) -> Any:
    """As near as Kahan's and Babuska's sum is, which SQLite makes: https://sqlite.org/lang_aggfunc.html."""
    return pytest.approx(float(exact), rel=1e-15, abs=float(sum(abs(Fraction(each)) for each in values)) * 1e-28)


def _middle(values: Sequence[Any]) -> float:
    """The size of the numbers that a median is made of."""
    in_order = sorted(values)
    return max(abs(float(each)) for each in in_order[(len(in_order) - 1) // 2 : len(in_order) // 2 + 1])


def sum_fits(values: pd.Series[Any]) -> bool:
    """Whether no sum of some of the cells is a whole number beyond 64 bits, which SQLite refuses."""
    filled = list(values.dropna())
    whole = [value for value in filled if isinstance(value, int)]
    ends = sum(value for value in whole if value < 0), sum(value for value in whole if value > 0)
    return ends[0] >= LEAST and ends[1] <= MOST


def months(column: Judged, is_in_greenwich: bool) -> list[str | None]:
    """The month of each moment, on its own clock or on that of Greenwich."""
    shift = _shift(column.offset) if is_in_greenwich else timedelta()
    clocks = [None if each is None else each - shift for each in column.values]
    periods = pd.Series(clocks, dtype="datetime64[us]").dt.to_period("M")
    return [None if pd.isna(each) else f"{each.year:04}-{each.month:02}" for each in periods]


def _shift(offset: str) -> timedelta:
    found = re.fullmatch(r"([+-])(\d\d):(\d\d)", offset)
    return timedelta(hours=int(found[1] + found[2]), minutes=int(found[1] + found[3])) if found else timedelta()
