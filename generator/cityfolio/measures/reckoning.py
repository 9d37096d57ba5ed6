"""Numbers of every row, reckoned exactly: whole numbers of a unit, as fractions where rows are divided by each other."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd
from typing import Any

import numpy as np

from cityfolio.frozen import Frozen
from cityfolio.measures.columns import MOST, Ints, Truths, fits
from cityfolio.measures.kinds import Kind
from cityfolio.measures.moments import Moments

ONE = Fraction(1)


class Value(Frozen, kw_only=True):
    """A value of every row, or the same for all of them."""

    kind: Kind
    at: Ints
    missing: Truths | None = None
    unit: Fraction = ONE            # of numbers: what one of them counts
    texts: Sequence[str] = ()
    moments: Moments | None = None


def either(first: Truths | None, second: Truths | None) -> Truths | None:
    """Where one of two values is missing, or unknown; None: nowhere."""
    if first is None or second is None:
        return second if first is None else first
    return first | second


def aligned(left: Value, right: Value) -> tuple[Ints, Ints]:
    """Two numbers of every row in one unit, the greatest in which both are whole."""
    unit = _common_unit(left.unit, right.unit)
    return _alike(_times(left.at, left.unit / unit), _times(right.at, right.unit / unit))


def _alike(left: Ints, right: Ints) -> tuple[Ints, Ints]:
    """Both as Python's own numbers where one is."""
    if np.object_ not in (left.dtype, right.dtype):
        return left, right
    # A single number of numpy's own would become one of Python's.
    return np.asarray(left).astype(np.object_), np.asarray(right).astype(np.object_)


def _common_unit(first: Fraction, second: Fraction) -> Fraction:
    """The greatest fraction of which both are multiples."""
    over = first.denominator * second.denominator
    return Fraction(gcd(first.numerator * second.denominator, second.numerator * first.denominator), over)


def _times(at: Ints, factor: Fraction | int) -> Ints:
    """Whole numbers times a whole number, in Python's own where 64 bits are too few."""
    whole = int(factor)
    if whole == 1:
        return at
    return _array((at if fits(at.reshape(-1), whole) else at.astype(np.object_)) * whole)


# Any: of two single numbers numpy makes one of its own, or Python's where both were of any size.
def _array(found: Any) -> Ints:
    return np.asarray(found) if isinstance(found, np.ndarray | np.generic) else np.array(found, np.object_)


def reckoned(sign: str, left: Value, right: Value) -> Value:
    """Two numbers of every row put together by a sign; what is divided by 0 is missing."""
    missing = either(left.missing, right.missing)
    if sign in ("+", "-"):
        first, second = aligned(left, right)
        unit = _common_unit(left.unit, right.unit)
        at = _array(first + second if sign == "+" else first - second)
        if at.dtype != np.object_ and not fits(at.reshape(-1)):
            at = at.astype(np.object_)
        return Value(kind="number", at=at, missing=missing, unit=unit)
    if sign == "*":
        at = _product(left.at, right.at)
        return Value(kind="number", at=at, missing=missing, unit=left.unit * right.unit)
    return _quotient(left, right, missing)


def _product(left: Ints, right: Ints) -> Ints:
    left, right = _alike(left, right)
    most = [max(abs(int(each.max())), abs(int(each.min()))) if each.size else 0 for each in (left, right)]
    return _array(left * right if most[0] * most[1] < MOST else left.astype(np.object_) * right.astype(np.object_))


def _quotient(left: Value, right: Value, missing: Truths | None) -> Value:
    """A quotient, exactly: by another unit where all rows are divided by the same number, else as fractions."""
    if right.at.ndim == 0:
        divisor = right.unit * right.at.item()
        if not divisor:
            return Value(kind="number", at=left.at, missing=np.array(True))
        at = left.at if divisor > 0 else _array(-left.at)
        return Value(kind="number", at=at, missing=missing, unit=left.unit / abs(divisor))
    is_zero = right.at == 0
    missing = either(missing, is_zero if is_zero.any() else None)
    top, bottom = np.broadcast_arrays(left.at, np.where(is_zero, 1, right.at))
    pairs, of_row = np.stack([top, bottom]), np.arange(top.size)
    if pairs.dtype != np.object_:   # every different pair is divided once
        pairs, of_row = np.unique(pairs, axis=1, return_inverse=True)
    quotients = np.empty(len(pairs.T), np.object_)
    quotients[:] = [Fraction(over) / under for over, under in pairs.T.tolist()]
    return Value(kind="number", at=quotients[of_row.reshape(-1)], missing=missing, unit=left.unit / right.unit)
