"""What was seen in a data file: the figures of each column, the first rows, and the cells that break the dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, overload

from cityfolio.frozen import Frozen
from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.records import ColumnType
from cityfolio.problems import Location, Problem

Part = TypeVar("Part")
Shape = Literal["categories", "numbers", "dates", "text", "places", "empty"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A value and how many rows hold it."""

    value: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """One bar of a histogram: `low` and `high` as they would be shown; the last bin includes `high`."""

    low: str
    high: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch of days without a row: the days of the rows before and after it, and how many days lie between."""

    after: str
    before: str
    days: int


class ShapesProfile(Frozen, kw_only=True):
    """The shapes of a map file, in degrees of WGS 84. Empty ones have no place and count in `rows` alone."""

    rows: int
    filled: int
    kinds: tuple[Count, ...] = ()           # "Point", "MultiPolygon", ...: most frequent first, then by name
    bounds: tuple[str, str, str, str] | None = None   # west, south, east, north, in their shortest form
    decimals: int = 0                       # the most that a coordinate is written with
    invalid: int = 0                        # shapes that break the rules of RFC 7946 or OGC Simple Features


class Together(Frozen, kw_only=True):
    """Two columns that tend to lack a value in the same rows, with their correlation (phi coefficient), from -1 to 1."""

    one: str
    other: str
    correlation: str                        # two decimals


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """One column over all rows of one file. Values are text as in the file; numbers and dates in their shortest form.

    `shape` says how to draw the spread: ten bins for numbers and dates, leading values for categories, bins of length for
    free text. A text column counts as categories up to 20% distinct and under 1,000 values, or with ten values or fewer.
    """

    name: str
    type: ColumnType            # the dictionary's, or what all rows agree on
    shape: Shape
    rows: int
    filled: int
    distinct: int
    minimum: str | None = None              # least value: by number, by date, by code point
    maximum: str | None = None
    mean: str | None = None                 # numbers only
    quartiles: tuple[str, str, str] | None = None   # 25, 50, 75%; numbers and dates
    top: tuple[Count, ...] = ()             # up to ten, most frequent first, then by value
    bins: tuple[Bin, ...] = ()              # up to ten for numbers, dates and lengths; none for categories
    shortest: int | None = None             # characters; text only
    longest: int | None = None
    gaps: tuple[Gap, ...] = ()              # dates only: up to three, the longest first
    sampled: int | None = None              # where `distinct`, `top`, `quartiles` and `bins` are from so many rows


class Kept(Sequence[Part]):
    """Parts of a profile that are kept small, and read each time that they are asked for. Equal to the tuple of the same."""

    __slots__ = ("_body", "_name", "_read")

    # Any: what only `read` knows how to read.
    def __init__(self, read: Callable[[Any, str], tuple[Part, ...]], body: Any, name: str) -> None:
        self._read, self._body, self._name = read, body, name

    @overload
    def __getitem__(self, at: int) -> Part: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Part, ...]: ...
    def __getitem__(self, at: int | slice) -> Part | tuple[Part, ...]:
        return self._read(self._body, self._name)[at]

    def __iter__(self) -> Iterator[Part]:
        return iter(self._read(self._body, self._name))

    def __len__(self) -> int:
        return len(self._read(self._body, self._name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return repr(tuple(self))


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProfile:
    """One file read whole. Those that were read from a cache, as all of a build are, lie aside but for a few members."""

    encoding: str                           # "" where the format leaves no choice
    delimiter: str
    header: tuple[str, ...]                 # the columns that are published, in file order
    rows: int
    columns: Sequence[ColumnProfile]
    first_rows: Sequence[tuple[str | None, ...]]     # up to twenty, as written
    left_out: tuple[str, ...] = ()          # sensitive columns: named here, seen nowhere else
    header_at: Sequence[tuple[int, int, int]] = ()     # where each name of `header` stands: line, column, width
    header_line: str = ""                   # the first line, cut to 200 characters; "" for a file with personal data
    sheet: str = ""                         # of a spreadsheet
    keys: tuple[tuple[str, ...], ...] = ()  # columns, or pairs of them, that tell each row from every other
    repeated_rows: int = 0                  # rows of which an earlier one is the same in every column that is published
    missing_together: tuple[Together, ...] = ()   # the strongest first
    shapes: ShapesProfile | None = None     # of a map file
    personal: tuple[PersonalFinding, ...] = ()   # what looks personal in the columns that are published
    # Of the bytes that it was read from; "" where it was not. No copy with anything replaced has it.
    digest: str = field(default="", init=False, compare=False, repr=False)

    @property
    def types(self) -> Mapping[str, ColumnType]:
        """The type of each column, which costs little to ask for."""
        return dict(zip(self.header, (each.type for each in self.columns), strict=True))

    @property
    def filled(self) -> Mapping[str, int]:
        """How many cells of each column hold something, which costs little to ask for."""
        return dict(zip(self.header, (each.filled for each in self.columns), strict=True))

    @property
    def leading(self) -> Mapping[str, Sequence[str]]:
        """The leading values of each column of categories, which cost little to ask for."""
        return leading_values(self.columns)

    def header_location(self, path: str, name: str) -> Location:
        """Where a column's name stands in the file at a path; the file as a whole when it has no such column."""
        if name not in self.header or not self.header_at:
            return Location(path=path)
        line, column, width = self.header_at[self.header.index(name)]
        excerpt = self.header_line if line == 1 and column <= len(self.header_line) else None
        return Location(path=path, line=line, column=column, width=width, excerpt=excerpt)


def leading_values(columns: Iterable[ColumnProfile]) -> dict[str, list[str]]:
    """The leading values of columns of categories."""
    return {each.name: [count.value for count in each.top] for each in columns if each.shape == "categories"}


class TableReport(Frozen, kw_only=True, gc=False):
    """A profile with the problems met on the way; no profile when the file could not be read."""

    profile: TableProfile | None
    problems: tuple[Problem, ...] = ()
