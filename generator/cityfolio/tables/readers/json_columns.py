"""What all records of a JSON file say of their columns, and each value as the text of a cell.

A later record may bring a new name, and a text may follow a thousand numbers, so names and kinds are known when all records
were seen, and not before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from json.encoder import encode_basestring
from types import NoneType
from typing import Any

from cityfolio.frozen import Frozen, replace
from cityfolio.model.records import ColumnType
from cityfolio.tables.readers.json_stream import Fraction, Unwieldy, Whole
from cityfolio.tables.table import LIMIT_COLUMNS, Cell, Place, TableJob
from cityfolio.tables.types import DATE, parse

MANY = 10_000                 # forms of records that are remembered before they are looked at anew

# Any: a record holds values of any kind.
Record = Mapping[str, Any]


class JsonColumn(Frozen, kw_only=True):
    """A column: what its values are found by in a record, and its name in the table."""

    key: str
    name: str
    kind: ColumnType | None       # None: no record has a value
    place: Place                  # where its name stands for the first time

    def called(self, name: str, kind: ColumnType | None = None) -> JsonColumn:
        """The same values under another name."""
        return replace(self, name=name, kind=kind or self.kind)


def compact(value: Any) -> str:
    """A value as JSON without spaces, its numbers as they were written."""
    if isinstance(value, str):
        return str(value) if isinstance(value, (Whole, Fraction, Unwieldy)) else encode_basestring(value)
    if isinstance(value, list):
        return f"[{','.join(map(compact, value))}]"
    if isinstance(value, dict):
        return f"{{{','.join(f'{encode_basestring(name)}:{compact(each)}' for name, each in value.items())}}}"
    return "null" if value is None else "true" if value else "false"


TEXT: dict[type, Callable[[Any], Cell]] = {
    str: lambda value: value, Whole: str, Fraction: str, Unwieldy: str, NoneType: lambda _: None, bool: compact, dict: compact,
    list: compact,
}


def cells(record: Record, names: Sequence[str]) -> list[Cell]:
    """A record as a row: a name that it does not have has no value."""
    return [TEXT[type(value)](value) for value in map(record.get, names)]


class Columns:
    """The names of all records in the order in which they first come, and the kinds of their values."""

    def __init__(self, job: TableJob) -> None:
        self.places: dict[str, Place] = {}
        self._job, self._empty = job, frozenset(job.file.empty)
        self._kinds: dict[str, set[type]] = {}
        self._dated: dict[str, ColumnType] = {}    # columns of which every text so far is such a date
        self._known: set[tuple[tuple[str, ...], tuple[type, ...]]] = set()

    @property
    def found(self) -> Iterator[JsonColumn]:
        """The columns in their order, with what their values are."""
        for name, place in self.places.items():
            yield JsonColumn(key=name, name=name, kind=self._kind(name), place=place)

    def add(self, record: Record, place_of: Callable[[str], Place]) -> None:
        """Take a record into account. Where a name stands is asked when it is new."""
        form = (tuple(record), tuple(map(self._kind_of, record.values())))
        if form not in self._known:
            if len(self._known) > MANY:
                self._known.clear()
            self._known.add(form)
            self._learn(record, form[1], place_of)
        for name in [name for name, kind in self._dated.items() if not self._fits(record.get(name), kind)]:
            del self._dated[name]

    def _learn(self, record: Record, kinds: tuple[type, ...], place_of: Callable[[str], Place]) -> None:
        for name, kind in zip(record, kinds, strict=True):
            if name not in self.places:
                self._begin(name, place_of(name))
            if kind is str and str not in self._kinds[name]:
                dated: ColumnType = "date" if DATE.fullmatch(record[name]) else "datetime"
                self._dated[name] = dated      # taken back below if it is neither
            self._kinds[name].add(kind)

    def _begin(self, name: str, place: Place) -> None:
        if len(self.places) == LIMIT_COLUMNS:
            raise self._job.refusal(place, "file-large", f"the file has more than {LIMIT_COLUMNS:,} columns",
                                    "Turn columns into rows: one row for each thing and kind.")
        if not name.strip():
            raise self._job.refusal(place, "column-unnamed", f"column {len(self.places) + 1} has no name",
                                    "Give it a name, or remove the column if it is empty.")
        self.places[name] = place
        self._kinds[name] = set()

    def _kind_of(self, value: Any) -> type:
        # A word that stands for "no value" must not make text of a column of numbers.
        return NoneType if type(value) is str and value in self._empty else type(value)

    def _fits(self, value: Any, kind: ColumnType) -> bool:
        return type(value) is not str or value in self._empty or parse(value, kind) is not None

    def _kind(self, name: str) -> ColumnType | None:
        kinds = self._kinds[name] - {NoneType}
        if not kinds:
            return None
        if kinds <= {Whole, Fraction}:
            return "number" if Fraction in kinds else "integer"
        if kinds == {bool}:
            return "boolean"
        # JSON has no dates. Where every text is one, they are meant as such.
        return self._dated.get(name, "string") if kinds == {str} else "string"
