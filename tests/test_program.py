"""What the program kept is not believed when the program, Python or a package is another."""

from __future__ import annotations

from pathlib import Path

import pytest

from cityfolio.program import program_digest


def test_the_same_program_has_the_same_digest() -> None:
    assert program_digest() == program_digest()


@pytest.mark.parametrize("name", ["babel-99.0.dist-info", "markdown-99.0.egg-info"])
def test_a_package_of_another_version_makes_it_another(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = program_digest()
    (tmp_path / name).mkdir()

    assert program_digest() != before


def test_other_files_beside_packages_are_nothing_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    before = program_digest()
    (tmp_path / "notes.txt").write_text("Mine.")

    assert program_digest() == before


def test_a_place_that_cannot_be_listed_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path / "archive.zip"))

    assert program_digest()
