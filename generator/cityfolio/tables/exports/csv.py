"""A UTF-8 copy of a table without its sensitive columns; every other cell is the text that stands in the source."""

from __future__ import annotations

import csv
from collections.abc import Collection
from io import StringIO
from typing import BinaryIO

from cityfolio.model.records import FileRecord
from cityfolio.tables.readers import reader_for, reader_of
from cityfolio.tables.table import TableJob


def is_table(name: str) -> bool:
    """Whether a file can be read as a table now, by its name (`trees.csv`) or by its format (`CSV`)."""
    return reader_of(name) is not None


def without_columns(stream: BinaryIO, file: FileRecord, left_out: Collection[str]) -> bytes:
    """Copy a file without some columns, with the delimiter of the source and the line ends of RFC 4180.

    Raises ValueError for a file that cannot be read: a caller has profiled it, and it had no error.
    """
    path = file.path or file.sample or ""
    job = TableJob(path=path, size_bytes=0, file=file)
    reading = reader_for(job)(stream, job)
    table = reading.table
    if table is None:
        raise ValueError(f"{path}: {'; '.join(problem.says for problem in reading.problems)}")
    kept = [number for number, name in enumerate(table.header) if name not in left_out]
    if not kept:
        return b""
    text = StringIO()
    # With these line ends the writer also quotes fields that hold a CR or LF alone.
    writer = csv.writer(text, delimiter=table.delimiter, lineterminator="\r\n")
    writer.writerow([table.header[number] for number in kept])
    writer.writerows(zip(*(table.columns[number] for number in kept), strict=True))
    copy = text.getvalue()
    # A text that itself begins with a byte order mark would lose it to the next reader.
    return f"\ufeff{copy}".encode() if copy.startswith("\ufeff") else copy.encode()
