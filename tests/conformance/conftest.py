"""Other people's validators, and the sites that they judge. `make conformance` says where the validators are."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from cityfolio.cli import main

ROOT = Path(__file__).resolve().parents[2]
BASE_URL = "https://data.example.gov"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge said of a file."""

    passed: bool
    says: str


@pytest.fixture(scope="session")
def judges() -> Path:
    """The folder of the validators."""
    folder = os.environ.get("CITYFOLIO_JUDGES")
    if not folder or not Path(folder).is_dir():
        pytest.skip("CITYFOLIO_JUDGES does not name the folder with the validators; `make conformance` does")
    return Path(folder)


@pytest.fixture(scope="session")
def judge(judges: Path) -> Callable[..., Verdict]:
    """A function from a judge's command, such as `("dcatus.py", "3-gsa", path)`, to its verdict.

    A name that ends in `.py` is a script of the folder, any other a program of the judges' own environment. `within` is the
    folder that it runs in.
    """
    python = Path(os.environ["CITYFOLIO_JUDGES_PYTHON"])

    def said(program: str, *arguments: str | Path, within: Path | None = None) -> Verdict:
        start = [str(python), str(judges / program)] if program.endswith(".py") else [str(python.parent / program)]
        run = subprocess.run([*start, *map(str, arguments)], cwd=within or judges, capture_output=True, text=True, check=False)
        return Verdict(passed=run.returncode == 0, says=run.stdout + run.stderr)

    return said


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A function from an importer's name and its source to the site that is built of it; without them, the demonstration's."""
    made: dict[tuple[str, ...], Path] = {}

    def built(*source: str | Path) -> Path:
        key = tuple(map(str, source))
        if key not in made:
            folder = tmp_path_factory.mktemp("judged")
            catalog = _imported(key, folder / "catalog") if key else ROOT / "catalog"
            _run("build", "--catalog", str(catalog), "--output", str(folder / "site"), "--base-url", BASE_URL, "-q")
            made[key] = folder / "site"
        return made[key]

    return built


def _imported(source: tuple[str, ...], catalog: Path) -> Path:
    _run("import", "-q", *source, str(catalog))
    return catalog


def _run(*arguments: str) -> None:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
