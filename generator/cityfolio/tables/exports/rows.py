"""A data file as an export sees it: the columns that are published, and the rows as often as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cityfolio.files import Tree, naming
from cityfolio.frozen import Frozen
from cityfolio.model.formats import format_of
from cityfolio.model.profile import TableProfile
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.exports.schema import About, ExportColumn, ExportTable, KeptPortions
from cityfolio.tables.readers import reader_for
from cityfolio.tables.readers.csv import read_again
from cityfolio.tables.table import Portion, Table, TableJob, Unreadable

NO_RECORD = ColumnRecord()
SMALL_BYTES = 1 << 20         # of a text whose rows are held while it is written


class Rows(Frozen):
    """The rows of a file of a tree, from the first each time they are gone through."""

    tree: Tree
    job: TableJob

    def __iter__(self) -> Iterator[Portion]:
        """Open the file anew. What could be read when it was profiled can be read now."""
        with naming(self.job.path), self.tree.open(self.job.path) as stream:
            table = self._table(reader_for(self.job)(stream, self.job).table)
            yield from table.portions

    def opened(self) -> Table:
        """What is known of the table before its rows."""
        with naming(self.job.path), self.tree.open(self.job.path) as stream:
            return self._table(reader_for(self.job)(stream, self.job).table)

    def _table(self, table: Table | None) -> Table:
        if table is None:
            raise Unreadable
        return table


def _opened(tree: Tree, job: TableJob, profile: TableProfile) -> tuple[Table, Iterable[Portion]]:
    """What is known of a table, and its rows: of a small text those that were read with it, which need not be read again."""
    rows = Rows(tree, job)
    if job.size_bytes > SMALL_BYTES or job.added or format_of(job.path, job.file.format).name not in ("CSV", "TSV"):
        return rows.opened(), rows
    with naming(job.path), tree.open(job.path) as stream:
        table = read_again(stream, job, profile.delimiter) or reader_for(job)(stream, job).table
        if table is None:
            raise Unreadable
        return table, tuple(table.portions)


def export_columns(profile: TableProfile, described: Mapping[str, ColumnRecord]) -> tuple[ExportColumn, ...]:
    """The columns of a file that are published, with their types as profiled."""
    return tuple(ExportColumn(name=name, type=kind, record=described.get(name, NO_RECORD))
                 for name, kind in profile.types.items())


def export_table(tree: Tree, job: TableJob, profile: TableProfile, about: About) -> ExportTable:
    """A file to be written in another format, without its sensitive columns."""
    table, rows = _opened(tree, job, profile)
    numbers = tuple(number for number, name in enumerate(table.header) if name not in profile.left_out)
    return ExportTable(columns=export_columns(profile, job.columns), about=about, rows=profile.rows,
                       portions=KeptPortions(rows, numbers) if profile.left_out else rows,
                       empty=table.empty | frozenset(job.file.empty))
