"""Reports as JSON: what was put in comes out, and anything else is nothing."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

import orjson
import pytest
from hypothesis import given, strategies as st

from cityfolio.model.profile import Kept, TableProfile, TableReport
from cityfolio.model.records import ColumnRecord
from cityfolio.tables import stored
from cityfolio.tables.stored import ProfileAside, decoded, encoded
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


def kept_profile() -> tuple[ProfileAside, TableProfile]:
    """A profile as it comes back, and as it was."""
    kept = decoded(encoded(SOUND), "trees.csv")
    assert kept is not None
    assert isinstance(kept.profile, ProfileAside)
    assert SOUND.profile is not None
    return kept.profile, SOUND.profile


def test_the_long_parts_of_a_profile_are_kept_small_until_they_are_asked_for() -> None:
    kept, whole = kept_profile()

    assert (type(kept.columns), type(kept.first_rows)) == (Kept, Kept)
    assert (kept.columns[0], kept.first_rows[:1], len(kept.columns)) == (whole.columns[0], whole.first_rows[:1], 3)
    assert (hash(kept), repr(kept)) == (hash(whole), repr(whole))


def test_what_is_asked_of_every_table_is_told_without_reading_its_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, whole = kept_profile()
    monkeypatch.delattr(stored, "_parts")

    assert kept.types == whole.types == {"id": "integer", "when": "date", "name": "string"}
    assert kept.filled == whole.filled == {"id": 2, "when": 2, "name": 2}
    assert kept.leading == whole.leading == {"name": ["elm", "oak"]}


def test_tables_of_one_kind_have_their_header_and_types_in_common() -> None:
    (one, _), (other, _) = kept_profile(), kept_profile()

    assert (one.header is other.header, one._types is other._types) == (True, True)


def test_a_profile_has_the_digest_of_what_lies_aside_until_something_in_it_is_replaced() -> None:
    kept, whole = kept_profile()
    other = replace(kept, rows=7)

    assert (kept.digest, other.digest) == (sha256(encoded(SOUND)).hexdigest(), "")
    assert (type(other), other) == (TableProfile, replace(whole, rows=7))


def test_a_profile_is_as_any_other_to_whoever_compares_it() -> None:
    (kept, whole), (again, _) = kept_profile(), kept_profile()

    assert (kept == whole, whole == kept, kept == again, kept == replace(whole, rows=7)) == (True, True, True, False)
    assert kept.header_location("trees.csv", "when") == whole.header_location("trees.csv", "when")


def test_a_profile_goes_to_another_process_and_back() -> None:
    kept = decoded(encoded(SOUND), "trees.csv")
    assert kept is not None
    assert kept.profile is not None

    assert pickle.loads(pickle.dumps(kept)) == SOUND
    assert pickle.loads(pickle.dumps(kept)).profile.digest == kept.profile.digest


def changed(profile: Mapping[str, object], **keys: object) -> bytes:
    head, _, rest = encoded(SOUND).partition(b"\n")
    body = orjson.loads(head)
    return orjson.dumps({**body, **keys, "profile": {**body["profile"], **profile}}) + b"\n" + rest


BAD = {
    "nothing": b"", "no JSON": b"{", "another shape": b"[]", "a number": b"1", "no profile": b'{"problems": []}',
    "a key too many": changed({"colour": "green"}), "columns that are none": changed({"types": 1}),
    "a header that is none": changed({"header": None}), "columns of other members": changed({}, form="name,size"),
    "no UTF-8": b"\xff",
}


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_was_not_written_by_this_version_is_a_miss(body: bytes) -> None:
    assert decoded(body, "trees.csv") is None
