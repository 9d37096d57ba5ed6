"""The rows of two tables compared, of any size and any format that can be read.

    diff = compare_tables(Side(tree=old, job=old_job), Side(tree=new, job=new_job), new_job.file.primary_key, Asked(samples=5))

`tree` is where the file of a `TableJob` is opened, as often as is needed: that of the folder, or of a commit. A key names
columns as they are called in the newer table, or were called in the older one. Raises Unreadable, which carries the problems,
where one of the two cannot be read as a table.

The order of rows and of columns is no change. A row is changed where columns differ that both tables have; columns that one of
them lacks are told once, not in each row. Cells are compared as they are written, and no value is no value in every format.
Changes in columns that either table calls sensitive are counted, and what stands there is not told: samples lack such cells,
and in a key they are "". Where a cell had no value and now has an empty text, which JSON tells apart, that is told as two
quotation marks.
"""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.frozen import Frozen
from cityfolio.model.review import RowsDiff
from cityfolio.tables.row_diff.opened import Side
from cityfolio.tables.row_diff.pairing import Pairing, paired, paired_by_name
from cityfolio.tables.row_diff.plain import Row, plain_tables
from cityfolio.tables.row_diff.told import Fetch, Found, Telling, hidden_names, lines_of, told
from cityfolio.tables.table import Table

__all__ = ["Asked", "Side", "compare_tables"]   # a side is part of what callers write

PLAIN_CELLS = 2_000_000       # which take about 300 MiB


class Asked(Frozen, kw_only=True):
    """What is asked of a comparison."""

    samples: int = 5              # of added, removed and changed rows each
    plain_cells: int = PLAIN_CELLS   # of both tables, up to which they are held in memory; a long text counts for several


DEFAULT = Asked()


def compare_tables(before: Side, after: Side, key: tuple[str, ...] = (), asked: Asked = DEFAULT) -> RowsDiff:
    """Compare two tables by key, or by content where there is no key, one of its columns is gone, or rows share a key."""
    if before.job.sha256 and before.job.identity == after.job.identity:
        return RowsDiff(by="key" if key else "content", before=before.rows, after=after.rows or before.rows)
    found = _compared_plain(before, after, key, asked)
    if isinstance(found, RowsDiff):
        return found
    # Imported here because numpy and Arrow take longer than most tables do.
    from cityfolio.tables.row_diff.large import compared_large

    return compared_large(before, after, found, key, asked.samples)


def _compared_plain(before: Side, after: Side, key: tuple[str, ...], asked: Asked) -> RowsDiff | Pairing:
    """What differs; of tables too large to be held in memory only which columns have one name."""
    with before.opened() as one, after.opened() as other:
        named = paired_by_name(one.header, other.header)
        tables = plain_tables(one, other, asked.plain_cells)
        if tables is None:
            return named
        pairing = paired(named, lambda pairing: tables.evidence(pairing, key))
        counted = tables.counted(pairing, key, asked.samples)
        telling = Telling(pairing=pairing, key=pairing.keys(key) if counted.by == "key" else (),
                          hidden=hidden_names(before.job, after.job))
        return told(counted, telling, _held(one, tables.before), _held(other, tables.after))


def _held(table: Table, rows: Sequence[Row]) -> Fetch:
    return lambda numbers: Found({number: rows[number] for number in numbers}, lines_of(table.source, numbers))
