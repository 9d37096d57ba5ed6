"""What is said of a file beside its faults: cells that a spreadsheet would run, and shapes that are not valid."""

from __future__ import annotations

from collections.abc import Sequence

from cityfolio.model.profile import ShapesProfile
from cityfolio.problems import Problem
from cityfolio.tables.columns import TypedColumn
from cityfolio.tables.exports.formulas import formula_like, is_formula_like
from cityfolio.tables.shapes import InvalidShape, Shapes
from cityfolio.tables.table import Cell, Source, TableJob

WORDS = ("string", "any")     # types whose cells a spreadsheet takes as they come


def remarks(columns: Sequence[TypedColumn], source: Source, job: TableJob) -> tuple[Problem, ...]:
    """What is said of columns that are all at hand, given in the order of the file."""
    found = []
    for number, column in enumerate(columns):
        # Nearly always no text of a column begins as a formula does.
        if column.type in WORDS and any(map(is_formula_like, column.counts)):
            seen = formula_like(column.texts)
            assert seen.first is not None   # one was found
            found.append(formula_remark(column.name, seen.count, (seen.first, number), source, job))
    return tuple(found)


def formula_remark(name: str, count: int, first: tuple[int, int], source: Source, job: TableJob) -> Problem:
    """The advice about a column with cells that a spreadsheet would run; `first` is the row and column of one."""
    cells = "1 cell that begins" if count == 1 else f"{count:,} cells that begin"
    where = job.location(source.cells([first])[first])
    return Problem(code="cell-formula", where=where, says=f"column `{name}` holds {cells} as a formula does (first: row "
                   f"{first[0] + 1:,}), which a spreadsheet that opens the CSV would run",
                   fix="Write them otherwise if they are not meant so. Nothing is changed in what is published, and the XLSX "
                   "holds them as text.")


def shapes_of(texts: Sequence[Cell], empty: frozenset[Cell]) -> Shapes:
    """What can be said of a column of shapes that is all at hand."""
    shapes = Shapes(empty)
    shapes.add(texts)
    return shapes


def shape_remark(profile: ShapesProfile, invalid: InvalidShape | None, number: int, source: Source,
                 job: TableJob) -> tuple[Problem, ...]:
    """The warning about shapes that are not valid, in a column given by its number."""
    if invalid is None:
        return ()
    shapes = "1 shape is" if profile.invalid == 1 else f"{profile.invalid:,} shapes are"
    where = job.location(source.cells([(invalid.row, number)])[invalid.row, number])
    return (Problem(code="geometry-invalid", where=where,
                    says=f"{shapes} not valid ({'row' if profile.invalid == 1 else 'first: row'} {invalid.row + 1:,}: "
                    f"{invalid.reason})", fix="Mend them where the file is made: many programs for maps do it by themselves."),)
