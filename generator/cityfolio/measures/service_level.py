"""How many late cases a target still allows in the period that is not over, and how fast they are used up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from math import floor
from statistics import median

from cityfolio.measures.status import target_in
from cityfolio.model.measured import Observation, ServiceLevel
from cityfolio.model.performance import MeasureRecord
from cityfolio.model.periods import first_day, last_day

MOST_PERIODS = 6   # whose rows say how many to expect; the season is left aside


def service_level(
        record: MeasureRecord, observations: Sequence[Observation], so_far: Observation | None, today: date,
) -> ServiceLevel | None:
    """What the target in force allows in the period that is not over; None where nothing can be counted.

    Of a ratio of rows that should go up the bad rows are late; of one that should go down the good ones are, as they are what
    should be rare. Rows in the whole period are expected to be the median of the last complete periods, up to six, or those
    there are already where they are more. Late ones allowed are the target's share of these, rounded down.
    """
    share = _late_share(record, so_far.period) if so_far else None
    before = [each.rows for each in observations if each.rows is not None][-MOST_PERIODS:]
    if so_far is None or share is None or so_far.is_suppressed or so_far.rows is None or so_far.good is None or not before:
        return None
    expected = max(floor(median(before)), so_far.rows)
    late = so_far.rows - so_far.good if record.direction == "up" else so_far.good
    return ServiceLevel(period=so_far.period, rows=so_far.rows, late=late, expected_rows=expected,
                        allowed=floor(share * expected), elapsed=_elapsed(record, so_far.period, today))


def _late_share(record: MeasureRecord, period: str) -> Fraction | None:
    ratio = record.compute.ratio if record.compute else None
    target = target_in(record, period) if record.direction in ("up", "down") else None
    if ratio is None or ratio.weight is not None or target is None or target.value is None:
        return None
    share = Fraction(target.value) / (100 if record.unit == "percent" else 1)
    return 1 - share if record.direction == "up" else share


def _elapsed(record: MeasureRecord, period: str, today: date) -> Fraction:
    """The share of a period's days that are over; today is not."""
    first, last = (day(period, record.period.fiscal_year_start) for day in (first_day, last_day))
    whole = (last - first).days + 1
    return Fraction(min(max((today - first).days, 0), whole), whole)
