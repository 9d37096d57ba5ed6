"""The search for what looks personal in a table of any size: in parts of some million cells, each found thing counted up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cityfolio.arrow_alone import pa
from cityfolio.frozen import replace
from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.records import ColumnType
from cityfolio.tables.personal import PART_CELLS, Search, found_in, groups_found

Key = tuple[str, str]


@dataclass(slots=True)
class Watch:
    """What was found up to some row. A column that looks personal in one part is told, however the rest of it looks."""

    search: Search
    types: Sequence[ColumnType | None]
    held: list[Sequence[pa.StringArray]] = field(default_factory=list)      # portions that were not searched yet
    held_rows: int = 0
    rows: int = 0                                                 # above those
    found: dict[Key, PersonalFinding] = field(default_factory=dict)
    # Any: a dictionary of texts.
    grouped: dict[str, list[pa.Array[Any]]] = field(default_factory=dict)   # columns that are needed whole

    def add(self, arrays: Sequence[pa.StringArray]) -> None:
        """Take in the next rows."""
        for name, array in zip(self.search.header, arrays, strict=True):
            if name in self.search.grouped:
                self.grouped.setdefault(name, []).append(array.dictionary_encode())
        self.held.append(arrays)
        self.held_rows += len(arrays[0])
        # The last part is never a small one, in which a few rows would pass for a column.
        if self.held_rows * len(arrays) >= 2 * PART_CELLS:
            self._search(len(self.held) // 2 or 1)

    def findings(self) -> tuple[PersonalFinding, ...]:
        """Everything that was found, once all rows were seen."""
        self._search(len(self.held))
        whole: dict[str, pa.Array[Any] | None] = {name: _joined(arrays) for name, arrays in self.grouped.items()}
        return (*self.found.values(), *groups_found(self.search, whole))

    def _search(self, portions: int) -> None:
        part, self.held = self.held[:portions], self.held[portions:]
        if not part:
            return
        columns = [pa.concat_arrays(arrays) if name in self.search.published else None
                   for name, arrays in zip(self.search.header, zip(*part, strict=True), strict=True)]
        for each in found_in(self.search, columns, self.types):
            self._count(each)
        rows = sum(len(arrays[0]) for arrays in part)
        self.rows += rows
        self.held_rows -= rows

    def _count(self, new: PersonalFinding) -> None:
        former = self.found.get((new.column, new.kind))
        moved = replace(new, row=new.row + self.rows)
        if former is not None:
            count, of = former.count + new.count, former.of + new.of
            moved = replace(former, count=count, of=of, why=_recounted(former, count, of))
        self.found[new.column, new.kind] = moved


def _recounted(finding: PersonalFinding, count: int, of: int) -> str:
    return finding.why.replace(f"{finding.count:,} of {finding.of:,} ", f"{count:,} of {of:,} ", 1)


def _joined(arrays: list[pa.Array[Any]]) -> pa.Array[Any]:
    return pa.chunked_array(arrays).unify_dictionaries().combine_chunks()
