"""The rules of one column of a large file, held against each portion; the faults of all portions are added up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen, replace
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.bounds import bound
from cityfolio.tables.columns import TypedColumn, of_counts
from cityfolio.tables.constraints import SHOWN_ROWS, Fault, breaches, placed as located
from cityfolio.tables.large.letters import Truths, counted
from cityfolio.tables.large.placing import Placed, Unplaceable, placed
from cityfolio.tables.scales import Scale

WITHOUT_SCALE: tuple[ColumnType, ...] = ("string", "any", "geometry")


class Treatment(Frozen, kw_only=True):
    """How a column is gone through: as was settled before, or found out by an earlier pass."""

    name: str
    record: ColumnRecord
    kind: ColumnType | None       # None: not known yet
    is_wide: bool = False         # its values have no places in 64 bits, so figures come from a sample of them

    @property
    def needs_type(self) -> bool:
        """Whether some rule cannot be held against a text before the type of the column is known."""
        record = self.record
        return self.kind is None and bool(record.minimum or record.maximum or record.values or record.unique)

    @property
    def keeps_order(self) -> bool:
        """Whether values go to disk from the first row on, so that repeated ones can be traced to their rows."""
        return bool(self.record.unique) and self.kind is not None


@dataclass(slots=True)
class Checks:
    """What is wrong in a column up to some row."""

    treatment: Treatment
    rows: int = 0                 # above the portion that is being looked at
    faults: dict[str, Fault] = field(default_factory=dict)

    def require(self, missing: Truths) -> None:
        """Look for rows without a value where each needs one."""
        if self.treatment.record.required and missing.any():
            rows = np.flatnonzero(missing)
            self._merge(Fault(code="cell-required", column=self._typed({}, len(rows)), count=len(rows),
                              rows=tuple(rows[:SHOWN_ROWS].tolist()), first=None, one="is empty", many="are empty",
                              fix="Fill them in, or take `required:` away."))

    def look_at_counted(self, here: Mapping[str, int], known: Collection[str], texts: pa.StringArray) -> None:
        """Hold the rules against texts that were not met before; a text that was, broke them or did not."""
        if self.treatment.needs_type or not self._has_rules:
            return
        bad = {text for fault in self.faults.values() for text in fault.column.counts}
        fresh = {text: rows for text, rows in here.items() if text not in known or text in bad}
        if fresh:
            self._break(fresh, texts)

    def look_at(self, filled: pa.StringArray, texts: pa.StringArray) -> None:
        """Hold the rules against texts of which most were not met before; `texts` are those and the empty ones."""
        if self.treatment.needs_type or not self._has_rules or (self._is_quick and self._is_within(filled)):
            return
        self._break(counted(filled), texts)

    def _break(self, here: Mapping[str, int], texts: pa.StringArray) -> None:
        column = self._typed(here, 0)
        for breach in breaches(column):
            fault = located(column, breach, texts.to_pylist())
            self._merge(replace(fault, column=self._typed(dict.fromkeys(breach.texts, 0), 0)))

    def _typed(self, here: Mapping[str, int], empty: int) -> TypedColumn:
        return of_counts(self.treatment.name, here, self.treatment.record, self.treatment.kind, empty)

    @property
    def _has_rules(self) -> bool:
        record = self.treatment.record
        return bool(self.treatment.kind or record.values or record.pattern or record.min_length is not None
                    or record.max_length is not None)

    @property
    def _is_quick(self) -> bool:
        """Whether the places of values tell all that there is to be checked."""
        record = self.treatment.record
        return not (record.values or record.pattern or record.min_length is not None or record.max_length is not None)

    def _is_within(self, filled: pa.StringArray) -> bool:
        """Whether all texts are of the type, and none is under the minimum or over the maximum."""
        kind, record = self.treatment.kind, self.treatment.record
        if kind is None or kind in WITHOUT_SCALE:
            return True
        try:
            found = placed(filled, kind, record.format)
        except Unplaceable:
            return False
        return found.right is None and _is_between(found, kind, record)

    def _merge(self, fault: Fault) -> None:
        """Add a fault of the rows that are just being taken in to what was found above them."""
        moved = tuple(row + self.rows for row in fault.rows)
        before = self.faults.get(fault.code)
        if before is None:
            self.faults[fault.code] = replace(fault, rows=moved)
            return
        texts = {**before.column.counts, **fault.column.counts}
        self.faults[fault.code] = replace(before, count=before.count + fault.count, rows=(*before.rows, *moved)[:SHOWN_ROWS],
                                          column=replace(before.column, counts=texts))


def _is_between(found: Placed, kind: ColumnType, record: ColumnRecord) -> bool:
    if record.minimum is None and record.maximum is None:
        return True
    if found.suffix or not len(found.at):
        return not len(found.at)   # a limit may have an offset of its own: `bounds` knows
    scale = Scale(kind=kind, decimals=found.decimals)
    least = bound(record.minimum, scale, record.format, upper=False) if record.minimum else None
    most = bound(record.maximum, scale, record.format, upper=True) if record.maximum else None
    return (least is None or found.at.min() >= least) and (most is None or found.at.max() <= most)
