"""A reader of a plugin that does not do what it promised is a problem at the file, and what the disk refuses is none of its."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from cityfolio.model.records import ColumnRecord, FileRecord
from cityfolio.plugins import Reading, Table, TableJob, in_portions
from cityfolio.plugins.reading import GuardedReader
from cityfolio.problems import Problem
from cityfolio.tables.table import Unreadable

JOB = TableJob(path="datasets/trees/trees.zzz", size_bytes=1, file=FileRecord(path="trees.zzz", format="ZZZ"))
HIDING = TableJob(path=JOB.path, size_bytes=1, file=JOB.file, columns={"name": ColumnRecord(sensitive=True)})
NOWHERE: Any = SimpleNamespace()     # Any: nobody asks where cells stand


def a_table(header: Any = ("a",), portions: Any = ()) -> Reading:     # Any: what a plugin gives may be anything
    return Reading(table=Table(header=header, portions=portions, source=NOWHERE))


def fault_of(given: Any, job: TableJob = JOB) -> Problem:     # Any: as above
    def read(stream: object, job: TableJob) -> Any:     # Any: as above
        if isinstance(given, BaseException):
            raise given
        return given

    with pytest.raises(Unreadable) as raised:
        list(GuardedReader("transit", str(Path(__file__)), read)(BytesIO(), job).table.portions)  # type: ignore[union-attr]
    return raised.value.problems[0]


WRONG: dict[str, Any] = {     # Any: as above
    "gave an int in `readers`": 5,
    "gave a Reading in `readers` with an int where a Table is asked for": Reading(table=5),  # type: ignore[arg-type]
    "a header that is no tuple of names": a_table(header=(1,)),
    "a header that is no tuple of names, each once": a_table(header=("a", "a")),
    "with an int as the portions of its table": a_table(portions=5),
    "gave a list in `readers` among the portions": a_table(portions=[["1"]]),
    "failed in `readers`: ValueError: boom (test_readers_at_fault.py, line": ValueError("boom"),
    "failed in `readers`: FileNotFoundError": FileNotFoundError(errno.ENOENT, "none"),
    "failed in `readers`: GeneratorExit": GeneratorExit(),
}


@pytest.mark.parametrize("says", WRONG)
def test_a_reader_at_fault_is_told_at_the_file_with_the_plugins_name(says: str) -> None:
    found = fault_of(WRONG[says])

    assert (found.code, found.where.path, found.says.startswith('the plugin "transit" ')) == ("plugin-fault", JOB.path, True)
    assert says in found.says


def test_of_a_file_with_personal_data_what_a_reader_raised_is_not_shown() -> None:
    assert fault_of(ValueError("Ada"), HIDING).says == 'the plugin "transit" failed in `readers`: ValueError'


def test_what_the_disk_refuses_is_no_fault_of_a_reader() -> None:
    def read(stream: object, job: TableJob) -> Reading:
        raise OSError(errno.EIO, "Input/output error")

    with pytest.raises(OSError, match="Input/output"):
        GuardedReader("transit", "", read)(BytesIO(), JOB)


def test_a_table_in_portions_is_given_as_it_is() -> None:
    reading = GuardedReader("transit", "", lambda stream, job: a_table(portions=tuple(in_portions([["1"]], 1))))(BytesIO(), JOB)

    assert reading.table is not None
    assert [each.texts(0) for each in reading.table.portions] == [("1",)]
