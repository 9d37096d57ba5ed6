"""Dictionaries of very many datasets, which lie aside until somebody asks what a column means.

As objects, the columns are most of what a dataset takes in memory: of a hundred thousand datasets half a gigabyte. Where there
are few datasets they stay at hand, since to read them again takes longer than to keep them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from cityfolio.annex import Annex, Laid
from cityfolio.frozen import replace
from cityfolio.load.known_records import columns_read, columns_told
from cityfolio.model.records import ColumnRecord, DatasetRecord

MANY_DATASETS = 20_000        # of a catalog: with fewer, all columns stay at hand
READ_AT_ONCE = 64             # dictionaries: a stage asks several times for those of one dataset, and of some beside it
ASIDE = Annex()


class ColumnsAside(Mapping[str, ColumnRecord]):
    """The columns of a dictionary by their names, read each time that they are asked for."""

    __slots__ = ("body", "names_shared")

    def __init__(self, columns: Mapping[str, ColumnRecord]) -> None:
        self.body = ASIDE.laid(columns_told(columns))
        self.names_shared = names_shared(columns)

    def __getitem__(self, name: str) -> ColumnRecord:
        return columns_of(self.body)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(columns_of(self.body))

    def __len__(self) -> int:
        return len(columns_of(self.body))

    def __reduce__(self) -> tuple[type[dict[str, ColumnRecord]], tuple[dict[str, ColumnRecord]]]:
        return dict, (dict(columns_of(self.body)),)     # another process reads nothing of this one

    def __repr__(self) -> str:
        return repr(dict(self))


def names_shared(columns: Mapping[str, ColumnRecord]) -> bool:
    """Whether a column of a dictionary names one of `columns/`, which fills it in."""
    return columns.names_shared if isinstance(columns, ColumnsAside) else any(each.standard for each in columns.values())


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
