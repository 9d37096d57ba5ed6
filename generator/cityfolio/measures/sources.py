"""Which file a measure is computed from: of a published dataset what was profiled, of another what lies in the catalog folder.

A dataset that is not published may be measured: its rows are read for that alone, and nothing of them gets out but counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cityfolio.files import Tree, sha256_of
from cityfolio.frozen import Frozen, replace
from cityfolio.load.dictionary import dictionary
from cityfolio.load.loaded import Loaded, Sourced
from cityfolio.model.profile import TableProfile
from cityfolio.model.records import ColumnRecord, ColumnType, DatasetRecord, FileRecord
from cityfolio.tables.answers.asked import bears, readable
from cityfolio.tables.exports.rows import export_columns
from cityfolio.tables.exports.schema import ExportColumn
from cityfolio.tables.limits import limits_of
from cityfolio.tables.published import Tables
from cityfolio.tables.readers import is_table
from cityfolio.tables.table import TableJob

HIDING = ColumnRecord(sensitive=True)
NAMELESS = ""                     # no column has this name in a dictionary


class Source(Frozen, kw_only=True):
    """A file that can be measured."""

    dataset: str
    place: int                    # among the files of its dataset
    job: TableJob
    profile: TableProfile | None = None   # None: it was never profiled, because it is not published
    sha256: str = ""              # of what is published of it

    @property
    def is_public(self) -> bool:
        """Whether its rows are published."""
        return self.profile is not None

    @property
    def types(self) -> Mapping[str, ColumnType | None]:
        """The types of its columns as far as they are known before its rows are read; a name that is missing is of none."""
        known: dict[str, ColumnType | None] = {name: record.type for name, record in self.job.columns.items()}
        if self.profile is not None:
            known |= self.profile.types
        return known

    @property
    def columns(self) -> Mapping[str, ExportColumn] | None:
        """Every column, to hold an expression against; None where some are known only when the rows are read."""
        if self.profile is None:
            return None
        hidden = {name: self.job.columns.get(name, HIDING) for name in self.profile.left_out}
        if any(record.type is None for record in hidden.values()):
            return None
        published = {column.name: column for column in export_columns(self.profile, self.job.columns)}
        return published | {name: ExportColumn(name=name, type=record.type or "string", record=record)
                            for name, record in hidden.items()}

    def publishes(self, columns: tuple[str, ...]) -> bool:
        """Whether anybody can have all of these columns."""
        return self.profile is not None and set(columns) <= set(self.profile.header)


def sources_of(loaded: Loaded, tables: Tables, dataset: str, name: str | None, tree: Tree) -> tuple[Source, ...]:
    """The files of a dataset that may be meant by a name, or without one: a single one where all is well.

    A file of which there is only a sample is none, for what is counted in it says nothing.
    """
    sourced = loaded.datasets.get(dataset)
    if sourced is None:
        return ()
    return tuple(_sources(loaded, tables, sourced, name, tree))


def _sources(loaded: Loaded, tables: Tables, dataset: Sourced[DatasetRecord], name: str | None, tree: Tree) -> Iterator[Source]:
    for place, file in enumerate(dataset.record.files):
        if name is not None and not bears(file, name):
            continue
        if dataset.record.status == "published":
            source = _public(tables, dataset.id, place, file)
        else:
            source = _private(loaded, dataset, place, tree)
        if source is not None:
            yield source


def is_sampled(tables: Tables, dataset: str, place: int, file: FileRecord) -> bool:
    """Whether only a sample of a file is here: it is kept elsewhere, and was not fetched."""
    return file.path is None and (dataset, place) not in tables.wholes


def _public(tables: Tables, dataset: str, place: int, file: FileRecord) -> Source | None:
    found = readable(tables, (dataset, place))
    if found is None or is_sampled(tables, dataset, place, file):
        return None
    whole, published = tables.wholes.get((dataset, place)), tables.published.get((dataset, place))
    digest = whole.file.sha256 if whole else published.sha256 if published else ""
    return Source(dataset=dataset, place=place, job=found.job, profile=found.profile, sha256=digest)


def _private(loaded: Loaded, dataset: Sourced[DatasetRecord], place: int, tree: Tree) -> Source | None:
    file = dataset.record.files[place]
    path = f"datasets/{dataset.id}/{file.path}"
    node = loaded.nodes.get(path)
    if not file.path or node is None or node.kind != "file" or not is_table(file.format or path):
        return None
    try:
        with tree.open(path) as stream:
            digest, size = sha256_of(stream), stream.tell()
    except OSError:
        return None               # `check` says so of every file of a catalog that cannot be read
    # Every column is as good as sensitive: no message may show a line of the file.
    described = {name: replace(record, sensitive=True) for name, record in dictionary(loaded, dataset.record, file).items()}
    return Source(dataset=dataset.id, place=place,
                  job=TableJob(path=path, size_bytes=size, file=file, sha256=digest, limits=limits_of(loaded),
                               columns={NAMELESS: HIDING, **described}))
