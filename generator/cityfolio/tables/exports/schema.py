"""What an export is given: a table whose columns are known and whose rows come in portions, and words about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from cityfolio.frozen import Frozen, field
from cityfolio.model.records import ColumnRecord, ColumnType
from cityfolio.tables.table import Cell, Portion

if TYPE_CHECKING:
    import pyarrow as pa


class Form(Frozen, kw_only=True):
    """How cells are written, as far as it decides how Parquet stores a column."""

    digits: int = 0               # the most characters before the point, a sign and zeros among them
    decimals: int = 0             # the most digits after it
    offsets: frozenset[str] = frozenset()   # those of dates with times, as "-04:00"; "" where one has none

    def with_(self, other: Form) -> Form:
        """What these cells and others need together."""
        return Form(digits=max(self.digits, other.digits), decimals=max(self.decimals, other.decimals),
                    offsets=self.offsets | other.offsets)


class ExportColumn(Frozen, kw_only=True):
    """A column that is published."""

    name: str
    type: ColumnType              # the dictionary's, or what all rows agree on
    record: ColumnRecord = field(default_factory=ColumnRecord)
    form: Form | None = None      # of all its cells, where that is known already; only Parquet asks

    @property
    def title(self) -> str:
        """What it is called in words; its name where nothing better is known."""
        return self.record.title or self.name

    @property
    def format(self) -> str | None:
        """How dates and times are written, where the dictionary says so."""
        return self.record.format if self.record.format and "%" in self.record.format else None


class About(Frozen, kw_only=True):
    """What is said of the data inside of the files that can hold it. Only what is known is filled in."""

    name: str = ""                # an identifier: lower case, no spaces
    title: str = ""
    description: str = ""
    publisher: str = ""
    license: str = ""             # its title
    license_url: str = ""
    license_id: str = ""          # in the list of SPDX or Open Definition
    source_url: str = ""          # the dataset's page
    modified: date | None = None
    keywords: tuple[str, ...] = ()


class ExportTable(Frozen, kw_only=True):
    """A table to write. Its rows have been checked: each cell is of its column's type, or stands for "no value".

    `portions` can be gone through again and again: a list, or an object whose `__iter__` opens the file anew.
    """

    columns: tuple[ExportColumn, ...]
    portions: Iterable[Portion]
    empty: frozenset[Cell] = frozenset((None,))   # what stands for "no value"
    words: frozenset[Cell] = frozenset()          # those of them that a copy in XLSX keeps as the text that they are
    about: About = field(default_factory=About)
    rows: int | None = None       # where it is known, a format that cannot hold as many says so at once

    def anew(self) -> Iterable[Portion]:
        """The portions once more. What can be gone through only once would lose every row in silence."""
        whole = self.portions.whole if isinstance(self.portions, KeptPortions) else self.portions
        if iter(whole) is whole:
            raise TypeError("the portions of an export have to be an iterable that can be gone through again")
        return self.portions


class ParquetOutline(Frozen, kw_only=True):
    """The sizes of a file and its footer, the column that it is sorted by ("" for none), and the offsets of its clocks."""

    bytes: int
    footer: int
    sorted_by: str
    offsets: tuple[tuple[str, str], ...]   # of the columns of moments that have one: name, and "Z" or "-04:00"


class Unfit(Exception):
    """A format cannot hold what is in a table, so no file may be left. `says` completes "trees.xlsx was not made: ..."."""

    def __init__(self, says: str, fix: str = "") -> None:
        super().__init__(says)
        self.says = says
        self.fix = fix


class Fault(Exception):
    """What others added to write a file does not work. `says` is a whole sentence, as a problem has it."""

    def __init__(self, says: str, fix: str) -> None:
        super().__init__(says)
        self.says = says
        self.fix = fix


class ExtraMissing(Exception):
    """A format needs an optional package that is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(f"pip install 'cityfolio[{extra}]'")
        self.extra = extra


class KeptPortion(Frozen):
    """A portion of which only some columns can be seen."""

    whole: Portion
    numbers: tuple[int, ...]

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.whole.rows

    def texts(self, column: int) -> Sequence[Cell]:
        """The cells of a column."""
        return self.whole.texts(self.numbers[column])

    def array(self, column: int) -> pa.StringArray:
        """The cells of a column as Arrow's texts."""
        return self.whole.array(self.numbers[column])


def kept(portion: Portion, numbers: Sequence[int]) -> KeptPortion:
    """A view of a portion that shows only some of its columns, which is how sensitive ones are left out."""
    return KeptPortion(portion, tuple(numbers))


class KeptPortions(Frozen):
    """Portions of which only some columns can be seen, to be gone through as often as the whole ones."""

    whole: Iterable[Portion]
    numbers: tuple[int, ...]

    def __iter__(self) -> Iterator[KeptPortion]:
        """Each portion, from the first."""
        return (KeptPortion(portion, self.numbers) for portion in self.whole)


def described(column: ExportColumn) -> dict[str, object]:
    """A column's entry in the dictionary, as files carry it: only what is said, in the catalog's own words."""
    record = column.record
    entry: dict[str, object] = {"name": column.name, "title": record.title, "description": record.description,
                                "type": column.type, "unit": record.unit, "format": column.format, "source": record.source,
                                "values": dict(record.values)}
    return {key: value for key, value in entry.items() if value}
