"""Cells that a spreadsheet would run: text that begins as a formula does. They are counted, never altered."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cityfolio.frozen import Frozen
from cityfolio.tables.table import Cell

STARTS = ("=", "+", "-", "@", "\t", "\r")
# A sign before a number, an amount, a percentage or a telephone number is no formula. With a second sign it is one: +1-704 is
# worked out. A sign alone stands for "none" in many tables.
HARMLESS = re.compile(r"[+-]?(?:[$€£¥]? ?[0-9.][0-9., ]*(?:[eE][+-]?[0-9]+)? ?%?)?")


class FormulaLike(Frozen, kw_only=True):
    """The cells of a column that begin as a formula does."""

    count: int = 0
    first: int | None = None      # the row of the first, counted from 0

    def then(self, other: FormulaLike, rows: int) -> FormulaLike:
        """These cells of the first `rows` rows, and those of the rows that come after."""
        later = None if other.first is None else rows + other.first
        return FormulaLike(count=self.count + other.count, first=later if self.first is None else self.first)


def is_formula_like(text: str) -> bool:
    """Whether a spreadsheet would run a text."""
    return text.startswith(STARTS) and HARMLESS.fullmatch(text) is None


def formula_like(texts: Sequence[Cell]) -> FormulaLike:
    """Count the cells of a text column that a spreadsheet would run if it opened the file."""
    found = [row for row, text in enumerate(texts) if text and is_formula_like(text)]
    return FormulaLike(count=len(found), first=found[0] if found else None)
