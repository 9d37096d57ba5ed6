"""Tables for tests: files as text or bytes, read with everything else filled in, and strategies that make them."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from hypothesis import assume, strategies as st

from cityfolio.model.profile import ColumnProfile, TableReport
from cityfolio.model.records import ColumnRecord, FileRecord
from cityfolio.problems import Problem
from cityfolio.tables.columns import TypedColumn, typed_column
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import reader_for
from cityfolio.tables.stored import encoded
from cityfolio.tables.summary import column_profile
from cityfolio.tables.table import Cell, Reading, Table, TableJob

NO_COLUMNS: Mapping[str, ColumnRecord] = {}
SENSITIVE = ColumnRecord(sensitive=True)


def a_job(path: str = "trees.csv", columns: Mapping[str, ColumnRecord] = NO_COLUMNS, **file: object) -> TableJob:
    """A job for a file of unknown size. Other arguments are keys of the file's entry."""
    return TableJob(path=path, size_bytes=0, file=FileRecord(path=path, **file), columns=columns)  # type: ignore[arg-type]


def in_bytes(body: str | bytes) -> bytes:
    """Text as UTF-8."""
    return body.encode() if isinstance(body, str) else body


def reading(body: str | bytes, path: str = "trees.csv", **file: object) -> Reading:
    """What the reader makes of a file."""
    job = a_job(path, **file)
    return reader_for(job)(BytesIO(in_bytes(body)), job)


def table(body: str | bytes, **file: object) -> Table:
    """A file that can be read."""
    found = reading(body, **file).table
    assert found is not None
    return found


def rows(body: str | bytes, **file: object) -> list[tuple[Cell, ...]]:
    """The header and the rows of a file that can be read."""
    found = table(body, **file)
    return [found.header, *rows_of(found)]


def rows_of(found: Table) -> list[tuple[Cell, ...]]:
    """Every row of a table, in its order."""
    columns = range(len(found.header))
    return [row for portion in found.portions for row in zip(*map(portion.texts, columns), strict=True)]


def report(body: str | bytes, columns: Mapping[str, ColumnRecord] = NO_COLUMNS, **file: object) -> TableReport:
    """What is reported of a file."""
    return profile_table(BytesIO(in_bytes(body)), a_job(columns=columns, **file))


def all_that_is_kept(found: TableReport) -> bytes:
    """A report as it is written, with what stands there compressed."""
    head, _, rest = encoded(found).partition(b"\n")
    return head + zlib.decompress(rest) if rest else head


def problems(body: str | bytes, columns: Mapping[str, ColumnRecord] = NO_COLUMNS, **file: object) -> list[tuple[object, ...]]:
    """Code, line, column and width of each problem of a file, in the order of the report."""
    return [placed(each) for each in report(body, columns, **file).problems]


def placed(problem: Problem) -> tuple[object, ...]:
    """What and where a problem is."""
    return problem.code, problem.where.line, problem.where.column, problem.where.width


def a_column(texts: Sequence[str], empty: Sequence[str] = (), **record: object) -> TypedColumn:
    """A column of these texts. Other arguments are keys of its entry in the dictionary."""
    return typed_column("height", texts, ColumnRecord(**record), frozenset(("", *empty)))  # type: ignore[arg-type]


def a_profile(texts: Sequence[str], empty: Sequence[str] = (), **record: object) -> ColumnProfile:
    """The profile of a column of these texts."""
    return column_profile(a_column(texts, empty, **record))


def as_csv(lines: Sequence[Sequence[str]], end: str = "\r\n", delimiter: str = ",") -> str:
    """Rows as text, with every field in quotation marks."""
    text = StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end).writerows(lines)
    return text.getvalue()


# Any text that UTF-8 can hold, and often what is special in a delimited file.
CELLS = st.text(st.one_of(st.sampled_from(",;\t|\"\r\n '\u2028\ufeff\x1a"),
                          st.characters(exclude_characters="\0", codec="utf-8")),
                max_size=12)
NAMES = CELLS.filter(lambda text: bool(text.strip()))


@st.composite
def tables(draw: st.DrawFn, max_columns: int = 4, max_rows: int = 6) -> list[list[str]]:
    """A header with names of its own and rows as wide as it."""
    header = draw(st.lists(NAMES, min_size=1, max_size=max_columns, unique=True))
    assume(not all(name.startswith("'") for name in header))   # names that all stand in apostrophes are refused
    row = st.lists(CELLS, min_size=len(header), max_size=len(header))
    return [header, *draw(st.lists(row, max_size=max_rows))]
