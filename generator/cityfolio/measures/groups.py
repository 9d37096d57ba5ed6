"""Rows in periods and in groups: a number for each, so that what is counted is counted in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from cityfolio.frozen import Frozen
from cityfolio.measures.columns import Held, Ints
from cityfolio.measures.moments import UNIX_DAYS, days_of, moments_of, months_of
from cityfolio.model.performance import Grain, PeriodRecord
from cityfolio.model.periods import period_of
from cityfolio.tables.answers.values import TEXTS, order, shortest
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.scales import Scale

Codes: TypeAlias = NDArray[np.int32]


class Cut(Frozen):
    """Which period each row is in."""

    periods: tuple[str, ...]      # those with rows, in order of time
    codes: Codes                  # -1: in none, because the row has no date


class Groups(Frozen):
    """Which group each row is in."""

    keys: tuple[str, ...]         # values as exports write them, in the order of pages; "" are rows without one
    titles: tuple[str, ...]       # in words, where a dictionary gives them
    codes: Codes


def cut(held: Held, period: PeriodRecord) -> Cut:
    """Put rows into periods by a column of dates, of dates with times, or of years."""
    if held.column.type in ("year", "integer"):
        return _of_years(held, period.grain)
    days = days_of(moments_of(held, period.timezone).clock) if held.column.type == "datetime" else held.at
    chosen = np.flatnonzero(~held.missing)
    kinds, first, of_row = np.unique(_numbers(days[chosen], period), return_index=True, return_inverse=True)
    some_days = days[chosen][first]
    names = tuple(period_of(date.fromordinal(int(day)), period.grain, period.fiscal_year_start) for day in some_days)
    codes = np.full(len(days), -1, np.int32)
    codes[chosen] = of_row
    assert len(kinds) == len(names)
    return Cut(names, codes)


def _of_years(held: Held, grain: Grain) -> Cut:
    form = {"year": "{:04}", "fiscal-year": "FY{:04}"}.get(grain)
    codes = np.full(len(held.at), -1, np.int32)
    if form is None:
        return Cut((), codes)     # a year lies in no shorter period
    chosen = np.flatnonzero(~held.missing)
    years, of_row = np.unique(held.at[chosen], return_inverse=True)
    codes[chosen] = of_row
    return Cut(tuple(form.format(int(year)) for year in years), codes)


def _numbers(days: Ints, period: PeriodRecord) -> Ints:
    """A number for the period of each day; later periods have higher ones."""
    if period.grain == "day":
        return days
    if period.grain == "week":
        return (days - 1) // 7    # day 1, the first of January of the year 1, was a Monday
    months = months_of(days)
    if period.grain == "month":
        return months
    if period.grain == "quarter":
        return months // 3
    if period.grain == "year":
        return months // 12
    month, day = map(int, period.fiscal_year_start.split("-"))
    firsts = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + UNIX_DAYS
    in_month = days - firsts + 1
    is_later = (months % 12 + 1) * 100 + in_month >= month * 100 + day
    later: Ints = months // 12 + (is_later if (month, day) != (1, 1) else 0)
    return later


def grouped(held: Held) -> Groups:
    """Put rows into groups by the values of a column."""
    filled = np.flatnonzero(~held.missing)
    places, of_row = np.unique(held.at[filled], return_inverse=True)
    texts = _texts(held, places)
    # Two spellings of one value, as of a moment at two offsets, are one group.
    keys = sorted(set(texts), key=lambda text: order(text, held.column))
    number = {text: at for at, text in enumerate(keys)}
    codes = np.full(len(held.at), len(keys), np.int32)
    codes[filled] = np.array([number[text] for text in texts], np.int32)[of_row]
    everything = (*keys, "") if len(filled) < len(held.at) else tuple(keys)
    return Groups(everything, _titles(everything, held.column), codes)


def _texts(held: Held, places: Ints) -> Sequence[str]:
    if held.column.type in TEXTS or held.is_text:
        return [held.texts[place] for place in places]
    return Scale(kind=held.column.type, decimals=held.decimals).texts([int(place) for place in places])


def _titles(keys: Sequence[str], column: ExportColumn) -> tuple[str, ...]:
    words = {shortest(code, column): title for code, title in column.record.values.items()}
    return tuple(words.get(key, "") for key in keys)
