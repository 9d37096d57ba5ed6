"""Many files: the same reports from the cache, from one process and from several."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

import pytest

from cityfolio.cache import Cache, NoCache
from cityfolio.files import FolderTree, MemoryTree, Node, sha256
from cityfolio.model.records import ColumnRecord, ForeignKey
from cityfolio.problems import Location, Problem
from cityfolio.tables import aside, profiles, workers as workers_of
from cityfolio.tables.limits import Limits
from cityfolio.tables.profiles import CHECKED, WORDS, cache_key, profile_all
from cityfolio.tables.stored import encoded
from cityfolio.tables.table import TableJob
from cityfolio.tables.workers import Task
from tables.making import a_job, placed, report

FILES = {"a.csv": "x,y\n1,2\n", "b.csv": "x\nz\n", "c.csv": "x,y\n1\n", "d.tsv": "x\ty\n1\t2\n"}
TREE = MemoryTree(FILES)
JOBS = [a_job(path) for path in FILES]


@dataclass
class Shelf:
    """A cache that counts what it is asked for."""

    kept: dict[str, bytes] = field(default_factory=dict)
    hits: int = 0

    def get(self, key: str) -> bytes | None:
        self.hits += key in self.kept
        return self.kept.get(key)

    def put(self, key: str, body: bytes) -> str:
        self.kept[key] = body
        return ""

    def get_file(self, key: str, sha256: str, target: Path) -> bool:
        raise AssertionError("a report is no file")

    def has_file(self, key: str) -> bool:
        raise AssertionError("a report is no file")

    def put_file(self, key: str, path: Path) -> str:
        raise AssertionError("a report is no file")


@dataclass(frozen=True)
class Refusing:
    """A tree whose files are locked."""

    def nodes(self) -> tuple[Node, ...]:
        return ()

    def read(self, path: str) -> bytes:
        raise PermissionError(13, "Permission denied")

    def open(self, path: str) -> BinaryIO:
        raise PermissionError(13, "Permission denied")


def test_every_file_has_its_report_in_the_order_of_the_jobs() -> None:
    found = profile_all(JOBS[::-1], TREE, NoCache(), workers=1)

    assert found == [report(body, path=path) for path, body in reversed(FILES.items())]


def test_a_second_run_takes_every_report_from_the_cache() -> None:
    shelf = Shelf()
    first = profile_all(JOBS, TREE, shelf, workers=1)

    assert (profile_all(JOBS, TREE, shelf, workers=1), shelf.hits) == (first, len(JOBS))


def test_a_cached_file_is_not_read_when_its_digest_is_known() -> None:
    shelf, job = Shelf(), replace(JOBS[0], sha256=sha256(FILES["a.csv"].encode()))
    first = profile_all([job], TREE, shelf, workers=1)

    assert profile_all([job], Refusing(), shelf, workers=1) == first


def test_the_real_cache_keeps_reports(tmp_path: Path) -> None:
    first = profile_all(JOBS, TREE, Cache(tmp_path), workers=1)

    assert profile_all(JOBS, TREE, Cache(tmp_path), workers=1) == first


def test_what_the_cache_holds_of_another_version_is_made_anew() -> None:
    shelf = Shelf(dict.fromkeys([cache_key(job, TREE) for job in JOBS], b"{}"))

    assert profile_all(JOBS, TREE, shelf, workers=1) == profile_all(JOBS, TREE, NoCache(), workers=1)


MANY = {f"datasets/{at}/rows.csv": f"x,y\n{at},2\n" for at in range(200)}
MANY_JOBS = [a_job(path) for path in MANY]


def test_reports_of_many_files_are_kept_together() -> None:
    shelf = Shelf()
    first = profile_all(MANY_JOBS, MemoryTree(MANY), shelf, workers=1)
    entries = len(shelf.kept)

    assert profile_all(MANY_JOBS, MemoryTree(MANY), shelf, workers=1) == first
    assert (shelf.hits, entries < 20) == (entries, True)


def test_where_nothing_is_kept_no_key_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = profile_all(MANY_JOBS, MemoryTree(MANY), Shelf(), workers=1)
    monkeypatch.delattr(profiles, "cache_key")

    assert profile_all(MANY_JOBS, MemoryTree(MANY), NoCache(), workers=1) == kept


def test_what_is_kept_of_a_file_is_what_was_written_of_it() -> None:
    shelf = Shelf()
    first = profile_all(MANY_JOBS[:2], MemoryTree(MANY), shelf, workers=1)

    assert list(shelf.kept.values()) == [encoded(each) for each in first]


def test_of_many_files_only_one_that_changed_is_profiled_again(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    profile_all(MANY_JOBS, MemoryTree(MANY), shelf, workers=1)
    changed = MANY | {"datasets/77/rows.csv": "x,y\n1,\n"}
    paths: list[str] = []

    def done_of(tasks: Sequence[Task], workers: int) -> Iterator[tuple[int, bytes | aside.Ended]]:
        paths.extend(task.job.path for task in tasks)
        return workers_of.done_of(tasks, workers)

    monkeypatch.setattr(profiles, "done_of", done_of)

    assert profile_all(MANY_JOBS, MemoryTree(changed), shelf, 1) == profile_all(MANY_JOBS, MemoryTree(changed), NoCache(), 1)
    assert paths[:-len(MANY)] == ["datasets/77/rows.csv"]


def test_whatever_becomes_of_an_entry_the_reports_are_the_same(tmp_path: Path) -> None:
    first = profile_all(MANY_JOBS, MemoryTree(MANY), Cache(tmp_path), workers=1)
    for at, entry in enumerate(sorted(tmp_path.glob("??/*"))):
        body = entry.read_bytes()
        entry.write_bytes(body[: len(body) // 2] if at % 2 else body[:-1] + bytes((body[-1] ^ 1,)))

    assert profile_all(MANY_JOBS, MemoryTree(MANY), Cache(tmp_path), workers=1) == first


def test_a_file_that_moved_is_taken_from_the_cache() -> None:
    shelf = Shelf()
    profile_all([a_job("c.csv")], TREE, shelf, workers=1)
    (moved,) = profile_all([a_job("parks/c.csv")], MemoryTree({"parks/c.csv": FILES["c.csv"]}), shelf, workers=1)

    assert (shelf.hits, [each.where.path for each in moved.problems]) == (1, ["parks/c.csv"])


SAME = a_job("a.csv", {"x": ColumnRecord(type="integer", title="X", values={"1": "One"})})
OTHER = {
    "encoding": replace(SAME, file=replace(SAME.file, encoding="cp1252")),
    "delimiter": replace(SAME, file=replace(SAME.file, delimiter=";")),
    "words for nothing": replace(SAME, file=replace(SAME.file, empty=("NA",))),
    "format": replace(SAME, file=replace(SAME.file, format="TSV")),
    "sheet": replace(SAME, file=replace(SAME.file, sheet="Trees")),
    "row of the header": replace(SAME, file=replace(SAME.file, header_row=2)),
    "primary key": replace(SAME, file=replace(SAME.file, primary_key=("x",))),
    "a limit": replace(SAME, limits=Limits(cells=1)),
    "the title of the dataset": replace(SAME, title="Patients"),
    "bytes": replace(SAME, path="b.csv"), "no dictionary": replace(SAME, columns={}),
    "name": replace(SAME, columns={"y": SAME.columns["x"]}),
    "codes": replace(SAME, columns={"x": replace(SAME.columns["x"], values={"2": "One"})}),
    "personal data": replace(SAME, columns={"x": replace(SAME.columns["x"], sensitive=True)}),
}


@pytest.mark.parametrize("job", OTHER.values(), ids=OTHER)
def test_what_a_report_depends_on_changes_its_key(job: TableJob) -> None:
    assert cache_key(job, TREE) != cache_key(SAME, TREE)


UNCHANGED = {
    "a title": replace(SAME, columns={"x": replace(SAME.columns["x"], title="Y", description="Long", unit="days")}),
    "the meaning of a code": replace(SAME, columns={"x": replace(SAME.columns["x"], values={"1": "Eins"})}),
    "a foreign key": replace(SAME, columns={"x": replace(SAME.columns["x"], foreign_key=ForeignKey(dataset="a", column="b"))}),
    "the title of the file": replace(SAME, file=replace(SAME.file, title="All", description="Long")),
}


@pytest.mark.parametrize("job", UNCHANGED.values(), ids=UNCHANGED)
def test_words_do_not_change_a_key(job: TableJob) -> None:
    assert cache_key(job, TREE) == cache_key(SAME, TREE)


def test_a_key_does_not_depend_on_the_order_of_the_dictionary() -> None:
    one, other = ColumnRecord(type="integer"), ColumnRecord(type="date")

    assert cache_key(a_job("a.csv", {"x": one, "y": other}), TREE) == cache_key(a_job("a.csv", {"y": other, "x": one}), TREE)


def test_every_key_of_a_column_is_checked_or_a_matter_of_words() -> None:
    assert {*CHECKED, *WORDS} == set(ColumnRecord.__dataclass_fields__)


def test_a_file_that_cannot_be_read_is_a_problem_and_is_not_remembered() -> None:
    shelf = Shelf()
    (found,) = profile_all([JOBS[0]], Refusing(), shelf, workers=1)

    assert ([placed(each) for each in found.problems], found.problems[0].says, shelf.kept) == (
        [("folder-unreadable", None, None, 1)], "the file cannot be read: Permission denied", {})


def test_a_file_that_is_gone_by_the_time_it_is_read_is_a_problem(tmp_path: Path) -> None:
    (found,) = profile_all([replace(JOBS[0], sha256="0" * 64)], FolderTree(tmp_path), NoCache(), workers=1)

    assert [each.code for each in found.problems] == ["folder-unreadable"]


@pytest.mark.parametrize("jobs", [JOBS[:1], JOBS * 3], ids=["one", "a shelf of them"])
def test_a_disk_that_failed_once_is_not_remembered(jobs: Sequence[TableJob], tmp_path: Path) -> None:
    known = [replace(job, sha256=sha256(FILES[job.path].encode())) for job in jobs]     # read whole a moment before
    failed = profile_all(known, Refusing(), Cache(tmp_path), workers=1)
    again = profile_all(known, TREE, Cache(tmp_path), workers=1)

    assert {each.code for found in failed for each in found.problems} == {"folder-unreadable"}
    assert again == profile_all(known, TREE, NoCache(), workers=1)


@pytest.mark.parametrize("workers", [2, 3])
def test_several_processes_give_the_same_reports(workers: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_of, "LARGE_BYTES", 0)
    alone, together = Shelf(), Shelf()

    assert profile_all(JOBS, TREE, together, workers) == profile_all(JOBS, TREE, alone, 1)
    assert together.kept == alone.kept


def test_a_folder_is_read_by_several_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, body in FILES.items():
        (tmp_path / name).write_text(body)
    monkeypatch.setattr(workers_of, "LARGE_BYTES", 0)

    assert profile_all(JOBS, FolderTree(tmp_path), NoCache(), 2) == profile_all(JOBS, TREE, NoCache(), 1)


def test_little_work_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_of, "ProcessPoolExecutor", None)

    assert len(profile_all(JOBS, TREE, NoCache(), workers=8)) == len(JOBS)


def test_processes_are_started_afresh_where_no_server_can_copy_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_of, "LARGE_BYTES", 0)
    monkeypatch.setattr(aside.multiprocessing, "get_all_start_methods", lambda: ["spawn"])

    assert profile_all(JOBS[:2], TREE, NoCache(), 2) == profile_all(JOBS[:2], TREE, NoCache(), 1)


SEEDED = """
from cityfolio.cache import NoCache
from cityfolio.files import MemoryTree
from cityfolio.tables.profiles import profile_all
from cityfolio.tables.stored import encoded
from tables.making import a_job
body = "a,b\\n" + "".join(f"{n % 7}x,{n * 37 % 101}\\n" for n in range(300))
print(encoded(profile_all([a_job("a.csv")], MemoryTree({"a.csv": body}), NoCache(), 1)[0]))
"""


def run_seeded(seed: str, zone: str) -> bytes:
    env = {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed, "TZ": zone}
    return subprocess.run([sys.executable, "-c", SEEDED], capture_output=True, check=True, env=env).stdout


def test_a_report_does_not_depend_on_the_seed_of_hashes_nor_on_the_zone() -> None:
    assert run_seeded("1", "UTC") == run_seeded("2", "Asia/Tokyo")


def test_a_file_that_met_a_limit_is_told_and_may_be_read_another_day(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf, tree = Shelf(), MemoryTree({"a.json": '[{"x": 1}]'})
    with monkeypatch.context() as patch:
        patch.setattr(workers_of, "aside", met_a_limit)
        (first,) = profile_all([a_job("a.json")], tree, shelf, 1)
    (second,) = profile_all([a_job("a.json")], tree, shelf, 1)

    assert [each.code for each in first.problems] == ["table-limit"]
    assert (second.problems, len(shelf.kept)) == ((), 1)


def met_a_limit(work: aside.Work, job: TableJob) -> bytes:
    """What becomes of work that asks for too much."""
    raise aside.Ended(Problem(code="table-limit", where=Location(path=job.path), says="too much"))
