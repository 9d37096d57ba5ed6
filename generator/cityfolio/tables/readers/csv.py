"""Delimited text, strictly: every field as it stands, or a problem that says where the file is not what it seems.

Fields are never trimmed, never typed. A file of ordinary size is read whole; a larger one goes through `csv_large`, by the same
rules, which are in `csv_rules`.
"""

from __future__ import annotations

from typing import BinaryIO

from cityfolio.files import sha256
from cityfolio.problems import Problem
from cityfolio.tables.readers.csv_notes import NEAR, empty_note, footnote, footnote_note, repeated_header
from cityfolio.tables.readers.csv_rules import NO_VALUE, Head, Rows, read_head, read_rows, refuse_ragged, text_from
from cityfolio.tables.readers.encoding import decoded
from cityfolio.tables.readers.lines import DelimitedText
from cityfolio.tables.table import Reading, Table, TableJob, Unreadable, by_column

SMALL_BYTES = 16 << 20        # a table in memory takes about ten times the size of its file
SMALL_LINES = 500_000         # and more where its rows hold little
SMALL_FIELDS = 2_000_000


def read_csv(stream: BinaryIO, job: TableJob) -> Reading:
    """Open a file of any size. What is wrong with it comes back as problems."""
    body = stream.read(SMALL_BYTES + 1)
    if len(body) > SMALL_BYTES or _lines(body) > SMALL_LINES or _fields(body) > SMALL_FIELDS:
        # numpy and Arrow take longer to import than most files take to read.
        from cityfolio.tables.readers.csv_large import read_large_csv

        stream.seek(0)
        return read_large_csv(stream, job)
    result = decoded(body, job)
    if result.text is None:
        return Reading(table=None, problems=result.problems)
    try:
        head = read_head(result.text, job)
        rows = read_rows(head.source.text, head.source.delimiter)[1:]
        refuse_ragged(rows, len(head.header), head.source, job)
        notes = _notes(rows, head, job)
    except Unreadable as refusal:
        return Reading(table=None, problems=(*result.problems, *refusal.problems))
    width = len(head.header)
    table = Table(header=head.header, portions=(by_column(rows, width),), source=head.source, empty=NO_VALUE,
                  kinds=(None,) * width, encoding=result.encoding, delimiter=head.source.delimiter)
    return Reading(table=table, problems=(*result.problems, *head.problems, *notes))


def read_again(stream: BinaryIO, job: TableJob, delimiter: str) -> Table | None:
    """Open a small file that was sound when it was read; None, with the stream at its start, where its bytes are others now."""
    body = stream.read(SMALL_LINES)      # bytes, which are not fewer than lines and fields
    result = decoded(body, job) if len(body) < SMALL_LINES and sha256(body) == job.sha256 else None
    if result is None or result.text is None or not delimiter:
        stream.seek(0)
        return None
    source = DelimitedText(text_from(result.text, job.file.header_row), delimiter, job.file.header_row - 1)
    header, *rows = read_rows(source.text, delimiter)
    return Table(header=tuple(header), portions=(by_column(rows, len(header)),), source=source, empty=NO_VALUE,
                 kinds=(None,) * len(header), encoding=result.encoding, delimiter=delimiter)


def _lines(body: bytes) -> int:
    """How many lines a file has, or more."""
    return body.count(b"\n") + body.count(b"\r") if len(body) > SMALL_LINES else 0


def _fields(body: bytes) -> int:
    """How many fields a file has, or more."""
    return sum(map(body.count, (b",", b";", b"\t", b"|", b"\n"))) if len(body) > SMALL_FIELDS else 0


def _notes(rows: Rows, head: Head, job: TableJob) -> tuple[Problem, ...]:
    """Warnings of rows that hold nothing, or look like a note. Raises Unreadable where one names the columns again."""
    width, header = len(head.header), list(head.header)
    if width == 1:
        return ()
    marked = ["\ufeff" + header[0], *header[1:]]   # as where one file was put behind another
    if header in rows or marked in rows:
        row = rows.index(header if header in rows else marked)
        raise repeated_header(head.source.cells([(row, 0)])[row, 0], row + 1, job)
    nothing = [""] * width
    notes = []
    if nothing in rows:
        row = rows.index(nothing)
        notes.append(empty_note(head.source.cells([(row, 0)])[row, 0], row + 1, rows.count(nothing), job))
    last = len(rows) - 1
    if last > 0 and footnote(header, rows[-NEAR:-1], rows[-1]):
        notes.append(footnote_note(head.source.cells([(last, 0)])[last, 0], last + 1, job))
    return tuple(notes)
