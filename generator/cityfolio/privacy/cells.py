"""The cells of one column for searching: each different text once, with how often and where it is first met."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from cityfolio.frozen import Frozen

NO_VALUE = frozenset((
    "na", "n/a", "n.a.", "#n/a", "nan", "null", "(null)", "<null>", "none", "nil", "-", "--", "---", ".", "..", "...", "?",
    "unknown", "unk", "missing", "tbd", "not available", "not applicable", "not given", "not provided", "anonymous", "redacted",
    "withheld", "confidential", "x", "xx", "xxx",
))
LONGEST = 1_000               # characters of a text that is judged as a whole; nothing short is so long
PILOT = 100
SAMPLE = 2_000                # different texts by which a column is judged; all are counted once it is found to be personal

LETTER = re.compile(r"[A-Za-z\x80-\U0010ffff]")   # beyond ASCII are some that only come apart into letters
NO_DIGIT = re.compile(r"[^\d\n]+")

Holds = Callable[[str], object]
Places = Sequence[int]        # of different texts, counted from 0


class Met(Frozen, kw_only=True):
    """Where some texts are met in a column."""

    count: int                    # cells
    row: int                      # of the first of them, counted from 1; 0 where there is none


class Cells(ABC):
    """The different texts of a column. Blank ones, and words that stand for no value, are left out."""

    filled: int                   # cells that are no blank ones
    distinct: int                 # texts that differ

    def __init__(self) -> None:
        self._shares: dict[Holds, float] = {}

    @cached_property
    def sample(self) -> tuple[str, ...]:
        """Up to `SAMPLE` different texts, evenly spread over the column."""
        last, count = self.distinct - 1, min(SAMPLE, self.distinct)
        if count == self.distinct:
            return tuple(self.shortened(range(count)))
        step = last / (count - 1)
        return tuple(self.shortened([*(int(at * step) for at in range(count - 1)), last]))

    @cached_property
    def is_whole(self) -> bool:
        """Whether the sample is every text in full."""
        return self.distinct == len(self.sample) and self._longest < LONGEST

    @cached_property
    def joined(self) -> str:
        """The sample in one, a line each, in which to look for what a text has to hold for a rule to apply."""
        return "\n".join(self.sample)

    @cached_property
    def has_letters(self) -> bool:
        """Whether there may be a letter in the sample."""
        return bool(LETTER.search(self.joined))

    def reaches(self, digits: int) -> bool:
        """Whether a line of the sample has so many digits. No form of a number goes over several lines."""
        return self._longest >= digits and self._most_digits >= digits

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.sample), default=0)

    @cached_property
    def _most_digits(self) -> int:
        return max(map(len, NO_DIGIT.sub("", self.joined).split("\n")))

    @cached_property
    @abstractmethod
    def is_digits(self) -> bool:
        """Whether each text is a plain number, and there is one."""

    def share(self, holds: Holds) -> float:
        """The share of the different texts for which something holds, by the sample."""
        if holds not in self._shares:
            self._shares[holds] = self._share(holds)
        return self._shares[holds]

    def _share(self, holds: Holds) -> float:
        # What holds for one in ten is met among a hundred, but for three times in 100,000.
        if len(self.sample) > 2 * PILOT and not any(map(holds, self.sample[::len(self.sample) // PILOT])):
            return 0.0
        return sum(1 for text in self.sample if holds(text)) / len(self.sample) if self.sample else 0.0

    @abstractmethod
    def holding(self, mark: str) -> Places:
        """Which of the different texts hold a mark."""

    @abstractmethod
    def like(self, form: str, among: Places | None = None) -> Places:
        """Which of the different texts match a regular expression, of all or of some, in time that grows with their length."""

    @abstractmethod
    def where(self, holds: Holds, among: Places | None = None) -> Places:
        """Which of the different texts something holds for, of all or of some."""

    @abstractmethod
    def whole(self, which: Places) -> Iterator[str]:
        """Some of the different texts in full."""

    @abstractmethod
    def shortened(self, which: Places) -> list[str]:
        """Some of the different texts, each up to `LONGEST` characters."""

    @abstractmethod
    def met(self, which: Places) -> Met:
        """How many cells hold one of these texts, and the row of the first."""
