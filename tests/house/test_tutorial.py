"""The files of the tutorial, typed in as they are shown. tests/docs/ follows it from the first line to the last."""

import re

import pytest
from click.testing import CliRunner

from cityfolio.cli import main
from docs.following import Make, steps
from house.documents import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial" / "first-portal.md").read_text("utf-8")
PUBLISHER, ROWS, DATASET = (step.body for step in steps(TUTORIAL) if isinstance(step, Make))


@pytest.fixture
def city(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(main, ["new", "our-city"])
    folder = tmp_path / "our-city"
    monkeypatch.chdir(folder)
    (folder / "catalog" / "publishers" / "public-works.yaml").write_text(PUBLISHER)
    (folder / "catalog" / "datasets" / "benches").mkdir()
    (folder / "catalog" / "datasets" / "benches" / "benches.csv").write_text(ROWS)
    (folder / "catalog" / "datasets" / "benches" / "dataset.yaml").write_text(DATASET)
    return folder


def test_what_the_tutorial_has_one_type_builds_without_a_warning(city):
    result = CliRunner().invoke(main, ["build", "--as-of", "2026-06-30", "--strict"])

    assert result.exit_code == 0, result.output
    assert "One bench" in (city / "output" / "data" / "benches" / "index.html").read_text("utf-8")


def test_both_mistakes_of_the_tutorial_are_reported_in_one_run(city):
    folder = city / "catalog" / "datasets" / "benches"
    (folder / "dataset.yaml").write_text(DATASET.replace("frequency: yearly", "frequency: yeerly"))
    (folder / "benches.csv").write_text(ROWS.replace("Main Street,2019-04-02,W", "Main Street,2019-04-02,X", 1))

    result = CliRunner().invoke(main, ["check", "--as-of", "2026-06-30"])

    assert result.exit_code == 1
    assert re.findall(r"\[([a-z-]+)\]$", result.output, re.MULTILINE) == ["cell-values", "frequency-unknown"]
