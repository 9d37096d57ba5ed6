"""Bars of a histogram: up to ten of equal width, with edges that a person would have chosen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date
from operator import sub

from cityfolio.model.profile import Bin
from cityfolio.tables.members import values_of
from cityfolio.tables.ordered import Ordered
from cityfolio.tables.scales import DAY, LAST_DAY, SECOND, Scale

BARS = 10
FEW_UNITS = 10
ROUND_TENTHS = (10, 12, 15, 20, 25, 30, 35, 40, 45, 50, 60, 70, 80, 90)
MINUTE, HOUR = 60 * SECOND, 3_600 * SECOND
ROUND_TIMES = (
    *(n * 10**power for power in range(6) for n in (1, 2, 5)),
    *(n * unit for unit in (SECOND, MINUTE) for n in (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30)),
    *(HOUR * n for n in (1, 2, 3, 4, 6, 8, 12, 24)),
)
MOST_DAYS = 24
ROUND_MONTHS = (*range(1, 25), 30, 36, 42, 48, 54, 60, 72, 84, 96, 108, 120)


def bins(values: Ordered, scale: Scale) -> tuple[Bin, ...]:
    """Bars from the least value to the greatest: ten, or fewer where round edges get there sooner.

    A bar holds its lower edge and not its upper one, but for the last, which holds both.
    """
    least, greatest = values.at(0), values.at(values.rows - 1)
    if least == greatest:
        return (Bin(low=scale.text(least), high=scale.text(least), rows=values.rows),)
    edges = _needed(EDGES.get(scale.kind, number_edges)(least, greatest), greatest)
    shown = scale.texts(edges)
    under = [0, *map(values.below, edges[1:-1]), values.rows]
    rows = list(map(sub, under[1:], under))
    return tuple(values_of(Bin, {"low": shown[:-1], "high": shown[1:], "rows": rows}))


def _needed(edges: list[int], greatest: int) -> list[int]:
    """The edges without those of bars beyond the greatest value."""
    last = bisect_left(edges, greatest)
    return edges[: last + 1 + (not _reaches(edges[last], edges[1] - edges[0], greatest))]


def _reaches(end: int, step: int, greatest: int) -> bool:
    # In a bar of few units the greatest value would count as one more beside them, so it begins a bar of its own.
    return end > greatest or (end == greatest and step >= FEW_UNITS)


def number_edges(least: int, greatest: int) -> list[int]:
    """Eleven multiples of a round step, the smallest of the steps 1, 1.2, 1.5, 2, 2.5, ... that reach far enough."""
    power = 10 ** max(0, len(str((greatest - least) // BARS)) - 1)
    while True:
        for tenths in ROUND_TENTHS:
            step, left = divmod(tenths * power, 10)
            # A position is the smallest step there is, so a part of one is none.
            if left:
                continue
            start = least // step * step
            if _reaches(start + BARS * step, step, greatest):
                return [start + bar * step for bar in range(BARS + 1)]
        power *= 10


def date_edges(least: int, greatest: int) -> list[int]:
    """Eleven days: some days apart up to eight months, from there on firsts of months, in whole months apart."""
    days = -(-(greatest - least) // BARS)
    step = days if _reaches(least + BARS * days, days, greatest) else days + 1
    if step <= MOST_DAYS:
        return [min(least + bar * step, LAST_DAY) for bar in range(BARS + 1)]
    first = date.fromordinal(least)
    start = first.year * 12 + first.month - 1
    # No step that is shorter than this, counted in months of 31 days, can reach far enough.
    likely = bisect_left(ROUND_MONTHS, days // 31)
    months = next((step for step in ROUND_MONTHS[likely:] if _month_day(start + BARS * step) > greatest), None)
    if months is None:
        # Centuries: a round number of years from a round year.
        return [_month_day(year * 12) for year in number_edges(first.year, date.fromordinal(greatest).year + 1)]
    return [_month_day(start + bar * months) for bar in range(BARS + 1)]


def clock_edges(least: int, greatest: int) -> list[int]:
    """Eleven times of one day, none of them after midnight."""
    for step in ROUND_TIMES:
        start = min(least // step * step, DAY - BARS * step)
        if start >= 0 and start + BARS * step >= greatest:
            return [start + bar * step for bar in range(BARS + 1)]
    return [DAY // BARS * bar for bar in range(BARS + 1)]


def moment_edges(least: int, greatest: int) -> list[int]:
    """Eleven moments, some seconds, minutes or hours apart; midnights where the values span more than ten days."""
    for step in ROUND_TIMES[bisect_left(ROUND_TIMES, (greatest - least) // BARS):]:
        start = least // step * step
        if start + BARS * step >= greatest:
            return [min(start + bar * step, LAST_DAY * DAY - SECOND) for bar in range(BARS + 1)]
    # Days count from 1, microseconds from the start of day 1.
    edges = [(day - 1) * DAY for day in date_edges(least // DAY + 1, greatest // DAY + 1)]
    # On the last day of the calendar no midnight follows.
    return [*edges[:-1], max(edges[-1], greatest)]


def _month_day(month: int) -> int:
    """The first of a month, counted from January of year 0, as a day since 0001-01-01; no day lies outside the calendar."""
    year = month // 12
    if year < 1:
        return 1
    return date(year, month % 12 + 1, 1).toordinal() if year <= date.max.year else LAST_DAY


EDGES: dict[str, Callable[[int, int], list[int]]] = {"date": date_edges, "datetime": moment_edges, "time": clock_edges}
