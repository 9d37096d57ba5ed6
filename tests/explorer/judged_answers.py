"""What pandas says to a question about rows of a file, with Python for what pandas would round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pandas as pd

from explorer.judged_tables import EXACT, Judged, Value, plain

Key = str | None
MEASURED = {"sum": ("integer", "number"), "mean": ("integer", "number"), "median": ("integer", "number")}
MOST_PERIODS = 20_000     # more are not shown where they have no rows
FREQUENCIES = {"day": "D", "week": "W-SUN", "month": "M", "quarter": "Q-DEC", "year": "Y-DEC"}
NAMES = {"day": "%Y-%m-%d", "month": "%Y-%m", "quarter": "%Y-Q%q", "year": "%Y"}


@dataclass(frozen=True, slots=True)
class Measured:
    """A measure of some rows, as text and as what it is ordered by."""

    text: str | None
    order: Value


def measured(measure: str, column: Judged | None, rows: pd.Index[int]) -> Measured:
    """A measure of rows; without a column, rows are counted."""
    if measure == "count":
        count = len(rows) if column is None else int(column.values.loc[rows].notna().sum())
        return Measured(str(count), count)
    if column is None or column.kind not in MEASURED.get(measure, (column.kind,)):
        return Measured(None, None)
    filled = column.values.loc[rows].dropna()
    if measure == "sum":
        total = Decimal(0)
        for value in filled:
            total = EXACT.add(total, Decimal(value))
        return Measured(plain(total), total)
    if filled.empty:
        return Measured(None, None)
    if measure in ("min", "max"):
        places = column.ranks.loc[filled.index]
        found = column.values.loc[places.idxmin() if measure == "min" else places.idxmax()]
        return Measured(column.raw(found), column.places[found])
    exact = [Fraction(value) for value in filled]
    double = float(sum(exact) / len(exact) if measure == "mean" else median(exact))
    return Measured(plain(Decimal(repr(double))), double)


def keys_of(column: Judged, per: str | None) -> pd.Series[Any]:
    """The key of the group that each row is in; None for rows without a value."""
    periods = periods_of(column, per)
    if periods is None:
        return column.texts
    return pd.Series([None if pd.isna(each) else named(each, per or "") for each in periods], column.values.index, dtype=object)


def periods_of(column: Judged, per: str | None) -> pd.Series[Any] | None:
    """The period that each row is in; None where a column is not put together by one."""
    if column.kind in ("date", "datetime") and per in FREQUENCIES:
        return pd.Series(list(column.values), column.values.index, dtype="datetime64[us]").dt.to_period(FREQUENCIES[per])
    if column.kind == "year" and per == "year":
        return pd.Series([pd.Period(year=int(each), freq="Y-DEC") if each is not None else pd.NaT for each in column.values],
                         column.values.index, dtype="period[Y-DEC]")
    return None


def named(period: pd.Period, per: str) -> str:
    """The key of a period."""
    if per == "week":
        year, week, _ = (period.start_time if period.year > 1677 else period.to_timestamp()).isocalendar()
        return f"{year:04}-W{week:02}"
    return {"day": f"{period.year:04}-{period.month:02}-{period.day:02}", "month": f"{period.year:04}-{period.month:02}",
            "quarter": f"{period.year:04}-Q{period.quarter}", "year": f"{period.year:04}"}[per]


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One column that is asked by."""

    of_rows: pd.Series[Any]      # the key of each row
    keys: tuple[Key, ...]        # in order, with the missing periods
    others: int                  # keys beyond the top
    is_complete: bool = True     # whether no missing period is left out


def axis(column: Judged, per: str | None, measure: str, of: Judged | None, rows: pd.Index[int], top: int | None) -> Axis:
    """The keys of a column that is asked by, in their order."""
    of_rows = keys_of(column, per).loc[rows]
    periods = periods_of(column, per)
    if periods is not None:
        present = periods.loc[rows].dropna()
        timeline = [] if present.empty else pd.period_range(present.min(), present.max())
        shown = timeline if len(timeline) <= MOST_PERIODS else sorted(set(present))
        keys = [*(named(each, per or "") for each in shown), *([None] if of_rows.isna().any() else [])]
        return Axis(of_rows=of_rows, keys=tuple(keys), others=0, is_complete=shown is timeline)
    places = {column.raw(value): place for value, place in column.places.items()}
    groups = of_rows.groupby(of_rows, dropna=False).groups
    values = {None if pd.isna(key) else key: measured(measure, of, members).order for key, members in groups.items()}
    inside = sorted(values, key=lambda key: places.get(key, len(places)))
    filled = sorted((key for key in inside if values[key] is not None), key=lambda key: values[key], reverse=True)
    ordered = filled + [key for key in inside if values[key] is None]
    kept = ordered if top is None else ordered[:top]
    return Axis(of_rows=of_rows, keys=tuple(kept), others=len(ordered) - len(kept))


