"""A city with forty planted mistakes, each of another code: one run reports these forty, each where it was planted.

`planted.csv` says where each mistake was put and what stands there; it was written by hand, not by the program.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cityfolio.cli import main
from cityfolio.codes import CODES
from cityfolio.files import FolderTree
from cityfolio.problems import as_json
from golden_sites import GOLDEN, compare
from triggers import inspected

FAULTS = GOLDEN / "faults"
CITY = FAULTS / "city"
with (FAULTS / "planted.csv").open(encoding="utf-8", newline="") as planted_file:
    PLANTED = list(csv.DictReader(planted_file))


def found() -> list[dict[str, str | int | None]]:
    """What a check of the city reports."""
    return as_json(inspected(FolderTree(CITY)))["problems"]


def text_of(path: Path) -> str:
    """A file of the city. Two of them are, by mistake, in Windows' encoding."""
    body = path.read_bytes()
    try:
        return body.decode()
    except UnicodeDecodeError:
        return body.decode("cp1252")


def test_forty_mistakes_of_forty_kinds_are_planted() -> None:
    assert (len(PLANTED), len({each["code"] for each in PLANTED})) == (40, 40)


@pytest.mark.parametrize("planted", PLANTED, ids=[each["code"] for each in PLANTED])
def test_what_was_planted_stands_where_the_list_says(planted: dict[str, str]) -> None:
    line = text_of(CITY / planted["path"]).split("\n")[int(planted["line"]) - 1]

    assert line[int(planted["column"]) - 1:].startswith(planted["text"])


def test_one_run_reports_exactly_what_was_planted_and_where() -> None:
    reported = [(each["code"], each["path"], str(each["line"]), str(each["column"])) for each in found()]

    assert reported == [(each["code"], each["path"], each["line"], each["column"]) for each in PLANTED]


def test_errors_warnings_and_advice_are_all_among_them() -> None:
    assert {CODES[each["code"]].severity for each in PLANTED} == {"error", "warning", "advice"}


def test_each_problem_is_said_as_expected(rewrite: bool) -> None:
    said = "".join(f"{json.dumps(each, ensure_ascii=False, indent=2)}\n" for each in found())

    compare(FAULTS / "expected", {"problems.json": said}, rewrite=rewrite)


def test_the_check_command_reports_them_all_and_ends_with_1() -> None:
    command = ["check", "--catalog", str(CITY), "--as-of", "2026-06-30", "--no-cache", "--format", "json"]

    result = CliRunner().invoke(main, command)

    assert (result.exit_code, len(json.loads(result.stdout)["problems"])) == (1, 40)
