"""Columns of large files for tests: texts in portions, of which few different ones are counted in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager

import pyarrow as pa
import pytest

from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.large import tally as module
from cityfolio.tables.large.checks import Treatment
from cityfolio.tables.large.tally import Tally
from cityfolio.tables.table import Cell

EMPTY: frozenset[Cell] = frozenset(("", None, "NA"))


def a_treatment(kind: ColumnType | None = None, *, is_wide: bool = False, **record: object) -> Treatment:
    """How a column is gone through. Other arguments are keys of its entry in the dictionary."""
    return Treatment(name="height", record=ColumnRecord(**record), kind=kind, is_wide=is_wide)  # type: ignore[arg-type]


@contextmanager
def tallied(texts: Sequence[Cell], treatment: Treatment | None = None, counted: int = 3, rows: int = 4) -> Iterator[Tally]:
    """A tally of texts that come in portions of some rows."""
    with pytest.MonkeyPatch.context() as patch, closing(Tally(treatment or a_treatment(), EMPTY)) as tally:
        patch.setattr(module, "COUNTED", counted)
        for start in range(0, len(texts), rows):
            tally.add(pa.array(texts[start : start + rows], pa.string()))
        yield tally
