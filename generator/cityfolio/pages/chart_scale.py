"""The axis that values are drawn on: from one round number to another, and whether it begins at zero."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from cityfolio.frozen import Frozen

STEPS = tuple(map(Decimal, ("1", "2", "2.5", "5", "10")))
PARTS = 4                 # of an axis, about
WIDE_SPREAD = 0.5         # of the greatest value: what varies so much is drawn from zero
FLAT_SHARE = 0.1          # of a value that never changes: half of the axis around it
HUNDRED = Decimal(100)


class Scale(Frozen, kw_only=True):
    """An axis from a low end to a high one, in steps of a round number."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def begins_elsewhere(self) -> bool:
        """Whether zero is not on the axis, which a reader must be told."""
        return self.low > 0 or self.high < 0

    def share(self, value: float) -> float:
        """Where a value lies: 0 at the high end, 1 at the low end, as pictures count from their top."""
        low, high = float(self.low), float(self.high)
        return (high - value) / (high - low)


def scale_of(values: Iterable[float], *, from_zero: bool = False, is_share: bool = False) -> Scale:
    """The axis that holds some values. Bars begin at zero; lines too where their values vary much.

    An axis of shares does not go beyond 0 and 100 where no value does.
    """
    met = list(values)
    low, high = min(met, default=0.0), max(met, default=0.0)
    if low == high:
        low, high = low - FLAT_SHARE * abs(low), high + FLAT_SHARE * (abs(high) or 10)
    if from_zero or min(met, default=0.0) <= 0 <= max(met, default=0.0) or high - low >= WIDE_SPREAD * max(abs(low), abs(high)):
        low, high = min(low, 0.0), max(high, 0.0)
    step = _round_step(Decimal(repr((high - low) / PARTS)))
    ends = Scale(low=_multiple(low, step, ROUND_FLOOR), high=_multiple(high, step, ROUND_CEILING), step=step)
    if is_share and met and min(met) >= 0 and max(met) <= HUNDRED:
        return Scale(low=max(Decimal(0), ends.low), high=min(HUNDRED, ends.high), step=step)
    return ends


def _round_step(size: Decimal) -> Decimal:
    unit = Decimal(1).scaleb(size.adjusted())
    return next(step * unit for step in STEPS if step * unit >= size)


def _multiple(value: float, step: Decimal, rounding: str) -> Decimal:
    times = (Decimal(repr(value)) / step).quantize(Decimal(1), rounding)
    return times * step
