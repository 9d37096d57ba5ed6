"""What a value is compared with, and what follows from that: the one place in which a status is decided."""

from __future__ import annotations

from fractions import Fraction

from cityfolio.frozen import Frozen
from cityfolio.measures.way import Way, due_at, expected_at
from cityfolio.model.measured import Status


class Course(Frozen, kw_only=True):
    """Everything that a value is compared with at one time, where more is better or less is."""

    sign: int                        # 1 where more is better, -1 where less is
    target: Fraction
    expected: Fraction
    baseline: Fraction | None
    tolerance: Fraction              # a share of the scale
    tolerance_absolute: Fraction | None

    @property
    def scale(self) -> Fraction:
        """The length of the way from the baseline to the target, else the size of the target."""
        return abs(self.target if self.baseline is None else self.target - self.baseline)

    def ahead(self, value: Fraction) -> Fraction:
        """How far a value is ahead of the way, in units of the measure; below 0 where it is behind."""
        return self.sign * (value - self.expected)

    def gap(self, value: Fraction) -> Fraction | None:
        """The same in units of the scale; None where that is 0."""
        return self.ahead(value) / self.scale if self.scale else None

    def status(self, value: Fraction) -> Status:
        """The first that holds of achieved, on track, near, worse than baseline, off track."""
        if self.sign * (value - self.target) >= 0:
            return "achieved"
        if self.ahead(value) >= 0:
            return "on-track"
        near = _allowance(self.scale, self.tolerance, self.tolerance_absolute)
        if near is not None and self.ahead(value) >= -near:
            return "near"
        if self.baseline is not None and self.sign * (value - self.baseline) < 0:
            return "worse-than-baseline"
        return "off-track"


class Bounds(Frozen, kw_only=True):
    """The range that a value should lie in at one time."""

    low: Fraction
    high: Fraction
    tolerance: Fraction              # a share of the width
    tolerance_absolute: Fraction | None

    @property
    def scale(self) -> Fraction:
        """The width of the range."""
        return self.high - self.low

    def outside(self, value: Fraction) -> Fraction:
        """How far a value lies outside, in units of the measure; 0 inside."""
        return max(self.low - value, value - self.high, Fraction(0))

    def gap(self, value: Fraction) -> Fraction | None:
        """How far it lies outside in units of the scale, as a number below 0; None where the scale is 0."""
        return -self.outside(value) / self.scale if self.scale else None

    def status(self, value: Fraction) -> Status:
        """The first that holds of inside, near, outside."""
        if self.outside(value) == 0:
            return "inside"
        near = _allowance(self.scale, self.tolerance, self.tolerance_absolute)
        return "near" if near is not None and self.outside(value) <= near else "outside"


def comparison_at(way: Way, time: int) -> Course | Bounds | None:
    """What a value is compared with at a time; None where there is no target, or where a measure is only watched."""
    due, expected, record = due_at(way, time), expected_at(way, time), way.record
    absolute = None if record.tolerance_absolute is None else Fraction(record.tolerance_absolute)
    if due and record.direction == "range":
        return Bounds(low=due.low, high=due.high, tolerance=Fraction(record.tolerance), tolerance_absolute=absolute)
    if due is None or expected is None:
        return None
    return Course(sign=1 if record.direction == "up" else -1, target=due.low, expected=expected,
                  baseline=way.baseline.value if way.baseline else None, tolerance=Fraction(record.tolerance),
                  tolerance_absolute=absolute)


def _allowance(scale: Fraction, tolerance: Fraction, absolute: Fraction | None) -> Fraction | None:
    # Where the scale is 0 no share of it is near; units must say what is.
    return tolerance * scale if scale else absolute
