"""Many short strings of bytes as one, with where each starts: each by itself would take many times the room and the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from cityfolio.search.occurrences import Numbers

__all__ = ["ByteLists"]


@dataclass(frozen=True, slots=True)
class ByteLists:
    """Some strings of bytes, one after another."""

    body: bytes
    starts: Numbers      # of each, with the end of the last

    @classmethod
    def of(cls, lists: Iterable[bytes]) -> ByteLists:
        """Strings that are there one by one."""
        listed = list(lists)
        return cls(b"".join(listed), np.cumsum([0, *map(len, listed)]))

    @classmethod
    def together(cls, several: Iterable[ByteLists]) -> ByteLists:
        """The strings of several, one after another."""
        listed = list(several)
        ends = np.cumsum([0, *(len(each.body) for each in listed)])
        starts = [end + each.starts[:-1] for each, end in zip(listed, ends, strict=False)]
        return cls(b"".join(each.body for each in listed), np.concatenate([*starts, ends[-1:]]))

    def __iter__(self) -> Iterator[bytes]:
        return (self.body[one:two] for one, two in pairwise(self.starts.tolist()))

    @property
    def sizes(self) -> Numbers:
        """How long each is."""
        return np.diff(self.starts)

    def chosen(self, places: Numbers) -> ByteLists:
        """Those at some places, in that order."""
        firsts, sizes = self.starts[places], self.starts[places + 1] - self.starts[places]
        starts = np.concatenate([[0], np.cumsum(sizes)])
        body = np.frombuffer(self.body, np.uint8)[np.repeat(firsts - starts[:-1], sizes) + np.arange(starts[-1])]
        return ByteLists(body.tobytes(), starts)

    def joined(self, cuts: Numbers) -> Iterator[bytes]:
        """All that stand from each of some places to the next, as one."""
        return (self.body[one:two] for one, two in pairwise(self.starts[cuts].tolist()))
