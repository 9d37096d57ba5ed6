"""Values that have to occur in another dataset's column are looked up there, whatever the formats and sizes of the files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from cityfolio.cache import Cache, Keep, NoCache
from cityfolio.files import MemoryTree, sha256
from cityfolio.model.records import ColumnRecord, FileRecord, ForeignKey
from cityfolio.problems import Problem
from cityfolio.tables import foreign, workers
from cityfolio.tables.aside import Ended
from cityfolio.tables.foreign import Known, Reference, foreign_problems
from cityfolio.tables.limits import LIMITS
from cityfolio.tables.table import Place, TableJob
from tables.making import SENSITIVE

DISTRICTS = "district,name\n1,North\n2,South\n3,East\n"
PERMITS = "id,district\na,1\nb,2\nc,1\n"
KEY = ColumnRecord(foreign_key=ForeignKey(dataset="districts", column="district"))


def a_file(path: str, body: str | bytes, columns: Mapping[str, ColumnRecord], **entry: object) -> TableJob:
    """A job for a file of which everything is known."""
    whole = body.encode() if isinstance(body, str) else body
    return TableJob(path=path, size_bytes=len(whole), sha256=sha256(whole), columns=columns,
                    file=FileRecord(path=path, **entry))  # type: ignore[arg-type]


def found(permits: str | bytes = PERMITS, districts: str | bytes = DISTRICTS, *, cache: Keep | None = None,
          record: ColumnRecord = KEY, target: Mapping[str, ColumnRecord] | None = None,
          paths: tuple[str, str] = ("permits.csv", "districts.csv"), **entry: object) -> tuple[Problem, ...]:
    """What is said of permits whose districts have to be among the districts."""
    source = a_file(paths[0], permits, {"district": record}, **entry)
    to = a_file(paths[1], districts, target or {}, **entry)
    tree = MemoryTree({paths[0]: permits, paths[1]: districts})
    reference = Reference(job=source, column="district", dataset="districts", target="district", targets=(to,))
    return foreign_problems([reference], tree, cache or NoCache(), 1)


def said(problems: tuple[Problem, ...]) -> list[str]:
    """The words of problems."""
    return [each.says for each in problems]


def test_values_that_all_occur_there_are_sound() -> None:
    assert found() == ()


def test_a_value_that_does_not_occur_there_is_named_with_its_row() -> None:
    (problem,) = found(PERMITS + "d,9\n")

    assert problem.says == ("column `district` holds 1 value that does not occur in `district` of the dataset districts "
                            "(row 4, `9`)")
    assert (problem.code, problem.where.line, problem.where.column, problem.where.excerpt) == ("cell-foreign-key", 5, 3, "d,9")


def test_of_many_such_values_the_first_rows_are_named_and_all_are_counted() -> None:
    assert said(found("id,district\na,9\nb,1\nc,8\n" + "d,9\n" * 50))[0] == (
        "column `district` holds 52 values that do not occur in `district` of the dataset districts "
        "(first: row 1, `9`; then rows 3, 4)")


def test_of_two_such_values_the_second_row_is_named_alone() -> None:
    assert said(found("id,district\na,9\nb,8\n"))[0].endswith("(first: row 1, `9`; then row 2)")


def test_the_value_that_was_probably_meant_is_offered() -> None:
    (problem,) = found("id,district\na,Northh\n", "district\nNorth\nSouth\n")

    assert problem.fix == ('Did you mean "North"? Correct them, add what is missing there, or take `foreign_key:` away.')


def test_where_nothing_is_near_nothing_is_offered() -> None:
    assert found("id,district\na,zzz\n")[0].fix == "Correct them, add what is missing there, or take `foreign_key:` away."


def test_a_cell_without_a_value_points_to_nothing() -> None:
    assert found("id,district\na,\nb,NA\n", empty=("NA",)) == ()


def test_a_word_that_stands_for_no_value_there_is_no_value_to_point_to() -> None:
    districts = a_file("districts.csv", "district\n-\n", {}, empty=("-",))
    permits = a_file("permits.csv", "district\n-\n", {"district": KEY})
    tree = MemoryTree({"districts.csv": "district\n-\n", "permits.csv": "district\n-\n"})
    reference = Reference(job=permits, column="district", dataset="districts", target="district", targets=(districts,))

    assert len(foreign_problems([reference], tree, NoCache(), 1)) == 1


def test_values_are_compared_as_they_are_written() -> None:
    assert said(found("id,district\na,01\n"))[0].endswith("(row 1, `01`)")


def test_a_value_may_occur_in_any_file_of_the_dataset() -> None:
    tree = MemoryTree({"permits.csv": PERMITS, "one.csv": "district\n1\n", "two.csv": "district\n2\n"})
    targets = (a_file("one.csv", "district\n1\n", {}), a_file("two.csv", "district\n2\n", {}))
    permits = a_file("permits.csv", PERMITS, {"district": KEY})
    reference = Reference(job=permits, column="district", dataset="districts", target="district", targets=targets)

    assert foreign_problems([reference], tree, NoCache(), 1) == ()
    assert len(foreign_problems([replace(reference, targets=targets[:1])], tree, NoCache(), 1)) == 1


def test_files_of_other_formats_are_compared_in_a_process_of_their_own() -> None:
    permits = json.dumps([{"id": "a", "district": "1"}, {"id": "b", "district": "9"}])

    assert said(found(permits, paths=("permits.json", "districts.csv")))[0].endswith("(row 2, `9`)")


def test_the_riskiest_file_decides_where_the_work_is_done() -> None:
    large = replace(a_file("permits.CSV", PERMITS, {}), size_bytes=10**9)
    book = a_file("districts.xlsx", b"", {})

    assert foreign._weightiest(Reference(job=large, column="", dataset="", target="", targets=(book,))) is book


def test_work_that_met_a_limit_is_told_and_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "aside", out_of_time)
    paths = ("permits.json", "districts.csv")
    kept = Cache(tmp_path)

    assert [each.code for each in found("[]", paths=paths, cache=kept)] == ["table-limit"]
    assert list(tmp_path.glob("??/*")) == []


def out_of_time(work: object, job: TableJob) -> bytes:
    """What becomes of work that takes too long."""
    raise Ended(job.refusal(Place(line=1, column=1), "table-limit", "too long", "").problems[0])


def test_what_was_found_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = found(PERMITS + "d,9\n", cache=Cache(tmp_path))
    monkeypatch.setattr(foreign, "_checked", lambda *_: pytest.fail("it was looked at again"))

    assert found(PERMITS + "d,9\n", cache=Cache(tmp_path)) == first


@pytest.mark.parametrize("changed", [
    {"permits": PERMITS + "d,9\ne,7\n"}, {"districts": DISTRICTS + "9,West\n"}, {"empty": ("9",)}, {"record": replace(
        KEY, sensitive=True)},
], ids=["the file", "the target", "what stands for no value", "what may be shown"])
def test_what_it_depends_on_makes_it_anew(tmp_path: Path, changed: dict[str, object]) -> None:
    cache = Cache(tmp_path)
    before = found(PERMITS + "d,9\n", cache=cache)

    assert found(**{"permits": PERMITS + "d,9\n", "cache": cache, **changed}) != before  # type: ignore[arg-type]


def test_a_sensitive_value_is_not_shown_and_neither_is_what_is_near() -> None:
    (problem,) = found("id,district\na,Northh\n", "district\nNorth\n", record=replace(KEY, sensitive=True))

    assert problem.says.endswith("(row 1)")
    assert problem.where.excerpt is None
    assert problem.fix == "Correct them, add what is missing there, or take `foreign_key:` away."


def test_a_sensitive_value_of_the_target_is_not_offered() -> None:
    (problem,) = found("id,district\na,Jane Do\n", "district\nJane Doe\n", target={"district": SENSITIVE})

    assert "Jane Doe" not in problem.fix
    assert "Jane Doe" in found("id,district\na,Jane Do\n", "district\nJane Doe\n")[0].fix


def test_a_place_that_is_sensitive_now_is_not_shown_from_what_was_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    found(PERMITS + "d,9\n", cache=cache)
    (problem,) = found(PERMITS + "d,9\n", cache=cache, record=replace(KEY, sensitive=True))

    assert (problem.where.line, problem.where.excerpt) == (5, None)


@given(st.sets(st.text(max_size=3)), st.sets(st.text(max_size=3)), st.integers(0, 5))
def test_very_many_values_are_known_as_few_are(known: set[str], asked: set[str], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(foreign, "MOST_TEXTS", most)
        all_known = Known()
        for text in sorted(known):
            all_known.add([text])

        assert all_known.unknown(asked) == asked - known


def test_a_key_over_several_portions_is_counted_from_the_top(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv.SMALL_BYTES", -1)
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 8)

    assert said(found("id,district\n" + "a,1\n" * 40 + "b,9\n" + "a,1\n" * 40))[0].endswith("(row 41, `9`)")


def test_the_limits_of_a_job_do_not_change_what_is_said() -> None:
    job = a_file("permits.csv", PERMITS, {"district": KEY})
    reference = Reference(job=job, column="district", dataset="districts", target="district", targets=())

    assert foreign._key(reference) == foreign._key(replace(reference, job=replace(job, limits=replace(LIMITS, seconds=1))))


def test_a_sensitive_value_is_not_kept_in_the_cache(tmp_path: Path) -> None:
    found("id,district\na,Quillfeather\n", record=replace(KEY, sensitive=True), cache=Cache(tmp_path))
    found("id,district\na,Quillfeather\n", "district\nQuillfeathers\n", target={"district": SENSITIVE}, cache=Cache(tmp_path))

    assert [path for path in tmp_path.glob("??/*") if b"Quillfeathers" in path.read_bytes()] == []
    assert len([path for path in tmp_path.glob("??/*") if b"Quillfeather" in path.read_bytes()]) == 1
