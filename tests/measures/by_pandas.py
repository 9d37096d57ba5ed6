"""Measures worked out with pandas, independently of the package: a CSV file in, exact values by group and period out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from io import StringIO
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

Frame = Any                       # pandas-stubs cannot tell what a column holds
ZONE = "America/New_York"
HOLIDAYS = ["2026-01-01", "2026-03-09"]


def frame_of(rows: str) -> Frame:
    """The rows with their values told, beside the texts: a local clock, days, exact numbers."""
    frame = pd.read_csv(StringIO(rows), dtype=str, keep_default_na=False)
    frame = frame.astype(object).where(frame != "", None)
    local = pd.to_datetime(frame["opened"], utc=True, format="ISO8601").dt.tz_convert(ZONE)
    frame["local"] = local
    frame["opened_day"] = [None if each is pd.NaT else each.date() for each in local]
    frame["closed_day"] = [None if each is None else pd.Timestamp(each).date() for each in frame["closed"]]
    frame["exact"] = [None if each is None else Fraction(each) for each in frame["cost"]]
    frame["whole"] = [None if each is None else int(each) for each in frame["days"]]
    frame["business"] = [None if a is None or b is None else int(np.busday_count(_next(a), _next(b), holidays=HOLIDAYS))
                         for a, b in zip(frame["opened_day"], frame["closed_day"], strict=True)]
    return frame


def _next(day: Any) -> Any:
    return day + pd.Timedelta(days=1).to_pytimedelta()


def period_name(moment: pd.Timestamp, grain: str) -> str:
    """The name of the period that a moment lies in."""
    iso = moment.isocalendar()
    july = moment.year + (moment.month >= 7)
    return {"day": moment.strftime("%Y-%m-%d"), "week": f"{iso[0]}-W{iso[1]:02}", "month": moment.strftime("%Y-%m"),
            "quarter": f"{moment.year}-Q{moment.quarter}", "year": f"{moment.year}", "fiscal-year": f"FY{july}"}[grain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A measure as a city writes it, and as pandas works it out."""

    compute: str
    mask: Callable[[Frame], Any]
    value: Callable[[Frame], Fraction | None]
    unit: str = "requests"


def expected(case: Case, rows: str, grain: str, by: str | None) -> Mapping[tuple[str, str], Fraction | None]:
    """The value of each group in each period that has rows."""
    frame = frame_of(rows)
    frame = frame[pd.Series(case.mask(frame), index=frame.index, dtype=bool) & frame["local"].notna()]
    if frame.empty:
        return {}
    frame = frame.assign(period=[period_name(each, grain) for each in frame["local"]],
                         group="" if by is None else frame[by].fillna(""))
    return {(group, period): case.value(part) for (group, period), part in frame.groupby(["group", "period"])}


def _share(good: Callable[[Frame], Any]) -> Callable[[Frame], Fraction | None]:
    return lambda part: Fraction(100 * int(np.sum(list(good(part)))), len(part))


def _nth(part: Frame, share: Fraction) -> Fraction:
    ordered = sorted(part["whole"])
    return Fraction(ordered[max(ceil(share * len(ordered)) - 1, 0)])


def _median(part: Frame) -> Fraction:
    ordered = sorted(part["exact"])
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


def _within(part: Frame, days: int) -> Any:
    return [each is not None and not pd.isna(each) and each <= days for each in part["business"]]


def _everything(frame: Frame) -> Any:
    return frame["local"].notna()


CASES: Mapping[str, Case] = {
    "rows": Case(compute="count: rows", mask=_everything, value=lambda part: Fraction(len(part))),
    "rows of a kind": Case(compute="count: rows\nwhere: kind == 'POTHOLE'", mask=lambda frame: frame["kind"] == "POTHOLE",
                           value=lambda part: Fraction(len(part))),
    "different kinds": Case(compute="count: kind", mask=lambda frame: frame["kind"].notna(),
                            value=lambda part: Fraction(part["kind"].nunique())),
    "a sum": Case(compute="sum: cost\nwhere: not (kind == 'TRASH')",
                  mask=lambda frame: frame["exact"].notna() & frame["kind"].notna() & (frame["kind"] != "TRASH"),
                  value=lambda part: sum(part["exact"], Fraction(0))),
    "a mean": Case(compute="mean: cost", mask=lambda frame: frame["exact"].notna(),
                   value=lambda part: sum(part["exact"], Fraction(0)) / len(part)),
    "a median": Case(compute="median: cost\nwhere: closed is not null",
                     mask=lambda frame: frame["exact"].notna() & frame["closed"].notna(), value=_median),
    "a percentile": Case(compute="percentile: {of: days, at: 90}", mask=lambda frame: frame["whole"].notna(),
                         value=lambda part: _nth(part, Fraction(9, 10))),
    "a ratio": Case(compute="ratio: {good: 'business_days(opened, closed) <= 3'}\ncalendar: city", unit="percent",
                    mask=_everything, value=_share(lambda part: _within(part, 3))),
    "a ratio of those that are closed": Case(
        compute="ratio: {good: 'not (days(opened, closed) > 2) and cost * 2 >= 3'}\n"
                "where: closed is not null or kind != 'POTHOLE'",
        unit="percent", mask=lambda frame: frame["closed"].notna() | (frame["kind"].notna() & (frame["kind"] != "POTHOLE")),
        value=_share(lambda part: [b is not None and not pd.isna(b) and (b - a).days <= 2 and cost is not None
                                   and not pd.isna(cost) and cost * 2 >= 3
                                   for a, b, cost in zip(part["opened_day"], part["closed_day"], part["exact"], strict=True)])),
    "a ratio by weight": Case(
        compute="ratio: {good: 'days in (0, 1)', weight: cost}", unit="percent", mask=lambda frame: frame["exact"].notna(),
        value=lambda part: 100 * sum((cost for cost, days in zip(part["exact"], part["whole"], strict=True) if days in (0, 1)),
                                     Fraction(0)) / total if (total := sum(part["exact"], Fraction(0))) else None),
}
