"""The order of many small numbers, found without comparing them: numpy sorts 16 bits at a time by counting."""

from __future__ import annotations

import numpy as np

from cityfolio.search.occurrences import Ints, Numbers

__all__ = ["order_of"]

BITS = 16


def order_of(*keys: Numbers | Ints) -> Numbers:
    """Where the entries of some columns lie when they are sorted: by the last column, then by the one before, and so on.

    Equal entries stay as they are, so this is what `numpy.lexsort` gives. No number is below zero.
    """
    order: Numbers | None = None
    for key in keys:
        most = int(key.max(initial=0))
        for shift in range(0, max(1, most.bit_length()), BITS):
            digits = (key >> shift).astype(np.uint16)
            steps = np.argsort(digits if order is None else digits[order], kind="stable")
            order = steps if order is None else order[steps]
    assert order is not None      # a column at least
    return order
