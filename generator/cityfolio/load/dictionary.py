"""The data dictionary that holds for one file: its own or its dataset's, with shared columns filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields

from cityfolio.frozen import replace
from cityfolio.lately import found_lately
from cityfolio.load.columns_aside import ASKED, Asked, has_any
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.load.yaml import Document
from cityfolio.model.records import ColumnRecord, DatasetRecord, FileRecord

DEFAULTS: Mapping[str, object] = {
    each.name: each.default if each.default_factory is MISSING else each.default_factory() for each in fields(ColumnRecord)}


def dictionary(loaded: Loaded, dataset: DatasetRecord, file: FileRecord) -> Mapping[str, ColumnRecord]:
    """Each described column of a file by its name. What a column says itself wins over its shared column."""
    if not file.columns:
        return with_shared(loaded, dataset.columns)
    described: Mapping[str, ColumnRecord] = file.columns
    return {name: _shielded(filled_in(loaded, column), name, loaded, dataset) for name, column in described.items()}


def with_shared(loaded: Loaded, columns: Mapping[str, ColumnRecord]) -> Mapping[str, ColumnRecord]:
    """A dictionary with its shared columns filled in; itself where it names none, or there are none."""
    if not loaded.columns or not has_any(columns, "standard"):
        return columns
    return {name: filled_in(loaded, column) if column.standard else column for name, column in columns.items()}


def _shielded(column: ColumnRecord, name: str, loaded: Loaded, dataset: DatasetRecord) -> ColumnRecord:
    # A file's own dictionary cannot take the shield off a column of its dataset either.
    above = dataset.columns.get(name)
    is_sensitive = above is not None and filled_in(loaded, above).sensitive
    return replace(column, sensitive=True) if is_sensitive and not column.sensitive else column


def filled_in(loaded: Loaded, column: ColumnRecord) -> ColumnRecord:
    """A column with the keys of its shared column; itself when it names none."""
    shared = loaded.columns.get(column.standard or "")
    if shared is None:
        return column
    merged = {name: getattr(shared.record, name) if (own := getattr(column, name)) == default else own
              for name, default in DEFAULTS.items()}
    # Once personal, always personal: a dataset cannot take the shield off a shared column.
    merged["sensitive"] = column.sensitive or shared.record.sensitive
    return ColumnRecord(**merged)


def dictionary_entries(loaded: Loaded, *saying: Asked) -> Iterator[tuple[Document, tuple[str | int, ...], ColumnRecord]]:
    """Each column of each dictionary with its document and the keys that lead to it; of those alone that say such a thing."""
    for each in _saying(loaded.datasets) if saying else loaded.datasets.values():
        for name, column in each.record.columns.items() if not saying or has_any(each.record.columns, *saying) else ():
            yield each.document, ("columns", name), column
        for place, file in enumerate(each.record.files):
            for name, column in file.columns.items():
                yield each.document, ("files", place, "columns", name), column


@found_lately
def _saying(datasets: Mapping[str, Sourced[DatasetRecord]]) -> tuple[Sourced[DatasetRecord], ...]:
    """The datasets that have a column of which something is said that few say, or files with dictionaries of their own."""
    return tuple(each for each in datasets.values()
                 if has_any(each.record.columns, *ASKED) or any(file.columns for file in each.record.files))
