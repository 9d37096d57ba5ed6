"""What a reader is asked for and what it gives: columns of text in portions of rows, and where each cell stands.

A reader for another format fills the same types, so that typing, checking, profiling and exporting know nothing of formats.
A cell is the text that stands in the source: a number keeps its digits, a date its offset. None is a cell of which the
format itself says that it has no value, as JSON's null does; an empty text is not the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, Protocol
from unicodedata import normalize

from cityfolio.frozen import Frozen, field
from cityfolio.load.columns_aside import has_any
from cityfolio.model.formats import format_of
from cityfolio.model.practice import AnonymityRecord
from cityfolio.model.records import ColumnRecord, ColumnType, FileRecord
from cityfolio.problems import Location, Problem
from cityfolio.tables.limits import LIMITS, Limits

if TYPE_CHECKING:   # pyarrow takes 0.1 CPU s to import, and small tables of text do without
    import pyarrow as pa

LIMIT_COLUMNS = 5_000
EXCERPT_CHARACTERS = 200
PORTION_ROWS = 10_000         # about as many rows as a reader should put into one portion
Cell = str | None


class Added(Frozen, kw_only=True):
    """A reader that is no part of this program, and a digest of what it is made of."""

    reader: Reader
    digest: str


class TableJob(Frozen, kw_only=True, gc=False):
    """One data file to read and check. `columns` is its dictionary, with shared columns already filled in."""

    path: str                     # in the catalog
    size_bytes: int
    file: FileRecord
    columns: Mapping[str, ColumnRecord] = field(default_factory=dict)
    sha256: str = ""              # of the file, where it is known already
    limits: Limits = LIMITS
    anonymity: tuple[AnonymityRecord, ...] = ()   # how large groups of rows must be
    title: str = ""               # of the dataset, which tells what its rows are: patients, stations
    added: Added | None = None    # what reads it, where the program itself cannot
    is_skimmed: bool = False      # only its first rows are shown, and nothing is made of the others

    @property
    def hides_values(self) -> bool:
        """Whether the file holds personal data, so that no message may show a line of it."""
        return has_any(self.columns, "sensitive")

    @property
    def sensitive_names(self) -> frozenset[str]:
        """Names of sensitive columns, made comparable with `plain_name`."""
        return frozenset(plain_name(name) for name, column in self.columns.items() if column.sensitive)

    def may_show(self, name: str) -> bool:
        """Whether a message may show what stands where a name should; in a file with personal data it may be a value."""
        return name in self.columns or not self.hides_values

    @property
    def identity(self) -> list[object]:
        """What tells the cells of this file from those of any other, for the keys of what is remembered."""
        file = self.file
        # Of the path only the format counts, so that a file may move. Both endings tell it: trees.json.gz, trees.jsonl.gz.
        return [self.sha256, format_of(self.path, file.format).name, file.encoding, file.delimiter, file.empty,
                file.sheet, file.header_row, *([self.added.digest] if self.added else ())]

    def location(self, place: Place) -> Location:
        """A place as a problem names it; without the line itself where that could hold personal data."""
        # A mark under a letter beyond the end of the excerpt would point at nothing.
        shown = place.excerpt if place.column <= EXCERPT_CHARACTERS and place.excerpt and not self.hides_values else None
        return Location(path=self.path, line=place.line, column=place.column, width=place.width, excerpt=shown)

    def refusal(self, place: Place, code: str, says: str, fix: str) -> Unreadable:
        """The end of reading: what is wrong at a place, and what to do. Raise it."""
        return Unreadable(Problem(code=code, where=self.location(place), says=says, fix=fix))


class Unreadable(Exception):
    """A file cannot be trusted to mean what it seems to say. It carries what to report."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.says for problem in problems))
        self.problems = problems


class SeveralTables(Unreadable):
    """A file has several sheets or layers, and none is named."""

    def __init__(self, problem: Problem, names: Sequence[str]) -> None:
        super().__init__(problem)
        self.names = tuple(names)


class Place(Frozen, kw_only=True):
    """Where a name or a cell stands in a file, counted from 1.

    In text: its line and character. In a spreadsheet: the row and column of the sheet. Where a format has no lines that a
    person could count, as Parquet, the line is the row of data.
    """

    line: int
    column: int
    width: int = 1
    excerpt: str = ""             # the line as it stands there; "" where there is none to show


class Source(Protocol):
    """What a table was read from, kept so that a fault can be traced to its cell."""

    def header(self) -> tuple[Place, ...]:
        """Where each name of the header stands."""

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where cells stand, each given as data row and column, both counted from 0. Asked when all portions were read."""


class Portion(Protocol):
    """Some rows of a table, by column."""

    @property
    def rows(self) -> int:
        """How many rows."""

    def texts(self, column: int) -> Sequence[Cell]:
        """The cells of a column as Python's texts."""

    def array(self, column: int) -> pa.StringArray:
        """The cells of a column as Arrow's texts."""


class TextPortion(Frozen):
    """Rows as lists of text, by column."""

    columns: tuple[Sequence[Cell], ...]
    rows: int

    def texts(self, column: int) -> Sequence[Cell]:
        """The cells of a column."""
        return self.columns[column]

    def array(self, column: int) -> pa.StringArray:
        """The cells of a column as Arrow's texts."""
        from cityfolio.arrow_alone import pa

        return pa.array(self.columns[column], pa.string())


class Table(Frozen, kw_only=True):
    """A file of which the header is known. The rows come in portions, which may be gone through once.

    Going through them raises Unreadable where the file turns out not to be what it seems.
    """

    header: tuple[str, ...]       # every name, none empty, none twice
    portions: Iterable[Portion]
    source: Source
    kinds: tuple[ColumnType | None, ...] = ()   # what the format says of each column; None: found from the texts
    empty: frozenset[Cell] = frozenset((None,))   # what stands for "no value", beside the words that are declared
    encoding: str = ""            # "" where the format leaves no choice
    delimiter: str = ""
    sheet: str = ""
    notes: Sequence[Problem] = ()   # warnings that came up with the rows; complete when all portions were read


class Reading(Frozen, kw_only=True):
    """The outcome of opening a file: no table when it cannot be trusted to mean what it seems to say."""

    table: Table | None
    problems: tuple[Problem, ...] = ()


class Reader(Protocol):
    """Opens files of some format. It never raises on what a file holds, but for Unreadable."""

    def __call__(self, stream: BinaryIO, job: TableJob) -> Reading:
        """Open a file. The stream can be read from its start, sought, and is closed by the caller after the last portion."""


def in_portions(rows: Iterable[Sequence[Cell]], width: int) -> Iterator[Portion]:
    """Rows, each of `width` cells, as portions of about 10,000."""
    held: list[Sequence[Cell]] = []
    for row in rows:
        held.append(row)
        if len(held) == PORTION_ROWS:
            yield by_column(held, width)
            held = []
    if held:
        yield by_column(held, width)


def by_column(rows: Sequence[Sequence[Cell]], width: int) -> TextPortion:
    """Rows turned into columns."""
    return TextPortion(tuple(zip(*rows, strict=True)) if rows else ((),) * width, len(rows))


@lru_cache(maxsize=4_096)
def plain_name(name: str) -> str:
    """A column's name for telling whether it is sensitive: letters and digits alone; where there are none, its signs.

    A slip in case, spaces, marks or the width of letters must not publish personal data.
    """
    folded = normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if letter.isalnum()) or "".join(folded.split())
