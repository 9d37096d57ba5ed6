"""What counts as use: views of pages and downloads of files, by dataset and month, without a trace of who it was.

A client is told from others within a day by a hash of its address and program, with a key that ends with this process. The
hashes of the last so many are held in memory, and written nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from hashlib import blake2b

from cityfolio.keeping.usage.addresses import Addresses, Place
from cityfolio.keeping.usage.bots import is_bot
from cityfolio.keeping.usage.lines import Asked
from cityfolio.model.health import Used

WHOLE, PART, SAME = 200, 206, 304
MOST_HELD = 300_000                  # clients of a file and day; those that were heard of longest ago are forgotten first


@dataclass(slots=True)
class Told:
    """How many lines were counted, and why others were not."""

    lines: int = 0
    counted: int = 0
    malformed: int = 0
    bots: int = 0
    refused: int = 0                 # answered with an error, or led on elsewhere
    elsewhere: int = 0               # of no dataset: styles, lists, feeds
    repeated: int = 0                # further parts of a file, and pages that led on to one that was counted
    by_pages: int = 0                # rows that the site's own pages read to show them


class Held:
    """Clients that were heard of lately: at least the last `most`, and never more than twice as many."""

    __slots__ = ("before", "lately", "most")

    def __init__(self, most: int) -> None:
        self.most, self.lately, self.before = most, set[bytes](), set[bytes]()

    def __contains__(self, client: bytes) -> bool:
        return client in self.lately or client in self.before

    def __len__(self) -> int:
        return len(self.lately | self.before)

    def add(self, client: bytes) -> None:
        """Remember a client."""
        if len(self.lately) >= self.most:
            self.before, self.lately = self.lately, set()
        self.lately.add(client)

    def remove(self, client: bytes) -> None:
        """Forget a client."""
        self.lately.discard(client)
        self.before.discard(client)


@dataclass(slots=True)
class Counting:
    """The tallies so far."""

    addresses: Addresses
    key: bytes
    most_held: int = MOST_HELD
    told: Told = field(default_factory=Told)
    views: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))        # by month and dataset
    downloads: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    days: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))                # that lines are of, by month
    held: Held = field(init=False)

    def __post_init__(self) -> None:
        self.held = Held(self.most_held // 2)

    def take(self, line: Asked | bool) -> None:
        """Count one line, or why it does not count."""
        self.told.lines += 1
        if isinstance(line, bool):
            self.told.malformed += not line
            self.told.elsewhere += line
            return
        month = line.day[:7]
        self.days[month].add(line.day)
        place = self.addresses.place(line.path)
        if place is None or line.method != "GET":
            self.told.elsewhere += 1
        elif line.status not in (WHOLE, PART, SAME):
            self.told.refused += 1
        elif line.agent is not None and is_bot(line.agent):
            self.told.bots += 1
        elif place.kind == "file":
            self._take_file(line, place, month)
        else:
            self._take_page(line, place, month)

    def used(self) -> tuple[Used, ...]:
        """The tallies, by month and dataset."""
        return tuple(Used(month=month, dataset=dataset, views=self.views.get((month, dataset), 0),
                          downloads=self.downloads.get((month, dataset), 0))
                     for month, dataset in sorted({*self.views, *self.downloads}))

    def _take_page(self, line: Asked, place: Place, month: str) -> None:
        moved = self._client(line, f"moved {place.dataset}")
        if place.kind == "moved":
            # Browsers ask for the page of today right behind it, and that is the same view.
            self.held.add(moved)
        elif moved in self.held:
            self.held.remove(moved)
            self.told.repeated += 1
            return
        elif line.status == PART and not self._is_first(line):
            self.told.repeated += 1
            return
        self.views[month, place.dataset] += 1
        self.told.counted += 1

    def _take_file(self, line: Asked, place: Place, month: str) -> None:
        if self._is_by_page(line, place):
            self.told.by_pages += 1
        elif line.status == SAME:
            self.told.repeated += 1          # it has the file already
        elif line.status == PART and not self._is_first(line):
            self.told.repeated += 1
        else:
            if line.status == WHOLE:
                self.held.add(self._client(line, line.path))   # parts that follow are of what was counted
            self.downloads[month, place.dataset] += 1
            self.told.counted += 1

    def _is_by_page(self, line: Asked, place: Place) -> bool:
        """Whether the site's own pages asked: the explorer and the map, which read parts, and small files whole."""
        if line.referrer is None:
            return place.is_read_by_pages and line.status == PART    # the log does not tell, and pages ask most often
        return (line.status == PART and self.addresses.is_within(line.referrer)) or \
            (place.is_read_by_pages and self.addresses.is_reading(line.referrer))

    def _is_first(self, line: Asked) -> bool:
        client = self._client(line, line.path)
        is_first = client not in self.held
        self.held.add(client)
        return is_first

    def _client(self, line: Asked, what: str) -> bytes:
        # Each part behind its length, so that no two different ones make the same whole.
        parts = [part.encode("utf-8", "replace") for part in (line.client, line.agent or "", line.day, what)]
        return blake2b(b"".join(len(part).to_bytes(4, "big") + part for part in parts), digest_size=16, key=self.key).digest()
