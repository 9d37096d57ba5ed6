"""Which columns name areas of a map, such as council districts, so that what is in their rows can be seen by area."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.model.catalog import Catalog, Dataset, File
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.exports.places import TYPES, places
from cityfolio.tables.exports.rows import NO_RECORD
from cityfolio.tables.exports.schema import ExportColumn

POLYGONS = ("Polygon", "MultiPolygon")
NAMING_TYPES = ("string", "integer")
Named = tuple[str, str]           # a dataset and a column of it


def has_places(file: File) -> bool:
    """Whether rows of a file have shapes or coordinates."""
    if file.profile is None:
        return False
    if file.profile.shapes and file.profile.shapes.filled:
        return True
    records = {column.name: column.record for column in file.columns}
    return places([ExportColumn(name=name, type=kind, record=records.get(name, NO_RECORD))
                   for name, kind in file.profile.types.items() if kind in TYPES]) is not None


def columns_of_areas(catalog: Catalog) -> Mapping[str, tuple[str, ...]]:
    """The columns that name areas, by dataset, in the order of its files.

    A column names areas where it tells the shapes of a map of areas apart, follows the shared column of one that does, or
    refers by its foreign key to one that names areas.
    """
    keys = set(_keys_of_maps(catalog))
    if not keys:
        return {}
    columns = tuple(_columns(catalog))
    standards = {standard for dataset, name, standard, _ in columns if (dataset, name) in keys and standard}
    known = keys | {(dataset, name) for dataset, name, standard, _ in columns if standard in standards}
    pointing = [((dataset, name), target) for dataset, name, _, target in columns if target]
    grows = True
    while grows:
        more = {column for column, target in pointing if target in known} - known
        known |= more
        grows = bool(more)
    found: dict[str, dict[str, None]] = {}
    for dataset, name, _, _ in columns:
        if (dataset, name) in known:
            found.setdefault(dataset, {})[name] = None
    return {dataset: tuple(names) for dataset, names in found.items()}


def _keys_of_maps(catalog: Catalog) -> Iterator[Named]:
    for dataset in catalog.datasets:
        for file in dataset.files:
            shapes = file.profile.shapes if file.profile else None
            if shapes and any(kind.value in POLYGONS for kind in shapes.kinds):
                yield from ((dataset.id, name) for name in _keys_of(file))


def _keys_of(file: File) -> Iterator[str]:
    """The column that is declared to tell rows apart; else those that do, but for measurements, which do so by chance."""
    if file.record.primary_key:
        yield from file.record.primary_key[:1] if len(file.record.primary_key) == 1 else ()
    elif file.profile:
        types = file.profile.types
        yield from (key[0] for key in file.profile.keys if len(key) == 1 and types.get(key[0]) in NAMING_TYPES)


def _columns(catalog: Catalog) -> Iterator[tuple[str, str, str | None, Named | None]]:
    """Each column with the shared column that it follows and the one that it refers to."""
    for dataset in catalog.datasets:
        for name, record in _records(dataset):
            key = record.foreign_key
            yield dataset.id, name, record.standard, (key.dataset or "", key.column or "") if key else None


def _records(dataset: Dataset) -> Iterator[tuple[str, ColumnRecord]]:
    read = [file for file in dataset.files if file.profile]
    if not read:
        yield from dataset.record.columns.items()
    for file in read:
        yield from ((column.name, column.record) for column in file.columns)
