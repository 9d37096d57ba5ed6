"""`cityfolio privacy`: files searched before anyone else sees them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner, Result

from cityfolio.cli import main

PEOPLE = "case_no,ssn,closed\n1,,yes\n2,123-45-6789,no\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["privacy", *map(str, arguments)], catch_exceptions=False)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def a_workbook(path: Path, **sheets: list[tuple[str, ...]]) -> Path:
    """A workbook with these sheets."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return path


def test_a_finding_says_file_column_row_and_why(tmp_path: Path) -> None:
    path = written(tmp_path / "people.csv", PEOPLE)

    result = run(path)

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{path.as_posix()}: column `ssn`, first in row 2: 1 of 1 values keep")
    assert "sensitive: true" in result.stdout
    assert "123-45-6789" not in result.output


def test_programs_get_the_same(tmp_path: Path) -> None:
    result = run(written(tmp_path / "people.csv", PEOPLE), "--format", "json")

    (finding,) = json.loads(result.stdout)["findings"]
    assert Path(finding["file"]).name == "people.csv"
    assert (finding["column"], finding["row"], finding["kind"]) == ("ssn", 2, "national-id")
    assert "Social Security" in finding["why"]


def test_a_harmless_file_is_told_to_be_one(tmp_path: Path) -> None:
    result = run(written(tmp_path / "trees.csv", "tree,species\n1,oak\n"))

    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing that looks personal was found.")


def test_each_sheet_of_a_workbook_is_searched(tmp_path: Path) -> None:
    path = a_workbook(tmp_path / "two.xlsx", Trees=[("species",), ("oak",)], Owners=[("email",), ("maria@gmail.com",)])

    result = run(path)

    assert result.exit_code == 1
    assert f"{path.as_posix()}, Owners: column `email`, first in row 1" in result.stdout


def test_several_files_are_searched_at_once(tmp_path: Path) -> None:
    born = written(tmp_path / "b.json", '[{"dob": "1961-03-14"}]')

    result = run(written(tmp_path / "a.csv", PEOPLE), born, "--format", "json")

    assert [each["kind"] for each in json.loads(result.stdout)["findings"]] == ["national-id", "birth-date"]


def test_a_key_in_a_file_is_found_with_its_line(tmp_path: Path) -> None:
    key = "AKIA" + "Q3EGTOIU7WX4ZJ2K"

    result = run(written(tmp_path / "trees.csv", f"tree,note\n1,oak\n2,{key}\n"))

    assert result.exit_code == 1
    assert "line 3: " in result.stdout
    assert key not in result.output


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_file_that_cannot_be_read_is_told_and_nothing_of_it_is_shown(tmp_path: Path, form: str) -> None:
    result = run(written(tmp_path / "bad.csv", "ssn,note\n123-45-6789,a,b\n"), "--format", form)

    assert result.exit_code == 2
    assert "csv-ragged" in result.stderr
    assert "123-45-6789" not in result.output


def test_a_file_of_another_format_is_wrong_usage(tmp_path: Path) -> None:
    result = run(written(tmp_path / "notes.docx", "x"))

    assert result.exit_code == 2
    assert "is of no format that is read as a table" in result.stderr
