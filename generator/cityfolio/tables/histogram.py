"""Bars of a histogram: ten of equal width, with edges that a person would have chosen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import date

from cityfolio.model.profile import Bin
from cityfolio.tables.ordered import Ordered
from cityfolio.tables.scales import DAY, LAST_DAY, SECOND, Scale

BARS = 10
ROUND_TENTHS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80)
MINUTE, HOUR = 60 * SECOND, 3_600 * SECOND
ROUND_TIMES = (
    *(SECOND * n for n in (1, 2, 3, 5, 10, 15, 20, 30)), *(MINUTE * n for n in (1, 2, 3, 5, 10, 15, 20, 30)),
    *(HOUR * n for n in (1, 2, 3, 4, 6, 8, 12, 24)),
)
ROUND_DAYS = (1, 2, 3, 4, 5, 7, 10, 14, 21, 28)
ROUND_MONTHS = (1, 2, 3, 4, 6, 9, 12, 15, 18, 24, 30, 36, 48, 60, 72, 84, 96, 108, 120)


def bins(values: Ordered, scale: Scale) -> tuple[Bin, ...]:
    """Ten bars from the least value to the greatest; one when all values are equal. The last includes its upper edge."""
    least, greatest = values.at(0), values.at(values.rows - 1)
    if least == greatest:
        return (Bin(low=scale.text(least), high=scale.text(least), rows=values.rows),)
    edges = EDGES.get(scale.kind, number_edges)(least, greatest)
    shown = scale.texts(edges)
    under = [0, *(values.below(edge) for edge in edges[1:-1]), values.rows]
    return tuple(Bin(low=shown[i], high=shown[i + 1], rows=under[i + 1] - under[i]) for i in range(BARS))


def number_edges(least: int, greatest: int) -> list[int]:
    """Eleven multiples of a round step, the smallest of the steps 1, 1.2, 1.5, 2, 2.5, ... that reach far enough."""
    power = 10 ** max(0, len(str((greatest - least) // BARS)) - 1)
    while True:
        for tenths in ROUND_TENTHS:
            step, left = divmod(tenths * power, 10)
            start = least // step * step if step else 0
            # A position is the smallest step there is, so a part of one is none.
            if not left and step and start + BARS * step >= greatest:
                return [start + bar * step for bar in range(BARS + 1)]
        power *= 10


def date_edges(least: int, greatest: int) -> list[int]:
    """Eleven days: some days apart up to a year, from there on firsts of months, in whole months or years apart."""
    days = -(-(greatest - least) // BARS)
    if days <= ROUND_DAYS[-1]:
        step = ROUND_DAYS[bisect_left(ROUND_DAYS, days)]
        return [min(least + bar * step, LAST_DAY) for bar in range(BARS + 1)]
    first = date.fromordinal(least)
    start = first.year * 12 + first.month - 1
    # No step that is shorter than this, counted in months of 31 days, can reach far enough.
    likely = bisect_left(ROUND_MONTHS, days // 31)
    months = next((step for step in ROUND_MONTHS[likely:] if _month_day(start + BARS * step) >= greatest), None)
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
    edges = [(day - 1) * DAY for day in date_edges(least // DAY + 1, min(greatest // DAY + 2, LAST_DAY))]
    # On the last day of the calendar no midnight follows.
    return [*edges[:-1], max(edges[-1], greatest)]


def _month_day(month: int) -> int:
    """The first of a month, counted from January of year 0, as a day since 0001-01-01; no day lies outside the calendar."""
    year = month // 12
    if year < 1:
        return 1
    return date(year, month % 12 + 1, 1).toordinal() if year <= date.max.year else LAST_DAY


EDGES: dict[str, Callable[[int, int], list[int]]] = {"date": date_edges, "datetime": moment_edges, "time": clock_edges}
