"""Columns of numbers that lie aside until they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cityfolio.annex import Annex

__all__ = ["Column", "LaidColumns"]

Column = NDArray[Any]         # of numbers of any type


class LaidColumns:
    """Some columns that lie aside."""

    __slots__ = ("_kinds", "_laid")

    def __init__(self, aside: Annex, columns: Sequence[Column]) -> None:
        self._kinds = [column.dtype for column in columns]
        self._laid = [aside.laid(column.tobytes()) for column in columns]

    def read(self) -> Sequence[Column]:
        """The columns, which nobody may write to."""
        return [np.frombuffer(laid.read(), kind) for laid, kind in zip(self._laid, self._kinds, strict=True)]
