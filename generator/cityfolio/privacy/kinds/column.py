"""A column under judgment: its name taken apart, its cells, and what stands around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cityfolio.model.privacy import Personal, PersonalFinding
from cityfolio.privacy.cells import Cells
from cityfolio.privacy.context import Surroundings
from cityfolio.privacy.header import Header


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """All that a rule may judge by."""

    header: Header
    cells: Cells
    around: Surroundings

    def finding(self, kind: Personal, which: npt.NDArray[np.int64], says: str) -> PersonalFinding:
        """A finding about some of its different texts. `says` completes "12 of 14 values"."""
        met = self.cells.met(which)
        why = f"{met.count:,} of {self.cells.filled:,} values {says}"
        return PersonalFinding(column=self.header.name, kind=kind, row=met.row, count=met.count, of=self.cells.filled, why=why)

    def named(self, kind: Personal, says: str) -> PersonalFinding:
        """A finding by the name alone."""
        first = self.cells.met(np.arange(self.cells.distinct)).row
        return PersonalFinding(column=self.header.name, kind=kind, row=first, count=0, of=self.cells.filled, why=says)

    @property
    def is_spread(self) -> bool:
        """Whether most cells hold a text that no other does, as what belongs to one person does."""
        return self.cells.distinct >= 0.5 * self.cells.filled
