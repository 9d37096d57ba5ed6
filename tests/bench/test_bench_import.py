"""What it costs to bring a large catalog over. Nothing is asserted of time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench.making_data_json import write_data_json
from bench.measuring import median_cost

pytestmark = pytest.mark.bench
DATASETS = 13_000
RUNS = 3


def test_a_data_json_of_a_whole_state(tmp_path: Path) -> None:
    source = tmp_path / "data.json"
    write_data_json(DATASETS, source)
    command = [sys.executable, "-m", "cityfolio", "import", "-q", "data-json", str(source)]

    cost = median_cost([[*command, f"catalog-{at}"] for at in range(RUNS)], tmp_path)

    print(f"\n{DATASETS:,} datasets from a data.json of {source.stat().st_size / 1e6:.1f} MB:"
          f" {cost.cpu_seconds:.1f} CPU s  {cost.wall_seconds:.1f} s  {cost.peak_mib:.0f} MiB")
