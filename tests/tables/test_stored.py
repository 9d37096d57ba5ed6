"""Reports as JSON: what was put in comes out, and anything else is nothing."""

from __future__ import annotations

from dataclasses import replace

import orjson
import pytest
from hypothesis import given, strategies as st

from cityfolio.model.profile import TableReport
from cityfolio.model.records import ColumnRecord
from cityfolio.tables.stored import decoded, encoded
from tables.making import CELLS, as_csv, report

SOUND = report("id,when,name\n1,2024-01-01,oak\n2,2024-05-01,elm\n")


@given(st.lists(st.tuples(CELLS, st.integers().map(str), st.dates().map(str)), max_size=15),
       st.builds(ColumnRecord, sensitive=st.booleans(), type=st.sampled_from([None, "integer", "date"])))
def test_a_report_comes_back_as_it_was(lines: list[tuple[str, str, str]], record: ColumnRecord) -> None:
    before = report(as_csv([["a", "b", "c"], *lines]), {"a": record})

    assert decoded(encoded(before), "trees.csv") == before


def test_a_report_without_a_profile_comes_back() -> None:
    before = report("a,b\n1,2,3\n")

    assert decoded(encoded(before), "trees.csv") == before


def test_a_file_that_moved_has_its_problems_at_its_new_path() -> None:
    moved = decoded(encoded(report("a,b\n1,2,3\n")), "parks/trees.csv")

    assert moved is not None
    assert [problem.where.path for problem in moved.problems] == ["parks/trees.csv"]


def test_a_path_that_is_no_unicode_does_not_stop_a_report() -> None:
    (problem,) = report("a,b\n1,2,3\n").problems
    odd = replace(problem, where=replace(problem.where, path="\udcff.csv"))

    assert decoded(encoded(TableReport(profile=None, problems=(odd,))), "\udcff.csv") == TableReport(profile=None,
                                                                                                     problems=(odd,))


def changed(**keys: object) -> bytes:
    body = orjson.loads(encoded(SOUND))
    return orjson.dumps({**body, "profile": {**body["profile"], **keys}})


BAD = {
    "nothing": b"", "no JSON": b"{", "another shape": b"[]", "a number": b"1", "no profile": b'{"problems": []}',
    "a key too many": changed(colour="green"), "columns that are none": changed(columns=[1]),
    "a header that is none": changed(header=None),
    "a column with a key too many": changed(columns=[{"name": "a", "quartiles": None, "top": [], "bins": [], "size": 1}]),
    "no UTF-8": b"\xff",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_was_not_written_by_this_version_is_a_miss(body: bytes) -> None:
    assert decoded(body, "trees.csv") is None
