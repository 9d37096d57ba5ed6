"""One column on its way to a profile: how often each text occurs, its type, and where its values stand on a scale.

Everything that is said of a column follows from the tally of its texts, so a type is read once for each different text
and a later reader that brings rows in portions only has to add up tallies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import cast

from cityfolio.frozen import Frozen
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.scales import Positions, positions
from cityfolio.tables.table import Cell
from cityfolio.tables.types import found_type, parse

UNDESCRIBED = ColumnRecord()
BOUND_TYPES: tuple[ColumnType, ...] = ("number", "date", "datetime", "time")


class TypedColumn(Frozen, kw_only=True):
    """A column with its values told apart: empty, of its type, or wrong."""

    name: str
    record: ColumnRecord          # an empty one when the dictionary does not describe the column
    texts: Sequence[Cell]         # every row, where the rows are at hand
    rows: int
    counts: Mapping[str, int]     # rows of each text that is a value
    empty: int                    # rows without a value
    type: ColumnType
    positions: Positions | None   # None for text

    @property
    def filled(self) -> int:
        """Rows with a value, right or wrong."""
        return self.rows - self.empty

    @property
    def wrong(self) -> list[str]:
        """The texts that are not of the type, in the order of the rows."""
        if self.positions is None or len(self.positions.of) == len(self.counts):
            return []
        of = self.positions.of
        return [text for text in self.counts if text not in of]


def typed_column(name: str, texts: Sequence[Cell], record: ColumnRecord, empty: frozenset[Cell],
                 kind: ColumnType | None = None) -> TypedColumn:
    """Count a column's texts and give them the type of the dictionary, else of the format, else the one all rows agree on."""
    counts = Counter(texts)
    without = sum([counts.pop(word, 0) for word in empty])
    filled = cast("Mapping[str, int]", counts)
    found = record.type or kind or _found(filled, record)
    return TypedColumn(name=name, record=record, texts=texts, rows=len(texts), counts=filled, empty=without, type=found,
                       positions=positions(filled, found, record.format))


def of_counts(name: str, counts: Mapping[str, int], record: ColumnRecord, kind: ColumnType | None, empty: int) -> TypedColumn:
    """A column of which the texts were counted."""
    found = record.type or kind or _found(counts, record)
    return TypedColumn(name=name, record=record, texts=(), rows=sum(counts.values()) + empty, counts=counts, empty=empty,
                       type=found, positions=positions(counts, found, record.format))


def _found(counts: Mapping[str, int], record: ColumnRecord) -> ColumnType:
    return settled(found_type(counts.keys()), record)


def settled(found: ColumnType, record: ColumnRecord) -> ColumnType:
    """A type that all rows agree on. A minimum or maximum says that there is an order: then a stray word is a fault."""
    limit = record.minimum or record.maximum
    if found != "string" or limit is None:
        return found
    return next((each for each in BOUND_TYPES if parse(limit, each) is not None), found)
