"""What is remembered of a file is asked for by its bytes and how they are read, and not by where it lies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cityfolio.tables.table import Place, TableJob
from tables.making import SENSITIVE, a_job

JOB = replace(a_job("datasets/trees/trees.csv"), sha256="0" * 64)


def test_a_file_that_was_moved_is_the_same() -> None:
    assert replace(JOB, path="datasets/oaks/oaks.csv").identity == JOB.identity
    assert replace(JOB, path="datasets/trees/TREES.CSV").identity == JOB.identity


@pytest.mark.parametrize("other", [
    replace(JOB, sha256="1" * 64), replace(JOB, path="trees.tsv"), replace(JOB, path="trees.csv.gz"),
    *(replace(JOB, file=replace(JOB.file, **{key: value})) for key, value in {
        "encoding": "cp1252", "delimiter": ";", "empty": ("NA",), "sheet": "A", "header_row": 2, "format": "TSV"}.items()),
], ids=["bytes", "ending", "packed", "encoding", "delimiter", "empty", "sheet", "header row", "format"])
def test_a_file_that_is_read_in_another_way_is_another(other: TableJob) -> None:
    assert other.identity != JOB.identity


@pytest.mark.parametrize(("one", "other"), [
    ("trees.json.gz", "trees.jsonl.gz"), ("trees.csv.gz", "trees.tsv.gz"), ("trees.shp.zip", "trees.zip"),
])
def test_the_ending_before_the_last_tells_files_apart_too(one: str, other: str) -> None:
    assert replace(JOB, path=one).identity != replace(JOB, path=other).identity


def test_a_line_is_shown_where_nothing_is_personal() -> None:
    place = Place(line=2, column=1, excerpt="oak,Jane")

    assert JOB.location(place).excerpt == "oak,Jane"
    assert replace(JOB, columns={"owner": SENSITIVE}).location(place).excerpt is None


def test_a_name_may_be_shown_that_the_dictionary_has() -> None:
    hiding = replace(JOB, columns={"owner": SENSITIVE})

    assert (JOB.may_show("Jane"), hiding.may_show("owner"), hiding.may_show("Jane")) == (True, True, False)
