"""The list of readers: a format is read by one, and another can be added."""

from __future__ import annotations

from io import BytesIO
from typing import BinaryIO

import pytest

from cityfolio.tables import readers
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers import READERS, is_table, later, reader_for, register
from cityfolio.tables.table import Reading, TableJob
from tables.making import a_job


def unread(stream: BinaryIO, job: TableJob) -> Reading:
    """A reader that finds no table."""
    return Reading(table=None)


def test_a_format_that_is_registered_can_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "READERS", dict(READERS))
    register("Punch cards", unread)

    assert is_table("Punch cards")
    assert reader_for(a_job("census-1890.pch", format="Punch cards")) is unread


def test_a_format_has_one_reader() -> None:
    with pytest.raises(ValueError, match="two readers of CSV"):
        register("CSV", unread)


def test_a_module_is_imported_when_its_reader_is_wanted() -> None:
    reader = later("cityfolio.tables.readers.no_such_module", "read")

    with pytest.raises(ModuleNotFoundError):
        reader(BytesIO(), a_job())


@pytest.mark.parametrize("name", list(READERS))
def test_what_is_of_no_format_is_a_problem_in_every_format(name: str) -> None:
    found = profile_table(BytesIO(b"\0"), a_job("x", format=name))

    assert found.profile is None
    assert found.problems
