"""The catalog's metadata as sheets: which keys are columns of which sheet, and what each row holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.sheet.cells import cell_text
from cityfolio.migrate.yaml.changes import Path
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.keys import Choice, Kind, Record, keys_of
from cityfolio.model.records import ColumnRecord, DatasetRecord, FileRecord

# Of a dataset: its files and columns have sheets of their own, the rest is better written where it can be seen whole.
NOT_IN_SHEETS = frozenset({"files", "columns", "questions", "charts", "notes", "formerly", "source"})
DATASET, FILE, COLUMN = "dataset", "file", "column"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column of a sheet: a key of a record, or one inside a group of it."""

    name: str                     # "contact.email"
    path: Path
    kind: Kind
    doc: str
    is_needed: bool = False       # so that its cell cannot be emptied


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: the columns that say what a row is about, and those that can be changed."""

    name: str
    about: str                    # what a row is, for the sheet that explains
    keys: tuple[str, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: what it is about, where that is written, and what is written."""

    key: tuple[str, ...]          # as many as the sheet has keys
    file: str                     # of the catalog
    record: type                  # that the file holds
    path: Path                    # in the file
    values: Mapping[str, Yaml]

    def value(self, field: Field) -> Yaml | None:
        """What is written for a column of the sheet."""
        found: Yaml | None = self.values
        for step in field.path:
            found = found.get(str(step)) if isinstance(found, Mapping) else None
        return found

    def text(self, field: Field) -> str:
        """What the cell of a column shows."""
        return cell_text(self.value(field), field.kind)


def fields_of(record: type, path: Path = ()) -> Iterator[Field]:
    """The keys of a record type that have a column, those inside its groups too."""
    for name, key in keys_of(record).items():
        here = (*path, name)
        if name in NOT_IN_SHEETS:
            continue
        if isinstance(key.kind, Record):
            yield from fields_of(key.kind.type, here)
        else:
            yield Field(name=".".join(map(str, here)), path=here, kind=key.kind, doc=key.doc,
                        is_needed=key.code == "title-missing")


DATASETS = Sheet(name="Datasets", about="One dataset. `dataset` is the name of its folder.", keys=(DATASET,),
                 fields=tuple(fields_of(DatasetRecord)))
FILES = Sheet(name="Files", about="One file of a dataset. `file` is how the sheets call it.", keys=(DATASET, FILE),
              fields=tuple(fields_of(FileRecord)))
COLUMNS = Sheet(name="Columns", about="One column of a dataset's tables: its data dictionary. `file` is empty where the column "
                "is described for all files. Add a row to describe one more.", keys=(DATASET, FILE, COLUMN),
                fields=tuple(fields_of(ColumnRecord)))
SHARED = Sheet(name="Shared columns", about="A column that many datasets have, described once. `column` is its file.",
               keys=(COLUMN,), fields=tuple(fields_of(ColumnRecord)))
SHEETS = (DATASETS, FILES, COLUMNS, SHARED)


def rows_of(sheet: Sheet, records: Mapping[str, Values]) -> list[Row]:
    """The rows of a sheet. `records` are the values of the catalog's files, by their paths."""
    if sheet is SHARED:
        return [Row(key=(path.split("/")[1].removesuffix(".yaml"),), file=path, record=ColumnRecord, path=(), values=values)
                for path, values in sorted(records.items()) if path.startswith("columns/")]
    datasets = ((path.split("/")[1], path, values) for path, values in sorted(records.items()) if path.startswith("datasets/"))
    return [row for identifier, path, values in datasets for row in _rows(sheet, identifier, path, values)]


def _rows(sheet: Sheet, identifier: str, path: str, values: Values) -> Iterator[Row]:
    def row(key: tuple[str, ...], place: Path, found: Yaml) -> Row:
        return Row(key=(identifier, *key), file=path, record=DatasetRecord, path=place,
                   values=found if isinstance(found, Mapping) else {})

    if sheet is DATASETS:
        yield row((), (), values)
        return
    files = _groups(values.get("files"))
    names = names_of(files)
    if sheet is FILES:
        yield from (row((name,), ("files", number), file) for number, (name, file) in enumerate(zip(names, files, strict=True)))
        return
    yield from (row(("", name), ("columns", name), column) for name, column in _columns(values))
    for number, (name, file) in enumerate(zip(names, files, strict=True)):
        yield from (row((name, column), ("files", number, "columns", column), found) for column, found in _columns(file))


def _columns(values: Mapping[str, Yaml]) -> Iterator[tuple[str, Yaml]]:
    found = values.get("columns")
    yield from (found.items() if isinstance(found, Mapping) else ())


def _groups(value: Yaml | None) -> Sequence[Mapping[str, Yaml]]:
    listed = [value] if isinstance(value, Mapping) else value if isinstance(value, list) else []
    return [each if isinstance(each, Mapping) else {} for each in listed]


def names_of(files: Sequence[Mapping[str, Yaml]]) -> list[str]:
    """What the sheets call each file of a dataset: its path, else its address or title; numbered where two are alike."""
    names: list[str] = []
    for number, file in enumerate(files, 1):
        name = next((str(file[key]) for key in ("path", "url", "title") if file.get(key)), f"file {number}")
        names.append(name if name not in names else f"{name} (file {number})")
    return names


def choices(kind: Kind) -> tuple[str, ...]:
    """The words of a list to choose from; none where others will do."""
    return kind.values if isinstance(kind, Choice) else ()
