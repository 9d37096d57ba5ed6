"""Records as portals list them: page by page, each once, and with what is missing at the end said aloud."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from cityfolio.fetch.answers import Failed
from cityfolio.frozen import Frozen
from cityfolio.migrate.network.manner import AGAIN
from cityfolio.migrate.reading import Document
from cityfolio.migrate.values.given import Given, as_words
from cityfolio.problems import Problem

MOST_PAGES = 10_000


class Listed(Frozen):
    """One record of a portal, and where it was found."""

    place: str
    values: Mapping[str, Given]


class Lost(Frozen):
    """A record, or something in the place of one, that cannot come over."""

    place: str
    why: str
    count: int = 1                # records that it stands for
    is_meant: bool = False        # it is no dataset there either: a showcase, or deleted
    names: tuple[str, ...] = ()   # what it calls itself
    is_listed: bool = True        # False: the portal counts it, and has it on none of its pages


Found = Listed | Lost | Problem


class Page(Frozen):
    """One page of a list: its records, and how many there are on all pages, where that is said."""

    records: list[Given]
    total: int | None = None


@dataclass(slots=True)
class Paging:
    """Goes through the pages of a list. `name` says what a record is called, so that one on two pages is taken once."""

    name: Callable[[Mapping[str, Given]], str]
    met: set[str] = field(default_factory=set)
    taken: int = 0
    total: int | None = None

    def records(self, pages: Iterable[tuple[str, Page]]) -> Iterator[Found]:
        """Every record of the pages, each under the address of its page."""
        for url, page in pages:
            self.total = page.total if page.total is not None else self.total
            for number, record in enumerate(page.records, 1):
                place = f"{url}#{number}"
                if not isinstance(record, dict):
                    self.taken += 1
                    yield Lost(place, "not a record")
                elif (name := self.name(record)) and name in self.met:
                    continue   # it moved from one page to the next while they were read
                else:
                    self.met.add(name)
                    self.taken += 1
                    yield Listed(place, record)
        yield from _missing(self.total or 0, self.taken)


@dataclass(slots=True)
class Counted:
    """Compares how many records answers in files hold with how many the portal counts: all are pages of one list."""

    total: int = 0
    taken: int = 0

    def add(self, page: Page) -> None:
        """Take note of one page, and of what it says of the number on all of them."""
        self.taken += len(page.records)
        self.total = max(self.total, page.total or 0)

    def missing(self) -> Iterator[Lost]:
        """What is on none of the pages that were saved."""
        yield from _missing(self.total, self.taken)


def _missing(total: int, taken: int) -> Iterator[Lost]:
    if total > taken:
        yield Lost("(list)", "counted by the portal, but on none of its pages", total - taken, is_listed=False)


def stepped(first: int, page_at: Callable[[int], tuple[str, Page]]) -> Iterator[tuple[str, Page]]:
    """Pages by the number of their first record, until one is empty, or as many records have come as the portal counts.

    A server that only has files answers every question with the same page, which is taken once.
    """
    start, before = first, list[Given]()
    for _ in range(MOST_PAGES):
        url, page = page_at(start)
        if page.records and page.records == before:
            return
        before = page.records
        yield url, page
        start += len(page.records)
        if not page.records or page.total is not None and start - first >= page.total:
            return
    raise Failed(f"the list has more than {MOST_PAGES:,} pages", AGAIN)


def question(root: str, path: str, **asked: str | int) -> str:
    """An address with a query."""
    query = urlencode(asked, quote_via=quote, safe=":,*")
    return f"{root}{path}?{query}" if query else f"{root}{path}"


def parts_of(address: str) -> SplitResult:
    """The parts of an address; empty ones where it is none."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def whole_number(given: Given) -> int | None:
    """A count as JSON gives it; None where it is none."""
    words = as_words(given)
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 16 else None


def names_of(values: Mapping[str, Given]) -> tuple[str, ...]:
    """What a record calls itself, under the names that identifiers and titles have in the formats of portals."""
    found = (as_words(values.get(key)) for key in ("identifier", "id", "dataset_id", "name", "title"))
    return tuple(dict.fromkeys(name for name in found if name))


def items(given: Given) -> list[Given]:
    """A list; one that is missing is empty, and what should stand in one is the only item."""
    if isinstance(given, list):
        return given
    return [] if given in (None, "", {}) else [given]


def group(given: Given) -> dict[str, Given]:
    """A group; anything else is an empty one."""
    return given if isinstance(given, dict) else {}


def first_group(given: Given) -> dict[str, Given]:
    """The first group of a list, or the group that stands in the place of one."""
    return next((each for each in items(given) if isinstance(each, dict)), {})


def numbered(document: Document, records: list[Given], path: str) -> Iterator[Found]:
    """The records in a list of a document."""
    for number, record in enumerate(records, 1):
        place = f"{document.place}: {path}[{number}]"
        yield Listed(place, record) if isinstance(record, dict) else Lost(place, "not a record")
