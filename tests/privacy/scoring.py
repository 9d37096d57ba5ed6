"""How well the detector tells what is personal, counted over tables that say what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cityfolio.privacy.detect import personal_findings
from cityfolio.privacy.many_cells import cells_of
from cityfolio.privacy.seen import SeenColumn


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Columns counted, and the names of those that were judged wrongly."""

    personal: int
    harmless: int
    missed: tuple[str, ...]
    wrong: tuple[str, ...]

    @property
    def recall(self) -> float:
        """The share of personal columns that were found."""
        return 1 - len(self.missed) / self.personal

    @property
    def false_share(self) -> float:
        """The share of harmless columns that were flagged."""
        return len(self.wrong) / self.harmless

    def __str__(self) -> str:
        return (f"recall {self.recall:.4f} of {self.personal:,}, false flags {self.false_share:.4f} of {self.harmless:,}"
                f"; missed {sorted(self.missed)}; wrong {sorted(self.wrong)}")


def scored(tables: Iterable[tuple[str, Sequence[SeenColumn], Sequence[str]]]) -> Score:
    """The score over tables, each with its title and what each column is: a kind, "" for harmless, "?" for either."""
    personal, harmless, missed, wrong = 0, 0, list[str](), list[str]()
    for title, columns, kinds in tables:
        found = {finding.column for finding in personal_findings(columns, title=title)}
        for column, kind in zip(columns, kinds, strict=True):
            if kind == "?" or not cells_of(column).filled:
                continue
            personal, harmless = personal + bool(kind), harmless + (not kind)
            missed += [column.name] if kind and column.name not in found else []
            wrong += [column.name] if not kind and column.name in found else []
    return Score(personal=personal, harmless=harmless, missed=tuple(missed), wrong=tuple(wrong))
