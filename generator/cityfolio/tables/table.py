"""What a reader is asked for and what it gives: a table of text, and where in the file each cell stands.

A reader for another format fills the same types, so that typing, checking and profiling know nothing of CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol
from unicodedata import normalize

from cityfolio.model.records import ColumnRecord, FileRecord
from cityfolio.problems import Location, Problem

LIMIT_BYTES = 128 << 20     # a table is held in memory whole, at about ten times the size of its file
LIMIT_COLUMNS = 5_000
EXCERPT_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TableJob:
    """One data file to read and check. `columns` is its dictionary, with shared columns already filled in."""

    path: str                     # in the catalog
    size_bytes: int
    file: FileRecord
    columns: Mapping[str, ColumnRecord] = field(default_factory=dict)
    sha256: str = ""              # of the file, where it is known already

    @property
    def hides_values(self) -> bool:
        """Whether the file holds personal data, so that no message may show a line of it."""
        return any(column.sensitive for column in self.columns.values())

    @property
    def sensitive_names(self) -> frozenset[str]:
        """Names of sensitive columns, made comparable with `plain_name`."""
        return frozenset(plain_name(name) for name, column in self.columns.items() if column.sensitive)

    @property
    def empty_words(self) -> frozenset[str]:
        """What stands for "no value": the empty field and the words that are declared. Nothing else does."""
        return frozenset(("", *self.file.empty))

    def location(self, place: Place) -> Location:
        """A place as a problem names it; without the line itself where that could hold personal data."""
        # A mark under a letter beyond the end of the excerpt would point at nothing.
        shown = place.excerpt if place.column <= EXCERPT_CHARACTERS and not self.hides_values else None
        return Location(path=self.path, line=place.line, column=place.column, width=place.width, excerpt=shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a name or a cell stands in a file: line and column count from 1, in characters."""

    line: int
    column: int
    width: int = 1
    excerpt: str = ""


class Source(Protocol):
    """What a table was read from, kept so that a fault can be traced to its cell."""

    def header(self) -> tuple[Place, ...]:
        """Where each name of the header stands."""

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where cells stand, each given as data row and column, both counted from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A file read whole: every cell is the text that stands there, by column."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]       # every name, none empty, none twice
    rows: int
    columns: tuple[Sequence[str], ...]
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The outcome of reading: no table when the file cannot be trusted to mean what it seems to say."""

    table: Table | None
    problems: tuple[Problem, ...] = ()


class Reader(Protocol):
    """Reads files of some format. It never raises on what a file holds."""

    def __call__(self, stream: BinaryIO, job: TableJob) -> Reading:
        """Read a file whole, as text."""


def plain_name(name: str) -> str:
    """A column's name for telling whether it is sensitive: letters and digits alone.

    A slip in case, spaces, marks or the width of letters must not publish personal data.
    """
    return "".join(letter for letter in normalize("NFKC", name).casefold() if letter.isalnum())
