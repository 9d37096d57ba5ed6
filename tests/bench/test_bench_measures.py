"""What 200 measures over a million rows cost: ten years of months, five disaggregations each, reading included.

Nothing is asserted of time. `make bench` prints the figures; docs/reference/performance.md keeps some.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.making_measures import write_catalog
from bench.measuring import cost_of
from cityfolio.files import FolderTree
from cityfolio.model.records import FileRecord
from cityfolio.tables.exports.parquet import write_parquet
from cityfolio.tables.exports.rows import export_table
from cityfolio.tables.exports.schema import About
from cityfolio.tables.profile import profile_table
from cityfolio.tables.table import TableJob

pytestmark = pytest.mark.bench
COMPUTE = [sys.executable, str(Path(__file__).with_name("compute_measures.py"))]
ROWS, MEASURES = 1_000_000, 200
FORMS = ("csv", "csv with offsets", "parquet")


def as_parquet(folder: Path) -> None:
    """Put a Parquet file in place of the CSV file of a catalog."""
    data = folder / "datasets/requests"
    job = TableJob(path="requests.csv", size_bytes=1, file=FileRecord(path="requests.csv"))
    with (data / "requests.csv").open("rb") as stream:
        profile = profile_table(stream, job).profile
    assert profile is not None
    with (data / "requests.parquet").open("x+b") as target:
        write_parquet(export_table(FolderTree(data), job, profile, About()), target)
    (data / "requests.csv").unlink()
    record = data / "dataset.yaml"
    record.write_text(record.read_text().replace("requests.csv", "requests.parquet"))


@pytest.mark.parametrize("form", FORMS)
def test_two_hundred_measures_over_a_million_rows(form: str, tmp_path: Path) -> None:
    folder = tmp_path / "catalog"
    folder.mkdir()
    write_catalog(ROWS, MEASURES, folder, offsets=form == "csv with offsets")
    if form == "parquet":
        as_parquet(folder)
    done = subprocess.run([*COMPUTE, str(folder)], capture_output=True, text=True, check=True)
    print(f"\n{form}: {done.stdout.strip()}")
    for name in ("for the first time", "again"):
        cost = cost_of([*COMPUTE, str(folder), str(tmp_path / "cache")], tmp_path)
        print(f"{form}, {name}: {cost.cpu_seconds:.2f} CPU s, {cost.wall_seconds:.2f} s, {cost.peak_mib:.0f} MiB")
