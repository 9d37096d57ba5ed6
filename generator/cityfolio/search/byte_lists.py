"""Many short strings of bytes as one, with where each starts: each by itself would take many times the room and the time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from cityfolio.frozen import Frozen
from cityfolio.search.occurrences import Numbers

__all__ = ["ByteLists", "GrowingLists"]


class ByteLists(Frozen):
    """Some strings of bytes, one after another."""

    body: bytes | bytearray
    starts: Numbers      # of each, with the end of the last

    @classmethod
    def of(cls, lists: Iterable[bytes]) -> ByteLists:
        """Strings that are there one by one."""
        listed = list(lists)
        return cls(b"".join(listed), np.cumsum([0, *map(len, listed)]))

    def __iter__(self) -> Iterator[bytes]:
        return (bytes(self.body[one:two]) for one, two in pairwise(self.starts.tolist()))

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
        return (bytes(self.body[one:two]) for one, two in pairwise(self.starts[cuts].tolist()))


class GrowingLists:
    """Strings of bytes that are added some at a time: as many parts that are joined at last they would be there twice."""

    def __init__(self) -> None:
        self._body, self._starts = bytearray(), [np.zeros(1, np.int64)]

    def add(self, lists: ByteLists) -> None:
        """Add further strings."""
        self._starts.append(lists.starts[1:] + len(self._body))
        self._body += lists.body

    def whole(self) -> ByteLists:
        """All of them."""
        return ByteLists(self._body, np.concatenate(self._starts))
