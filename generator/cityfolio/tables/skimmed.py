"""Tables of which only the first rows are read, because the settings say so and nothing is made of the others.

What is said of such a table holds of all of it: where its first rows have a fault, or look as if they told of persons, it is
read whole, as every other is.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from cityfolio.load.columns_aside import has_any
from cityfolio.load.loaded import Loaded
from cityfolio.model.formats import format_of
from cityfolio.model.profile import ColumnProfile, TableReport
from cityfolio.model.records import FIRST_ROWS
from cityfolio.tables.columns import UNDESCRIBED, typed_column
from cityfolio.tables.constraints import problems as faults_of
from cityfolio.tables.outline import Measures, outline
from cityfolio.tables.personal import Search, found_whole
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import reader_for
from cityfolio.tables.relations import Relations
from cityfolio.tables.table import TableJob, Unreadable

MOST_ROWS = 10                    # shown of a table
MOST_BYTES = 64 << 10             # in which these have to end
DELIMITED = ("CSV", "TSV")        # formats of which a part can be read
NUL, QUOTE, LINE_END = b"\0", b'"', b"\n"


class Skimming:
    """Which tables of a catalog are read by their first rows alone."""

    def __init__(self, loaded: Loaded) -> None:
        self.site = loaded.site.record if loaded.site else None
        self.used = frozenset(_datasets_used(loaded)) if self.is_asked else frozenset()
        self.loaded = loaded

    @property
    def is_asked(self) -> bool:
        """Whether the settings say so."""
        return self.site is not None and self.site.tables == FIRST_ROWS

    def covers(self, dataset: str, job: TableJob) -> bool:
        """Whether a table is one of them: nothing is asked of its rows, no column is hidden, no file is made of it."""
        if not self.is_asked or self.site is None or dataset in self.used:
            return False
        record, columns = self.loaded.datasets[dataset].record, job.columns
        formats = job.file.exports or self.site.exports
        return (format_of(job.path, job.file.format).name in DELIMITED and job.added is None
                and not (record.questions or record.charts or job.anonymity or set(formats) - {"none"})
                and not has_any(columns, "sensitive", "foreign_key"))


def _datasets_used(loaded: Loaded) -> Iterator[str]:
    """The datasets whose rows others read: measures and foreign keys."""
    for measure in loaded.measures.values():
        compute = measure.record.compute
        if compute is not None:
            population = compute.rate.population if compute.rate else None
            yield from filter(None, (compute.dataset, population.dataset if population else None))
    for each in loaded.datasets.values():
        dictionaries = (each.record.columns, *(file.columns for file in each.record.files))
        yield from (key.dataset for columns in dictionaries if has_any(columns, "foreign_key") for column in columns.values()
                    if (key := column.foreign_key) is not None and key.dataset)


def skim(stream: BinaryIO, job: TableJob) -> TableReport:
    """Report the first rows of a file, of which no figure is told; of a file in which something is wrong, all that is in it.

    Its mistakes are problems in the report; none is raised.
    """
    body = stream.read(MOST_BYTES)
    part = beginning(body, job.file.header_row + MOST_ROWS)
    report = _first_rows(part, job) if part else None
    if report is not None:
        return report
    stream.seek(0)
    return profile_table(stream, job)


def beginning(body: bytes, lines: int) -> bytes | None:
    """The first lines of delimited text, up to where a record ends; None where that cannot be told."""
    if NUL in body:
        return None               # UTF-16, or no text at all
    end = -1
    for _ in range(lines):
        end = body.find(LINE_END, end + 1)
        if end < 0:
            return None
    while body.count(QUOTE, 0, end) % 2:
        end = body.find(LINE_END, end + 1)
        if end < 0:
            return None
    return body[:end + 1]


def _first_rows(body: bytes, job: TableJob) -> TableReport | None:
    """What a beginning holds; None where there is anything to be said of it."""
    try:
        reading = reader_for(job)(BytesIO(body), job)
        table = reading.table
        if table is None or reading.problems or any(column.type == "geometry" for column in job.columns.values()):
            return None
        (portion,) = table.portions
    except Unreadable:
        return None
    empty = table.empty | frozenset(job.file.empty)
    typed = [typed_column(name, portion.texts(at), job.columns.get(name, UNDESCRIBED), empty)
             for at, name in enumerate(table.header)]
    search = Search.of(table.header, range(len(table.header)), empty, job)
    if table.notes or faults_of(typed, table.source, job) or found_whole(search, typed):
        return None
    columns = tuple(ColumnProfile(name=each.name, type=each.type, shape="empty", rows=0, filled=0, distinct=0)
                    for each in typed)
    rows = tuple(zip(*(column.texts[:MOST_ROWS] for column in typed), strict=True))
    return TableReport(profile=outline(table, job, Measures(rows=0, columns=columns, first_rows=rows, relations=Relations())))
