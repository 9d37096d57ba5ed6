"""One of the two tables that are compared, opened as often as it has to be gone through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cityfolio.files import Tree
from cityfolio.frozen import Frozen
from cityfolio.tables.readers import reader_for
from cityfolio.tables.table import Table, TableJob, Unreadable


class Side(Frozen, kw_only=True):
    """One of two tables: a file of a tree, and how it is read."""

    tree: Tree
    job: TableJob
    rows: int = 0                 # how many there are, where that is known: told where equal files are not read

    @contextmanager
    def opened(self) -> Iterator[Table]:
        """The table, for as long as it is being read. Raises Unreadable."""
        with self.tree.open(self.job.path) as stream:
            reading = reader_for(self.job)(stream, self.job)
            if reading.table is None:
                raise Unreadable(*reading.problems)
            yield reading.table
