"""The cells of a column with little text, in Python alone: each call of Arrow's costs more than such a column does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from cityfolio.privacy.cells import LONGEST, NO_VALUE, Cells, Holds, Met, Places
from cityfolio.privacy.near import near

MOST_CHARACTERS = 30_000      # of all different texts
NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")
# Half a character, and letters that are ASCII ones in another case: Arrow and Python do not take them alike.
READ_OTHERWISE = re.compile("[\ud800-\udfff\u0130\u017f\u212a]")
BLANK = NO_VALUE | {""}
LONGEST_BLANK = max(map(len, BLANK))

Rows = Callable[[], Iterable[str | None]]


def are_few(texts: Iterable[str]) -> bool:
    """Whether texts are so few that Python is through them before Arrow has begun, and are read alike by both."""
    joined = "".join(texts)
    return len(joined) <= MOST_CHARACTERS and (joined.isascii() or not READ_OTHERWISE.search(joined))


class FewCells(Cells):
    """The different texts of a column as Python's."""

    def __init__(self, counts: Mapping[str, int], rows: Rows) -> None:
        super().__init__()
        self._rows = rows
        trimmed = {text: text.strip() for text in counts}
        self._kept = [text for text, plain in trimmed.items() if len(plain) > LONGEST_BLANK or plain.lower() not in BLANK]
        self._counts = [counts[text] for text in self._kept]
        self._texts: Sequence[str] = [trimmed[text] for text in self._kept]
        self.filled = sum(self._counts)
        self.distinct = len(self._kept)

    @cached_property
    def is_digits(self) -> bool:
        """Whether each text is a plain number, and there is one."""
        return bool(self._texts) and all(map(NUMBER.fullmatch, self._texts))

    def holding(self, mark: str) -> Places:
        """Which of the different texts hold a mark."""
        return [at for at, text in enumerate(self._texts) if mark in text]

    def like(self, form: str) -> Places:
        """Which of the different texts match a regular expression."""
        matches = near([text.encode() for text in self._texts], form)
        return [at for at, is_match in enumerate(matches) if is_match]

    def where(self, holds: Holds, among: Places | None = None) -> Places:
        """Which of the different texts something holds for, of all or of some."""
        return [at for at in (range(self.distinct) if among is None else among) if holds(self._texts[at][:LONGEST])]

    def whole(self, which: Places) -> Iterator[str]:
        """Some of the different texts in full."""
        return (self._texts[at] for at in which)

    def shortened(self, which: Places) -> list[str]:
        """Some of the different texts, each up to `LONGEST` characters."""
        return [self._texts[at][:LONGEST] for at in which]

    def met(self, which: Places) -> Met:
        """How many cells hold one of these texts, and the row of the first."""
        wanted = {self._kept[at] for at in which}
        row = next((row for row, text in enumerate(self._rows(), start=1) if text in wanted), 0) if wanted else 0
        return Met(count=sum(self._counts[at] for at in which), row=row)


NOTHING = FewCells({}, lambda: ())
