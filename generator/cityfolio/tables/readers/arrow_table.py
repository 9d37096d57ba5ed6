"""Tables that come as batches of Arrow: portions whose texts are made when they are asked for, and rows without lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from cityfolio.arrow_alone import pa
from cityfolio.frozen import Frozen, field
from cityfolio.tables.readers.arrow_cells import GEOMETRY, ArrowColumn, CellUnfit, TypeUnfit, arrow_column
from cityfolio.tables.table import Cell, Place, TableJob, Unreadable


class ArrowPortion(Frozen):
    """Rows of Arrow. A column becomes text once, when it is first asked for."""

    batch: pa.RecordBatch
    columns: tuple[ArrowColumn, ...]
    _made: dict[int, pa.StringArray] = field(default_factory=dict)

    @classmethod
    def of(cls, batch: pa.RecordBatch, columns: tuple[ArrowColumn, ...], first_row: int, job: TableJob) -> ArrowPortion:
        """A batch, once it is known that all its values can be text. Raises Unreadable."""
        portion = cls(batch, columns)
        for number, column in enumerate(columns):
            if column.may_fail:
                try:
                    portion.array(number)
                except CellUnfit as unfit:
                    row = first_row + unfit.row
                    name = batch.schema.names[number][:80]
                    raise job.refusal(Place(line=row + 1, column=number + 1), "table-shape",
                                      f"column `{name}`, row {row + 1:,}: {unfit.says}", unfit.fix) from None
        return portion

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.batch.num_rows

    def texts(self, column: int) -> Sequence[Cell]:
        """The cells of a column as Python's texts."""
        return self.array(column).to_pylist()

    def array(self, column: int) -> pa.StringArray:
        """The cells of a column as Arrow's texts."""
        if column not in self._made:
            self._made[column] = self.columns[column].texts(self.batch.column(column))
        return self._made[column]


class RowSource(Frozen):
    """A file without lines: the place of a cell is its row and column."""

    names: tuple[Place, ...]

    def header(self) -> tuple[Place, ...]:
        """Where the names stand: there are only their columns to tell."""
        return self.names

    def cells(self, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], Place]:
        """Where cells stand, each given as row and column, both counted from 0."""
        return {(row, column): Place(line=row + 1, column=column + 1) for row, column in wanted}


def header_places(width: int) -> tuple[Place, ...]:
    """The places of names in a file without lines."""
    return tuple(Place(line=1, column=number + 1) for number in range(width))


# Any: a schema's fields may be of any type.
def arrow_columns(schema: Any, shapes: Collection[str], job: TableJob) -> tuple[ArrowColumn, ...]:
    """How each column becomes text. Raises Unreadable where one cannot, with its name."""
    return tuple(_column(number, each, each.name in shapes, job) for number, each in enumerate(schema))


def _column(number: int, each: Any, is_shape: bool, job: TableJob) -> ArrowColumn:
    if is_shape and (pa.types.is_binary(each.type) or pa.types.is_large_binary(each.type)):
        return GEOMETRY
    try:
        return arrow_column(each.type)
    except TypeUnfit as unfit:
        raise _refusal(number, each.name, str(unfit), job) from None


def _refusal(number: int, name: str, says: str, job: TableJob) -> Unreadable:
    return job.refusal(Place(line=1, column=number + 1), "table-shape",
                       f"column `{name[:80]}` holds {says}, which cannot be shown in a table",
                       "Leave the column out, or write its values as text, numbers or dates.")