def answered(columns: Mapping[str, Judged], question: Mapping[str, Any], rows: pd.Index[int]) -> dict[str, Any]:
    """The answer to a question about some rows."""
    measure, of = question["measure"], columns.get(question.get("of", ""))
    asked = question["by"]
    cut = next((at for at, by in enumerate(asked) if periods_of(columns[by["column"]], by.get("per")) is None), None)
    axes = [axis(columns[by["column"]], by.get("per"), measure, of, rows, question.get("top") if at == cut else None)
            for at, by in enumerate(asked)]
    answer = {"question": question, "keys": [list(each.keys) for each in axes], "total": _said(measure, of, rows),
              "rows": _rows(measure, of, axes, rows), "isComplete": all(each.is_complete for each in axes)}
    cut_axis = next((each for each in axes if each.others), None)
    if cut_axis:
        answer["others"] = _others(measure, of, axes, cut_axis, rows)
    return answer


def _said(measure: str, of: Judged | None, rows: pd.Index[int]) -> dict[str, Any]:
    said = {"value": measured(measure, of, rows).text, "rows": len(rows)}
    can_measure = measure != "count" and of is not None and (measure in ("min", "max") or of.kind in ("integer", "number"))
    filled = int(of.values.loc[rows].notna().sum()) if can_measure and of is not None else len(rows)
    return said | ({"filled": filled} if filled < len(rows) else {})


def _grouped(axes: Sequence[Axis], rows: pd.Index[int]) -> dict[tuple[int, ...], pd.Index[int]]:
    """The rows of each combination of keys that occurs, by the places of the keys and in their order."""
    places = pd.DataFrame({at: _places(each, rows) for at, each in enumerate(axes)}, index=rows)
    known = places[(places >= 0).all(axis=1)]
    keys = pd.Series(list(known.itertuples(index=False, name=None)), known.index, dtype=object)
    return dict(keys.groupby(keys).groups)


def _places(each: Axis, rows: pd.Index[int]) -> list[int]:
    known = {key: place for place, key in enumerate(each.keys)}
    return [known.get(None if pd.isna(key) else key, -1) for key in each.of_rows.loc[rows]]


def _rows(measure: str, of: Judged | None, axes: Sequence[Axis], rows: pd.Index[int]) -> list[dict[str, Any]]:
    if not axes:
        return [{"keys": [], **_said(measure, of, rows)}]
    groups = _grouped(axes, rows)
    said = {places: {"keys": [each.keys[place] for each, place in zip(axes, places, strict=True)],
                     **_said(measure, of, members)} for places, members in groups.items()}
    if len(axes) > 1:
        return list(said.values())
    nothing = "0" if measure == "count" else None
    return [said.get((place,), {"keys": [key], "value": nothing, "rows": 0}) for place, key in enumerate(axes[0].keys)]


def _others(measure: str, of: Judged | None, axes: Sequence[Axis], cut: Axis, rows: pd.Index[int]) -> dict[str, Any]:
    kept = cut.of_rows.loc[rows].map(lambda key: (None if pd.isna(key) else key) in cut.keys).astype(bool)
    rest = rows[~kept]
    others = {**_said(measure, of, rest), "groups": cut.others}
    other = next((each for each in axes if each is not cut), None)
    if other is None:
        return others
    parts = [{"key": other.keys[place], **_said(measure, of, members)} for (place,), members in _grouped([other], rest).items()]
    return {**others, "parts": parts}


def summed_up(name: str, column: Judged, rows: pd.Index[int]) -> dict[str, Any]:
    """What a summary says, but for its bins."""
    about = {"name": name, "kind": column.kind, "rows": len(rows), "filled": int(column.values.loc[rows].notna().sum())}
    chosen = column.texts.loc[rows].dropna()
    if column.kind not in ("text", "boolean"):
        ends = {key: measured(measure, column, rows).text for key, measure in (("least", "min"), ("greatest", "max"))}
        return about | {key: text for key, text in ends.items() if text is not None}
    all_counts, counts = column.texts.value_counts(), chosen.value_counts()
    top = sorted(all_counts.index, key=lambda value: (-all_counts[value], column.places[value]))[:8]
    said = [{"value": value, "rows": int(counts.get(value, 0)), "all": int(all_counts[value])} for value in top]
    return about | {"top": said, "distinct": int(chosen.nunique())}
