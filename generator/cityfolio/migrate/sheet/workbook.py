"""The catalog's metadata as sheets: which keys are columns of which sheet, and what each row holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cityfolio.frozen import Frozen
from cityfolio.migrate.harvest.merge import Values
from cityfolio.migrate.sheet.cells import cell_text
from cityfolio.migrate.yaml.changes import Path
from cityfolio.migrate.yaml.text import Yaml
from cityfolio.model.keys import Choice, Kind, Record, keys_of
from cityfolio.model.records import ColumnRecord, DatasetRecord, FileRecord

# Of a dataset: its files and columns have sheets of their own, the rest is better written where it can be seen whole.
NOT_IN_SHEETS = frozenset({"files", "columns", "questions", "charts", "notes", "formerly", "source"})
DATASET, FILE, COLUMN = "dataset", "file", "column"
REMOVE = "remove"                 # the column in which somebody asks that a row's subject be taken out


class Field(Frozen, kw_only=True):
    """One column of a sheet: a key of a record, or one inside a group of it."""

    name: str                     # "contact.email"
    path: Path
    kind: Kind
    doc: str
    is_needed: bool = False       # so that its cell cannot be emptied
    beside: tuple[str, ...] = ()  # names of the columns that must be filled where one of its group is, its own among them


class Sheet(Frozen, kw_only=True):
    """One sheet: the columns that say what a row is about, and those that can be changed."""

    name: str
    about: str                    # what a row is, for the sheet that explains
    keys: tuple[str, ...]
    fields: tuple[Field, ...]
    removal: str = ""             # what "yes" under `remove` does; "" where it has no such column

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, from left to right."""
        return (*self.keys, *(field.name for field in self.fields), *([REMOVE] if self.removal else []))


class Row(Frozen, kw_only=True):
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
        return cell_text(self.value(field))

    def is_named(self, sheet: Sheet) -> str:
        """How messages and `--remove` call it: "Columns: trees / height"."""
        return f"{sheet.name}: {' / '.join(part for part in self.key if part)}"


def fields_of(record: type, path: Path = ()) -> Iterator[Field]:
    """The keys of a record type that have a column, those inside its groups too."""
    together = tuple(_named((*path, name)) for name, key in keys_of(record).items() if path and key.needed == "error")
    for name, key in keys_of(record).items():
        here = (*path, name)
        if name in NOT_IN_SHEETS:
            continue
        if isinstance(key.kind, Record):
            yield from fields_of(key.kind.type, here)
        else:
            yield Field(name=_named(here), path=here, kind=key.kind, doc=key.doc, beside=together,
                        is_needed=key.code == "title-missing")


def _named(path: Path) -> str:
    return ".".join(map(str, path))


DATASETS = Sheet(name="Datasets", about="One dataset. `dataset` is the name of its folder. Add a row, with a new name, for one "
                 "more.", keys=(DATASET,), fields=tuple(fields_of(DatasetRecord)),
                 removal="Write yes to retire the dataset, and say under `reason` why. Its page stays.")
FILES = Sheet(name="Files", about="One file of a dataset. `file` is how the sheets call it: in a new row, its name in the "
              "folder or its address.", keys=(DATASET, FILE), fields=tuple(fields_of(FileRecord)),
              removal="Write yes to list the file no more. What lies in the folder stays there.")
COLUMNS = Sheet(name="Columns", about="One column of a dataset's tables: its data dictionary. `file` is empty where the column "
                "is described for all files. Add a row to describe one more.", keys=(DATASET, FILE, COLUMN),
                fields=tuple(fields_of(ColumnRecord)),
                removal="Write yes to take the column out of the dictionary.")
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
    files = files_of(values.get("files"))
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


def files_of(value: Yaml | None) -> Sequence[Mapping[str, Yaml]]:
    """The entries of `files:`; one alone stands for a list of one."""
    listed = [value] if isinstance(value, Mapping) else value if isinstance(value, list) else []
    return [each if isinstance(each, Mapping) else {} for each in listed]


def names_of(files: Sequence[Mapping[str, Yaml]]) -> list[str]:
    """What the sheets call each file of a dataset: its path, else its address or title; numbered where two are alike."""
    names: list[str] = []
    for number, file in enumerate(files, 1):
        name = name_of(file) or f"file {number}"
        names.append(name if name not in names else f"{name} (file {number})")
    return names


def name_of(file: Mapping[str, Yaml]) -> str:
    """What the sheets call a file by itself; "" for one that says nothing of itself."""
    return next((str(file[key]) for key in ("path", "url", "title") if file.get(key)), "")


def choices(kind: Kind) -> tuple[str, ...]:
    """The words of a list to choose from; none where others will do."""
    return kind.values if isinstance(kind, Choice) else ()
