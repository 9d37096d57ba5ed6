"""A packed file is read as what is in it, and never unpacked beyond its limits."""

from __future__ import annotations

import gzip
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given

from cityfolio.problems import Problem
from cityfolio.tables.limits import LIMITS, RATIO_FROM_BYTES
from cityfolio.tables.profile import profile_table
from cityfolio.tables.readers.gzipped import PIECE_BYTES, _Unpacked
from cityfolio.tables.table import TableJob
from tables.making import a_job, as_csv, report, rows, tables

CSV = b"species,height\noak,12.5\nelm,8\n"
READ = [("species", "height"), ("oak", "12.5"), ("elm", "8")]


def refused(body: bytes, job: TableJob) -> Problem:
    """The problem with which a file is refused."""
    (problem,) = profile_table(BytesIO(body), job).problems
    return problem


@pytest.mark.parametrize(("path", "inside"), [
    ("trees.csv.gz", CSV), ("trees.tsv.gz", CSV.replace(b",", b"\t")), ("TREES.CSV.GZ", CSV),
    ("trees.json.gz", b'[{"species":"oak","height":12.5},{"species":"elm","height":8}]'),
    ("trees.jsonl.gz", b'{"species":"oak","height":12.5}\n{"species":"elm","height":8}\n'),
])
def test_a_packed_file_is_read_as_what_is_in_it(path: str, inside: bytes) -> None:
    assert rows(gzip.compress(inside), path=path) == READ


@pytest.mark.parametrize(("declared", "inside"), [
    ("CSV (gzip)", CSV), ("TSV (gzip)", CSV.replace(b",", b"\t")),
    ("JSON Lines (gzip)", b'{"species":"oak","height":12.5}\n{"species":"elm","height":8}\n'),
])
def test_its_format_may_be_declared(declared: str, inside: bytes) -> None:
    assert rows(gzip.compress(inside), path="trees.bin", format=declared) == READ


def test_the_entry_of_a_packed_file_says_what_is_inside() -> None:
    assert rows(gzip.compress("a;b\né;NA\n".encode("cp1252")), path="a.csv.gz", encoding="cp1252", delimiter=";") == [
        ("a", "b"), ("é", "NA")]


def test_a_file_of_several_parts_is_read_to_the_end() -> None:
    assert rows(gzip.compress(CSV) + gzip.compress(b"ash,3\n"), path="trees.csv.gz") == [*READ, ("ash", "3")]


@given(tables(max_rows=20))
def test_any_table_comes_back_as_it_was(lines: list[list[str]]) -> None:
    body = gzip.compress(as_csv(lines).encode(), mtime=0)

    assert rows(body, path="trees.csv.gz", delimiter=",") == [tuple(line) for line in lines]


def test_a_packed_file_that_is_large_inside_is_read_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv.SMALL_BYTES", -1)
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 8)
    monkeypatch.setattr("cityfolio.tables.profile.SMALL_CELLS", 0)
    found = report(gzip.compress(CSV + b"ash,x\n"), path="trees.csv.gz")

    assert found.profile is not None
    assert (found.profile.rows, found.profile.columns[1].type) == (3, "string")


def test_a_fault_is_at_its_line_inside_the_file() -> None:
    problem = refused(gzip.compress(CSV + b"ash\n"), a_job("trees.csv.gz"))

    assert (problem.code, problem.where.line) == ("csv-ragged", 4)


@pytest.mark.parametrize("body", [
    b"", CSV, gzip.compress(CSV)[:-9], gzip.compress(CSV)[:15], gzip.compress(CSV) + b"more", b"\x1f\x8b\x08" + bytes(40),
    gzip.compress(CSV)[:-5] + b"\x00" * 5,
], ids=["nothing", "not packed", "cut at the end", "cut in the middle", "followed", "nonsense", "another checksum"])
def test_what_cannot_be_unpacked_is_refused(body: bytes) -> None:
    assert refused(body, a_job("trees.csv.gz")).code in ("table-syntax", "csv-empty")


def test_the_message_says_what_to_do() -> None:
    problem = refused(CSV, a_job("trees.csv.gz"))

    assert problem.says.startswith("the file cannot be unpacked with gzip: Not a gzipped file")
    assert problem.fix == "Pack it again with gzip, or publish it as it is without packing."


def test_a_file_that_unpacks_to_too_much_is_refused_with_how_to_raise_the_limit() -> None:
    job = replace(a_job("trees.csv.gz"), limits=replace(LIMITS, expanded_bytes=3 << 20))
    problem = refused(gzip.compress(b"a\n" + b"1\n" * (2 << 20)), job)

    assert (problem.code, problem.says) == ("table-limit", "the file unpacks to more than 3 MiB")
    assert f"expanded_bytes: {12 << 20}" in problem.fix


def test_a_file_that_unpacks_to_too_many_times_its_size_is_refused_with_how_to_raise_the_limit() -> None:
    body = gzip.compress(b"a\n" + b"1\n" * RATIO_FROM_BYTES)
    problem = refused(body, replace(a_job("trees.csv.gz"), size_bytes=len(body)))

    assert (problem.code, problem.says) == ("table-limit", "the file unpacks to more than 100 times its size")
    assert "ratio: 1000" in problem.fix


def test_what_unpacks_to_little_may_do_so_a_thousandfold() -> None:
    body = gzip.compress(b"a\n" + b"1\n" * 100_000)
    job = replace(a_job("trees.csv.gz"), size_bytes=len(body), limits=replace(LIMITS, ratio=1))

    assert profile_table(BytesIO(body), job).problems == ()


def test_reading_starts_anew_as_often_as_it_is_asked_to() -> None:
    job = a_job("trees.csv.gz")
    stream = _Unpacked(BytesIO(gzip.compress(CSV)), job)
    first = stream.read()
    stream.seek(8)

    assert (first, stream.tell(), stream.read(6)) == (CSV, 8, b"height")
    assert (stream.readable(), stream.seekable(), stream.read(0)) == (True, True, b"")


def test_no_more_is_unpacked_at_once_than_a_piece() -> None:
    stream = _Unpacked(BytesIO(gzip.compress(bytes(5 << 20))), a_job("trees.csv.gz"))

    assert len(stream.read()) == PIECE_BYTES
    assert stream.readinto(bytearray(3 << 20)) == PIECE_BYTES


def test_a_fault_in_the_middle_is_met_when_rows_are_gone_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cityfolio.tables.readers.csv.SMALL_BYTES", -1)
    body = gzip.compress(b"a\n" + b"".join(b"%d\n" % at for at in range(300_000)))
    monkeypatch.setattr("cityfolio.tables.readers.csv_large.BLOCK_BYTES", 1_000)

    assert refused(body[: len(body) // 2], a_job("trees.csv.gz")).says.startswith("the file cannot be unpacked with gzip")
