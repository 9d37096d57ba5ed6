"""The cells of a column with little text, in Python alone: each call of Arrow's costs more than such a column does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, cached_property
from typing import TypeVar

from cityfolio.privacy.cells import LONGEST, NO_VALUE, Cells, Holds, Met, Places
from cityfolio.privacy.near import near

MOST_CHARACTERS = 30_000      # of all different texts
NUMBER = re.compile(r"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")
# Half a character, and letters that are ASCII ones in another case: Arrow and Python do not take them alike.
READ_OTHERWISE = re.compile("[\ud800-\udfff\u0130\u017f\u212a]")
BLANK = NO_VALUE | {""}
FEW_TEXTS = 25

Rows = Callable[[], Iterable[str | None]]
T = TypeVar("T")


def are_few(texts: Iterable[str]) -> bool:
    """Whether texts are so few that Python is through them before Arrow has begun, and are read alike by both."""
    joined = "".join(texts)
    return len(joined) <= MOST_CHARACTERS and (joined.isascii() or not READ_OTHERWISE.search(joined))


class FewCells(Cells):
    """The different texts of a column as Python's."""

    def __init__(self, counts: Mapping[str, int], rows: Rows) -> None:
        super().__init__()
        self._rows = rows
        texts = list(map(str.strip, counts))
        # Nearly always no text stands for no value, and that is told of all at once.
        has_blank = not BLANK.isdisjoint(map(str.lower, texts))
        kept = [at for at, plain in enumerate(texts) if plain.lower() not in BLANK] if has_blank else range(len(texts))
        self._kept = _at(list(counts), kept)
        self._counts = _at(list(counts.values()), kept)
        self._texts = _at(texts, kept)
        self._is_short = max(map(len, self._texts), default=0) <= LONGEST
        self.filled = sum(self._counts)
        self.distinct = len(self._kept)

    @cached_property
    def is_digits(self) -> bool:
        """Whether each text is a plain number, and there is one."""
        return bool(self._texts) and all(map(NUMBER.fullmatch, self._texts))

    def holding(self, mark: str) -> Places:
        """Which of the different texts hold a mark."""
        return [at for at, text in enumerate(self._texts) if mark in text]

    def like(self, form: str, among: Places | None = None) -> Places:
        """Which of the different texts match a regular expression, of all or of some."""
        among = range(self.distinct) if among is None else among
        if len(among) <= FEW_TEXTS:
            # Arrow would take longer to read the form than Python takes for so little text.
            found = _compiled(form).search
            return [at for at in among if found(b" " + self._texts[at].encode())]
        matches = near([self._texts[at].encode() for at in among], form)
        return [at for at, is_match in zip(among, matches, strict=True) if is_match]

    def where(self, holds: Holds, among: Places | None = None) -> Places:
        """Which of the different texts something holds for, of all or of some."""
        if among is None and self._is_short:
            return [at for at, found in enumerate(map(holds, self._texts)) if found]
        return [at for at in (range(self.distinct) if among is None else among) if holds(self._texts[at][:LONGEST])]

    def whole(self, which: Places) -> Iterator[str]:
        """Some of the different texts in full."""
        return (self._texts[at] for at in which)

    def shortened(self, which: Places) -> list[str]:
        """Some of the different texts, each up to `LONGEST` characters."""
        if self._is_short:
            return _at(self._texts, which)
        return [self._texts[at][:LONGEST] for at in which]

    def met(self, which: Places) -> Met:
        """How many cells hold one of these texts, and the row of the first."""
        wanted = {self._kept[at] for at in which}
        row = next((row for row, text in enumerate(self._rows(), start=1) if text in wanted), 0) if wanted else 0
        return Met(count=sum(self._counts[at] for at in which), row=row)


def _at(values: list[T], which: Places) -> list[T]:
    """The values at some places."""
    return values if len(which) == len(values) else [values[at] for at in which]


@cache
def _compiled(form: str) -> re.Pattern[bytes]:
    return re.compile(form.encode())


NOTHING = FewCells({}, lambda: ())
