"""Readers of data files, one module a format; `READERS` says which formats can be read, by the name readers know."""

from __future__ import annotations

from collections.abc import Mapping

from cityfolio.model.formats import format_of
from cityfolio.tables.readers.csv import read_csv
from cityfolio.tables.table import Reader, TableJob

READERS: Mapping[str, Reader] = {"CSV": read_csv, "TSV": read_csv}


def reader_of(name: str) -> Reader | None:
    """The reader of a file, by its name (`trees.csv`) or by its format (`CSV`); None when it cannot be read as a table yet."""
    return READERS.get(format_of("", name).name) or READERS.get(format_of(name).name)


def reader_for(job: TableJob) -> Reader:
    """The reader of a job's file: of the format that is declared, else of its name. Raises ValueError when there is none."""
    reader = reader_of(job.file.format or job.path)
    if reader is None:
        raise ValueError(f"{job.path} cannot be read as a table")
    return reader
