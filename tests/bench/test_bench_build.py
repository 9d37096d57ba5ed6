"""What a build costs, beside the plainest generator on the same catalog in the same run. Nothing is asserted of time."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from bench.measuring import Cost, median_cost
from cityfolio.files import FolderTree

pytestmark = pytest.mark.bench
RUNS = 5
ROOT = Path(__file__).parents[2]
CITYFOLIO = [sys.executable, "-m", "cityfolio"]
PEER = [sys.executable, str(Path(__file__).with_name("peer.py"))]


def shown(name: str, cost: Cost, peer: Cost) -> None:
    print(
        f"\n{name:<38} {cost.cpu_seconds:6.2f} CPU s  {cost.wall_seconds:6.2f} s  {cost.peak_mib:6.1f} MiB"
        f"  {cost.cpu_seconds / peer.cpu_seconds:5.2f} x the plainest generator"
    )


def compared(name: str, catalog: Path, folder: Path, *more: str) -> None:
    builds = [[*CITYFOLIO, "build", "-q", "--catalog", str(catalog), "--output", f"{name}-{at}", *more] for at in range(RUNS)]
    peer = median_cost([[*PEER, str(catalog), f"{name}-peer-{at}"] for at in range(RUNS)], folder)
    shown(f"{name}: plainest generator", peer, peer)
    shown(f"{name}: build, no cache", median_cost([[*each, "--no-cache"] for each in builds], folder), peer)
    shown(f"{name}: build again, nothing changed", median_cost(builds, folder), peer)
    shown(f"{name}: check", median_cost([[*CITYFOLIO, "check", "-q", "--catalog", str(catalog), *more]] * RUNS, folder), peer)
    files = FolderTree(folder / f"{name}-0").nodes()
    print(f"{name}: {sum(node.kind == 'file' for node in files):,} files, {sum(node.bytes for node in files) / 1e6:.1f} MB")


def test_philadelphia(tmp_path: Path) -> None:
    inputs = os.environ.get("CITYFOLIO_INPUTS")
    if not inputs:
        pytest.skip("CITYFOLIO_INPUTS is not set to the folder of real catalogs")
    catalog = tmp_path / "catalog"
    source = Path(inputs) / "jkan-opendataphilly"
    imported = median_cost([[*CITYFOLIO, "import", "-q", "jkan", str(source), str(catalog)]], tmp_path)
    print(f"\nphiladelphia: import {imported.cpu_seconds:.2f} CPU s, {imported.peak_mib:.1f} MiB")

    compared("philadelphia", catalog, tmp_path, "--base-url", "https://data.example.gov")


def test_the_demonstration(tmp_path: Path) -> None:
    compared("demonstration", ROOT / "catalog", tmp_path)
