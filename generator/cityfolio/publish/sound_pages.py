"""What is known of pages that were found sound, kept from one build to the next.

What a page says depends on its bytes alone, so a page that is the same and lies where it lay says the same: where it leads,
what places it has, what it loads, what it weighs. Whether all of that is still there is asked anew in each build. Nothing is
kept of a page with a fault: it is read again, and told as it was told before.

Pages lie together in stretches of some hundred paths that follow one another, each an entry of the cache: few entries are read,
and an edit writes few. Where a stretch begins depends on its first path alone, so that a page which comes or goes moves none.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar
from zlib import crc32

import orjson

from cityfolio import files
from cityfolio.cache import Keep, NoCache, keeps_nothing
from cityfolio.frozen import Frozen, field as member, replace
from cityfolio.publish.weights import Loads

T = TypeVar("T", bound=Hashable)
PAGES_OF_A_STRETCH = 128     # on average


class Place(NamedTuple):
    """An id in another page that a link leads to."""

    file: str
    anchor: str


class SoundPage(NamedTuple):
    """A page in which nothing was wrong. What it shares with its neighbors are numbers in the lists of the stretch."""

    digest: str
    kind: str
    size: int                 # in bytes
    packed: int               # and compressed; 0 where that was not asked
    ids: str                  # one a line
    loads: int
    leads: Sequence[int]      # the files that it leads to
    places: Sequence[int]


class Numbered(Generic[T]):
    """Values by number, each once."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        self.values = list(values)
        self._numbers: dict[T, int] = {}

    def number(self, value: T) -> int:
        """The number of a value, a new one for a new value."""
        if not self._numbers:
            self._numbers = {each: at for at, each in enumerate(self.values)}
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number


@dataclass(slots=True)
class Stretch:
    """Some hundred pages whose paths follow one another."""

    files: Numbered[str] = field(default_factory=Numbered[str])
    places: Numbered[Place] = field(default_factory=Numbered[Place])
    loads: Numbered[Loads] = field(default_factory=Numbered[Loads])
    pages: dict[str, SoundPage] = field(default_factory=dict)
    is_changed: bool = False

    def add(self, path: str, page: SoundPage) -> None:
        """Know a page, whose numbers are of this stretch."""
        self.pages[path], self.is_changed = page, True

    def forget(self, path: str) -> None:
        """Know a page no more."""
        self.is_changed |= self.pages.pop(path, None) is not None

    def not_in(self, files: Container[str]) -> frozenset[int]:
        """The numbers of files that pages lead to and that are not among some files."""
        return frozenset(at for at, file in enumerate(self.files.values) if file not in files)

    def compact(self) -> Stretch:
        """The same pages, with nothing in the lists that none of them names."""
        new = Stretch()
        for path, page in sorted(self.pages.items()):
            new.pages[path] = page._replace(
                loads=new.loads.number(self.loads.values[page.loads]),
                leads=[new.files.number(self.files.values[at]) for at in page.leads],
                places=[new.places.number(self.places.values[at]) for at in page.places],
            )
        return new

    def to_bytes(self) -> bytes:
        """The stretch as it is kept."""
        loads = [[sorted(each.styles), sorted(each.scripts), sorted(each.others)] for each in self.loads.values]
        pages = {path: tuple(page) for path, page in self.pages.items()}
        return orjson.dumps([self.files.values, [tuple(each) for each in self.places.values], loads, pages])

    @classmethod
    def from_bytes(cls, body: bytes) -> Stretch:
        """The stretch, as it was kept."""
        files, places, loads, pages = orjson.loads(body)
        return cls(
            Numbered(files), Numbered(Place(*each) for each in places),
            Numbered(Loads(styles=frozenset(styles), scripts=frozenset(scripts), others=frozenset(others))
                     for styles, scripts, others in loads),
            {path: SoundPage(*page) for path, page in pages.items()},
        )


class SoundPages(Frozen):
    """What is known of the pages of one site. The default knows nothing and keeps nothing.

    `of` names all that the findings depend on beside the pages: the program, the site and its place.
    """

    cache: Keep = member(default_factory=NoCache)
    of: str = ""

    def beside(self, base_url: str, policy: str, other_policies: Mapping[str, str]) -> SoundPages:
        """The same, of pages that are looked at with this in mind."""
        told = files.sha256(orjson.dumps([base_url, policy, sorted(other_policies.items())]))
        return replace(self, of=f"{self.of} {told}") if self.of else self

    def stretch(self, first: str) -> Stretch:
        """What is known of the stretch that begins with a path; nothing where a cache entry is missing or was damaged."""
        body = self.cache.get(self._key(first)) if self.of else None
        return Stretch.from_bytes(body) if body is not None else Stretch()

    def keep(self, first: str, stretch: Stretch) -> None:
        """Keep what was found, if it is not what was known."""
        if self.of and stretch.is_changed and not keeps_nothing(self.cache):
            self.cache.put(self._key(first), stretch.compact().to_bytes())

    def _key(self, first: str) -> str:
        return f"sound pages of {self.of}, from {first}"


def stretches(paths: Iterable[str]) -> Iterator[list[str]]:
    """Paths in their order, divided into stretches. No stretch is empty."""
    stretch: list[str] = []
    for path in paths:
        if stretch and crc32(path.encode("utf-8", "surrogatepass")) % PAGES_OF_A_STRETCH == 0:
            yield stretch
            stretch = []
        stretch.append(path)
    if stretch:
        yield stretch
