"""Dictionaries of very many datasets, which lie aside until somebody asks what a column means.

As objects, the columns are most of what a dataset takes in memory: of a hundred thousand datasets half a gigabyte. Where there
are few datasets they stay at hand, since to read them again takes longer than to keep them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Literal, get_args

from cityfolio.annex import Annex, Laid
from cityfolio.frozen import replace
from cityfolio.load.known_records import columns_read, columns_told
from cityfolio.model.records import ColumnRecord, DatasetRecord

MANY_DATASETS = 20_000        # of a catalog: with fewer, all columns stay at hand
READ_AT_ONCE = 64             # dictionaries: a stage asks several times for those of one dataset, and of some beside it
ASIDE = Annex()
Asked = Literal["foreign_key", "sensitive", "standard"]      # of which few columns say one
ASKED: tuple[Asked, ...] = get_args(Asked)


class ColumnsAside(Mapping[str, ColumnRecord]):
    """The columns of a dictionary by their names, read each time that they are asked for."""

    __slots__ = ("_count", "body", "said")

    def __init__(self, columns: Mapping[str, ColumnRecord]) -> None:
        self.body, self._count = ASIDE.laid(columns_told(columns)), len(columns)
        self.said = _alike(frozenset(name for name in ASKED if has_any(columns, name)))

    def __getitem__(self, name: str) -> ColumnRecord:
        return columns_of(self.body)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(columns_of(self.body))

    def __len__(self) -> int:
        return self._count

    def __reduce__(self) -> tuple[type[dict[str, ColumnRecord]], tuple[dict[str, ColumnRecord]]]:
        return dict, (dict(columns_of(self.body)),)     # another process reads nothing of this one

    def __repr__(self) -> str:
        return repr(dict(self))


def has_any(columns: Mapping[str, ColumnRecord], *asked: Asked) -> bool:
    """Whether a column of a dictionary says one of these of itself, which is known of those that lie aside."""
    if isinstance(columns, ColumnsAside):
        return not columns.said.isdisjoint(asked)
    return any(getattr(each, name) not in (None, False) for each in columns.values() for name in asked)


@cache     # of so few names there are few sets
def _alike(said: frozenset[Asked]) -> frozenset[Asked]:
    return said


def with_columns_aside(record: DatasetRecord) -> DatasetRecord:
    """The same record, with its dictionary laid aside."""
    return replace(record, columns=ColumnsAside(record.columns)) if record.columns else record


class ColumnsRead(dict[str, ColumnRecord]):
    """Columns as they were read, and what was made of them, which is forgotten with them: one column is one object."""

    made: dict[tuple[str, ...], Any]      # Any: whatever is made of them, by the header that it is for


@lru_cache(maxsize=READ_AT_ONCE)
def columns_of(body: Laid) -> ColumnsRead:
    """The columns that were laid aside."""
    read = ColumnsRead(columns_read(body.read()))
    read.made = {}
    return read
