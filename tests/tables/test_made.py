"""A file is made once, kept, and made anew when anything it depends on has changed or what was kept is spoiled."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import pytest

from cityfolio.cache import Cache, NoCache
from cityfolio.files import sha256
from cityfolio.model.site import Made
from cityfolio.tables import workers
from cityfolio.tables.exports.schema import ExtraMissing, ParquetOutline, Unfit
from cityfolio.tables.made import NotMade, Wanted, made
from cityfolio.tables.table import TableJob, Unreadable
from tables.making import a_job

JOB = replace(a_job("trees.csv"), sha256=sha256(b"trees"))
BODY = b"species\r\noak\r\n"


def say(body: bytes, stream: BinaryIO) -> None:
    """Write some bytes, one after the other."""
    stream.writelines(body[at : at + 1] for at in range(len(body)))


def outlined(stream: BinaryIO) -> ParquetOutline:
    """Write something, and tell its outline."""
    stream.write(BODY)
    return ParquetOutline(bytes=len(BODY), footer=9, sorted_by="height", offsets=(("at", "Z"),))


def unfit(stream: BinaryIO) -> None:
    """Begin to write, and find out that it cannot be held."""
    stream.write(b"half")
    raise Unfit("a text is too long", "Shorten it.")


def without_extra(stream: BinaryIO) -> None:
    """Find out that a package is missing."""
    raise ExtraMissing("geo")


def changed(stream: BinaryIO) -> None:
    """Find out that the file cannot be read any more."""
    stream.write(b"half")
    raise Unreadable


def run_on(stream: BinaryIO) -> None:
    """Take all memory there is."""
    stream.write(b"half")
    raise MemoryError


def wrong(stream: BinaryIO) -> None:
    """A bug."""
    raise ZeroDivisionError("a bug in an export")


def a_wish(body: bytes = BODY, job: TableJob = JOB, depends_on: tuple[object, ...] = ("csv",)) -> Wanted:
    """A file that is to hold some bytes."""
    return Wanted(job=job, depends_on=depends_on, write=partial(say, body))


def one(wish: Wanted, folder: Path, cache: Cache | NoCache | None = None) -> Made | NotMade:
    """What comes of one wish, in a folder of its own."""
    folder.mkdir(exist_ok=True)
    return made([wish], folder, cache or NoCache(), 1)[0]


def bodies(found: Sequence[Made | NotMade]) -> list[bytes]:
    """What was written."""
    return [Path(each.at_hand()).read_bytes() for each in found if isinstance(each, Made)]


def test_what_is_made_lies_in_the_folder_with_its_size_and_digest(tmp_path: Path) -> None:
    found = one(a_wish(), tmp_path / "a")

    assert isinstance(found, Made)
    assert (Path(found.path).read_bytes(), found.bytes, found.sha256) == (BODY, len(BODY), sha256(BODY))
    assert [path.name for path in (tmp_path / "a").iterdir()] == [Path(found.path).name]


def test_files_are_given_in_the_order_they_are_wanted(tmp_path: Path) -> None:
    jobs = [replace(JOB, path=f"{at}.csv", sha256=str(at)) for at in range(3)]
    wishes = [a_wish(b"%d" % at, jobs[at % 3], (at,)) for at in range(7)]

    assert bodies(made(wishes, tmp_path, NoCache(), 1)) == [b"0", b"1", b"2", b"3", b"4", b"5", b"6"]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_they_are_the_same_in_any_number_of_processes(tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LARGE_BYTES", 0)
    jobs = [replace(JOB, path=path, sha256=path) for path in ("a.csv", "b.xlsx", "c.csv", "d.json")]

    assert bodies(made([a_wish(job.path.encode(), job) for job in jobs], tmp_path, NoCache(), count)) == [
        b"a.csv", b"b.xlsx", b"c.csv", b"d.json"]


@pytest.mark.parametrize("count", [1, 2])
def test_the_same_file_of_two_datasets_is_made_once(tmp_path: Path, count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "LARGE_BYTES", 0)
    wishes = [a_wish(job=replace(JOB, path=f"datasets/{at}/trees.csv")) for at in range(6)]
    found = made(wishes, tmp_path, NoCache(), count)

    assert found == [found[0]] * 6
    assert bodies(found) == [BODY] * 6


def test_nothing_is_wanted_and_nothing_is_made(tmp_path: Path) -> None:
    assert made([], tmp_path, NoCache(), 1) == []


def test_the_outline_that_a_writer_gives_back_is_kept_with_the_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = one(replace(a_wish(), write=outlined), tmp_path / "a", cache)
    after = one(replace(a_wish(), write=wrong), tmp_path / "b", cache)

    assert isinstance(before, Made)
    assert isinstance(after, Made)
    assert before.outline == after.outline == {"bytes": len(BODY), "footer": 9, "sorted_by": "height", "offsets": [["at", "Z"]]}


def test_what_was_made_is_kept_and_not_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = one(a_wish(), tmp_path / "a", cache)
    after = one(replace(a_wish(), write=wrong), tmp_path / "b", cache)

    assert isinstance(before, Made)
    assert isinstance(after, Made)
    assert (after.bytes, after.sha256, Path(after.at_hand()).read_bytes()) == (before.bytes, before.sha256, BODY)
    assert Path(after.path).is_relative_to(tmp_path / "b")


def test_two_wishes_for_what_was_kept_are_one_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    one(a_wish(), tmp_path / "a", cache)
    (tmp_path / "b").mkdir()
    found = made([replace(a_wish(), write=wrong)] * 2, tmp_path / "b", cache, 1)

    assert bodies(found) == [BODY, BODY]


@pytest.mark.parametrize("wish", [
    a_wish(job=replace(JOB, sha256="other")), a_wish(depends_on=("json",)), a_wish(job=replace(JOB, path="trees.tsv")),
    a_wish(job=replace(JOB, file=replace(JOB.file, empty=("NA",)))),
    a_wish(job=replace(JOB, file=replace(JOB.file, sheet="A"))),
], ids=["bytes", "what it holds", "format", "no value", "sheet"])
def test_what_it_depends_on_makes_it_anew(tmp_path: Path, wish: Wanted) -> None:
    cache = Cache(tmp_path / "cache")
    one(a_wish(), tmp_path / "a", cache)
    found = one(replace(wish, write=partial(say, b"new")), tmp_path / "b", cache)

    assert bodies([found]) == [b"new"]


def test_where_the_file_lies_does_not_make_it_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    one(a_wish(), tmp_path / "a", cache)

    moved = replace(a_wish(job=replace(JOB, path="moved/trees.csv")), write=wrong)

    assert bodies([one(moved, tmp_path / "b", cache)]) == [BODY]


def test_what_is_in_the_cache_is_brought_to_its_place_when_somebody_asks_for_it(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    one(a_wish(), tmp_path / "a", cache)
    found = one(replace(a_wish(), write=wrong), tmp_path / "b", cache)
    before = os.listdir(tmp_path / "b")

    assert isinstance(found, Made)
    assert (before, found.at_hand(), found.at_hand()) == ([], found.path, found.path)
    assert os.listdir(tmp_path / "b") == [Path(found.path).name]


def test_a_file_that_is_pruned_before_somebody_asks_for_it_is_made_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    one(a_wish(), tmp_path / "a", cache)
    found = one(a_wish(), tmp_path / "b", cache)
    for path in (path for path in (tmp_path / "cache").glob("??/*") if path.read_bytes() == BODY):
        path.unlink()

    assert bodies([found]) == [BODY]
    assert bodies([one(replace(a_wish(), write=wrong), tmp_path / "c", cache)]) == [BODY]


def test_of_many_files_one_that_changed_is_made_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    jobs = [replace(JOB, path=f"datasets/{at}/trees.csv", sha256=f"{at}") for at in range(100)]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    made([a_wish(b"%d" % at, job) for at, job in enumerate(jobs)], tmp_path / "a", cache, 1)
    wishes = [replace(a_wish(job=job), write=wrong) for job in jobs]
    wishes[50] = a_wish(b"new", replace(jobs[50], sha256="new"))

    assert bodies(made(wishes, tmp_path / "b", cache, 1)) == [b"%d" % at if at != 50 else b"new" for at in range(100)]


SPOILED = {"other bytes": b"species\r\nelm\r\n", "cut short": BODY[:-1], "empty": b""}


@pytest.mark.parametrize("body", SPOILED.values(), ids=SPOILED)
def test_a_file_that_was_spoiled_in_the_cache_is_made_anew(tmp_path: Path, body: bytes) -> None:
    cache = Cache(tmp_path / "cache")
    one(a_wish(), tmp_path / "a", cache)
    for path in (path for path in (tmp_path / "cache").glob("??/*") if path.read_bytes() == BODY):
        path.unlink()
        path.write_bytes(body)

    assert bodies([one(a_wish(), tmp_path / "b", cache)]) == [BODY]
    assert bodies([one(replace(a_wish(), write=wrong), tmp_path / "c", cache)]) == [BODY]


def test_a_file_that_is_gone_from_the_cache_is_made_anew(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    one(a_wish(), tmp_path / "a", cache)
    for path in (path for path in (tmp_path / "cache").glob("??/*") if path.read_bytes() == BODY):
        path.unlink()

    assert bodies([one(a_wish(), tmp_path / "b", cache)]) == [BODY]


def test_what_a_format_cannot_hold_is_said_and_leaves_no_file(tmp_path: Path) -> None:
    found = one(replace(a_wish(), write=unfit), tmp_path / "a")

    assert found == NotMade(says="a text is too long", fix="Shorten it.")
    assert os.listdir(tmp_path / "a") == []


def test_that_it_cannot_be_held_is_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = one(replace(a_wish(), write=unfit), tmp_path / "a", cache)

    assert one(replace(a_wish(), write=wrong), tmp_path / "b", cache) == before


def test_that_a_package_is_missing_is_not_remembered_because_it_can_be_installed(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    before = one(replace(a_wish(), write=without_extra), tmp_path / "a", cache)

    assert isinstance(before, NotMade)
    assert before.extra == "geo"
    assert bodies([one(a_wish(), tmp_path / "b", cache)]) == [BODY]


def test_a_file_that_changed_while_it_was_worked_on_is_said_to_have_and_that_is_not_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    found = one(replace(a_wish(), write=changed), tmp_path / "a", cache)

    assert isinstance(found, NotMade)
    assert found.says == "the file changed while the site was being built"
    assert os.listdir(tmp_path / "a") == []
    assert bodies([one(a_wish(), tmp_path / "b", cache)]) == [BODY]


def test_work_that_met_a_limit_is_said_for_every_file_and_not_remembered(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    job = replace(JOB, path="trees.xlsx")
    wishes = [replace(a_wish(job=job, depends_on=(at,)), write=run_on) for at in range(2)]
    (tmp_path / "a").mkdir()
    first, second = made(wishes, tmp_path / "a", cache, 1)

    assert isinstance(first, NotMade)
    assert first == second
    assert "MiB of memory" in first.says
    assert bodies([one(a_wish(job=job, depends_on=(0,)), tmp_path / "a", cache)]) == [BODY]


def test_a_bug_is_raised(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        one(replace(a_wish(), write=wrong), tmp_path / "a")


def test_a_cache_that_cannot_be_written_costs_time_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")

    assert bodies([one(a_wish(), tmp_path / "a", Cache(tmp_path / "cache"))]) == [BODY]
