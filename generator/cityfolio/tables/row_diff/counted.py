"""What was counted of two tables, with the numbers of the rows that are to be told."""

from __future__ import annotations

from dataclasses import dataclass, field

from cityfolio.model.review import MatchedBy


@dataclass(slots=True)
class Counted:
    """How many rows differ, so far, and the first of them by their numbers, counted from 0."""

    by: MatchedBy
    most: int                     # rows of a kind that are told
    before: int = 0
    after: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    changed_in: list[int] = field(default_factory=list)               # of each pair of columns
    first_added: list[int] = field(default_factory=list)
    first_removed: list[int] = field(default_factory=list)
    first_changed: list[tuple[int, int]] = field(default_factory=list)   # in the older and in the newer table

    def tell(self, added: list[int], removed: list[int], changed: list[tuple[int, int]]) -> None:
        """Keep the first of some rows and of those kept before: of changed ones by the newer table."""
        self.first_added = sorted([*self.first_added, *added])[: self.most]
        self.first_removed = sorted([*self.first_removed, *removed])[: self.most]
        self.first_changed = sorted([*self.first_changed, *changed], key=lambda each: each[1])[: self.most]
