"""`cityfolio usage` as a person and a program meet it, with usage.csv in the catalog."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cities import a_city
from cityfolio.cli import main
from keeping.log_lines import CLOUDFRONT, Hit, cloudfront, combined

USAGE = "catalog/usage.csv"
HEAD = "month,dataset,views,downloads\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a city in catalog/, and the working directory."""
    for path, body in a_city().items():
        write(tmp_path / "catalog" / path, str(body))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def log(*hits: Hit) -> str:
    return "".join(f"{combined(hit)}\n" for hit in hits)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["usage", *arguments], catch_exceptions=False)


def test_logs_become_a_table_by_month(here: Path):
    write(here / "access.log", log(Hit(), Hit(path="/data/trees/trees.csv"), Hit(day="2026-05-30"), Hit(path="/style.css")))
    result = run("access.log")

    assert result.exit_code == 0, result.output
    assert (here / USAGE).read_text() == f"{HEAD}2026-05,trees,1,0\n2026-06,trees,1,1\n"
    assert "2026-06  trees        1          1" in result.stdout
    assert "4 lines: 3 counted; 1 of no dataset" in result.stdout


def test_logs_of_several_formats_packed_or_not_are_one_count(here: Path):
    write(here / "a.log", log(Hit()))
    (here / "b.log.1.gz").write_bytes(gzip.compress(log(Hit(), Hit()).encode()) + gzip.compress(log(Hit()).encode()))
    (here / "c.gz").write_bytes(gzip.compress(cloudfront(Hit()).encode()))
    run("a.log", "b.log.1.gz", "c.gz")

    assert (here / USAGE).read_text() == f"{HEAD}2026-06,trees,5,0\n"


def test_months_that_are_counted_again_are_replaced_and_the_others_stay(here: Path):
    write(here / USAGE, f"{HEAD}2025-12,old,7,1\n2026-05,trees,4,4\n2026-06,trees,2,2\n")
    write(here / "access.log", log(Hit()))
    run("access.log")

    assert (here / USAGE).read_text() == f"{HEAD}2025-12,old,7,1\n2026-05,trees,4,4\n2026-06,trees,1,0\n"


def test_a_month_is_not_replaced_by_the_few_lines_at_the_edge_of_a_log(here: Path):
    write(here / USAGE, f"{HEAD}2026-06,trees,800,90\n")
    write(here / "access.log", log(Hit(day="2026-06-30"), Hit(day="2026-07-01")))
    result = run("access.log")

    assert (here / USAGE).read_text() == f"{HEAD}2026-06,trees,800,90\n2026-07,trees,1,0\n"
    assert "2026-06 stays as it was: these logs have 1 views and downloads of it, from 2026-06-30 to" in result.stdout


def test_for_programs_it_is_json_alone(here: Path):
    write(here / "access.log", log(Hit()))
    result = run("access.log", "--format", "json")

    told = json.loads(result.stdout)
    assert told["usage"] == [{"month": "2026-06", "dataset": "trees", "views": 1, "downloads": 0}]
    assert told["lines"]["lines"] == 1


def test_nothing_of_who_asked_is_written_or_printed(here: Path):
    hits = Hit(referrer="https://mail.example.com/inbox"), Hit(agent="Googlebot/2.1")
    write(here / "access.log", log(*hits) + "203.0.113.7 !\n")
    result = run("access.log", "--format", "json")
    everything = result.output + (here / USAGE).read_text()

    assert not [word for word in ("203.0", "Mozilla", "Googlebot", "mail.example") if word in everything]
    assert sorted(path.name for path in here.iterdir()) == ["access.log", "catalog"]


@pytest.mark.parametrize("body", [gzip.compress(b"line\n" * 999)[:-30], gzip.compress(b"line\n")[:12], b"\x1f\x8b\x08junk"],
                         ids=["cut", "without its end", "damaged"])
def test_a_packed_log_that_is_damaged_is_said_and_nothing_is_written(here: Path, body: bytes):
    (here / "access.log.gz").write_bytes(body)
    result = run("access.log.gz")

    assert result.exit_code == 1
    assert "access.log.gz: it is packed, and cannot be unpacked to its end.\nNothing was written." in result.stdout
    assert not (here / USAGE).exists()


def test_a_file_that_is_no_log_is_said_and_nothing_is_written(here: Path):
    write(here / "notes.txt", "Dear all,\nthe log is elsewhere.\n")
    result = run("notes.txt")

    assert result.exit_code == 1
    assert "notes.txt: 2 of 2 lines are in no format that is known." in result.stdout
    assert not (here / USAGE).exists()


def test_a_few_lines_that_cannot_be_understood_are_told(here: Path):
    write(here / "access.log", log(Hit(), Hit()) + "half a li\n")
    result = run("access.log")

    assert result.exit_code == 0
    assert "1 not understood." in result.stdout


def test_what_cannot_be_read_in_the_table_is_not_lost_by_writing_it_anew(here: Path):
    write(here / USAGE, f"{HEAD}2026-04,trees,many,1\n")
    write(here / "access.log", log(Hit()))
    result = run("access.log")

    assert result.exit_code == 1
    assert "[usage-unreadable]" in result.stdout
    assert (here / USAGE).read_text() == f"{HEAD}2026-04,trees,many,1\n"


def test_a_log_without_a_dataset_says_what_may_be_wrong(here: Path):
    write(here / "access.log", log(Hit(path="/open/data/trees/")))
    result = run("access.log")

    assert "No line is of a dataset." in result.stdout
    assert run("access.log", "--site-path", "/open").exit_code == 0
    assert (here / USAGE).read_text() == f"{HEAD}2026-06,trees,1,0\n"


def test_a_log_without_a_line_changes_nothing(here: Path):
    write(here / USAGE, f"{HEAD}2026-06,trees,8,9\n")
    write(here / "access.log", CLOUDFRONT)
    result = run("access.log")

    assert result.exit_code == 0
    assert (here / USAGE).read_text() == f"{HEAD}2026-06,trees,8,9\n"


@pytest.mark.parametrize("arguments", [[], ["absent.log", "--format", "xml"]], ids=["no log", "no format"])
def test_wrong_usage_is_told_apart(here: Path, arguments: list[str]):
    assert run(*arguments).exit_code == 2


def test_a_log_that_is_not_there_is_said(here: Path):
    result = run("absent.log")

    assert result.exit_code == 1
    assert "absent.log: No such file or directory." in result.stdout
