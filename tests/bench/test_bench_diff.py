"""What a comparison of two states of a catalog costs. Nothing is asserted of time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.measuring import Cost, cost_of, median_cost
from review.diff.repositories import commit, git, write

pytestmark = pytest.mark.bench
RUNS = 5
CITYFOLIO = [sys.executable, "-m", "cityfolio"]
CHANGED = "datasets/aerial-photography/dataset.yaml"


def shown(name: str, cost: Cost) -> None:
    print(f"\n{name:<50} {cost.cpu_seconds:6.2f} CPU s  {cost.wall_seconds:6.2f} s  {cost.peak_mib:6.1f} MiB")


@pytest.fixture
def philadelphia(tmp_path: Path, inputs: Path) -> Path:
    """A repository with the catalog of OpenDataPhilly, in which one summary was changed after the last commit."""
    catalog = tmp_path / "catalog"
    cost_of([*CITYFOLIO, "import", "-q", "jkan", str(inputs / "jkan-opendataphilly"), str(catalog)], tmp_path)
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    write(catalog, {CHANGED: f"{(catalog / CHANGED).read_text('utf-8')}each_row_is: One picture\n"})
    return tmp_path


def test_one_changed_dataset_of_philadelphia(philadelphia: Path) -> None:
    shown("philadelphia: one dataset changed", median_cost([[*CITYFOLIO, "diff", "HEAD"]] * RUNS, philadelphia))
    commit(philadelphia)
    shown("philadelphia: the same between two commits", median_cost([[*CITYFOLIO, "diff", "HEAD~1", "HEAD"]] * RUNS,
                                                                    philadelphia))
