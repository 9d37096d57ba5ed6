"""What looks personal in the columns of a file that are published, found while the file is profiled.

The cells are at hand then, the work is done where the profile is made, and what comes of it is kept with the profile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from cityfolio.frozen import Frozen, replace
from cityfolio.model.practice import AnonymityRecord
from cityfolio.model.privacy import PersonalFinding
from cityfolio.model.records import ColumnType
from cityfolio.tables.columns import TypedColumn
from cityfolio.tables.table import Cell, TableJob
from cityfolio.tables.types import FORMATTED

if TYPE_CHECKING:   # Arrow and what searches with it are loaded where rows are
    import pyarrow as pa

    from cityfolio.privacy.cells import Cells

    Texts = pa.Array[Any]     # Any: of texts, or a dictionary of texts

SHORT = 4                     # characters; a name of so many needs a header to be one
PART_CELLS = 1_000_000        # a larger table is searched in parts of about so many cells


class Search(Frozen, kw_only=True):
    """What is known of a file before its cells are: words for "no value", what is published, which groups are asked for."""

    header: tuple[str, ...]
    published: frozenset[str]
    empty: frozenset[Cell]
    groups: tuple[AnonymityRecord, ...] = ()
    title: str = ""               # of the dataset, or the name of a file outside a catalog

    @classmethod
    def of(cls, header: tuple[str, ...], published: Iterable[int], empty: frozenset[Cell], job: TableJob) -> Search:
        """The search through a file."""
        header = tuple(name or "" for name in header)   # a column without a name is told of elsewhere, and searched too
        return cls(header=header, published=frozenset(header[number] for number in published), empty=empty,
                   groups=tuple(groups_in(header, job.anonymity)), title=job.title or PurePosixPath(job.path).stem)

    @property
    def grouped(self) -> frozenset[str]:
        """The columns that are needed whole."""
        return frozenset(name for each in self.groups for name in (*each.quasi_identifiers, *each.sensitive)) & self.published


def groups_in(header: Sequence[str], asked: Iterable[AnonymityRecord]) -> Iterable[AnonymityRecord]:
    """The groups of which the file has every column; those of other files of the dataset have other columns."""
    known = set(header)
    return (each for each in asked if known.issuperset(each.quasi_identifiers))


def found_whole(search: Search, columns: Sequence[TypedColumn]) -> tuple[PersonalFinding, ...]:
    """What looks personal in a table that is held in memory."""
    if not columns or not columns[0].rows or (not search.groups and is_beyond_doubt(search.header, columns)):
        return ()
    from cityfolio.privacy.detect import findings_in
    from cityfolio.privacy.few_cells import NOTHING

    judged = _judged(search, columns, among_people=False)
    if not judged:
        return _whole_groups(search, columns)
    judged = _judged(search, columns, among_people=True)
    cells = [_cells_of(column) if column.name in search.published else NOTHING for column in columns]
    found = findings_in(list(zip(search.header, cells, strict=True)), title=search.title, judged=judged)
    return (*found, *_whole_groups(search, columns))


def _judged(search: Search, columns: Sequence[TypedColumn], *, among_people: bool) -> tuple[int, ...]:
    """The numbers of the columns in which something may be found."""
    from cityfolio.privacy.glance import may_hold

    return tuple(number for number, (name, column) in enumerate(zip(search.header, columns, strict=True))
                 if name in search.published
                 and may_hold(name, column.counts, are_moments=_are_moments(column), among_people=among_people))


def _are_moments(column: TypedColumn) -> bool:
    """Whether every text is a date or a time as ISO 8601 writes it."""
    written = column.record.format
    return column.type in FORMATTED and not (written and "%" in written) and not column.wrong


def _cells_of(column: TypedColumn) -> Cells:
    from cityfolio.privacy.few_cells import FewCells, are_few

    if are_few(column.counts):
        return FewCells(column.counts, lambda: column.texts)
    # Arrow comes along, for which small tables need not wait.
    from cityfolio.privacy.many_cells import ManyCells
    from cityfolio.privacy.seen import as_columns

    (seen,) = as_columns([column.name], [[text if text in column.counts else None for text in column.texts]])
    return ManyCells(seen)


def _whole_groups(search: Search, columns: Sequence[TypedColumn]) -> tuple[PersonalFinding, ...]:
    if not search.groups:
        return ()
    from cityfolio.privacy.arrow import texts_of

    return groups_found(search, {column.name: texts_of(column.texts) for column in columns if column.name in search.grouped})


def is_beyond_doubt(header: Sequence[str], columns: Sequence[TypedColumn]) -> bool:
    """Whether no cell is long enough to tell a person apart and no name of a column says a word that the search knows."""
    from cityfolio.privacy.header import parts_of
    from cityfolio.privacy.words import VOCABULARY

    return VOCABULARY.isdisjoint(part for name in header for part in parts_of(name)) and \
        all(len(text or "") <= SHORT for column in columns for text in column.texts)


def found_in(search: Search, cells: Sequence[Texts | None],
             types: Sequence[ColumnType | None]) -> tuple[PersonalFinding, ...]:
    """What looks personal in some rows. Of a column that is left out only the name is seen, which tells about the others."""
    from cityfolio.arrow_alone import pa
    from cityfolio.privacy.detect import personal_findings
    from cityfolio.privacy.seen import SeenColumn

    rows = max((len(array) for array in cells if array is not None), default=0)
    nothing = pa.nulls(rows, pa.string())
    seen = [SeenColumn(name=name, type=kind, cells=nothing if array is None else without(array, search.empty))
            for name, array, kind in zip(search.header, cells, types, strict=True)]
    return tuple(each for each in personal_findings(seen, title=search.title) if each.column in search.published)


def groups_found(search: Search, cells: Mapping[str, Texts | None]) -> tuple[PersonalFinding, ...]:
    """The groups that are too small, or all alike, among the columns that are published."""
    from cityfolio.privacy.anonymity import group_findings
    from cityfolio.privacy.seen import SeenColumn

    seen = [SeenColumn(name=name, cells=without(array, search.empty)) for name, array in cells.items()
            if name in search.grouped and array is not None]
    found: list[PersonalFinding] = []
    for asked in search.groups:
        there = replace(asked, quasi_identifiers=_published(asked.quasi_identifiers, search),
                        sensitive=_published(asked.sensitive, search))
        found += group_findings(seen, there) if there.quasi_identifiers else ()
    return tuple(found)


def _published(names: Sequence[str], search: Search) -> tuple[str, ...]:
    return tuple(name for name in names if name in search.published)


def without(cells: Texts, empty: frozenset[Cell]) -> Texts:
    """The cells, with nothing in those that hold a word for "no value"."""
    import pyarrow.compute as pc

    from cityfolio.arrow_alone import pa
    from cityfolio.privacy.arrow import texts_of

    words = sorted(word for word in empty if word is not None)
    if not words or not len(cells):
        return cells
    kind = cells.type.value_type if isinstance(cells, pa.DictionaryArray) else cells.type
    is_empty = pc.is_in(cells, texts_of(words).cast(kind))
    return pc.if_else(is_empty, pa.nulls(1)[0], cells) if pc.any(is_empty).as_py() else cells


def asked_of(groups: Iterable[AnonymityRecord], name: str | None) -> tuple[AnonymityRecord, ...]:
    """What a dataset asks of one of its files, by the file's path."""
    return tuple(each for each in groups if each.file is None or each.file == name)
