"""One column on its way to a profile: how often each text occurs, its type, and where its values stand on a scale.

Everything that is said of a column follows from the tally of its texts, so a type is read once for each different text
and a later reader that brings rows in portions only has to add up tallies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.scales import Positions, positions
from cityfolio.tables.types import found_type, parse

UNDESCRIBED = ColumnRecord()
BOUND_TYPES: tuple[ColumnType, ...] = ("number", "date", "datetime", "time")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedColumn:
    """A column with its values told apart: empty, of its type, or wrong."""

    name: str
    record: ColumnRecord          # an empty one when the dictionary does not describe the column
    texts: Sequence[str]          # every row
    counts: Mapping[str, int]     # rows of each text that is a value
    empty: int                    # rows without a value
    type: ColumnType
    positions: Positions | None   # None for text

    @property
    def filled(self) -> int:
        """Rows with a value, right or wrong."""
        return len(self.texts) - self.empty

    @property
    def wrong(self) -> list[str]:
        """The texts that are not of the type, in the order of the rows."""
        if self.positions is None or len(self.positions.of) == len(self.counts):
            return []
        of = self.positions.of
        return [text for text in self.counts if text not in of]


def typed_column(name: str, texts: Sequence[str], record: ColumnRecord, empty_words: frozenset[str]) -> TypedColumn:
    """Count a column's texts and give them the type of the dictionary, or the one that all rows agree on."""
    counts = Counter(texts)
    empty = sum(counts.pop(word, 0) for word in empty_words)
    kind = record.type or _found(counts, record)
    return TypedColumn(name=name, record=record, texts=texts, counts=counts, empty=empty, type=kind,
                       positions=positions(counts, kind, record.format))


def _found(counts: Mapping[str, int], record: ColumnRecord) -> ColumnType:
    """Find a type. A minimum or maximum says that there is an order: then a stray word is a fault and the column no text."""
    kind = found_type(counts.keys())
    limit = record.minimum or record.maximum
    if kind != "string" or limit is None:
        return kind
    return next((each for each in BOUND_TYPES if parse(limit, each) is not None), kind)
