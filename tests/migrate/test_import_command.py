"""Where an import goes: into a folder that is named in any way, with the answers of an address beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cityfolio.cli import main
from cityfolio.migrate.reading import unreadable


def run(*arguments: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["import", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("destination", [".", ".."])
def test_an_import_from_an_address_into_the_folder_one_is_in_keeps_its_answers_beside_it(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, destination: str) -> None:
    asked: list[Path] = []
    refused = unreadable("https://data.example.gov", "nobody is asked", "Ask nobody.")
    monkeypatch.setattr("cityfolio.moving.import_command.source_of", lambda _, answers: asked.append(answers) or refused)
    (tmp_path / "new/inner").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / {".": "new", "..": "new/inner"}[destination])

    result = run("ckan", "https://data.example.gov", destination)

    assert result.exit_code == 1
    assert asked == [tmp_path / "new-answers"]


def test_an_import_from_an_address_needs_a_folder_beside_which_answers_can_be_kept() -> None:
    result = run("ckan", "https://data.example.gov", "/")

    assert result.exit_code == 2
    assert "name a new folder" in result.output


def test_an_import_from_a_file_into_the_folder_one_is_in_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "old/_datasets").mkdir(parents=True)
    (tmp_path / "old/_datasets/trees.md").write_text("---\ntitle: Trees\n---\n")
    (tmp_path / "new").mkdir()
    monkeypatch.chdir(tmp_path / "new")

    result = run("jkan", "../old", ".")

    assert result.exit_code == 0
    assert (tmp_path / "new/datasets/trees/dataset.yaml").is_file()
