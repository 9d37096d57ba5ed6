"""Places in the text of a file, for problems that are found by their distance from its beginning."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate, chain, islice

from cityfolio.frozen import replace
from cityfolio.problems import Location, Problem

LONGEST_EXCERPT = 200     # characters: a longer line shows nobody where to look
LONGEST_ADDRESS = 60      # characters that are shown of one
MOST_FAULTS = 20          # of one file


class TextPlaces:
    """A text and where it is from. Its lines are cut once, so that problems share them."""

    def __init__(self, text: str, where: Location) -> None:
        self.text, self.where = text, where
        self.lines = text.split("\n")
        self.starts = tuple(accumulate(chain((0,), (len(line) + 1 for line in self.lines[:-1]))))

    def at(self, place: int, width: int = 1) -> Location:
        """The line and the column of a place in the text."""
        line = bisect_right(self.starts, place)
        shown = self.lines[line - 1]
        return replace(self.where, line=line, column=place - self.starts[line - 1] + 1, width=width,
                       excerpt=shown if len(shown) <= LONGEST_EXCERPT else None)


def first_faults(faults: Iterator[Problem]) -> Iterator[Problem]:
    """The first faults of a file; one more tells beside its own how many follow."""
    yield from islice(faults, MOST_FAULTS)
    if after := next(faults, None):
        more = sum(1 for _ in faults)
        yield replace(after, fix=f"{more:,} more mistakes follow in this file.") if more else after


def shortened(address: str) -> str:
    """An address as a message quotes it."""
    return address if len(address) <= LONGEST_ADDRESS else f"{address[:LONGEST_ADDRESS]}\N{HORIZONTAL ELLIPSIS}"
